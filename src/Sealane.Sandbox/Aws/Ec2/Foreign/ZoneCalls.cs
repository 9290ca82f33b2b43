using System.Xml.Linq;
using static Sealane.Sandbox.Aws.Ec2.Ec2Xml;

namespace Sealane.Sandbox.Aws.Ec2.Foreign;

/// <summary>Regions, zones and what an account may do: what every tool asks first.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeAvailabilityZones.html</remarks>
internal static class ZoneCalls
{
    /// <summary>A part of the real ones: those that Megaport's catalogue here knows, and some large ones.</summary>
    private static readonly string[] Known =
    [
        "ap-northeast-1", "ap-northeast-3", "ap-southeast-1", "ap-southeast-2", "ap-southeast-4", "eu-central-1",
        "eu-west-1", "eu-west-2", "us-east-1", "us-east-2", "us-west-1", "us-west-2",
    ];

    public static IReadOnlyList<Ec2Operation> All { get; } =
    [
        new("DescribeRegions", "RegionName.N AllRegions:boolean" + Ec2Operation.Filters, Regions),
        new("DescribeAvailabilityZones",
            "ZoneName.N ZoneId.N AllAvailabilityZones:boolean" + Ec2Operation.Filters, Zones),
        new("DescribeAccountAttributes", "AttributeName.N", Attributes),
    ];

    private static readonly Ec2Filters<string> RegionFilters = new()
    {
        ["endpoint"] = (_, region) => [Endpoint(region)],
        ["opt-in-status"] = (_, _) => ["opt-in-not-required"],
        ["region-name"] = (_, region) => [region],
    };

    private static readonly Ec2Filters<string> ZoneFilters = new()
    {
        ["opt-in-status"] = (_, _) => ["opt-in-not-required"],
        ["region-name"] = (call, _) => [call.Region],
        ["state"] = (_, _) => ["available"],
        ["zone-id"] = (_, zone) => [IdOf(zone)],
        ["zone-name"] = (_, zone) => [zone],
        ["zone-type"] = (_, _) => ["availability-zone"],
    };

    /// <summary><c>ap-southeast-2a</c> is <c>apse2-az1</c>: the same in every account here.</summary>
    public static string IdOf(string zone) => $"{AwsState.Short(zone[..^1])}-az{zone[^1] - 'a' + 1}";

    private static IEnumerable<XElement?> Regions(Ec2Call call)
    {
        var names = call.Parameters.List("RegionName");
        var all = Known.Union([call.Region]).Order(StringComparer.Ordinal).ToList();
        if (names.FirstOrDefault(name => !all.Contains(name)) is { } unknown)
        {
            throw AwsRefusal.Ec2("InvalidParameterValue", $"Invalid region name: {unknown}");
        }
        return
        [
            Set("regionInfo", RegionFilters.Apply(call, all.Where(r => names.Count == 0 || names.Contains(r)))
                .Select(region => Item(Text("regionName", region), Text("regionEndpoint", Endpoint(region)),
                    Text("optInStatus", "opt-in-not-required")))),
        ];
    }

    private static IEnumerable<XElement?> Zones(Ec2Call call)
    {
        var (names, ids) = (call.Parameters.List("ZoneName"), call.Parameters.List("ZoneId"));
        var all = call.Here(call.State.Subnets).Select(subnet => subnet.AvailabilityZone)
            .Union([$"{call.Region}a", $"{call.Region}b", $"{call.Region}c"]).Order(StringComparer.Ordinal).ToList();
        if (names.FirstOrDefault(name => !all.Contains(name)) is { } unknown)
        {
            throw AwsRefusal.Ec2("InvalidParameterValue", $"Invalid availability zone: [{unknown}]");
        }
        return
        [
            Set("availabilityZoneInfo", ZoneFilters.Apply(call, all.Where(zone =>
                (names.Count == 0 || names.Contains(zone)) && (ids.Count == 0 || ids.Contains(IdOf(zone)))))
                .Select(zone => Item(
                    Text("zoneName", zone), Text("zoneId", IdOf(zone)), Text("zoneState", "available"),
                    Text("regionName", call.Region), Text("optInStatus", "opt-in-not-required"),
                    Text("groupName", call.Region), Text("networkBorderGroup", call.Region),
                    Text("zoneType", "availability-zone"), Set("messageSet", [])))),
        ];
    }

    private static IEnumerable<XElement?> Attributes(Ec2Call call)
    {
        var names = call.Parameters.List("AttributeName");
        return
        [
            Set("accountAttributeSet", new[] { ("supported-platforms", "VPC"), ("default-vpc", "none") }
                .Where(attribute => names.Count == 0 || names.Contains(attribute.Item1))
                .Select(attribute => Item(Text("attributeName", attribute.Item1),
                    Set("attributeValueSet", [Item(Text("attributeValue", attribute.Item2))])))),
        ];
    }

    private static string Endpoint(string region) => $"ec2.{region}.amazonaws.com";
}
