using Sealane.Clouds.Megaport.Wire;
using Sealane.Core.Pricing;
using Sealane.Core;

namespace Sealane.Clouds.Megaport;

/// <summary>The observed VXC (<c>megaport/aws-vxc</c>, <c>megaport/azure-vxc</c>).</summary>
/// <param name="BVlan">VLAN towards the cloud; the transit VIF's. It can change after a maintenance
/// (terraform-provider-megaport #44).</param>
/// <param name="Interfaces">The MCR's side; empty until Megaport shows it.</param>
/// <param name="ConnectionId">The hosted connection in AWS, <c>dxcon-…</c>.</param>
/// <param name="Approval">What Megaport says of an order that waits for a person.</param>
public sealed record VxcProduct(
    string Uid, string Name, string Status, int? RateMbps, int? TermMonths, string CostCentre, bool Locked,
    string? PartnerPort, int? PartnerLocationId, int? BVlan, IReadOnlyList<VxcInterface> Interfaces,
    string? OwnerAccount, string? ConnectionId, Secret? ServiceKey, int? CircuitMbps, AzurePeer? Peer, string? Approval)
    : IHostedConnectionOrder, IBilledAs
{
    BilledAs IBilledAs.BilledAs => new() { Mbps = RateMbps, TermMonths = TermMonths };

    public DateTimeOffset? Created { get; init; }

    /// <summary>The router among whose VXCs it was found.</summary>
    public string? McrUid { get; init; }

    /// <summary>Switched off: it carries nothing.</summary>
    public bool Shutdown { get; init; }

    /// <summary>The first BGP session of the MCR's side, null until there is one.</summary>
    public BgpConnection? Session => Interfaces.SelectMany(port => port.BgpConnections).FirstOrDefault();

    public static VxcProduct Of(string uid, Product product)
    {
        var ends = product.Resources?.CspConnections ?? [];
        CspConnection? End(string type) =>
            ends.FirstOrDefault(end => type.Equals(end.ConnectType, StringComparison.OrdinalIgnoreCase));
        var aws = End("AWSHC");
        var azure = End("AZURE");
        return new(
            product.ProductUid ?? uid, product.ProductName ?? "", product.ProvisioningStatus ?? "", product.RateLimit,
            product.ContractTermMonths, product.CostCentre ?? "", product.Locked == true || product.AdminLocked == true,
            product.BEnd?.ProductName, product.BEnd?.LocationId, product.BEnd?.Vlan is > 0 and var vlan ? vlan : null,
            End("VROUTER")?.Interfaces ?? [], aws?.OwnerAccount,
            aws?.ConnectionId is { Length: > 0 } id ? id : null, azure?.ServiceKey, azure?.Bandwidth,
            azure?.Peers.FirstOrDefault(peer => "private".Equals(peer.Type, StringComparison.OrdinalIgnoreCase)),
            product.VxcApproval?.Status is { Length: > 0 } approval ? approval : null)
        {
            Created = product.CreateDate,
            Shutdown = product.Shutdown == true,
        };
    }
}
