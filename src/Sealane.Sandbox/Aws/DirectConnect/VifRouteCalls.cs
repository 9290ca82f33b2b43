using System.Text.Json.Nodes;

namespace Sealane.Sandbox.Aws.DirectConnect;

/// <summary>The routes that a VIF's session carries, as AWS has them.</summary>
/// <remarks>https://docs.aws.amazon.com/directconnect/latest/APIReference/API_ListVirtualInterfaceRoutes.html</remarks>
internal static class VifRouteCalls
{
    private const int MostCidrs = 10;

    private static readonly DxShape Filters = new(
        "addressFamily:string asPath:list cidrs:list communities:list routeDirection:string");

    public static IReadOnlyList<DxOperation> All { get; } =
    [
        new("ListVirtualInterfaceRoutes", "virtualInterfaceId:string filters:object" + DxOperation.Page, List),
    ];

    private static JsonObject List(DxCall call)
    {
        var vif = call.Vif(call.Input.Required("virtualInterfaceId"));
        var filters = call.Input.Has("filters") ? call.Input.At("filters", Filters) : new DxInput([]);
        var direction = filters.Text("routeDirection");
        if (direction is not (null or "accepted" or "advertised"))
        {
            throw AwsRefusal.DirectConnect($"Route direction {direction} is invalid.");
        }
        var cidrs = filters.Texts("cidrs");
        if (cidrs.Count > MostCidrs)
        {
            throw AwsRefusal.DirectConnect($"At most {MostCidrs} CIDRs can be given.");
        }
        var path = filters.Numbers("asPath");
        // Communities are not simulated: no route has one.
        var none = filters.Text("addressFamily") == "ipv6" || filters.Texts("communities").Count > 0;
        var rows = none ? [] : call.Net.VifRoutes(vif.Id).Where(row =>
            (direction is null || row.Accepted == (direction == "accepted"))
            && (cidrs.Count == 0 || cidrs.Contains(row.Prefix.ToString()))
            && path.All(asn => row.AsPath.Contains(asn)));
        var device = call.State.Connections.Find(c => c.Id == vif.ConnectionId)?.AwsDevice;
        var reply = call.Page("routes", rows, row => DxJson.Of(
            ("cidr", row.Prefix.ToString()),
            ("addressFamily", "ipv4"),
            ("routeDirection", row.Accepted ? "accepted" : "advertised"),
            ("asPath", new JsonArray(DxJson.Of(
                ("pathType", "seq"),
                ("path", new JsonArray([.. row.AsPath.Select(asn => (JsonNode?)JsonValue.Create(asn))]))))),
            ("communities", new JsonArray()),
            ("awsLogicalDeviceId", device),
            ("routeInstalledAt", DxJson.Time(row.Since))));
        reply["virtualInterfaceId"] = vif.Id;
        return reply;
    }
}
