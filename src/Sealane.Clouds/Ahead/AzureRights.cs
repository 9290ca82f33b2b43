using System.Text.Json.Nodes;
using Sealane.Clouds.Azure;
using Sealane.Clouds.Used;
using Sealane.Core.Checks.Ahead;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Ahead;

/// <summary>Which actions the plan takes in Azure, and where; which locks lie there.</summary>
/// <remarks>
/// https://learn.microsoft.com/rest/api/authorization/permissions/list-for-resource-group,
/// https://learn.microsoft.com/rest/api/resources/management-locks/list-at-resource-group-level; what a write takes
/// besides: https://learn.microsoft.com/azure/vpn-gateway/roles-permissions and
/// https://learn.microsoft.com/azure/expressroute/roles-permissions
/// </remarks>
internal sealed class AzureRights(ArmClient azure, NetworkDesign design)
{
    private const string Join = "/join/action";
    private readonly AzureIds _ids = new(design);

    /// <summary>Where the plan makes something, and the actions that this takes there.</summary>
    /// <param name="toBeMade">What the plan makes.</param>
    /// <param name="group">Where it is made: the resource group, or the subscription where that is still to be
    /// made.</param>
    public IReadOnlyList<(string Scope, string Path, IReadOnlyList<string> Actions)> Needed(
        IReadOnlyList<Resource> toBeMade, string group)
    {
        var made = toBeMade.Where(resource => resource.Cloud == Cloud.Azure && resource.IsMade
            && (resource.Making == Making.Created || resource is VnetPeeringSettings))
            .SelectMany(resource => resource.Operations)
            .Where(call => call.StartsWith("PUT ", StringComparison.Ordinal)
                && !call.EndsWith(" resourceGroups", StringComparison.Ordinal))
            .Select(call => call["PUT ".Length..]).Distinct().Order(StringComparer.Ordinal).ToList();
        var joined = toBeMade.Any(resource => design.Circuits.Any(circuit =>
            resource.Id == ExpressRouteConnection.Ref(circuit).Id && !design.Redeems(circuit)));
        var inGroup = made.Where(type => !OfVnet(type)).Select(Write).ToList();
        var inVnet = made.Where(OfVnet).Select(Write).ToList();
        if (made.Contains("virtualNetworkGateways"))
        {
            inGroup.Add($"Microsoft.Network/publicIPAddresses{Join}");
            inVnet.Add($"Microsoft.Network/virtualNetworks/subnets{Join}");
        }
        // One of another subscription is joined by its owner's authorization.
        if (joined)
        {
            inGroup.Add($"Microsoft.Network/expressRouteCircuits{Join}");
        }
        if (made.Contains(Peerings))
        {
            inVnet.Add("Microsoft.Network/virtualNetworks/peer/action");
        }
        if (group != _ids.ResourceGroup)
        {
            inGroup.Add("Microsoft.Resources/subscriptions/resourceGroups/write");
        }
        var uses = design.VpnGateway.ExistingId is not null && made.Contains("connections");
        if (uses)
        {
            inVnet.Add($"Microsoft.Network/virtualNetworks/subnets{Join}");
        }
        return [.. At(group, inGroup, [.. inVnet.Distinct()]), .. uses ? ToChange() : [], .. ToTag(toBeMade)];
    }

    /// <summary>Where the resources are deleted, and the actions that this takes there.</summary>
    public IReadOnlyList<(string Scope, string Path, IReadOnlyList<string> Actions)> ToDelete(
        IReadOnlyList<Resource> going)
    {
        // A peering that Megaport made with the link's cross connect is deleted on whosever circuit.
        var elsewhere = design.Circuits.Where(circuit => design.IdElsewhere(circuit) is not null
            && going.Any(resource => resource.Id == PrivatePeering.Ref(circuit).Id)).ToList();
        var types = going.Where(resource => resource.Cloud == Cloud.Azure
            && !elsewhere.Exists(circuit => resource.Id == PrivatePeering.Ref(circuit).Id))
            .SelectMany(resource => resource.Operations)
            .Where(call => call.StartsWith("DELETE ", StringComparison.Ordinal)
                && !call.EndsWith(" resourceGroups", StringComparison.Ordinal))
            .Select(call => call["DELETE ".Length..]).Distinct().Order(StringComparer.Ordinal).ToList();
        return
        [
            .. At(_ids.ResourceGroup, [.. types.Where(type => !OfVnet(type)).Select(Delete)],
                [.. types.Where(OfVnet).Select(Delete)]),
            .. elsewhere.Select(circuit => (_ids.Circuit(circuit), $"existing.{circuit.Key.On("azure/circuit")}",
                (IReadOnlyList<string>)[Delete("expressRouteCircuits/peerings")])),
            .. going.Any(resource => resource.Id == VpnGatewaySettings.Ref.Id) ? ToChange() : [], .. ToTag(going),
        ];
    }

    /// <summary>A used VPN gateway is written too, and not deleted.</summary>
    private IReadOnlyList<(string Scope, string Path, IReadOnlyList<string> Actions)> ToChange() =>
        [(_ids.VpnGateway, "azure.vpnGateway.id", [Write("virtualNetworkGateways")])];

    /// <summary>What a used object was stands on it where the link has no circuit of its own.</summary>
    private static IEnumerable<(string Scope, string Path, IReadOnlyList<string> Actions)> ToTag(
        IReadOnlyList<Resource> changed) =>
        from settings in changed.OfType<UsedSettings>()
        where settings.TaggedInAzure is not null
        select (settings.TaggedInAzure, $"changeUsed, {settings.Id}",
            (IReadOnlyList<string>)["Microsoft.Resources/tags/write"]);

    private IReadOnlyList<(string Scope, string Path, IReadOnlyList<string> Actions)> At(
        string group, IReadOnlyList<string> inGroup, IReadOnlyList<string> inVnet)
    {
        var hub = design.Vnets.First(vnet => vnet.Key.IsNone);
        return
        [
            .. new (string Scope, string Path, IReadOnlyList<string> Actions)[]
            {
                (group, "azure.resourceGroup", inGroup), (_ids.Vnet(hub), "azure.vnet", inVnet),
            }.Where(scope => scope.Actions.Count > 0),
            .. from spoke in design.Vnets
               let actions = inVnet.Where(action => action.Contains("peer", StringComparison.OrdinalIgnoreCase))
                   .ToList()
               where !spoke.Key.IsNone && actions.Count > 0
               select (_ids.Vnet(spoke), $"{spoke.Path}.vnet", (IReadOnlyList<string>)actions),
        ];
    }

    /// <summary>Null where the answer names nothing: whoever may read it may do something.</summary>
    public async Task<IReadOnlyList<GrantFound>?> GrantsAt(string scope, CancellationToken ct)
    {
        var grants = await azure.List($"{scope}/providers/Microsoft.Authorization/permissions", ct)
            .ConfigureAwait(false);
        return grants.Count == 0 ? null :
            [.. grants.Select(grant => new GrantFound(grant.Texts("actions"), grant.Texts("notActions")))];
    }

    /// <summary>
    /// Locks on the resource group and the VNet, above them, and on objects of the link. A list at a group has what is
    /// inherited and what lies on things inside, those of others too.
    /// </summary>
    public async Task<IReadOnlyList<LockFound>> Locks(CancellationToken ct)
    {
        var (objects, vnets) = (_ids.Named, design.Vnets.Select(_ids.Vnet).ToList());
        List<string> ours = [.. objects, .. design.Vnets.Select(_ids.GatewaySubnet), _ids.ResourceGroup];
        var found = new List<LockFound>();
        foreach (var scope in vnets.Append(_ids.VpnGateway).Select(GroupOf).Append(_ids.ResourceGroup)
            .Distinct(StringComparer.OrdinalIgnoreCase))
        {
            found.AddRange(
                from held in await azure.List($"{scope}/providers/Microsoft.Authorization/locks", ct)
                    .ConfigureAwait(false)
                let locked = ScopeOf(held)
                let level = held.Text("properties", "level") ?? ""
                where ours.Exists(id => IsAtOrAbove(locked, id)) || objects.Any(id => IsAtOrAbove(id, locked))
                    // One that only forbids to delete a used gateway forbids nothing that the link does.
                    || (level == "ReadOnly" && IsAtOrAbove(locked, _ids.VpnGateway))
                select new LockFound(held.Text("name") ?? "", level, locked));
        }
        return [.. found.DistinctBy(held => (held.Scope.ToUpperInvariant(), held.Name.ToUpperInvariant()))];
    }

    /// <summary>Whether what is locked is the object or holds it.</summary>
    public static bool IsAtOrAbove(string locked, string id) =>
        id.Equals(locked, StringComparison.OrdinalIgnoreCase)
        || id.StartsWith($"{locked}/", StringComparison.OrdinalIgnoreCase);

    private static string ScopeOf(JsonNode held)
    {
        var id = held.Text("id") ?? "";
        var at = id.IndexOf("/providers/Microsoft.Authorization/", StringComparison.OrdinalIgnoreCase);
        return at < 0 ? id : id[..at];
    }

    private static string GroupOf(string id) => string.Join('/', id.Split('/').Take(5));

    private const string Peerings = "virtualNetworks/virtualNetworkPeerings";

    private static bool OfVnet(string type) => type.StartsWith("virtualNetworks", StringComparison.Ordinal);

    private static string Write(string type) => $"Microsoft.Network/{type}/write";

    private static string Delete(string type) => $"Microsoft.Network/{type}/delete";
}
