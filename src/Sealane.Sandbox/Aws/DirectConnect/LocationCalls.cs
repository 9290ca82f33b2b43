using System.Text.Json.Nodes;

namespace Sealane.Sandbox.Aws.DirectConnect;

/// <summary>Direct Connect locations of the request's region: a few of the real ones, and those that connections
/// name.</summary>
/// <remarks>https://aws.amazon.com/directconnect/locations/</remarks>
internal static class LocationCalls
{
    private static readonly (string Region, string Code, string Name)[] Known =
    [
        ("ap-southeast-2", "EqSY3", "Equinix SY3, Sydney, AUS"),
        ("ap-southeast-2", "GSSY", "Global Switch SY6, Sydney, AUS"),
        ("ap-southeast-2", "NDCS1", "NEXTDC S1, Sydney, AUS"),
        ("ap-northeast-1", "EqTY2", "Equinix TY2, Tokyo, JPN"),
        ("ap-southeast-1", "EqSG2", "Equinix SG2, Singapore, SGP"),
        ("us-east-1", "EqDC2", "Equinix DC2/DC11, Ashburn, VA"),
        ("us-west-2", "EqSe2-EQ", "Equinix SE2, Seattle, WA"),
        ("eu-west-2", "EqLD5", "Equinix LD5, London, GBR"),
    ];

    public static IReadOnlyList<DxOperation> All { get; } = [new("DescribeLocations", "", Describe)];

    private static JsonObject Describe(DxCall call)
    {
        var named = call.Own(call.State.Connections).Where(c => c.Region == call.Region)
            .Select(c => (Code: c.Location, Name: c.Location));
        var locations = Known.Where(l => l.Region == call.Region).Select(l => (l.Code, l.Name)).Concat(named)
            .DistinctBy(l => l.Code);
        return DxJson.Of(("locations", new JsonArray([.. locations.Select(l => (JsonNode?)DxJson.Of(
            ("locationCode", l.Code),
            ("locationName", l.Name),
            ("region", call.Region),
            ("availablePortSpeeds", DxJson.Texts(["1Gbps", "10Gbps", "100Gbps"])),
            ("availableProviders", DxJson.Texts(["Megaport"])),
            ("availableMacSecPortSpeeds", DxJson.Texts(["10Gbps", "100Gbps"]))))])));
    }
}
