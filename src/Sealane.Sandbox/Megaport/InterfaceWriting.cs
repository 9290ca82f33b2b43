using System.Globalization;
using System.Text.Json.Nodes;
using Sealane.Core;

namespace Sealane.Sandbox.Megaport;

/// <summary>Writes the interfaces of an MCR as a read shows them.</summary>
internal static class InterfaceWriting
{
    public static JsonArray Write(IEnumerable<McrInterface> interfaces, MegaportVariants variants) =>
        [.. interfaces.Select(i => (JsonNode)Interface(i, variants))];

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
        ["ipRoutes"] = new JsonArray([.. i.Routes.Select(route => Route(route, variants))]),
        ["natIpAddresses"] = Texts(i.NatAddresses),
        ["bgpConnections"] = new JsonArray([.. i.BgpConnections.Select(bgp => Session(bgp, variants))]),
    }
        .With("vlan", i.Vlan, variants.AbsentMembersAreNull)
        .With("ipMtu", i.IpMtu, variants.AbsentMembersAreNull)
        .With("description", i.Description, variants.AbsentMembersAreNull);

    private static JsonObject Route(McrStaticRoute route, MegaportVariants variants) => new JsonObject
    {
        ["prefix"] = route.Prefix.ToString(),
        ["nextHop"] = route.NextHop.ToString(),
    }.With("description", route.Description, variants.AbsentMembersAreNull);

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
        .With("localAsn", bgp.LocalAsn, variants.AbsentMembersAreNull)
        .With("description", bgp.Description, variants.AbsentMembersAreNull)
        .With("medIn", bgp.MedIn, variants.AbsentMembersAreNull)
        .With("medOut", bgp.MedOut, variants.AbsentMembersAreNull)
        .With("permitExportTo", Peers(bgp.PermitExportTo), variants.AbsentMembersAreNull)
        .With("denyExportTo", Peers(bgp.DenyExportTo), variants.AbsentMembersAreNull)
        .With("importWhitelist", bgp.ImportWhitelist, variants.AbsentMembersAreNull)
        .With("importBlacklist", bgp.ImportBlacklist, variants.AbsentMembersAreNull)
        .With("exportWhitelist", bgp.ExportWhitelist, variants.AbsentMembersAreNull)
        .With("exportBlacklist", bgp.ExportBlacklist, variants.AbsentMembersAreNull)
        .With("asPathPrependCount", bgp.AsPathPrependCount > 0 ? bgp.AsPathPrependCount : null,
            variants.AbsentMembersAreNull)
        .With("asOverride", bgp.AsOverride ? true : null);

    private static JsonArray? Peers(List<Ipv4> addresses) =>
        addresses.Count > 0 ? Texts(addresses.Select(address => address.ToString())) : null;

    public static JsonArray Texts(IEnumerable<string> texts) => [.. texts.Select(text => (JsonNode)text)];

    /// <summary>Adds a member unless it is null: the API leaves out what is not set, or by variant says so.</summary>
    public static JsonObject With(this JsonObject json, string name, JsonNode? value, bool orNull = false)
    {
        if (value is not null || orNull)
        {
            json[name] = value;
        }
        return json;
    }

    /// <summary>Takes members without a value out, except of interfaces, which have none of them.</summary>
    public static void Shorten(JsonNode? node)
    {
        if (node is JsonArray array)
        {
            foreach (var item in array)
            {
                Shorten(item);
            }
        }
        else if (node is JsonObject json)
        {
            foreach (var (name, value) in json.ToList())
            {
                if (value is null)
                {
                    json.Remove(name);
                }
                else if (name != "interfaces")
                {
                    Shorten(value);
                }
            }
        }
    }

    /// <summary>Milliseconds since 1970, as dates of products are.</summary>
    public static JsonNode? Epoch(DateTimeOffset? time) => time?.ToUnixTimeMilliseconds();

    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
