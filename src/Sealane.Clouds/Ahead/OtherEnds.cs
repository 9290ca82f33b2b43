using Sealane.Clouds.Aws;
using Sealane.Clouds.Azure;
using Sealane.Clouds.Megaport;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Ahead;

/// <param name="Id">The object of the link that says so.</param>
/// <param name="What">What it joins, and what the spec names.</param>
public sealed record OtherEnd(string Id, string What);

/// <summary>
/// A link is its name and its ends: account, VPC, subscription, VNet, router. Objects that bear the link's name and
/// join other networks belong to another link of that name, made from another copy of the file; nothing of them is
/// touched. The ends are read from what the objects join, so links of any age tell them.
/// </summary>
public sealed class OtherEnds(AwsClients aws, NetworkDesign design)
{
    private readonly AzureIds _ids = new(design);

    /// <param name="known">A fresh survey.</param>
    public async Task<IReadOnlyList<OtherEnd>> Find(Known known, CancellationToken ct) =>
    [
        .. await OfAws(known, ct).ConfigureAwait(false),
        .. OfAzure(known),
        .. OfMegaport(known),
    ];

    private async Task<IReadOnlyList<OtherEnd>> OfAws(Known known, CancellationToken ct)
    {
        if (design.TransitGateway.ExistingId is not null || known.Find(TransitGateway.Ref) is not { } gateway)
        {
            return [];
        }
        var vpcs = FormerParts.Of(design).Vpcs.Select(vpc => vpc.Id).ToList();
        return
        [
            .. (await aws.Ec2.VpcAttachmentsOfTransitGateway(gateway.Id, ct).ConfigureAwait(false))
                .Where(attachment => !vpcs.Contains(attachment.ResourceId)
                    && AwsLookup.Link(attachment.Tags) == design.Name)
                .Select(attachment => new OtherEnd(TransitGateway.Ref.Id,
                    $"{gateway.Id} joins {attachment.ResourceId}, and the spec names {string.Join(", ", vpcs)}"
                        + Taken(attachment))),
        ];
    }

    /// <summary>The name says that it was a part of this link with a key.</summary>
    private string Taken(TransitGatewayAttachment attachment) =>
        AwsLookup.Name(attachment.Tags) is { } name && name.StartsWith($"{design.Name}-vpc-", StringComparison.Ordinal)
            ? " (where it was in aws.vpcs, list it there with gone: true for one apply)" : "";

    private IEnumerable<OtherEnd> OfAzure(Known known)
    {
        var vnets = design.Vnets.Select(_ids.Vnet).ToList();
        return from gateway in new[]
               {
                   (VpnGateway.Ref.Id, SubnetId: design.VpnGateway.ExistingId is null
                       ? known.Find(VpnGateway.Ref)?.SubnetIds.FirstOrDefault() : null),
                   (ExpressRouteGateway.Ref.Id, SubnetId: design.ExpressRouteGateway.ExistingId is null
                       ? known.Find(ExpressRouteGateway.Ref)?.SubnetId : null),
               }
               let vnet = VnetOf(gateway.SubnetId)
               where vnet is not null && !vnets.Contains(vnet, StringComparer.OrdinalIgnoreCase)
               select new OtherEnd(gateway.Id, $"it stands in {vnet}, and the spec names {string.Join(", ", vnets)}");
    }

    private IEnumerable<OtherEnd> OfMegaport(Known known) =>
    [
        .. from vxc in design.AwsVxcs
           let account = known.Find(VxcLeg.Aws(vxc))?.OwnerAccount
           where account is { Length: > 0 } && account != design.DirectConnectAccount
           select new OtherEnd(VxcLeg.Aws(vxc).Id,
               $"it leads to AWS account {account}, and the spec names {design.DirectConnectAccount}"),
        // Azure does not let go of a circuit while its VXC stands: one without the other is in another subscription.
        .. from vxc in design.AzureVxcs
           where known.Find(VxcLeg.Azure(vxc)) is not null && known.Find(ExpressRouteCircuit.Ref(vxc.Circuit)) is null
               && !known.Doubts.ContainsKey(ExpressRouteCircuit.Ref(vxc.Circuit).Id)
           select new OtherEnd(VxcLeg.Azure(vxc).Id,
               $"its circuit is not in {_ids.ResourceGroup}, where the spec has it"),
    ];

    private static string? VnetOf(string? subnet) =>
        subnet?.IndexOf("/subnets/", StringComparison.OrdinalIgnoreCase) is > 0 and var at ? subnet[..at] : null;
}
