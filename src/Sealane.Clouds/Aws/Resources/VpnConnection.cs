using Sealane.Core;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Aws;

/// <summary>The private-IP VPN of two tunnels over the Direct Connect gateway's attachment. Guide step 17.</summary>
/// <remarks>
/// API: ec2 CreateVpnConnection, DescribeVpnConnections, ModifyVpnTunnelOptions, DeleteVpnConnection,
/// DescribeTransitGatewayAttachments. https://docs.aws.amazon.com/vpn/latest/s2svpn/private-ip-dx.html
/// </remarks>
/// <param name="after">What a used transit gateway must be given first.</param>
public sealed class VpnConnection(
    AwsClients clients, LinkDesign link, VpnConnectionDesign vpn, IpsecSuite suite, LinkKeys keys,
    IReadOnlyList<string> siblings, IReadOnlyList<string> former, IReadOnlyList<ObjectRef> after)
    : Resource<VpnConnection.Desired, Ec2VpnConnection>(Ref(vpn))
{
    /// <param name="TransportAttachmentId">Null while AWS does not show the attachment yet.</param>
    public sealed record Desired(
        ObjectTags Tags, string CustomerGatewayId, string TransitGatewayId, string? TransportAttachmentId,
        IReadOnlyList<PinnedTunnel> Tunnels);

    public static ObjectRef<Ec2VpnConnection> Ref(VpnConnectionDesign vpn) => new(vpn.Key.On("aws/vpn-connection"));

    /// <summary>The outside address type of a VPN over Direct Connect; cannot be changed later.</summary>
    public const string PrivateIpv4 = "PrivateIpv4";

    public override Cloud Cloud => Cloud.Aws;
    public override string Title => vpn.Key.After("Site-to-Site VPN connection");
    public override IReadOnlyList<int> GuideSteps => [17];
    public override IReadOnlyList<string> Operations =>
    [
        "ec2:CreateVpnConnection", "ec2:DescribeVpnConnections", "ec2:ModifyVpnTunnelOptions",
        "ec2:ModifyVpnConnectionOptions",
        "ec2:DeleteVpnConnection", "ec2:CreateTags",
        "ec2:DescribeTransitGatewayAttachments",
    ];
    public override IReadOnlyList<ObjectRef> Needs => [CustomerGateway.Ref(vpn), TransitGateway.Ref, DxAssociation.Ref];
    public override IReadOnlyList<ObjectRef> After => after;
    public override TimeSpan Expected => AwsTimes.VpnConnection;
    public override TimeSpan ExpectedDelete => AwsTimes.VpnConnectionDelete;
    public override TimeSpan Budget => AwsTimes.VpnConnectionBudget;
    public override TimeSpan CreateLag => AwsTimes.Ec2Lag;
    public override bool Billed => true;

    public override Desired Derive(IKnown known) => new(
        ObjectTags.Of(link, vpn.Name), known.Get(CustomerGateway.Ref(vpn)).Id,
        known.Get(TransitGateway.Ref).Id,
        known.Get(DxAssociation.Ref).AttachmentId,
        [.. vpn.Tunnels.Select(tunnel =>
            new PinnedTunnel(tunnel.Number, tunnel.InsideCidr, keys.Tunnel(tunnel.Number), suite))]);

    public override async Task<Ec2VpnConnection?> Observe(IKnown known, CancellationToken ct)
    {
        if (UsedId is { } used)
        {
            return await Kind.Used(clients, used, ct).ConfigureAwait(false) is { } theirs
                ? await WithAttachment(theirs, [theirs.Id], ct).ConfigureAwait(false) : null;
        }
        if (link.IsFormer && known.Find(CustomerGateway.Ref(vpn)) is null)
        {
            return null;
        }
        var tags = ObjectTags.Of(link, vpn.Name);
        var named = await clients.Ec2.VpnConnectionsNamed(tags.Name, ct).ConfigureAwait(false);
        // Deleted, but the transit gateway cannot be deleted before the attachment is gone too.
        var deleted = named.Where(vpn => vpn.State == "deleted" && AwsLookup.Link(vpn.Tags) == tags.Link).ToList();
        var ours = await clients.Marks.Find(Kind, tags, named,
            () => deleted.Count > 0 ? Task.FromResult<IReadOnlyList<Ec2VpnConnection>>([])
                : clients.Ec2.VpnConnectionsOf(tags.Link, ct),
            AwsLookup.AdoptOrRename, ct, siblings, former).ConfigureAwait(false);
        if (ours is not null)
        {
            return await WithAttachment(ours, [ours.Id], ct).ConfigureAwait(false);
        }
        if (deleted.Count == 0)
        {
            return null;
        }
        var remains = await WithAttachment(deleted[0], deleted.Select(vpn => vpn.Id), ct).ConfigureAwait(false);
        return remains.AttachmentId is null ? null : remains with { State = "deleting" };
    }

    private static AwsKind<Ec2VpnConnection> Kind { get; } = new(
        "ec2:DescribeVpnConnections", vpn => vpn.Id, vpn => vpn.State, vpn => AwsLookup.Name(vpn.Tags),
        vpn => AwsLookup.Link(vpn.Tags), (clients, id, ct) => clients.Ec2.FindVpnConnection(id, ct));

    public override IReadOnlyList<string> LostMarks(Ec2VpnConnection observed) =>
        AwsMarks.Lost(ObjectTags.Of(link, vpn.Name), observed.Tags);

    public override Task Mark(Ec2VpnConnection observed, CancellationToken ct) =>
        clients.Ec2.CreateTags(observed.Id, ObjectTags.Of(link, vpn.Name), ct);

    public override IHandover? Handover => IsUsed ? null : Kind.Handover(clients, link.Name, Mark);

    private async Task<Ec2VpnConnection> WithAttachment(Ec2VpnConnection vpn, IEnumerable<string> ids,
        CancellationToken ct)
    {
        if (vpn.TransitGatewayId is not { } gateway)
        {
            return vpn;
        }
        var attachments = await clients.Ec2.AttachmentsOf("vpn", ids, gateway, ct).ConfigureAwait(false);
        var found = attachments.FirstOrDefault(each => each.State == "available") ?? attachments.FirstOrNull();
        return vpn with { AttachmentId = found?.Id, AttachmentState = found?.State };
    }

    public override Change Compare(Desired desired, Ec2VpnConnection observed)
    {
        var fixedLines = new Differences()
            .Field("customer gateway", desired.CustomerGatewayId,
                observed.CustomerGatewayId ?? desired.CustomerGatewayId)
            .Field("transit gateway", desired.TransitGatewayId, observed.TransitGatewayId ?? desired.TransitGatewayId)
            .Field("transport attachment", desired.TransportAttachmentId ?? observed.TransportAttachmentId,
                observed.TransportAttachmentId ?? desired.TransportAttachmentId)
            .Word("outside address type", PrivateIpv4, observed.OutsideAddressType ?? PrivateIpv4)
            .Field("static routes only", false, observed.StaticRoutesOnly)
            .Lines;
        var inside = desired.Tunnels.Select(tunnel => tunnel.InsideCidr).ToList();
        var others = observed.Tunnels.Select(tunnel => tunnel.InsideCidr).OfType<Prefix>().Except(inside).ToList();
        if (others.Count > 0)
        {
            // A tunnel that a reply leaves out is not known to be another; one that is another is.
            fixedLines = [.. fixedLines, .. new Differences().Set("inside CIDRs", inside, others).Lines];
        }
        if (fixedLines.Count > 0)
        {
            return Change.Replace(fixedLines,
                "both tunnels are down, and their outside addresses are new, until AWS, Megaport and Azure are set "
                    + "again (about 15 minutes)");
        }
        if (Selectors(observed) is { Count: > 0 } selectors)
        {
            return Change.InPlace([.. selectors, .. desired.Tunnels.SelectMany(tunnel => Differing(tunnel, observed))],
                "what is outside of them is dropped until then; both tunnels are replaced, minutes");
        }
        return Change.InPlace([.. desired.Tunnels.SelectMany(tunnel => Differing(tunnel, observed))],
            "one tunnel after the other is replaced, 3-10 minutes each; a tunnel stays down until Azure's end has the "
                + "same values");
    }

    /// <exception cref="CloudError">Busy: AWS does not show the transport attachment yet.</exception>
    public override Task Create(Desired desired, CancellationToken ct) => desired.TransportAttachmentId is { } transport
        ? clients.Ec2.CreateVpnConnection(
            desired.Tags, desired.CustomerGatewayId, desired.TransitGatewayId, transport, desired.Tunnels, ct)
        : throw new CloudError(Cloud.Aws, "ec2:CreateVpnConnection", CloudErrorKind.Busy, null, "NoAttachmentYet",
            "the attachment of the Direct Connect gateway is not shown yet");

    // One tunnel a call, and one call an update: the engine waits until AWS is done and compares again.
    public override async Task Update(Desired desired, Ec2VpnConnection observed, CancellationToken ct)
    {
        if (Selectors(observed).Count > 0)
        {
            await clients.Ec2.ModifyVpnConnectionOptions(observed.Id, Prefix.Default, Prefix.Default, ct)
                .ConfigureAwait(false);
            return;
        }
        var tunnel = desired.Tunnels.First(each => Differing(each, observed).Count > 0);
        await clients.Ec2.ModifyVpnTunnelOptions(
            observed.Id, observed.OutsideAddresses[tunnel.InsideCidr], tunnel, ct).ConfigureAwait(false);
    }

    public override Task Delete(Ec2VpnConnection observed, CancellationToken ct) =>
        AwsLookup.Delete(observed.State, () => clients.Ec2.DeleteVpnConnection(observed.Id, ct));

    // Outside addresses are dependable once it is available; the attachment may come later.
    public override bool IsReady(Ec2VpnConnection observed) =>
        observed is { State: "available", AttachmentState: "available" } && observed.OutsideAddresses.Count >= 2;

    public override ResourceView View(Ec2VpnConnection observed) => new(
        observed.State, observed.Id, AwsConsole.VpnConnection(clients.Region, observed.Id),
        [
            .. observed.OutsideAddresses.OrderBy(pair => pair.Key)
                .Select(pair => ($"outside address of {pair.Key}", pair.Value.ToString())),
            ("attachment", observed.AttachmentId ?? "not there yet"),
        ]);

    /// <summary>Routes say what goes into a tunnel; a narrower selector drops some of it, BGP itself first of
    /// all.</summary>
    /// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpnConnectionOptions.html</remarks>
    private static IReadOnlyList<string> Selectors(Ec2VpnConnection observed) => new Differences()
        .Told("network on Azure's side", Prefix.Default, observed.LocalSelector)
        .Told("network on AWS's side", Prefix.Default, observed.RemoteSelector).Lines;

    private static IReadOnlyList<string> Differing(PinnedTunnel tunnel, Ec2VpnConnection observed) =>
        observed.Tunnels.FirstOrDefault(each => each.InsideCidr == tunnel.InsideCidr) is { } seen
            ? tunnel.DifferencesTo(seen) : [];
}
