using System.Globalization;
using Sealane.Clouds.Aws;
using Sealane.Clouds.Megaport;
using Sealane.Core;

namespace Sealane.Clouds.Found;

/// <summary>The transport: transit VIF → hosted connection ↔ VXC → MCR → VXC of the circuit's service key.</summary>
internal sealed class MegaportFinder(AwsClients aws, MegaportClient api, FoundLink found)
{
    private sealed record Seen(McrProduct Mcr, VxcProduct Vxc);

    public async Task Read(string? dxGateway, Secret? serviceKey, CancellationToken ct)
    {
        var all = await Vxcs(ct).ConfigureAwait(false);
        var vifs = (await aws.Connections.AllVirtualInterfaces(ct).ConfigureAwait(false)).Where(vif =>
            vif.VirtualInterfaceType == "transit" && vif.VirtualInterfaceState is "available" or "down"
            && dxGateway is not null && vif.DirectConnectGatewayId == dxGateway);
        if (found.One("transit VIF of the Direct Connect gateway", vifs, vif => vif.VirtualInterfaceId) is not { } vif)
        {
            return;
        }
        found.Use("aws/transit-vif", vif.VirtualInterfaceId);
        found.Name("aws.transitVif.name", vif.VirtualInterfaceName);
        found.Set("aws.transitVif.mtu", vif.Mtu, "the VIF's MTU");
        found.Set("transport.aws.mcr", vif.CustomerAddress, "the MCR's address towards AWS");
        found.Set("transport.aws.amazon", vif.AmazonAddress, "Amazon's address");
        if (found.One($"VXC of the hosted connection {vif.ConnectionId}",
            all.Where(each => each.Vxc.ConnectionId == vif.ConnectionId), each => each.Vxc.Uid) is not { } toAws)
        {
            return;
        }
        ReadMcr(toAws);
        var toAzure = found.One("VXC of the circuit", all.Where(each => each.Mcr.Uid == toAws.Mcr.Uid
            && serviceKey is not null && serviceKey.Reveal().Equals(each.Vxc.ServiceKey?.Reveal(),
                StringComparison.OrdinalIgnoreCase)), each => each.Vxc.Uid);
        if (toAzure is not null)
        {
            found.Use("megaport/azure-vxc", toAzure.Vxc.Uid);
            found.Name("megaport.azureVxc.name", toAzure.Vxc.Name);
            Lists("azure", toAzure.Vxc);
            if (toAzure.Vxc.RateMbps != toAws.Vxc.RateMbps)
            {
                found.Questions.Add($"megaport.bandwidth is one rate for both VXCs, and that to Azure has "
                    + $"{toAzure.Vxc.RateMbps} Mbps");
            }
        }
    }

    private async Task<List<Seen>> Vxcs(CancellationToken ct)
    {
        var all = new List<Seen>();
        foreach (var product in (await api.Products(ct).ConfigureAwait(false)).Where(each =>
            each is { ProductType: "MCR2", ProductUid.Length: > 0 }
            && !ProvisioningStatus.IsGone(each.ProvisioningStatus)))
        {
            var mcr = await api.Product(product.ProductUid!, ct).ConfigureAwait(false);
            foreach (var row in await api.VxcsOf(product.ProductUid!, ct).ConfigureAwait(false))
            {
                if (mcr is not null && row.ProductUid is { Length: > 0 } uid
                    && !ProvisioningStatus.IsGone(row.ProvisioningStatus)
                    && await api.Product(uid, ct).ConfigureAwait(false) is { } vxc)
                {
                    all.Add(new(McrProduct.Of(product.ProductUid!, mcr), VxcProduct.Of(uid, vxc)));
                }
            }
        }
        return all;
    }

    private void ReadMcr(Seen toAws)
    {
        var (mcr, vxc) = (toAws.Mcr, toAws.Vxc);
        found.Use("megaport/aws-vxc", vxc.Uid);
        found.Name("megaport.awsVxc.name", vxc.Name);
        found.Values["megaport.mcr.uid"] = mcr.Uid;
        found.Set("megaport.mcr.asn", mcr.Asn, "the MCR's ASN");
        found.Set("megaport.mcr.speed", mcr.SpeedMbps, "the MCR's speed");
        found.Set("megaport.location", mcr.LocationName
            ?? mcr.LocationId?.ToString(CultureInfo.InvariantCulture), "the MCR's site");
        found.Set("megaport.bandwidth", vxc.RateMbps, "the VXC's rate");
        if (mcr.DiversityZone is { } zone)
        {
            found.Values["megaport.diversityZone"] = zone;
        }
        if (mcr.TermMonths is > 1 and var term)
        {
            found.Set("megaport.term", term, "the term");
        }
        if (mcr.CostCentre.Length > 0)
        {
            found.Values["megaport.costCentre"] = mcr.CostCentre;
        }
        if (vxc.PartnerLocationId is { } place && mcr.LocationId is { } site && place != site)
        {
            found.Set("megaport.awsLocation", place, "the site of AWS's port");
        }
        Lists("aws", vxc);
    }

    private void Lists(string cloud, VxcProduct vxc)
    {
        found.Use($"megaport/{cloud}-import", Number(vxc.Session?.ImportWhitelist));
        found.Use($"megaport/{cloud}-export", Number(vxc.Session?.ExportWhitelist));
    }

    private static string? Number(int? list) => list is > 0 ? list.Value.ToString(CultureInfo.InvariantCulture) : null;
}
