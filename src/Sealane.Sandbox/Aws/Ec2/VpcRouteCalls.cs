using System.Xml.Linq;
using static Sealane.Sandbox.Aws.Ec2.Ec2Xml;

namespace Sealane.Sandbox.Aws.Ec2;

/// <summary>Routes of a VPC's tables.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateRoute.html</remarks>
internal static class VpcRouteCalls
{
    private const string Targets =
        " VpcEndpointId TransitGatewayId CoreNetworkArn GatewayId NetworkInterfaceId VpcPeeringConnectionId "
            + "NatGatewayId"
        + " LocalGatewayId CarrierGatewayId OdbNetworkArn EgressOnlyInternetGatewayId InstanceId";

    private const string Destinations =
        "*RouteTableId DestinationPrefixListId DestinationCidrBlock DestinationIpv6CidrBlock";

    public static IReadOnlyList<Ec2Operation> All { get; } =
    [
        new("CreateRoute", Destinations + Targets, Create),
        new("ReplaceRoute", Destinations + Targets + " LocalTarget:boolean", Replace),
        new("DeleteRoute", Destinations, Delete),
    ];

    private static IEnumerable<XElement?> Create(Ec2Call call)
    {
        var table = Table(call);
        var destination = Destination(call);
        var target = Target(call, table);
        if (table.Routes.Any(r => r.Destination == destination)
            || VpcRouteTableCalls.LocalBlocks(call, table).Contains(destination))
        {
            throw AwsRefusal.Ec2("RouteAlreadyExists", $"The route identified by {destination} already exists.");
        }
        table.Routes.Add(new() { Destination = destination, TargetId = target });
        return Done;
    }

    private static IEnumerable<XElement?> Replace(Ec2Call call)
    {
        var table = Table(call);
        var destination = Destination(call);
        var isLocal = VpcRouteTableCalls.LocalBlocks(call, table).Contains(destination);
        if (call.Parameters.Flag("LocalTarget") == true)
        {
            return isLocal ? Done : throw AwsRefusal.Ec2("InvalidParameterValue", $"{destination} is not a local "
                + $"route of {table.Id}");
        }
        var target = Target(call, table);
        if (isLocal)
        {
            throw AwsRefusal.Ec2("InvalidParameterValue",
                $"cannot remove local route {destination} in route table {table.Id}");
        }
        // Not InvalidRoute.NotFound, as a delete says: tried against AWS in getmoto/moto #6425.
        var route = table.Routes.FirstOrDefault(r => r.Destination == destination)
            ?? throw AwsRefusal.Ec2("InvalidParameterValue",
                $"There is no route defined for '{destination}' in the route table. Use CreateRoute instead.");
        route.TargetId = target;
        return Done;
    }

    private static IEnumerable<XElement?> Delete(Ec2Call call)
    {
        var table = Table(call);
        var destination = Destination(call);
        if (VpcRouteTableCalls.LocalBlocks(call, table).Contains(destination))
        {
            throw AwsRefusal.Ec2("InvalidParameterValue",
                $"cannot remove local route {destination} in route table {table.Id}");
        }
        table.Routes.Remove(Route(table, destination));
        return Done;
    }

    private static VpcRouteTable Table(Ec2Call call) =>
        call.Find(call.State.VpcRouteTables, call.Parameters.Required("RouteTableId"), Ec2Id.RouteTable);

    private static VpcRoute Route(VpcRouteTable table, string destination) =>
        table.Routes.FirstOrDefault(r => r.Destination == destination) ?? throw AwsRefusal.Ec2("InvalidRoute.NotFound",
            $"no route with destination-cidr-block {destination} in route table {table.Id}");

    /// <summary>Host bits are cut off, as EC2 does.</summary>
    private static string Destination(Ec2Call call)
    {
        var (ipv4, ipv6) =
            (call.Parameters.Text("DestinationCidrBlock"), call.Parameters.Text("DestinationIpv6CidrBlock"));
        if (call.Parameters.Text("DestinationPrefixListId") is { } list)
        {
            return call.Find(call.State.PrefixLists, list, Ec2Id.PrefixList).Id;
        }
        if (ipv4 is not null && ipv6 is not null)
        {
            throw AwsRefusal.Ec2("InvalidParameterCombination",
                "The parameter destinationCidrBlock cannot be used with the parameter destinationIpv6CidrBlock");
        }
        var written = ipv4 ?? ipv6 ?? throw AwsRefusal.Missing("destinationCidrBlock");
        return Cidr.Canonical(written) is { } block && Cidr.IsIpv6(block) == ipv4 is null
            ? block
            : throw AwsRefusal.Ec2("InvalidParameterValue",
                $"Value ({written}) for parameter "
                    + $"{(ipv4 is null ? "destinationIpv6CidrBlock" : "destinationCidrBlock")} is invalid. This is "
                    + $"not a valid CIDR block.");
    }

    /// <summary>A transit gateway is a target once the VPC's attachment to it can be used; until then it "does not
    /// exist".</summary>
    private static string Target(Ec2Call call, VpcRouteTable table)
    {
        var named = Targets.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Where(name => call.Parameters.Text(name) is not null).ToList();
        if (named.Count != 1)
        {
            throw named.Count == 0
                ? AwsRefusal.Missing("transitGatewayId")
                : AwsRefusal.Ec2("InvalidParameterCombination",
                    $"Exactly one of {string.Join(", ", named)} can be given.");
        }
        var id = call.Parameters.Required(named[0]);
        if (named[0] == "TransitGatewayId")
        {
            call.Find(call.State.TransitGateways, id, Ec2Id.TransitGateway);
            return call.State.Attachments.Any(a =>
                a.TransitGatewayId == id && a.ResourceId == table.VpcId && a.IsUsable)
                    ? id
                    : throw Ec2Id.TransitGateway.Refuse(id);
        }
        var exists = named[0] switch
        {
            "GatewayId" => call.State.InternetGateways.Any(g => g.Id == id && g.VpcId == table.VpcId)
                || call.State.VpnGateways.Any(g => g.Id == id && g.IsAttached && g.VpcId == table.VpcId),
            "NatGatewayId" => call.State.NatGateways.Any(g => g.Id == id && g.IsLive),
            "VpcPeeringConnectionId" => call.State.VpcPeerings.Any(p => p.Id == id && p.IsActive),
            "NetworkInterfaceId" => call.State.NetworkInterfaces.Any(i => i.Id == id && i.VpcId == table.VpcId),
            _ => false,
        };
        return exists ? id : throw AwsRefusal.Ec2(NotFound[named[0]], $"The {named[0]} '{id}' does not exist");
    }

    /// <summary>Codes for targets that are not there; not all of them are published.</summary>
    private static readonly Dictionary<string, string> NotFound = new()
    {
        ["VpcEndpointId"] = "InvalidVpcEndpointId.NotFound",
        ["CoreNetworkArn"] = "InvalidCoreNetworkArn.NotFound",
        ["GatewayId"] = "InvalidGatewayID.NotFound",
        ["NetworkInterfaceId"] = "InvalidNetworkInterfaceID.NotFound",
        ["VpcPeeringConnectionId"] = "InvalidVpcPeeringConnectionID.NotFound",
        ["NatGatewayId"] = "InvalidNatGatewayID.NotFound",
        ["LocalGatewayId"] = "InvalidLocalGatewayID.NotFound",
        ["CarrierGatewayId"] = "InvalidCarrierGatewayID.NotFound",
        ["OdbNetworkArn"] = "InvalidOdbNetworkArn.NotFound",
        ["EgressOnlyInternetGatewayId"] = "InvalidEgressOnlyInternetGatewayId.NotFound",
        ["InstanceId"] = "InvalidInstanceID.NotFound",
    };
}
