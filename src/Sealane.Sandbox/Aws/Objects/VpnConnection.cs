using System.Text.Json.Serialization;
using Sealane.Core;

namespace Sealane.Sandbox.Aws;

/// <summary>The other end's address and ASN. Guide step 16.</summary>
public sealed class CustomerGateway : AwsObject
{
    public string Type { get; set; } = "ipsec.1";
    public required string IpAddress { get; init; }
    public required long BgpAsn { get; init; }
    public string? DeviceName { get; init; }
    public string? CertificateArn { get; init; }
}

/// <summary>Two tunnels from a transit gateway to a customer gateway. Guide step 17.</summary>
public sealed class VpnConnection : AwsObject
{
    public required string CustomerGatewayId { get; set; }

    /// <summary>Empty where a virtual private gateway has it.</summary>
    public string TransitGatewayId { get; set; } = "";

    /// <summary>Its own attachment, of type <c>vpn</c>; empty where a virtual private gateway has it.</summary>
    public string AttachmentId { get; set; } = "";

    /// <summary>Null where a transit gateway has it.</summary>
    public string? VpnGatewayId { get; set; }

    /// <summary>Of a connection of a virtual private gateway without BGP.</summary>
    public List<string> StaticRoutes { get; set; } = [];

    /// <summary><c>PublicIpv4</c> or <c>PrivateIpv4</c>.</summary>
    public required string OutsideIpAddressType { get; init; }

    /// <summary>The Direct Connect gateway attachment that carries ESP; null for public tunnels.</summary>
    public string? TransportAttachmentId { get; init; }
    public bool StaticRoutesOnly { get; init; }
    public bool EnableAcceleration { get; init; }
    public string InsideIpVersion { get; set; } = "ipv4";
    public string LocalIpv4Cidr { get; set; } = "0.0.0.0/0";
    public string RemoteIpv4Cidr { get; set; } = "0.0.0.0/0";
    public string? LocalIpv6Cidr { get; set; }
    public string? RemoteIpv6Cidr { get; set; }
    public string TunnelBandwidth { get; set; } = "standard";

    /// <summary><c>Standard</c> or <c>SecretsManager</c>; in the latter the keys are not shown.</summary>
    public string PreSharedKeyStorage { get; set; } = "Standard";

    /// <summary>In the order of the request.</summary>
    public List<VpnTunnel> Tunnels { get; set; } = [];

    /// <summary>Up to date and able to carry traffic, whatever the tunnels do.</summary>
    [JsonIgnore]
    public bool IsUsable => State is "available" or "modifying";
}

/// <summary>The AWS end of one tunnel.</summary>
public sealed class VpnTunnel
{
    /// <summary>ESP endpoint, chosen by AWS inside the transit gateway's CIDR.</summary>
    public required string OutsideAddress { get; init; }
    public required TunnelOptions Options { get; set; }

    /// <summary>The endpoint is being replaced: the tunnel is down until the connection is <c>available</c>
    /// again.</summary>
    public bool Replacing { get; set; }
    /// <summary>Left out of the connection's telemetry.</summary>
    public bool TelemetryMissing { get; set; }
    public DateTimeOffset? LastMaintenance { get; set; }

    /// <summary>A replacement is pending, which AWS makes by itself some time after this. Here it waits for
    /// <c>ReplaceVpnTunnel</c>, or for whoever stages it.</summary>
    public DateTimeOffset? MaintenanceAfter { get; set; }

    /// <summary>AWS's BGP address: the first host of the inside /30.</summary>
    [JsonIgnore]
    public Ipv4 AwsInside => Options.InsidePrefix.Host(1);

    /// <summary>The other end's BGP address: the second host.</summary>
    [JsonIgnore]
    public Ipv4 CustomerInside => Options.InsidePrefix.Host(2);
}
