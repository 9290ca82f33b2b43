using System.Globalization;
using Sealane.Clouds.Http;
using Sealane.Clouds.Megaport.Wire;
using Sealane.Core;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Megaport;

/// <summary>Finds a list of an MCR by its description, which Megaport does not keep unique.</summary>
internal static class PrefixListLookup
{
    public static async Task<PrefixListProduct?> Find(MegaportClient api, string mcrUid, string name,
        CancellationToken ct)
    {
        var listed = await api.PrefixLists(mcrUid, ct).ConfigureAwait(false);
        if (listed.Any(list => list.Description is null || list.Id is null))
        {
            // It may be the one: a second would be made beside it.
            throw new CloudError(
                Cloud.Megaport, "GET mcr2/prefixLists", CloudErrorKind.Unavailable, 200, null,
                "a prefix filter list is listed without its id or its description", advice: UnreadableReply.Advice);
        }
        var named = listed.Where(list => list.Description == name).ToList();
        if (named.Count > 1)
        {
            throw new CloudError(
                Cloud.Megaport, "GET mcr2/prefixLists", CloudErrorKind.Doubtful, null, null,
                $"the MCR has {named.Count} prefix filter lists named {name}: "
                    + $"{string.Join(", ", named.Select(list => list.Id))}",
                advice: "delete all but the one that the VXC's BGP session uses");
        }
        if (named is not [{ Id: { } id }])
        {
            return null;
        }
        var full = await api.PrefixList(mcrUid, id, ct).ConfigureAwait(false);
        return new(mcrUid, id, name, full?.Entries ?? []);
    }

    /// <summary>One that the spec names by its number, whatever its description.</summary>
    public static async Task<PrefixListProduct?> ById(MegaportClient api, string mcrUid, string number,
        CancellationToken ct) =>
        int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            && await api.PrefixList(mcrUid, id, ct).ConfigureAwait(false) is { } list
            ? new(mcrUid, id, list.Description ?? "", list.Entries) : null;

    public static string CloudId(PrefixListProduct list) => list.ListId.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A list as it is written: each prefix permitted exactly.</summary>
public static class PrefixListBody
{
    public static PrefixFilterList Of(string name, IEnumerable<Prefix> permitted) => new()
    {
        Description = name,
        AddressFamily = "IPv4",
        Entries = [.. permitted.Order()
            .Select(prefix => new PrefixFilterEntry { Action = "permit", Prefix = prefix.ToString() })],
    };

    /// <summary>An entry in one form, whichever bounds the API chose to show: bounds mean nothing on a /32.</summary>
    public static string Show(PrefixFilterEntry entry)
    {
        var parsed = InterfaceAddress.TryParse(entry.Prefix, out var address) ? address.Network : (Prefix?)null;
        var bounds = parsed?.Length == 32 ? ""
            : (entry.Ge is { } ge && ge != parsed?.Length ? $" ge {ge}" : "") + (entry.Le is { } le ? $" le {le}" : "");
        var deny = string.Equals(entry.Action, "permit", StringComparison.OrdinalIgnoreCase) ? "" : $"{entry.Action} ";
        return $"{deny}{parsed?.ToString() ?? entry.Prefix}{bounds}";
    }
}
