using System.Text.Json.Nodes;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Azure.Kinds;

/// <summary>User-defined routes of subnets.</summary>
/// <remarks>https://learn.microsoft.com/rest/api/virtualnetwork/route-tables</remarks>
internal sealed class RouteTables : ResourceKind
{
    public override string Type => "routeTables";
    public override string Noun => "RouteTable";

    public override MemberSchema Members { get; } = new(
        "RouteTablePropertiesFormat",
        "routes:- subnets:- disableBgpRoutePropagation:b provisioningState:- resourceGuid:-");

    public override IReadOnlyDictionary<string, ResourceKind> Inline => new Dictionary<string, ResourceKind>
    {
        ["routes"] = AllKinds.Routes,
    };

    public override JsonObject Accept(PutRequest put)
    {
        var kept = base.Accept(put);
        kept["disableBgpRoutePropagation"] ??= false;
        return kept;
    }

    public override void Show(ShowCall show, ArmResource resource, JsonObject properties)
    {
        properties["routes"] = new JsonArray([.. show.State.Children(resource, AllKinds.Routes)
            .Select(route => (JsonNode)ResourceReader.Show(show, route))]);
        properties["subnets"] = new JsonArray([.. Users(show.State, resource)
            .Select(subnet => (JsonNode)new JsonObject { ["id"] = subnet.Id })]);
    }

    public override Duration WriteTakes(PutRequest put) => Durations.ArmQuick;

    public override ArmError? RefusesDelete(AzureState state, ArmResource resource) =>
        Users(state, resource).FirstOrDefault() is { } user
            ? ArmError.Bad(PlaceholderCodes.RouteTableInUse,
                $"Route table {resource.Name} is in use and cannot be deleted. It is associated with {user.Id}.")
            : null;

    private static IEnumerable<ArmResource> Users(AzureState state, ArmResource table) =>
        state.All(AllKinds.Subnets)
            .Where(subnet => ResourceId.Same(subnet.Properties.Text("routeTable", "id"), table.Id));
}
