using System.Xml.Linq;
using static Sealane.Sandbox.Aws.Ec2.Ec2Xml;

namespace Sealane.Sandbox.Aws.Ec2.Foreign;

/// <summary>Route tables of VPCs: made, deleted, and which subnets and gateways they serve.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateRouteTable.html</remarks>
internal static class RouteTableMakingCalls
{
    public static IReadOnlyList<Ec2Operation> All { get; } =
    [
        new("CreateRouteTable", "*VpcId ClientToken" + Ec2Operation.TagSpecification, Create),
        new("DeleteRouteTable", "*RouteTableId", Delete),
        new("AssociateRouteTable", "*RouteTableId SubnetId GatewayId", Associate),
        new("DisassociateRouteTable", "*AssociationId", Disassociate),
        new("ReplaceRouteTableAssociation", "*AssociationId *RouteTableId", Replace),
    ];

    private static IEnumerable<XElement?> Create(Ec2Call call)
    {
        var tags = Ec2Tags.Specified(call, "TagSpecification", "route-table");
        var vpc = call.Find(call.State.Vpcs, call.Parameters.Required("VpcId"), Ec2Id.Vpc);
        var table = new VpcRouteTable
        {
            Id = call.State.NewId(call.World, "rtb-", $"{vpc.Id}/{tags.GetValueOrDefault("Name")}"),
            Region = call.Region,
            CreatedAt = call.World.Now,
            ChangedAt = call.World.Now,
            Tags = tags,
            VpcId = vpc.Id,
        };
        call.State.VpcRouteTables.Add(table);
        return
        [
            VpcRouteTableCalls.Element(call, table, "routeTable"),
            Text("clientToken", call.Parameters.Text("ClientToken")),
        ];
    }

    private static IEnumerable<XElement?> Delete(Ec2Call call)
    {
        var table = Named(call);
        if (table.Main || table.SubnetIds.Count > 0 || table.GatewayIds.Count > 0)
        {
            throw AwsRefusal.Ec2("DependencyViolation",
                $"The routeTable '{table.Id}' has dependencies and cannot be deleted.");
        }
        call.State.VpcRouteTables.Remove(table);
        return Done;
    }

    private static IEnumerable<XElement?> Associate(Ec2Call call)
    {
        var table = Named(call);
        var (subnetId, gatewayId) = (call.Parameters.Text("SubnetId"), call.Parameters.Text("GatewayId"));
        if (subnetId is null == gatewayId is null)
        {
            throw subnetId is null ? AwsRefusal.Missing("subnetId")
                : AwsRefusal.Ec2("InvalidParameterCombination", "Exactly one of subnetId and gatewayId can be given.");
        }
        if (gatewayId is not null)
        {
            if (!call.State.InternetGateways.Any(g => g.Id == gatewayId && g.VpcId == table.VpcId)
                && !call.State.VpnGateways.Any(g => g.Id == gatewayId && g.VpcId == table.VpcId))
            {
                throw AwsRefusal.Ec2("InvalidGatewayID.NotFound", $"The gateway ID '{gatewayId}' does not exist");
            }
            table.GatewayIds.Add(gatewayId);
            return Associated(VpcRouteTableCalls.AssociationId(gatewayId));
        }
        var subnet = call.Find(call.State.Subnets, subnetId!, Ec2Id.Subnet);
        if (subnet.VpcId != table.VpcId)
        {
            throw AwsRefusal.Ec2("InvalidParameterValue",
                $"Route table {table.Id} and subnet {subnet.Id} belong to different networks");
        }
        if (call.State.VpcRouteTables.FirstOrDefault(t => t.SubnetIds.Contains(subnet.Id)) is { } other)
        {
            throw AwsRefusal.Ec2("Resource.AlreadyAssociated",
                $"the specified association for route table {other.Id} conflicts with an existing association");
        }
        table.SubnetIds.Add(subnet.Id);
        return Associated(VpcRouteTableCalls.AssociationId(subnet.Id));
    }

    private static IEnumerable<XElement?> Disassociate(Ec2Call call)
    {
        var (table, owner) = Find(call);
        if (!table.SubnetIds.Remove(owner) && !table.GatewayIds.Remove(owner))
        {
            throw AwsRefusal.Ec2("InvalidParameterValue", "cannot disassociate the main route table association");
        }
        return Done;
    }

    private static IEnumerable<XElement?> Replace(Ec2Call call)
    {
        var (table, owner) = Find(call);
        var next = Named(call);
        if (table.SubnetIds.Remove(owner))
        {
            next.SubnetIds.Add(owner);
        }
        else if (table.GatewayIds.Remove(owner))
        {
            next.GatewayIds.Add(owner);
        }
        else
        {
            (table.Main, next.Main) = (false, true);
        }
        return
        [
            Text("newAssociationId", VpcRouteTableCalls.AssociationId(owner == table.Id ? next.Id : owner)),
            Group("associationState", Text("state", "associated")),
        ];
    }

    /// <summary>
    /// The table of an association, and whose it is: a subnet, a gateway, or the table itself as the main one.
    /// </summary>
    private static (VpcRouteTable Table, string Owner) Find(Ec2Call call)
    {
        var id = call.Parameters.Required("AssociationId");
        foreach (var table in call.Here(call.State.VpcRouteTables))
        {
            var owners = table.SubnetIds.Concat(table.GatewayIds).Concat(table.Main ? [table.Id] : []);
            if (owners.FirstOrDefault(owner => VpcRouteTableCalls.AssociationId(owner) == id) is { } found)
            {
                return (table, found);
            }
        }
        throw AwsRefusal.Ec2("InvalidAssociationID.NotFound", $"The association ID '{id}' does not exist");
    }

    private static VpcRouteTable Named(Ec2Call call) =>
        call.Find(call.State.VpcRouteTables, call.Parameters.Required("RouteTableId"), Ec2Id.RouteTable);

    private static IEnumerable<XElement?> Associated(string id) =>
        [Text("associationId", id), Group("associationState", Text("state", "associated"))];
}
