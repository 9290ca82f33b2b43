using System.Globalization;
using System.Xml.Linq;
using Sealane.Sandbox.World;
using static Sealane.Sandbox.Aws.Ec2.Ec2Xml;

namespace Sealane.Sandbox.Aws.Ec2;

/// <summary>Transit gateways. Guide step 2.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTransitGateway.html</remarks>
internal static class TransitGatewayCalls
{
    private const string Switch = ":enable|disable";

    public static IReadOnlyList<Ec2Operation> All { get; } =
    [
        new("CreateTransitGateway",
            $"Description Options.AmazonSideAsn:long Options.AutoAcceptSharedAttachments{Switch} "
                + $"Options.DefaultRouteTableAssociation{Switch} "
            + $"Options.DefaultRouteTablePropagation{Switch} Options.VpnEcmpSupport{Switch} Options.DnsSupport{Switch} "
            + $"Options.SecurityGroupReferencingSupport{Switch} Options.MulticastSupport{Switch} "
                + $"Options.TransitGatewayCidrBlocks.N"
            + Ec2Operation.TagSpecification, Create),
        new("DescribeTransitGateways", "TransitGatewayIds.N" + Ec2Operation.Filters + Ec2Operation.Page, Describe),
        new("ModifyTransitGateway",
            "*TransitGatewayId Description Options.AddTransitGatewayCidrBlocks.N "
                + "Options.RemoveTransitGatewayCidrBlocks.N "
            + $"Options.VpnEcmpSupport{Switch} Options.DnsSupport{Switch} "
                + $"Options.SecurityGroupReferencingSupport{Switch} "
            + $"Options.AutoAcceptSharedAttachments{Switch} Options.DefaultRouteTableAssociation{Switch} "
            + $"Options.AssociationDefaultRouteTableId Options.DefaultRouteTablePropagation{Switch} "
            + $"Options.PropagationDefaultRouteTableId Options.AmazonSideAsn:long Options.EncryptionSupport{Switch}",
            call => [Element(call, TransitGatewayChange.Make(call), withTags: false)]),
        new("DeleteTransitGateway", "*TransitGatewayId", Delete),
    ];

    private static readonly Ec2Filters<TransitGateway> Filters = new(gateway => gateway.Tags)
    {
        ["options.propagation-default-route-table-id"] = (_, g) => [g.PropagationDefaultRouteTableId],
        ["options.amazon-side-asn"] = (_, g) => [g.AmazonSideAsn.ToString(CultureInfo.InvariantCulture)],
        ["options.association-default-route-table-id"] = (_, g) => [g.AssociationDefaultRouteTableId],
        ["options.auto-accept-shared-attachments"] = (_, g) => [g.AutoAcceptSharedAttachments],
        ["options.default-route-table-association"] = (_, g) => [Word(g.AssociationDefaultRouteTableId)],
        ["options.default-route-table-propagation"] = (_, g) => [Word(g.PropagationDefaultRouteTableId)],
        ["options.dns-support"] = (_, g) => [g.DnsSupport],
        ["options.vpn-ecmp-support"] = (_, g) => [g.VpnEcmpSupport],
        ["owner-id"] = (call, g) => [call.State.OwnerOf(g.Id)],
        ["state"] = (_, g) => [g.State],
        ["transit-gateway-id"] = (_, g) => [g.Id],
    };

    private static IEnumerable<XElement?> Create(Ec2Call call)
    {
        var options = call.Parameters.At("Options");
        var tags = Ec2Tags.Specified(call, "TagSpecification", "transit-gateway");
        var asn = CheckAsn(options.Long("AmazonSideAsn") ?? 64512);
        var cidrs = CheckCidrs(options.List("TransitGatewayCidrBlocks"));
        if (call.Here(call.State.TransitGateways)
            .Count(g => g.State != "deleted") >= AwsLimits.TransitGatewaysPerRegion)
        {
            throw AwsRefusal.Ec2("TransitGatewayLimitExceeded",
                "You have reached the limit of transit gateways in this region.");
        }
        var name = tags.GetValueOrDefault("Name") ?? call.Parameters.Text("Description") ?? "";
        var gateway = new TransitGateway
        {
            Id = call.State.NewId(call.World, "tgw-", name),
            Region = call.Region,
            State = "pending",
            CreatedAt = call.World.Now,
            ChangedAt = call.World.Now,
            Tags = tags,
            Description = call.Parameters.Text("Description"),
            AmazonSideAsn = asn,
            Cidrs = cidrs,
            VpnEcmpSupport = options.Text("VpnEcmpSupport") ?? "enable",
            DnsSupport = options.Text("DnsSupport") ?? "enable",
            AutoAcceptSharedAttachments = options.Text("AutoAcceptSharedAttachments") ?? "disable",
            SecurityGroupReferencingSupport = options.Text("SecurityGroupReferencingSupport") ?? "disable",
            MulticastSupport = options.Text("MulticastSupport") ?? "disable",
        };
        call.State.TransitGateways.Add(gateway);
        call.World.Then(gateway, call.World.Take(Durations.TransitGatewayCreate, gateway.Id), "available");
        var association = options.Text("DefaultRouteTableAssociation") != "disable";
        var propagation = options.Text("DefaultRouteTablePropagation") != "disable";
        if (association || propagation)
        {
            var table = RouteTableCalls.Make(call, gateway, []);
            gateway.AssociationDefaultRouteTableId = association ? table.Id : null;
            gateway.PropagationDefaultRouteTableId = propagation ? table.Id : null;
        }
        return [Element(call, gateway, withTags: true)];
    }

    private static IEnumerable<XElement?> Describe(Ec2Call call)
    {
        var (items, next) = call.Page(
            Filters.Apply(call, call.Listed(call.State.TransitGateways, "TransitGatewayIds", Ec2Id.TransitGateway)));
        return [Set("transitGatewaySet", items.Select(g => Element(call, g, withTags: true, "item"))),
            Text("nextToken", next)];
    }

    private static IEnumerable<XElement?> Delete(Ec2Call call)
    {
        var gateway = call.Find(call.State.TransitGateways, call.Parameters.Required("TransitGatewayId"),
            Ec2Id.TransitGateway);
        if (gateway.State == "deleting")
        {
            throw AwsRefusal.State($"{gateway.Id} is in invalid state.");
        }
        foreach (var (type, words) in new[]
        {
            (TransitGatewayAttachment.VpcType, "VPC"), (TransitGatewayAttachment.VpnType, "VPN"),
            (TransitGatewayAttachment.DxGatewayType, "DirectConnect Gateway"),
            (TransitGatewayAttachment.ConnectType, "Connect"), (TransitGatewayAttachment.PeeringType, "Peering"),
        })
        {
            var left = call.State.Attachments
                .Where(a => a.TransitGatewayId == gateway.Id && a.ResourceType == type && a.State != "deleted")
                    .Select(a => a.Id).ToList();
            if (left.Count > 0)
            {
                throw AwsRefusal.State($"{gateway.Id} has non-deleted {words} Attachments: {string.Join(", ", left)}.");
            }
        }
        AwsState.Delete(call.World, gateway, Durations.TransitGatewayDelete);
        return [Element(call, gateway, withTags: false)];
    }

    /// <summary>Private ASNs of both sizes.</summary>
    public static long CheckAsn(long asn) =>
        asn is (>= 64512 and <= 65534) or (>= 4200000000 and <= 4294967294)
            ? asn
            : throw AwsRefusal.Ec2("InvalidParameterValue", $"Value ({asn}) for parameter AmazonSideAsn is invalid. "
                + "Amazon side ASN must be in the range 64512-65534 or 4200000000-4294967294.");

    /// <summary>At most five blocks, /24 or larger (IPv6 /64), none of them link-local.</summary>
    public static List<string> CheckCidrs(IReadOnlyList<string> written)
    {
        var blocks = new List<string>();
        foreach (var text in written)
        {
            var block = Cidr.Canonical(text);
            if (block is null || Cidr.Length(block) > (Cidr.IsIpv6(block) ? 64 : 24)
                || Cidr.Overlap(block, "169.254.0.0/16") || blocks.Any(other => Cidr.Overlap(other, block)))
            {
                throw AwsRefusal.Value(text, "TransitGatewayCidrBlocks");
            }
            blocks.Add(block);
        }
        return blocks.Count <= AwsLimits.CidrsPerTransitGateway
            ? blocks
            : throw AwsRefusal.Ec2("InvalidParameterValue", "A transit gateway can have at most 5 CIDR blocks.");
    }

    /// <summary>Replies of Modify and Delete have no tags.</summary>
    public static XElement Element(Ec2Call call, TransitGateway gateway, bool withTags,
        string name = "transitGateway") => Group(name,
        Text("transitGatewayId", gateway.Id),
        Text("transitGatewayArn", call.State.GatewayArn(gateway)),
        Text("state", gateway.State),
        Text("ownerId", call.State.OwnerOf(gateway.Id)),
        Text("description", gateway.Description),
        Time("creationTime", gateway.CreatedAt),
        Group("options",
            Number("amazonSideAsn", gateway.AmazonSideAsn),
            gateway.Cidrs.Count > 0 ? Texts("transitGatewayCidrBlocks", gateway.Cidrs) : null,
            Text("autoAcceptSharedAttachments", gateway.AutoAcceptSharedAttachments),
            Text("defaultRouteTableAssociation", Word(gateway.AssociationDefaultRouteTableId)),
            Text("associationDefaultRouteTableId", gateway.AssociationDefaultRouteTableId),
            Text("defaultRouteTablePropagation", Word(gateway.PropagationDefaultRouteTableId)),
            Text("propagationDefaultRouteTableId", gateway.PropagationDefaultRouteTableId),
            Text("vpnEcmpSupport", gateway.VpnEcmpSupport),
            Text("dnsSupport", gateway.DnsSupport),
            Text("securityGroupReferencingSupport", gateway.SecurityGroupReferencingSupport),
            Text("multicastSupport", gateway.MulticastSupport),
            gateway.EncryptionSupport is { } encryption
                ? Group("encryptionSupport", Text("encryptionState", encryption == "enable" ? "enabled" : "disabled"))
                : null),
        withTags ? Tags(gateway.Tags) : null);

    private static string Word(string? defaultTable) => defaultTable is null ? "disable" : "enable";
}
