using Sealane.Clouds.Aws;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Evidence.Aws;

/// <summary>
/// A transit gateway as a whole: all attachments, of other accounts too, and all route tables. A packet is routed by
/// whatever table its attachment belongs to, the default one included.
/// </summary>
internal sealed class TransitGatewayReader : Reader
{
    private static readonly Question Describe = new()
    {
        Call = "ec2:DescribeTransitGateways",
        Cloud = Cloud.Aws,
        Permission = "ec2:DescribeTransitGateways",
        Shows = "ASN, CIDR blocks and ECMP of a transit gateway",
        Hides = "whether a tunnel endpoint is the gateway's own, and how it shares traffic",
        OnlyWhereEntered = true,
    };

    private static readonly Question Attachments = new()
    {
        Call = "ec2:DescribeTransitGatewayAttachments (of a transit gateway)",
        Cloud = Cloud.Aws,
        Permission = "ec2:DescribeTransitGatewayAttachments",
        Shows = "all attachments: VPC, VPN, Direct Connect gateway, Connect, peering, of other accounts too",
        LeadsTo = "Direct Connect gateways, VPN connections, prefixes of other VPCs",
        Hides = "an attachment that routes lead to",
        OnlyWhereEntered = true,
    };

    private static readonly Question Tables = new()
    {
        Call = "ec2:DescribeTransitGatewayRouteTables",
        Cloud = Cloud.Aws,
        Permission = "ec2:DescribeTransitGatewayRouteTables",
        Shows = "all route tables of a transit gateway",
        Hides = "a table that routes the VPC's packets",
        OnlyWhereEntered = true,
    };

    private static readonly Question Routes = new()
    {
        Call = "ec2:SearchTransitGatewayRoutes",
        Cloud = Cloud.Aws,
        Permission = "ec2:SearchTransitGatewayRoutes",
        Shows = "the winning routes of a table",
        Hides = "a static or propagated route past the tunnels",
        OnlyWhereEntered = true,
    };

    private static readonly Question Associations = new()
    {
        Call = "ec2:GetTransitGatewayRouteTableAssociations",
        Cloud = Cloud.Aws,
        Permission = "ec2:GetTransitGatewayRouteTableAssociations",
        Shows = "the attachments whose packets a table routes",
        Hides = "which table routes an attachment's packets",
        OnlyWhereEntered = true,
    };

    private static readonly Question Propagations = new()
    {
        Call = "ec2:GetTransitGatewayRouteTablePropagations",
        Cloud = Cloud.Aws,
        Permission = "ec2:GetTransitGatewayRouteTablePropagations",
        Shows = "the attachments that announce into a table",
        Hides = "a route that wins when another one fails",
        OnlyWhereEntered = true,
    };

    private static readonly Question PrefixLists = new()
    {
        Call = "ec2:GetTransitGatewayPrefixListReferences",
        Cloud = Cloud.Aws,
        Permission = "ec2:GetTransitGatewayPrefixListReferences",
        Shows = "references of a table to prefix lists",
        LeadsTo = "prefix lists",
        Hides = "a static route past the tunnels",
        OnlyWhereEntered = true,
    };

    private static readonly Question Vpcs = new()
    {
        Call = "ec2:DescribeVpcs (attached)",
        Cloud = Cloud.Aws,
        Permission = "ec2:DescribeVpcs",
        Shows = "prefixes of the other VPCs of this account on the transit gateway",
    };

    private static readonly Question Vpns = new()
    {
        Call = "ec2:DescribeVpnConnections",
        Cloud = Cloud.Aws,
        Permission = "ec2:DescribeVpnConnections",
        Shows = "VPN connections: tunnels, options, telemetry",
        LeadsTo = "customer gateways",
        Hides = "whether a VPN runs over Direct Connect or the internet, and its tunnels",
        OnlyWhereEntered = true,
    };

    private static readonly Question CustomerGateways = new()
    {
        Call = "ec2:DescribeCustomerGateways",
        Cloud = Cloud.Aws,
        Permission = "ec2:DescribeCustomerGateways",
        Shows = "the address to which AWS sends a tunnel's packets",
        Hides = "whether a tunnel ends at the VPN gateway",
        OnlyWhereEntered = true,
    };

    public override string Kind => "transit gateway";

    public override IReadOnlyList<Question> Questions =>
        [Describe, Attachments, Tables, Routes, Associations, Propagations, PrefixLists, Vpcs, Vpns, CustomerGateways];

    public override async Task Read(Walk walk, string id)
    {
        var aws = walk.AwsOf(id);
        var ec2 = aws.Ec2;
        var gateway = walk.Ask(Describe, id, ct => ec2.FindTransitGateway(id, ct));
        var attachments = ReadAttachments(walk, aws, id);
        var vpns = ReadVpns(walk, aws, id, Vpns, ct => ec2.VpnConnectionsOfTransitGateway(id, ct));
        var tables = await walk.Ask(Tables, id, ct => ec2.RouteTablesOf(id, ct)!).ConfigureAwait(false);
        var read = tables is null ? null : await Task.WhenAll(
            tables.Where(table => table.State == "available").Select(table => ReadTable(walk, aws, table.Id)))
                .ConfigureAwait(false);
        await vpns.ConfigureAwait(false);
        if (tables is { Count: 0 } && walk.EyesOf((await gateway.ConfigureAwait(false))?.OwnerId) != aws)
        {
            walk.Unseen(Tables, id, "its owner alone sees its route tables, and is another account or not known");
        }
        walk.Seen.TransitGateways[id] = new(
            id, await gateway.ConfigureAwait(false), await attachments.ConfigureAwait(false), read);
    }

    /// <summary>VPN connections with their customer gateways.</summary>
    internal static async Task ReadVpns(
        Walk walk, AwsClients aws, string owner, Question question,
        Func<CancellationToken, Task<IReadOnlyList<Ec2VpnConnection>>> list)
    {
        var found = (await walk.Ask(question, owner, ct => list(ct)!).ConfigureAwait(false) ?? [])
            .Where(vpn => vpn.State is not ("deleted" or "deleting")).ToList();
        foreach (var vpn in found)
        {
            walk.Seen.VpnConnections[vpn.Id] = vpn;
        }
        var ids = found.Select(vpn => vpn.CustomerGatewayId).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        if (ids.Count > 0)
        {
            foreach (var customer in await walk.Ask(
                CustomerGateways, owner, ct => aws.Ec2.CustomerGatewaysById(ids, ct)!)
                .ConfigureAwait(false) ?? [])
            {
                walk.Seen.CustomerGateways[customer.Id] = customer;
            }
        }
    }

    private static async Task<IReadOnlyList<TransitGatewayAttachment>?> ReadAttachments(
        Walk walk, AwsClients aws, string id)
    {
        var found = await walk.Ask(Attachments, id, ct => aws.Ec2.AttachmentsOfTransitGateway(id, ct)!)
            .ConfigureAwait(false);
        foreach (var attachment in found ?? [])
        {
            if (attachment.ResourceType == "direct-connect-gateway")
            {
                walk.Reach(AllReaders.DxGateway, attachment.ResourceId,
                    walk.EyesOf(attachment.ResourceOwnerId) ?? aws);
            }
        }
        // Those of other accounts are left out by AWS; their prefixes stand in the tables.
        var vpcs = (found ?? []).Where(attachment => attachment.ResourceType == "vpc")
            .Select(attachment => attachment.ResourceId).ToList();
        if (vpcs.Count > 0)
        {
            foreach (var vpc in await walk.Ask(Vpcs, id, ct => aws.Ec2.VpcsById(vpcs, ct)!).ConfigureAwait(false)
                ?? [])
            {
                walk.Seen.ForeignVpcs[vpc.Id] = vpc;
            }
        }
        return found;
    }

    private static async Task<TableSeen> ReadTable(Walk walk, AwsClients aws, string id)
    {
        var ec2 = aws.Ec2;
        var rows = walk.Ask(Routes, id, ct => AllRows.Read(ec2, id, ct)!);
        var associations = walk.Ask(Associations, id, ct => ec2.Associations(id, ct)!);
        var propagations = walk.Ask(Propagations, id, ct => ec2.Propagations(id, ct)!);
        var lists = await walk.Ask(PrefixLists, id, ct => ec2.PrefixListReferences(id, ct)!).ConfigureAwait(false);
        foreach (var list in (lists ?? []).Select(reference => reference.PrefixListId).Distinct(StringComparer.Ordinal))
        {
            await VpcReader.ReadPrefixList(walk, aws, list).ConfigureAwait(false);
        }
        return new(id, await rows.ConfigureAwait(false), await associations.ConfigureAwait(false),
            await propagations.ConfigureAwait(false), lists);
    }
}
