using Sealane.Core;
using Sealane.Sandbox.Megaport;

namespace Sealane.Sandbox.World.Mistakes;

/// <summary>Mistakes that open one of the four locks, or go round it. Every status stays green meanwhile.</summary>
internal static class LockMistakes
{
    private const int CoveringLength = 8;

    public static readonly Mistake DropAwsImportFilter = new(
        "drop-aws-import-filter", "Megaport, AWS VXC: import filter to none; the MCR learns all that AWS announces "
            + "(lock a, Azure to AWS)",
        link => Sessions(link.AwsVxc, session => session with { ImportWhitelist = null }));

    public static readonly Mistake DropAzureImportFilter = new(
        "drop-azure-import-filter", "Megaport, Azure VXC: import filter to none; the MCR learns the VNet (lock a, AWS "
            + "to Azure)",
        link => Sessions(link.AzureVxc, session => session with { ImportWhitelist = null }));

    public static readonly Mistake DropAwsExportFilter = new(
        "drop-aws-export-filter", "Megaport, AWS VXC: export filter to none; the MCR announces all it knows to AWS "
            + "(lock b, AWS to Azure)",
        link => Sessions(link.AwsVxc, session => session with { ExportWhitelist = null }));

    public static readonly Mistake DropAzureExportFilter = new(
        "drop-azure-export-filter", "Megaport, Azure VXC: export filter to none; the MCR announces all it knows to "
            + "Azure (lock b, Azure to AWS)",
        link => Sessions(link.AzureVxc, session => session with { ExportWhitelist = null }));

    public static readonly Mistake AllowVpcPrefix = new(
        "allow-vpc-prefix", "AWS, Direct Connect gateway: the VPC among the allowed prefixes, as guide step 3 has it "
            + "(lock c, Azure to AWS)",
        link =>
        {
            var association = link.DxAssociation;
            var prefixes = link.VpcPrefixes.Select(prefix => prefix.ToString()).ToList();
            association.AllowedPrefixes = [.. association.AllowedPrefixes.Union(prefixes)];
            association.AnnouncedPrefixes = [.. association.AnnouncedPrefixes.Union(prefixes)];
        });

    public static readonly Mistake PropagateDxgw = new(
        "propagate-dxgw", "AWS, transit gateway: the Direct Connect attachment propagates into the workload table "
            + "(lock d, AWS to Azure)",
        link => link.WorkloadTable.Propagations = [.. link.WorkloadTable.Propagations.Union([link.DxAttachment.Id])]);

    public static readonly Mistake AssociateDxgw = new(
        "associate-dxgw", "AWS, transit gateway: the Direct Connect attachment shares the workload table (lock d, "
            + "Azure to AWS)",
        link =>
        {
            var (table, attachment) = (link.WorkloadTable.Id, link.DxAttachment.Id);
            link.World.Aws.RouteTableAssociations.RemoveAll(each => each.AttachmentId == attachment);
            link.World.Aws.RouteTableAssociations.Add(new()
            {
                Id = $"{table}/{attachment}",
                State = "associated",
                CreatedAt = link.World.Now,
                ChangedAt = link.World.Now,
                RouteTableId = table,
                AttachmentId = attachment,
            });
        });

    public static readonly Mistake CoveringRoute = new(
        "covering-route", "Megaport, Azure VXC: a static route to the /8 around the VNet, which no import filter sees "
            + "(lock a, AWS to Azure)",
        link =>
        {
            var route = new McrStaticRoute(Covering(link.VnetPrefixes[0]), link.Design.AzureVxcs[0].MicrosoftAddress,
                "all of Azure");
            foreach (var port in link.AzureVxc.Interfaces.Where(port => !port.Routes.Contains(route)))
            {
                port.Routes = [.. port.Routes, route];
            }
        });

    private static Prefix Covering(Prefix prefix) => new(prefix.Network, Math.Min(prefix.Length, CoveringLength));

    private static void Sessions(Vxc vxc, Func<McrBgpConnection, McrBgpConnection> change)
    {
        foreach (var port in vxc.Interfaces)
        {
            port.BgpConnections = [.. port.BgpConnections.Select(change)];
        }
    }
}
