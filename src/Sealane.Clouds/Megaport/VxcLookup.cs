using System.Globalization;
using Sealane.Clouds.Http;
using Sealane.Clouds.Megaport.Wire;
using Sealane.Core;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Megaport;

/// <summary>What both VXCs have in common: how they are found, compared and shown.</summary>
internal static class VxcLookup
{
    /// <summary>What a session announces unless a list says otherwise: with <c>deny</c>, nothing.</summary>
    public const string Permit = "permit";

    /// <summary>VXCs are listed only inside the product that they start from.</summary>
    public static async Task<VxcProduct?> Find(
        MegaportClient api, OwnProduct own, RouterDesign router, string name, string link, IKnown known,
        CancellationToken ct, string? used = null)
    {
        if (known.Find(Mcr.Ref(router)) is not { } mcr)
        {
            return null;
        }
        var found = await own.Find(name, link, stop => api.VxcsOf(mcr.Uid, stop), ct, used)
            .ConfigureAwait(false);
        return found is { } vxc ? VxcProduct.Of(vxc.Uid, vxc.Product) with { McrUid = mcr.Uid } : null;
    }

    /// <summary>Which cloud a VXC leads to; false while Megaport does not show its ends.</summary>
    public static bool EndsAt(Wire.Product product, string connectType) =>
        product.Resources?.CspConnections.Any(end =>
            connectType.Equals(end.ConnectType, StringComparison.OrdinalIgnoreCase)) == true;

    /// <summary>The MCR's side of the session; nothing differs while Megaport does not show it.</summary>
    public static IReadOnlyList<string> SessionDifferences(
        VxcProduct observed, InterfaceAddress mcr, Ipv4 peer, long peerAsn, Secret key)
    {
        if (observed.Session is not { } session)
        {
            return [];
        }
        var addresses = observed.Interfaces.First(face => face.BgpConnections.Count > 0).IpAddresses;
        return new Differences()
            .Set("MCR address", [mcr.ToString()], addresses.Count > 0 ? addresses : [mcr.ToString()])
            .Word("session's own address", mcr.Address.ToString(), session.LocalIpAddress?.Split('/')[0])
            .Word("BGP peer", peer.ToString(), session.PeerIpAddress)
            .Field("peer ASN", peerAsn, session.PeerAsn ?? peerAsn)
            .Field("BGP shutdown", false, session.Shutdown ?? false)
            .Word("BGP export policy", Permit, session.ExportPolicy)
            .Hidden("BGP key", ShownKey.MayBe(key, session.Password))
            .Lines;
    }

    /// <summary>Whether an address is inside; one that is not shown is not known to be outside.</summary>
    public static bool Holds(this Prefix subnet, string? address) =>
        string.IsNullOrEmpty(address) || (Ipv4.TryParse(address, out var read) && subnet.Contains(read));

    /// <param name="used">Then its name, contract and cost centre are its owner's.</param>
    public static IReadOnlyList<string> ContractDifferences(
        VxcProduct observed, string name, int termMonths, string costCentre, bool used)
    {
        if (used)
        {
            return new Differences().Field("shutdown", false, observed.Shutdown).Lines;
        }
        var differences = new Differences().Field("name", name, observed.Name is "" ? name : observed.Name)
            .Field("cost centre", costCentre, observed.CostCentre)
            .Field("shutdown", false, observed.Shutdown);
        // A running contract can be made longer, never shorter; what is longer already stays as it is.
        if (observed.TermMonths is { } term && term < termMonths)
        {
            differences.Field("term months", termMonths, term);
        }
        return differences.Lines;
    }

    public static VxcUpdate ContractUpdate(VxcProduct observed, string name, int termMonths, string costCentre) => new()
    {
        Name = name != observed.Name ? name : null,
        // Always sent: updates that leave it out have erased it (Megaport CLI changelog, ESD-1572).
        CostCentre = costCentre,
        Term = observed.TermMonths < termMonths ? termMonths : null,
        Shutdown = observed.Shutdown ? false : null,
    };

    public static string? Failed(VxcProduct observed) => ProvisioningStatus.IsFailed(observed.Status)
        ? "Megaport reports the VXC as FAILED: contact Megaport support with its uid" : null;

    public static ResourceView View(VxcProduct observed, params (string, string)[] more) => new(
        observed.Status, observed.Uid, Portal.Services,
        [
            ("name", observed.Name),
            ("rate", $"{observed.RateMbps?.ToString(CultureInfo.InvariantCulture)} Mbps"),
            ("port", observed.PartnerPort ?? ""),
            ("MCR address", observed.Session?.LocalIpAddress ?? ""),
            ("BGP peer", observed.Session?.PeerIpAddress ?? ""),
            .. observed.Approval is { } approval ? [("approval", approval)] : Array.Empty<(string, string)>(),
            .. more,
        ])
    {
        BoundUntil = McrProduct.BoundUntil(observed.Created, observed.TermMonths),
    };
}
