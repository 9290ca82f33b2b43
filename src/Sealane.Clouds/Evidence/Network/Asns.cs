using Sealane.Clouds.Azure;
using Sealane.Clouds.Megaport.Wire;
using Sealane.Core.Design;

namespace Sealane.Clouds.Evidence;

/// <summary>Whether the two ends of a session of the transport name each other's ASN: a peer of another is refused
/// (RFC 4271, 6.2).</summary>
internal static class Asns
{
    /// <summary>Both ends were read, and one of them expects another ASN than the other one has.</summary>
    public static bool Disagree(Seen seen, string mcr, string? farEnd, BgpConnection session)
    {
        var own = session.LocalAsn ?? seen.Mcrs.GetValueOrDefault(mcr)?.Resources?.VirtualRouter?.McrAsn;
        var (theirs, expected) = Of(seen, farEnd);
        return Differ(own, expected) || Differ(session.PeerAsn, theirs);
    }

    // Zero stands for what a cloud does not tell.
    private static bool Differ(long? one, long? other) => one > 0 && other > 0 && one != other;

    private static (long? Theirs, long? Expected) Of(Seen seen, string? farEnd)
    {
        if (farEnd is null)
        {
            return (null, null);
        }
        if (seen.VirtualInterfaces.TryGetValue(farEnd, out var vif))
        {
            return (vif.AmazonSideAsn, vif.CustomerAsn);
        }
        var circuit = seen.Circuits.FirstOrDefault(pair =>
            farEnd == AzurePart.PathId(seen, pair.Key, CircuitPort.Primary)
            || farEnd == AzurePart.PathId(seen, pair.Key, CircuitPort.Secondary)).Value;
        return circuit is null ? (null, null)
            : (Msee.Asn, AzurePart.PrivatePeering(circuit).Number("properties", "peerASN"));
    }
}
