using System.Text.Json;
using System.Text.Json.Nodes;
using Sealane.Clouds.Http;
using Sealane.Clouds.Megaport.Wire;
using Sealane.Core;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Megaport;

/// <summary>
/// Edits of the MCR's side of a VXC. An update replaces the whole interface list and an omitted key is erased
/// (terraform-provider-megaport #466), so every edit starts from what was just read and puts the key back. BFD is on
/// in all that we write.
/// </summary>
internal static class AEnd
{
    /// <summary>Reads the VXC, changes every BGP session and every interface, writes all of it in one PUT.</summary>
    public static async Task Edit(
        MegaportClient api, string vxcUid, Secret key, Func<BgpConnection, BgpConnection> session,
        Func<VxcInterface, VxcInterface> port, VxcUpdate? along, CancellationToken ct)
    {
        var read = Faces(await api.Document(vxcUid, ct).ConfigureAwait(false));
        var seen = read.Select(face => face.Deserialize(MegaportJson.Of<VxcInterface>())!).ToList();
        if (!seen.Any(face => face.BgpConnections.Count > 0))
        {
            throw new CloudError(
                Cloud.Megaport, "PUT product/vxc", CloudErrorKind.Busy, null, null,
                "Megaport does not show the BGP session of the VXC yet");
        }
        var changed = seen.Select((face, at) => Carried(read[at], face, Writable(port(face with
        {
            BgpConnections =
                [.. face.BgpConnections.Select(each => session(each) with { Password = key, BfdEnabled = true })],
        }))));
        await api.UpdateVxc(vxcUid, (along ?? new()) with { AEndConfig = new([.. changed]) }, ct).ConfigureAwait(false);
    }

    /// <summary>The interfaces as the API wrote them: with packet filters, DHCP pools, IPsec and whatever else there
    /// is.</summary>
    private static IReadOnlyList<JsonObject> Faces(JsonObject? product) =>
    [
        .. CarriedBack.Objects(product?["resources"] is JsonObject resources ? resources["csp_connection"] : null)
            .Where(end => end["connectType"] is JsonValue type && type.TryGetValue<string>(out var word)
                && word.Equals("VROUTER", StringComparison.OrdinalIgnoreCase))
            .Take(1).SelectMany(end => CarriedBack.Objects(end["interfaces"])),
    ];

    private static JsonObject Carried(JsonObject read, VxcInterface seen, VxcInterface wanted)
    {
        var face = CarriedBack.Over(read, MegaportJson.Object(wanted), MegaportJson.Object(seen));
        // A list of one comes without its list and is refused so: github.com/megaport/megaportgo, vxc_types.go
        // (dhcpPools).
        if (face["dhcpPools"] is JsonObject pool)
        {
            face["dhcpPools"] = new JsonArray(pool.DeepClone());
        }
        return face;
    }

    /// <summary>The prefix lists of a session; lists that drop instead of permit would weaken them and are taken
    /// off.</summary>
    /// <param name="importList">Null leaves what is there.</param>
    /// <param name="exportList">The same.</param>
    public static BgpConnection Filtered(BgpConnection session, int? importList, int? exportList)
    {
        session = importList is null ? session : session with { ImportWhitelist = importList, ImportBlacklist = null };
        return exportList is null ? session : session with { ExportWhitelist = exportList, ExportBlacklist = null };
    }

    /// <summary>What reading adds and writing refuses: -1 for no VLAN, empty lists that stand for nothing.</summary>
    private static VxcInterface Writable(VxcInterface face) => face with
    {
        Vlan = face.Vlan is > 0 ? face.Vlan : null,
        NatIpAddresses = face.NatIpAddresses is { Count: > 0 } ? face.NatIpAddresses : null,
        BgpConnections = [.. face.BgpConnections.Select(session => session with
        {
            Shutdown = session.Shutdown ?? false,
            PermitExportTo = session.PermitExportTo is { Count: > 0 } ? session.PermitExportTo : null,
            DenyExportTo = session.DenyExportTo is { Count: > 0 } ? session.DenyExportTo : null,
        })],
    };
}

/// <summary>The observed routing of a VXC's MCR side.</summary>
/// <param name="AsWanted">Whether a change has become visible: the API shows old values for a while after it said
/// yes.</param>
public sealed record VxcRouting(VxcProduct Vxc, bool AsWanted);
