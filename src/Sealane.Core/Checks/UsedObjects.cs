using System.Text.RegularExpressions;
using Sealane.Core.Design;

namespace Sealane.Core.Checks;

/// <summary>Which objects of a link <c>existing</c> can name, and what their cloud's ids look like.</summary>
public static class UsedObjects
{
    private const string Guid = "^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$";
    private const string Number = "^[1-9][0-9]{0,8}$";
    private const string Hex = "-([0-9a-f]{8}|[0-9a-f]{17})$";

    /// <param name="Name">As plan and status name it.</param>
    /// <param name="Pattern">Of its cloud's id.</param>
    /// <param name="Like">The same for a person.</param>
    public sealed record Kind(string Name, string Pattern, string Like);

    public static IReadOnlyList<Kind> Of(NetworkDesign design) =>
    [
        Aws("aws/workload-route-table", "tgw-rtb"), Aws("aws/transport-route-table", "tgw-rtb"),
        new("aws/dx-association", Guid, "the association's own id, a GUID"),
        .. design.Vpcs.Select(vpc => Aws(vpc.Key.On("aws/vpc-attachment"), "tgw-attach")),
        .. design.AwsVxcs.Select(vxc => new Kind(
            vxc.Key.On("aws/transit-vif"), "^dxvif-[0-9a-z]+$", "dxvif-fg12ab34")),
        .. design.VpnConnections.SelectMany(vpn => new[]
        {
            Aws(vpn.Key.On("aws/customer-gateway"), "cgw"), Aws(vpn.Key.On("aws/vpn-connection"), "vpn"),
        }),
        .. design.Routers.Where(router => !router.Key.IsNone)
            .Select(router => Megaport(router.Key.On("megaport/mcr"))),
        .. design.AwsVxcs.Select(vxc => Megaport(vxc.Key.On("megaport/aws-vxc"))),
        .. design.AzureVxcs.Select(vxc => Megaport(vxc.Key.On("megaport/azure-vxc"))),
        .. from router in design.Routers
           from list in new[] { "aws-import", "aws-export", "azure-import", "azure-export" }
           select new Kind(router.Key.On($"megaport/{list}"), Number, "a list's number on its MCR"),
        .. design.Circuits.SelectMany(circuit => new[]
        {
            Azure(circuit.Key.On("azure/circuit"), "expressRouteCircuits"),
            Azure(circuit.Key.On("azure/er-connection"), "connections"),
        }),
        .. design.VpnGateway.ExistingId is not null ? [] : design.VpnGateway.Instances.Select(instance =>
            Azure(instance.Key.On("azure/public-ip"), "publicIPAddresses")),
        .. design.Tunnels.SelectMany(tunnel => new[]
        {
            Azure($"azure/local-gateway-{tunnel.Number}", "localNetworkGateways"),
            Azure($"azure/vpn-connection-{tunnel.Number}", "connections"),
        }),
    ];

    /// <summary>Those that are named by a key of their own.</summary>
    public static IReadOnlyDictionary<string, string> Keys { get; } = new Dictionary<string, string>
    {
        ["aws/vpc"] = "aws.vpc",
        ["aws/transit-gateway"] = "aws.transitGateway.id",
        ["aws/dx-gateway"] = "aws.directConnectGateway.id",
        ["megaport/mcr"] = "megaport.mcr.uid",
        ["azure/vnet"] = "azure.vnet",
        ["azure/er-gateway"] = "azure.expressRouteGateway.id",
        ["azure/vpn-gateway"] = "azure.vpnGateway.id",
    };

    /// <summary>What stands in the spec is the whole list, so that nothing of others is changed by mistake.</summary>
    public static readonly DesignCheck Named = new()
    {
        Id = "SL110",
        Severity = Severity.Error,
        Title = "Objects that exist already are named by their clouds' ids",
        Why = "What existing names is used as it is and never deleted. A name that the link does not have protects "
            + "nothing, and an id of another kind or of two objects would be looked for in vain. What changeUsed names "
            + "is changed and restored; what it was is written down before, on the link's own circuit or on it.",
        Fix = "Write an object as plan and status name it, and the id that its own cloud gives it. Settings (routes, "
            + "filters, peerings) and hosted connections have none: they belong to what they are set on.",
        Sources = [Docs.Guide],
        Find = design =>
        [
            .. design.Link.Existing.Count == 0 ? [] : Flaws(design, Of(design)
                .DistinctBy(kind => kind.Name).ToDictionary(kind => kind.Name, StringComparer.Ordinal)),
            .. Changed(design),
        ],
    };

    /// <summary>On which of others' objects something can be added in place and taken back. One that is the link's own
    /// is changed anyway.</summary>
    private static IReadOnlyList<string> Changeable(NetworkDesign design) =>
    [
        "aws/transit-gateway", "aws/dx-association",
        .. design.Vpcs.Select(vpc => vpc.Key.On("aws/vpc-attachment")),
        .. design.Vnets.Where(vnet => !vnet.Key.IsNone)
            .SelectMany(spoke => new[] { spoke.Key.On("azure/hub-peering"), spoke.Key.On("azure/spoke-peering") }),
    ];

    private static IEnumerable<Flaw> Changed(NetworkDesign design)
    {
        var can = Changeable(design);
        return
            from each in design.Link.ChangeUsed.Index()
            where !can.Contains(each.Item)
            select new Flaw($"changeUsed[{each.Index}]", $"{each.Item} is not changed in place: only "
                + $"{string.Join(", ", can)} are{Nearest.Hint(each.Item, can)}");
    }

    private static IEnumerable<Flaw> Flaws(NetworkDesign design, Dictionary<string, Kind> kinds)
    {
        var seen = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, id) in design.Link.Existing)
        {
            var what = Keys.TryGetValue(name, out var key) ? $"{name} has a key of its own: write {key}: {id}"
                : !kinds.TryGetValue(name, out var kind)
                ? $"the link has no object {name} with an id of its own{Nearest.Hint(name, [.. kinds.Keys])}"
                : !Regex.IsMatch(id, kind.Pattern)
                ? $"{id} is no id of {name}: such an id is {kind.Like}"
                // Lists are numbered on each MCR by itself, and one may serve two sessions.
                : kind.Pattern != Number && !seen.TryAdd(id, name)
                ? $"{id} is {seen[id]} already"
                : null;
            if (what is not null)
            {
                yield return new Flaw($"existing.{name}", what);
            }
        }
    }

    private static Kind Aws(string name, string word) => new(name, $"^{word}{Hex}", $"{word}-0123456789abcdef0");

    private static Kind Megaport(string name) => new(name, Guid, "a Megaport uid");

    private static Kind Azure(string name, string type) => new(
        name, "^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft[.]Network/" + type + "/[^/]+$",
        $"/subscriptions/…/resourceGroups/…/providers/Microsoft.Network/{type}/NAME");
}
