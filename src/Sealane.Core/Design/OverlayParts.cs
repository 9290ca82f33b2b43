namespace Sealane.Core.Design;

/// <summary>A Site-to-Site VPN connection of two tunnels to one instance of the VPN gateway.</summary>
public sealed record VpnConnectionDesign
{
    public required PartKey Key { get; init; }
    public required string Path { get; init; }
    public required string Name { get; init; }

    /// <summary>Name of the customer gateway: the instance as AWS knows it.</summary>
    public required string CustomerGatewayName { get; init; }
    public required GatewayInstanceDesign Instance { get; init; }
    public required IReadOnlyList<TunnelDesign> Tunnels { get; init; }
}

/// <summary>One tunnel: AWS takes the first host of the inside /30, Azure the second.</summary>
public sealed record TunnelDesign
{
    public required string Path { get; init; }

    /// <summary>Its number on the whole link, 1 and 2 as the guide counts: tunnels are told apart by it.</summary>
    public required int Number { get; init; }
    public required Prefix InsideCidr { get; init; }
    public required string LocalGatewayName { get; init; }
    public required string ConnectionName { get; init; }

    public Ipv4 AwsInside => InsideCidr.Host(1);
    public Ipv4 AzureInside => InsideCidr.Host(2);
}

/// <summary>The one IKEv2 and ESP suite of all tunnels, in AWS's words.</summary>
public sealed record IpsecSuite
{
    /// <summary><c>AES128</c>, <c>AES256</c>, <c>AES128-GCM-16</c> or <c>AES256-GCM-16</c>.</summary>
    public required string Phase1Encryption { get; init; }

    /// <summary><c>SHA2-256</c> or <c>SHA2-384</c>.</summary>
    public required string Phase1Integrity { get; init; }

    /// <summary>14, 19, 20 or 24 are known to both clouds.</summary>
    public required int Phase1DhGroup { get; init; }
    public required int Phase1LifetimeSeconds { get; init; }
    public required string Phase2Encryption { get; init; }
    public required string Phase2Integrity { get; init; }
    public required int Phase2DhGroup { get; init; }
    public required int Phase2LifetimeSeconds { get; init; }
    public required int DpdTimeoutSeconds { get; init; }

    /// <summary>What hosts or firewalls should clamp TCP to: Azure drops fragmented ESP.</summary>
    public required int TcpMss { get; init; }
}
