using System.Globalization;
using System.Xml.Linq;
using Sealane.Core;
using Sealane.Sandbox.World;
using static Sealane.Sandbox.Aws.Ec2.Ec2Xml;

namespace Sealane.Sandbox.Aws.Ec2;

/// <summary>Customer gateways. Guide step 16.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateCustomerGateway.html</remarks>
internal static class CustomerGatewayCalls
{
    public static IReadOnlyList<Ec2Operation> All { get; } =
    [
        new("CreateCustomerGateway",
            "BgpAsn:long PublicIp CertificateArn *Type:ipsec.1 DeviceName IpAddress BgpAsnExtended:long"
                + Ec2Operation.TagSpecification,
            Create),
        new("DescribeCustomerGateways", "CustomerGatewayId.N" + Ec2Operation.Filters, Describe),
        new("DeleteCustomerGateway", "*CustomerGatewayId", Delete),
    ];

    private static readonly Ec2Filters<CustomerGateway> Filters = new(g => g.Tags)
    {
        ["bgp-asn"] = (_, g) => [g.BgpAsn.ToString(CultureInfo.InvariantCulture)],
        ["customer-gateway-id"] = (_, g) => [g.Id],
        ["ip-address"] = (_, g) => [g.IpAddress],
        ["state"] = (_, g) => [g.State],
        ["type"] = (_, g) => [g.Type],
    };

    private static IEnumerable<XElement?> Create(Ec2Call call)
    {
        var tags = Ec2Tags.Specified(call, "TagSpecification", "customer-gateway");
        var asn = Asn(call.Parameters);
        var certificate = call.Parameters.Text("CertificateArn");
        var address = call.Parameters.Text("IpAddress") ?? call.Parameters.Text("PublicIp")
            ?? (certificate is not null ? "" : throw AwsRefusal.Missing("IpAddress"));
        if (address.Length > 0 && !Ipv4.TryParse(address, out _))
        {
            throw AwsRefusal.Value(address, "IpAddress");
        }
        var device = call.Parameters.Text("DeviceName");
        // Identical in type, address, ASN and device name: AWS answers with the one that exists.
        var gateway = call.Here(call.State.CustomerGateways).FirstOrDefault(g =>
            g.IsLive && (g.IpAddress, g.BgpAsn, g.DeviceName, g.CertificateArn) == (address, asn, device, certificate));
        return [Element(gateway ?? Make(call, tags, address, asn, device, certificate), "customerGateway")];
    }

    private static CustomerGateway Make(
        Ec2Call call, Dictionary<string, string> tags, string address, long asn, string? device, string? certificate)
    {
        if (call.Here(call.State.CustomerGateways)
            .Count(g => g.State != "deleted") >= AwsLimits.CustomerGatewaysPerRegion)
        {
            throw AwsRefusal.Ec2("CustomerGatewayLimitExceeded",
                "You have reached the limit on the number of customer gateways.");
        }
        var gateway = new CustomerGateway
        {
            Id = call.State.NewId(call.World, "cgw-", tags.GetValueOrDefault("Name") ?? address),
            Region = call.Region,
            State = "pending",
            CreatedAt = call.World.Now,
            ChangedAt = call.World.Now,
            Tags = tags,
            IpAddress = address,
            BgpAsn = asn,
            DeviceName = device,
            CertificateArn = certificate,
        };
        call.State.CustomerGateways.Add(gateway);
        call.World.Then(gateway, call.World.Take(Durations.CustomerGatewayCreate, gateway.Id), "available");
        return gateway;
    }

    /// <summary>Two members for one number: the older has 31 bits.</summary>
    private static long Asn(Ec2Parameters parameters) =>
        (parameters.Long("BgpAsn"), parameters.Long("BgpAsnExtended")) switch
        {
            (not null, not null) =>
                throw AwsRefusal.Ec2("InvalidParameterCombination",
                    "BgpAsn and BgpAsnExtended cannot be used together."),
            ({ } asn, _) => asn is >= 1 and <= 2147483647 ? asn : throw Bad("BgpAsn", asn),
            (_, { } asn) => asn is >= 2147483648 and <= 4294967295 ? asn : throw Bad("BgpAsnExtended", asn),
            _ => 65000,
        };

    private static AwsRefusal Bad(string parameter, long asn) =>
        AwsRefusal.Value(asn.ToString(CultureInfo.InvariantCulture), parameter);

    private static IEnumerable<XElement?> Describe(Ec2Call call) =>
    [
        Set("customerGatewaySet",
            Filters.Apply(call, call.Listed(call.State.CustomerGateways, "CustomerGatewayId", Ec2Id.CustomerGateway))
                .Select(g => Element(g, "item"))),
    ];

    private static IEnumerable<XElement?> Delete(Ec2Call call)
    {
        var gateway = call.Find(call.State.CustomerGateways, call.Parameters.Required("CustomerGatewayId"),
            Ec2Id.CustomerGateway);
        if (call.State.VpnConnections.Any(vpn => vpn.CustomerGatewayId == gateway.Id && vpn.State != "deleted"))
        {
            throw AwsRefusal.State("The customer gateway is in use.");
        }
        if (gateway.IsLive)
        {
            AwsState.Delete(call.World, gateway, Durations.CustomerGatewayDelete);
        }
        return Done;
    }

    private static XElement Element(CustomerGateway gateway, string name) => Group(name,
        Text("customerGatewayId", gateway.Id),
        Text("state", gateway.State),
        Text("type", gateway.Type),
        Text("ipAddress", gateway.IpAddress),
        gateway.BgpAsn <= 2147483647 ? Number("bgpAsn", gateway.BgpAsn) : Number("bgpAsnExtended", gateway.BgpAsn),
        Text("certificateArn", gateway.CertificateArn),
        Text("deviceName", gateway.DeviceName),
        Tags(gateway.Tags));
}
