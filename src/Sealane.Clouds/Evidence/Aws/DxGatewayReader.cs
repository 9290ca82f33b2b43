using Sealane.Clouds.Aws;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Evidence.Aws;

/// <summary>A Direct Connect gateway: every association with what it announces, every virtual interface with its
/// routes.</summary>
internal sealed class DxGatewayReader : Reader
{
    private static readonly Question Describe = new()
    {
        Call = "directconnect:DescribeDirectConnectGateways",
        Cloud = Cloud.Aws,
        Permission = "directconnect:DescribeDirectConnectGateways",
        Shows = "ASN and owner of a Direct Connect gateway",
    };

    private static readonly Question Associations = new()
    {
        Call = "directconnect:DescribeDirectConnectGatewayAssociations",
        Cloud = Cloud.Aws,
        Permission = "directconnect:DescribeDirectConnectGatewayAssociations",
        Shows = "all associations with their allowed prefixes",
        LeadsTo = "transit gateways",
        Hides = "an allowed prefix that is announced to Azure (lock c), a second way into AWS",
    };

    private static readonly Question Attachments = new()
    {
        Call = "directconnect:DescribeDirectConnectGatewayAttachments",
        Cloud = Cloud.Aws,
        Permission = "directconnect:DescribeDirectConnectGatewayAttachments",
        Shows = "all virtual interfaces of the gateway, of other accounts and regions too",
        LeadsTo = "virtual interfaces",
        Hides = "a second virtual interface towards Azure",
    };

    private static readonly Question Interfaces = new()
    {
        Call = "directconnect:DescribeVirtualInterfaces",
        Cloud = Cloud.Aws,
        Permission = "directconnect:DescribeVirtualInterfaces",
        Shows = "virtual interfaces of every type, their BGP peers",
        LeadsTo = "VXCs",
        Hides = "a virtual interface towards Azure",
    };

    private static readonly Question Routes = new()
    {
        Call = "directconnect:ListVirtualInterfaceRoutes",
        Cloud = Cloud.Aws,
        Permission = "directconnect:ListVirtualInterfaceRoutes",
        Shows = "routes accepted and advertised on a virtual interface (locks b and c seen from AWS)",
    };

    public override string Kind => "Direct Connect gateway";

    public override IReadOnlyList<Question> Questions => [Describe, Associations, Attachments, Interfaces, Routes];

    public override async Task Read(Walk walk, string id)
    {
        var aws = walk.AwsOf(id);
        var direct = aws.DirectConnect;
        var gateways = walk.Ask(Describe, id, ct => direct.Gateways(id, ct)!);
        var associations = walk.Ask(Associations, id, ct => direct.Associations(id, null, ct)!);
        var attachments = await walk.Ask(Attachments, id, ct => direct.Attachments(id, null, ct)!)
            .ConfigureAwait(false);
        await VirtualInterfacesReader.ReadRoutes(walk, id).ConfigureAwait(false);
        foreach (var association in await associations.ConfigureAwait(false) ?? [])
        {
            if (association.AssociatedGateway is { Type: "transitGateway", Id: { } transit })
            {
                walk.Reach(AllReaders.TransitGateway, transit);
            }
        }
        ReachInterfaces(walk, aws);
        // Another account's is no error but an empty list: empty too are then its virtual interfaces, and it is one
        // that was not read, wherever it leads.
        var found = await gateways.ConfigureAwait(false);
        if (found is not { Count: 0 })
        {
            walk.Seen.DxGateways[id] = new(
                id, found?.FirstOrNull(), await associations.ConfigureAwait(false), attachments);
        }
    }

    /// <summary>Of an account, in the region of its connections.</summary>
    internal static void ReachInterfaces(Walk walk, AwsClients aws) => walk.Reach(AllReaders.VirtualInterfaces,
        $"{aws.ConnectionRegion} {aws.Account}".TrimEnd(), aws);

    /// <summary>All virtual interfaces of a region in one listing; the routes of those on a gateway that was
    /// reached: an account may have hundreds of others.</summary>
    internal sealed class VirtualInterfacesReader : Reader
    {
        public override string Kind => "virtual interfaces";

        public override IReadOnlyList<Question> Questions => [];

        public override async Task Read(Walk walk, string id)
        {
            var aws = walk.AwsOf(id);
            var all = await walk.Ask(Interfaces, id, ct => aws.Connections.AllVirtualInterfaces(ct)!)
                .ConfigureAwait(false);
            var living = (all ?? []).Where(vif => vif.VirtualInterfaceState is not ("deleted" or "rejected")).ToList();
            foreach (var vif in living)
            {
                walk.See(vif.VirtualInterfaceId, aws);
                walk.Seen.VirtualInterfaces[vif.VirtualInterfaceId] = vif;
            }
            // A gateway that is reached later finds them where they are kept now.
            foreach (var gateway in living.Select(vif => vif.DirectConnectGatewayId).OfType<string>().Distinct()
                .Where(gateway => walk.HasReached(AllReaders.DxGateway, gateway)))
            {
                await ReadRoutes(walk, gateway).ConfigureAwait(false);
            }
        }

        /// <summary>Of all that were listed on the gateway so far, each once.</summary>
        public static Task ReadRoutes(Walk walk, string gateway) => Task.WhenAll(
            from vif in walk.Seen.VirtualInterfaces.Values
            where vif.DirectConnectGatewayId == gateway && vif.VirtualInterfaceState is "available" or "down"
            let id = vif.VirtualInterfaceId
            select walk.Once($"routes {id}", () => walk.Keep(Routes, id,
                ct => walk.AwsOf(id).Connections.VirtualInterfaceRoutes(id, ct)!, walk.Seen.VifRoutes, id)));
    }
}
