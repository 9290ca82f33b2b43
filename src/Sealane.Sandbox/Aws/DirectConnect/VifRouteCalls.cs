using System.Text.Json.Nodes;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Aws.DirectConnect;

/// <summary>Routes of a virtual interface as its Direct Connect endpoint holds them, in both directions.</summary>
/// <remarks>https://docs.aws.amazon.com/directconnect/latest/APIReference/API_ListVirtualInterfaceRoutes.html</remarks>
internal static class VifRouteCalls
{
    public static IReadOnlyList<DxOperation> All { get; } =
    [
        new("ListVirtualInterfaceRoutes", "virtualInterfaceId:string filters:object" + DxOperation.Page, List),
    ];

    private static JsonObject List(DxCall call)
    {
        var vif = call.Vif(call.Input.Required("virtualInterfaceId"));
        var rows = new[] { "accepted", "advertised" }.SelectMany(direction => Rows(call, vif, direction)
            .Select(row => (Direction: direction, Row: row)));
        var reply = call.Page("routes", rows, one => new JsonObject
        {
            ["addressFamily"] = "ipv4",
            ["asPath"] = new JsonArray(new JsonObject
            {
                ["pathType"] = "seq",
                ["path"] = new JsonArray([.. one.Row.AsPath.Select(asn => (JsonNode)asn)]),
            }),
            ["cidr"] = one.Row.Prefix.ToString(),
            ["communities"] = new JsonArray(),
            ["routeDirection"] = one.Direction,
        });
        reply["virtualInterfaceId"] = vif.Id;
        return reply;
    }

    /// <summary>What the router at the other end announces is accepted here, and the other way round.</summary>
    private static IReadOnlyList<McrBgpRow> Rows(DxCall call, TransitVif vif, string direction) =>
        vif.Ipv4Peer?.Amazon is { } amazon && call.World.Net.VifSessionUp(vif.Id)
        && call.World.Megaport.Vxcs.Find(vxc => !vxc.Ended && vxc.Aws?.ConnectionId == vif.ConnectionId) is { } vxc
            ? call.World.Net.McrNeighbourRoutes(vxc.McrUid, amazon.Address.ToString(), direction == "accepted") : [];
}
