using System.Text.Json.Nodes;
using Sealane.Core;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Azure.Kinds;

/// <summary>One user-defined route.</summary>
/// <remarks>https://learn.microsoft.com/rest/api/virtualnetwork/routes</remarks>
internal sealed class Routes : ResourceKind
{
    private static readonly string[] NextHopTypes = ["VirtualNetworkGateway", "VnetLocal", "Internet",
        "VirtualAppliance", "None"];

    public override string Type => "routeTables/routes";
    public override string Noun => "Route";

    public override MemberSchema Members { get; } = new(
        "RoutePropertiesFormat",
        "addressPrefix:s nextHopType:s nextHopIpAddress:s nextHop:o provisioningState:- hasBgpOverride:-");

    public override IEnumerable<ArmError> Problems(PutRequest put)
    {
        var type = put.Properties.Text("nextHopType");
        if (!NextHopTypes.Contains(type))
        {
            yield return ArmError.Format("properties.nextHopType",
                $"Error converting value \"{type}\" to type 'RouteNextHopType'.");
        }
        if (Cidr.Problem(put.Properties.Text("addressPrefix") ?? "", put.Self) is { } error)
        {
            yield return error;
        }
        if (type == "VirtualAppliance" && Cidr.Address(put.Properties.Text("nextHopIpAddress")) is null)
        {
            yield return ArmError.Bad("RouteNextHopIpAddressRequired",
                $"Route {put.Self} with next hop type VirtualAppliance needs a next hop IP address.");
        }
    }

    public override JsonObject Accept(PutRequest put)
    {
        var kept = base.Accept(put);
        kept["hasBgpOverride"] = false;
        return kept;
    }

    public override Duration WriteTakes(PutRequest put) => Durations.ArmQuick;

    public static IEnumerable<AzureRoute> Of(AzureState state, ArmResource table) =>
        from route in state.Children(table, AllKinds.Routes)
        where Prefix.TryParse(route.Properties.Text("addressPrefix") ?? "", out _)
        select new AzureRoute(
            route.Name, Prefix.Parse(route.Properties.Text("addressPrefix")!),
            route.Properties.Text("nextHopType") ?? "None",
            Cidr.Address(route.Properties.Text("nextHopIpAddress")));
}
