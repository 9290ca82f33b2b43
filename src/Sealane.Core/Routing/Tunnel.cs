using System.Collections.Immutable;

namespace Sealane.Core.Routing;

/// <summary>
/// One IPsec tunnel with its BGP session, both ends. The outside addresses carry ESP over the transport, the inside
/// addresses carry BGP in the tunnel. Guide steps 16, 17 and 20 to 23.
/// </summary>
public sealed record Tunnel
{
    public required string Id { get; init; }
    public required string TransitGatewayId { get; init; }

    /// <summary>The VPN attachment, shared by both tunnels of a VPN connection.</summary>
    public required string AttachmentId { get; init; }

    /// <summary>TransportTransitGatewayAttachmentId: the Direct Connect gateway attachment that carries the outer
    /// packets.</summary>
    public required string TransportAttachmentId { get; init; }
    public required Ipv4 AwsOutside { get; init; }
    public required Ipv4 AwsInside { get; init; }
    public required string VpnGatewayId { get; init; }
    public required string InstanceId { get; init; }

    /// <summary>The address that AWS was told (customer gateway); the instance must own it.</summary>
    public required Ipv4 AzureOutside { get; init; }
    public required Ipv4 AzureInside { get; init; }

    /// <summary>Address space of its local network gateway: static routes of the VPN gateway into the tunnel.</summary>
    public ImmutableArray<Prefix> StaticPrefixes { get; init; } = [];

    /// <summary>Configured alike at both ends and not failed; whether it carries is then up to the transport.</summary>
    public bool Up { get; init; } = true;

    /// <summary>BGP in the tunnel: alike at both ends and not failed.</summary>
    public bool SessionUp { get; init; } = true;
}
