using System.Text.Json;
using Sealane.Clouds.Megaport.Wire;

namespace Sealane.Clouds.Evidence.Megaport;

/// <summary>The two ends of a VXC: configurations are told apart by type, never by place, for both ends may be
/// routers.</summary>
internal static class Ends
{
    private const string Router = "VROUTER";

    /// <summary>Interfaces of this MCR on the VXC.</summary>
    public static IReadOnlyList<VxcInterface> OfMcr(Product vxc, string mcrUid)
    {
        var routers = Of(vxc, Router).ToList();
        // Between two MCRs the A-end's configuration comes first.
        return routers switch
        {
            [] => [],
            [var one] => vxc.AEnd?.ProductUid is null || vxc.AEnd.ProductUid == mcrUid || vxc.BEnd?.ProductUid == mcrUid
                ? one.Interfaces : [],
            [var first, var second, ..] => vxc.BEnd?.ProductUid == mcrUid ? second.Interfaces
                : vxc.AEnd?.ProductUid == mcrUid ? first.Interfaces : [],
        };
    }

    /// <summary>Uids of the MCRs at its ends, as far as Megaport says which products are routers.</summary>
    public static IEnumerable<string> Routers(Product vxc)
    {
        var routers = Of(vxc, Router).Count();
        if (routers > 0 && vxc.AEnd?.ProductUid is { } a)
        {
            yield return a;
        }
        if (routers > 1 && vxc.BEnd?.ProductUid is { } b)
        {
            yield return b;
        }
    }

    /// <summary>Whether a session of an MCR is established, as the VXC tells; null where it does not.</summary>
    public static bool? IsEstablished(Product vxc, string peer) =>
        Of(vxc, Router).Select(end => end.BgpStatus).OfType<JsonElement>()
            .Where(status => status.ValueKind == JsonValueKind.Object)
            .Select(status => status.TryGetProperty(peer, out var value) && value.ValueKind == JsonValueKind.Number
                ? value.TryGetInt32(out var number) && number == 1 : (bool?)null)
            .FirstOrDefault(known => known is not null);

    public static CspConnection? Aws(Product vxc) => Of(vxc, "AWSHC").Concat(Of(vxc, "AWS")).FirstOrDefault();

    public static CspConnection? Azure(Product vxc) => Of(vxc, "AZURE").FirstOrDefault();

    private static IEnumerable<CspConnection> Of(Product vxc, string type) =>
        (vxc.Resources?.CspConnections ?? [])
            .Where(end => type.Equals(end.ConnectType, StringComparison.OrdinalIgnoreCase));
}
