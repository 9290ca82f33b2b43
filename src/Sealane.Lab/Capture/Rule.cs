using System.Text.Json.Serialization;
using Sealane.Core;
using Sealane.Lab.Model;

namespace Sealane.Lab.Capture;

/// <summary>What a frame on an MCR is.</summary>
[JsonConverter(typeof(CamelText<FrameKind>))]
public enum FrameKind
{
    Esp,
    Ike,
    Bgp,
    Bfd,
    Arp,

    /// <summary>ICMP between tunnel endpoints, or of the transport's own links.</summary>
    Icmp,

    /// <summary>From a protected prefix to a tunnel endpoint itself: by design where the transport's routes are in the
    /// workload table, else clear.</summary>
    ToEndpoint,

    /// <summary>An address of a protected prefix outside ESP.</summary>
    Clear,

    /// <summary>Nothing that belongs on the transport.</summary>
    Other,
}

/// <summary>
/// The rule for a capture on an MCR: nothing with an address of a protected prefix crosses outside ESP; besides only
/// IKE, BGP, BFD, ARP and ICMP of the transport. One clear packet is a failure.
/// </summary>
internal sealed class Rule
{
    private readonly HashSet<Ipv4> _endpoints;
    private readonly List<Prefix> _protected;
    private readonly List<Prefix> _links;
    private readonly bool _endpointsAreReachable;

    public Rule(LabNetwork network)
    {
        _endpoints = [.. network.AwsOutside, .. network.AzureOutside];
        _protected = [.. network.VpcPrefixes, .. network.VnetPrefixes];
        _links = [.. network.Legs.Select(leg => leg.Leg.McrAddress.Network)];
        _endpointsAreReachable = network.TransitGateway.Layout != TableLayout.Isolated;
    }

    /// <summary>Whether a capture with these frames passes.</summary>
    public bool Allows(FrameKind kind) => kind switch
    {
        FrameKind.Clear or FrameKind.Other => false,
        FrameKind.ToEndpoint => _endpointsAreReachable,
        _ => true,
    };

    public FrameKind KindOf(Frame frame)
    {
        if (frame.IsArp)
        {
            return FrameKind.Arp;
        }
        if (!frame.IsIpv4)
        {
            return FrameKind.Other;
        }
        var (source, destination) = (frame.Source, frame.Destination);
        var (fromEnd, toEnd) = (_endpoints.Contains(source), _endpoints.Contains(destination));
        if (fromEnd && toEnd)
        {
            return frame.IsEsp ? FrameKind.Esp : frame.IsIke ? FrameKind.Ike : frame.IsIcmp ? FrameKind.Icmp
                : FrameKind.Other;
        }
        if (IsWorkload(source) || IsWorkload(destination))
        {
            return toEnd ? FrameKind.ToEndpoint : FrameKind.Clear;
        }
        return frame.IsBgp ? FrameKind.Bgp : frame.IsBfd ? FrameKind.Bfd
            : frame.IsIcmp && (IsLink(source) || IsLink(destination)) ? FrameKind.Icmp : FrameKind.Other;
    }

    private bool IsWorkload(Ipv4 address) => !_endpoints.Contains(address)
        && _protected.Exists(prefix => prefix.Contains(address));

    private bool IsLink(Ipv4 address) => _links.Exists(link => link.Contains(address));
}
