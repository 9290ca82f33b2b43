using System.Globalization;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Aws;

/// <summary>The Direct Connect gateway: BGP neighbour of the MCR. A global object. Guide step 1.</summary>
/// <remarks>API: directconnect CreateDirectConnectGateway, DescribeDirectConnectGateways,
/// DeleteDirectConnectGateway.</remarks>
public sealed class DxGateway(AwsClients clients, LinkDesign link, DxGatewayDesign gateway)
    : Resource<DxGateway.Desired, DirectConnectGateway>(Ref)
{
    public sealed record Desired(ObjectTags Tags, long Asn, bool Existing);

    public static ObjectRef<DirectConnectGateway> Ref { get; } = new("aws/dx-gateway");

    public override Cloud Cloud => Cloud.Aws;
    public override string? Account => clients.Account;
    public override string Title => "Direct Connect gateway";
    public override IReadOnlyList<int> GuideSteps => [1];
    public override IReadOnlyList<string> Operations =>
    [
        "directconnect:CreateDirectConnectGateway", "directconnect:DescribeDirectConnectGateways",
        "directconnect:DeleteDirectConnectGateway", "directconnect:DescribeTags",
        "directconnect:UpdateDirectConnectGateway", "directconnect:TagResource",
    ];
    public override TimeSpan Expected => AwsTimes.DxGateway;
    public override bool IsMade => gateway.ExistingId is null;

    public override Desired Derive(IKnown known) =>
        new(ObjectTags.Of(link, gateway.Name), gateway.Asn, gateway.ExistingId is not null);

    public override async Task<DirectConnectGateway?> Observe(IKnown known, CancellationToken ct)
    {
        if (gateway.ExistingId is { } existing)
        {
            return (await clients.DirectConnect.Gateways(existing, ct).ConfigureAwait(false))
                .FirstOrDefault(gateway => gateway.DirectConnectGatewayState != "deleted");
        }
        var tags = ObjectTags.Of(link, gateway.Name);
        var named = new List<DirectConnectGateway>();
        var all = await clients.DirectConnect.Gateways(null, ct).ConfigureAwait(false);
        foreach (var gateway in all)
        {
            if (gateway.DirectConnectGatewayName == tags.Name && gateway.DirectConnectGatewayState != "deleted")
            {
                named.Add(await WithTags(gateway, ct).ConfigureAwait(false));
            }
        }
        var ours = await clients.Marks.Find(Kind, tags, named,
            () => Task.FromResult<IReadOnlyList<DirectConnectGateway>>(
                [.. all.Where(gateway => Link(gateway) == tags.Link)]),
            AwsLookup.AdoptById("aws.directConnectGateway.id", named.FirstOrDefault()?.DirectConnectGatewayId ?? ""),
            ct).ConfigureAwait(false);
        return ours is null && all.Count > 0 && await Carrier(all, tags.Link, ct).ConfigureAwait(false) is { } bare
            ? throw bare : ours;
    }

    private async Task<CloudError?> Carrier(
        IReadOnlyList<DirectConnectGateway> all, string link, CancellationToken ct)
    {
        var vif = (await clients.Connections.AllVirtualInterfaces(ct).ConfigureAwait(false)).FirstOrDefault(each =>
            each.VirtualInterfaceState is not ("deleted" or "deleting")
            && each.Tags?.Any(tag => tag.Key == LinkTag.Key && tag.Value == link) == true);
        var bare = vif is null ? null : all.FirstOrDefault(each =>
            each.DirectConnectGatewayId == vif.DirectConnectGatewayId
            && each.DirectConnectGatewayState is not ("deleted" or "deleting"));
        return bare is null ? null
            : AwsMarks.Unmarked(Kind.Operation, bare.DirectConnectGatewayId, vif!.VirtualInterfaceId, bare);
    }

    private static AwsKind<DirectConnectGateway> Kind { get; } = new(
        "directconnect:DescribeDirectConnectGateways", gateway => gateway.DirectConnectGatewayId,
        gateway => gateway.DirectConnectGatewayState ?? "unknown", gateway => gateway.DirectConnectGatewayName, Link,
        async (clients, id, ct) => (await clients.DirectConnect.Gateways(id, ct).ConfigureAwait(false)).FirstOrNull());

    public override IReadOnlyList<string> LostMarks(DirectConnectGateway observed) =>
        observed.Tags is null ? [] : AwsMarks.Lost(ObjectTags.Of(link, gateway.Name), observed.DirectConnectGatewayName,
            AwsMarks.Read(observed.Tags));

    public override async Task Mark(DirectConnectGateway observed, CancellationToken ct)
    {
        if (observed.DirectConnectGatewayName != gateway.Name)
        {
            await clients.DirectConnect.RenameGateway(observed.DirectConnectGatewayId, gateway.Name, ct)
                .ConfigureAwait(false);
        }
        await clients.DirectConnect.Tag(ArnOf(observed), ObjectTags.Of(link, gateway.Name).All, ct)
            .ConfigureAwait(false);
    }

    public override IHandover? Handover => gateway.ExistingId is not null ? null : new Handover<DirectConnectGateway>(
        async (id, ct) => await Kind.Used(clients, id, ct).ConfigureAwait(false) is { } found
            ? await WithTags(found, ct).ConfigureAwait(false) : null,
        Link, Mark, (found, ct) => clients.DirectConnect.Tag(
            ArnOf(found), [(LinkTag.Key, LinkTag.DisownedBy(link.Name))], ct));

    private static string ArnOf(DirectConnectGateway gateway) =>
        $"arn:aws:directconnect::{gateway.OwnerAccount}:dx-gateway/{gateway.DirectConnectGatewayId}";

    // Whether the describe call shows tags is not documented for every region: where ours is missing, it is asked for.
    private async Task<DirectConnectGateway> WithTags(DirectConnectGateway gateway, CancellationToken ct)
    {
        if (Link(gateway) is not null)
        {
            return gateway;
        }
        try
        {
            return gateway with
            {
                Tags = await clients.DirectConnect.TagsOf(ArnOf(gateway), ct).ConfigureAwait(false),
            };
        }
        catch (CloudError error)
            when (error.Kind is CloudErrorKind.Invalid or CloudErrorKind.NotFound or CloudErrorKind.Denied)
        {
            return gateway;
        }
    }

    private static string? Link(DirectConnectGateway gateway) =>
        gateway.Tags?.FirstOrDefault(tag => tag.Key == LinkTag.Key)?.Value;

    // The API changes nothing but the name. A wrong ASN is a new gateway and a new virtual interface.
    public override Change Compare(Desired desired, DirectConnectGateway observed)
    {
        var lines = new Differences().Field("ASN", desired.Asn, observed.AmazonSideAsn ?? desired.Asn).Lines;
        return desired.Existing
            ? Change.Refused([.. lines.Select(line => $"{line}: set aws.directConnectGateway.asn to what the gateway "
                + $"has")])
            : Change.Replace(lines, "the link is down until gateway, association, virtual interface and VPN are made "
                + "again (about 30 minutes)");
    }

    public override Task Create(Desired desired, CancellationToken ct) =>
        clients.DirectConnect.CreateGateway(desired.Tags, desired.Asn, ct);

    // AWS accepts the deletion of a gateway that is in use, and takes it back minutes later (terraform-provider-aws
    // #10214).
    public override async Task Delete(DirectConnectGateway observed, CancellationToken ct)
    {
        var id = observed.DirectConnectGatewayId;
        var associations = await clients.DirectConnect.Associations(id, null, ct).ConfigureAwait(false);
        var attachments = await clients.Connections.Attachments(id, null, ct).ConfigureAwait(false);
        var users = associations.Where(association => association.AssociationState != "disassociated")
            .Select(association => association.AssociatedGateway?.Id)
            .Concat(attachments.Where(attachment => attachment.AttachmentState != "detached")
                .Select(attachment => attachment.VirtualInterfaceId)).OfType<string>().ToList();
        if (users.Count > 0)
        {
            throw new CloudError(Cloud.Aws, "directconnect:DeleteDirectConnectGateway", CloudErrorKind.Busy, null,
                "InUse",
                $"{id} is still used by {string.Join(", ", users)}");
        }
        await AwsLookup.Delete(observed.DirectConnectGatewayState, () => clients.DirectConnect.DeleteGateway(id, ct))
            .ConfigureAwait(false);
    }

    public override bool IsReady(DirectConnectGateway observed) => observed.DirectConnectGatewayState == "available";

    public override string? Failed(DirectConnectGateway observed) =>
        observed is { DirectConnectGatewayState: not "available", StateChangeError: { Length: > 0 } reason } ? reason
            : null;

    public override ResourceView View(DirectConnectGateway observed) => new(
        observed.DirectConnectGatewayState ?? "unknown", observed.DirectConnectGatewayId,
        AwsConsole.DxGateway(clients.Region, observed.DirectConnectGatewayId),
        [("ASN", observed.AmazonSideAsn?.ToString(CultureInfo.InvariantCulture) ?? "unknown")]);
}
