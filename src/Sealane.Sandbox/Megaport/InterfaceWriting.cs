using System.Globalization;
using System.Text.Json.Nodes;

namespace Sealane.Sandbox.Megaport;

/// <summary>Writes the interfaces of an MCR as a read shows them.</summary>
internal static class InterfaceWriting
{
    public static JsonArray Write(IEnumerable<McrInterface> interfaces, MegaportVariants variants) =>
        [.. interfaces.Select(i => Interface(i, variants))];

    /// <summary>
    /// A list, or by variant the bare element when it is the only one. Only the ends of a VXC come so; the lists of an
    /// interface are lists always, as Megaport's own client needs them.
    /// </summary>
    public static JsonNode Listed(IEnumerable<JsonNode> items, MegaportVariants variants)
    {
        JsonNode[] all = [.. items];
        return variants.SingleElementsAreBare && all.Length == 1 ? all[0] : new JsonArray(all);
    }

    private static JsonObject Interface(McrInterface i, MegaportVariants variants) => new JsonObject
    {
        ["ipAddresses"] = Texts(i.Addresses.Select(address => address.ToString())),
        ["ipRoutes"] = new JsonArray([.. i.Routes.Select(Route)]),
        ["natIpAddresses"] = Texts(i.NatAddresses),
        ["bgpConnections"] = new JsonArray([.. i.BgpConnections.Select(bgp => Session(bgp, variants))]),
    }
        .With("vlan", i.Vlan)
        .With("ipMtu", i.IpMtu)
        .With("description", i.Description);

    private static JsonObject Route(McrStaticRoute route) => new JsonObject
    {
        ["prefix"] = route.Prefix.ToString(),
        ["nextHop"] = route.NextHop.ToString(),
    }.With("description", route.Description);

    private static JsonObject Session(McrBgpConnection bgp, MegaportVariants variants) => new JsonObject
    {
        ["peerAsn"] = bgp.PeerAsn,
        ["localIpAddress"] = bgp.LocalAddress.ToString(),
        ["peerIpAddress"] = bgp.PeerAddress.ToString(),
        ["shutdown"] = bgp.Shutdown,
        ["bfdEnabled"] = bgp.BfdEnabled,
        ["exportPolicy"] = bgp.ExportPolicy,
        ["peerType"] = bgp.PeerType,
    }
        .With("password", variants.PasswordsAreHidden ? null : bgp.Password)
        .With("localAsn", bgp.LocalAsn)
        .With("description", bgp.Description)
        .With("medIn", bgp.MedIn)
        .With("medOut", bgp.MedOut)
        .With("permitExportTo", bgp.PermitExportTo.Count > 0 ? Texts(bgp.PermitExportTo.Select(a => a.ToString()))
            : null)
        .With("denyExportTo", bgp.DenyExportTo.Count > 0 ? Texts(bgp.DenyExportTo.Select(a => a.ToString())) : null)
        .With("importWhitelist", bgp.ImportWhitelist)
        .With("importBlacklist", bgp.ImportBlacklist)
        .With("exportWhitelist", bgp.ExportWhitelist)
        .With("exportBlacklist", bgp.ExportBlacklist)
        .With("asPathPrependCount", bgp.AsPathPrependCount > 0 ? bgp.AsPathPrependCount : null)
        .With("asOverride", bgp.AsOverride ? true : null);

    public static JsonArray Texts(IEnumerable<string> texts) => [.. texts.Select(text => (JsonNode)text)];

    /// <summary>Adds a member unless it is null: the API leaves out what is not set.</summary>
    public static JsonObject With(this JsonObject json, string name, JsonNode? value)
    {
        if (value is not null)
        {
            json[name] = value;
        }
        return json;
    }

    /// <summary>Milliseconds since 1970, as dates of products are.</summary>
    public static JsonNode? Epoch(DateTimeOffset? time) => time?.ToUnixTimeMilliseconds();

    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
