using System.Globalization;
using Sealane.Clouds.Ahead;
using Sealane.Clouds.Megaport.Wire;
using Sealane.Core;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Megaport;

/// <summary>
/// The VXC to an AWS hosted connection. Nothing is configured by itself here: addresses, ASN, key and both filters are
/// in
/// the order, so the session is filtered from its first moment. Guide step 6.
/// </summary>
/// <remarks>API: POST /v4/networkdesign/buy, GET /v2/product/{uid}, PUT /v3/product/vxc/{uid};
/// https://docs.megaport.com/cloud/mcr/aws/</remarks>
/// <param name="siblings">Names of the link's other VXCs to AWS, also by an earlier spec.</param>
/// <param name="apart">Whether there are several, which must not share a device of AWS.</param>
public sealed class AwsVxc(
    MegaportClient api, LinkDesign link, AwsVxcDesign vxc, VxcLeg leg, AwsDesign aws, DxGatewayDesign dxGateway,
    bool apart, IReadOnlyList<string> siblings)
    : Resource<AwsVxc.Desired, VxcProduct>(leg.Vxc), IPaidOrder
{
    private readonly OwnProduct _own = new(
        api, "VXC", product => VxcLookup.EndsAt(product, "AWSHC"), siblings, link.IsFormer, key: vxc.Key);

    public sealed record Desired(
        string Link, string McrUid, string Name, int RateMbps, int TermMonths, string CostCentre, string AwsLocation,
        string? DiversityZone, string ConnectionRegion, string AwsAccount, InterfaceAddress McrAddress,
        Ipv4 AmazonAddress,
        long DxGatewayAsn, Secret BgpAuthKey, int? ImportList, int? ExportList);

    public override Cloud Cloud => Cloud.Megaport;
    public override string Title => vxc.Key.After("VXC to AWS Direct Connect");
    public override IReadOnlyList<int> GuideSteps => [6];
    public override IReadOnlyList<string> Operations =>
    [
        "GET product", "GET product/tags", "PUT product/tags", "GET locations", "GET partner/megaports",
        "POST networkdesign/validate",
        "POST networkdesign/buy", "PUT product/vxc", "POST product/action/CANCEL_NOW",
    ];
    public override IReadOnlyList<ObjectRef> Needs =>
        [Mcr.Ref(vxc.Router), leg.Import.Ref, leg.Export.Ref];

    // 1-3 minutes as a rule; the vendor's tests wait 8 (megaportgo, VXC integration test). Unconfirmed.
    public override TimeSpan Expected => TimeSpan.FromMinutes(2);
    public override TimeSpan ExpectedDelete => TimeSpan.FromSeconds(60);
    public override TimeSpan Budget => TimeSpan.FromMinutes(20);
    public override TimeSpan CreateLag => TimeSpan.FromMinutes(3);
    public override bool Billed => true;

    public override Desired Derive(IKnown known) => new(
        link.Name, known.Get(Mcr.Ref(vxc.Router)).Uid, vxc.Name, vxc.RateMbps, vxc.Contract.TermMonths,
        vxc.Contract.CostCentre, vxc.Location,
        // AWS's ports stand on two devices, told apart by Megaport's zone: each router takes the one of its own.
        vxc.AcrossZone ? McrPlace.Across(known.Get(Mcr.Ref(vxc.Router)))
            : vxc.DiversityZone ?? (apart ? known.Get(Mcr.Ref(vxc.Router)).DiversityZone : null), aws.ConnectionRegion,
        dxGateway.Account ?? aws.Account, vxc.McrAddress,
        vxc.AmazonAddress.Address, dxGateway.Asn, leg.BgpKey, leg.Import.ListId(link, known),
        leg.Export.ListId(link, known));

    public override Task<VxcProduct?> Observe(IKnown known, CancellationToken ct) =>
        VxcLookup.Find(api, _own, vxc.Router, vxc.Name, link.Name, known, ct, UsedId);

    public override IReadOnlyList<string> LostMarks(VxcProduct observed) => _own.LostMarks(link);

    public override Task Mark(VxcProduct observed, CancellationToken ct) =>
        _own.Mark(observed.Uid, link, ct);

    public override IHandover? Handover => IsUsed ? null : _own.Handover(link,
        (found, ct) => api.UpdateVxc(found.ProductUid!,
        new() { Name = vxc.Name, CostCentre = found.CostCentre }, ct));

    // A hosted connection keeps its size and its owner for life. The MCR's side can be edited.
    public override Change Compare(Desired desired, VxcProduct observed)
    {
        var born = new Differences();
        if (observed.RateMbps is { } rate)
        {
            born.Field("rate Mbps", desired.RateMbps, rate);
        }
        if (observed.OwnerAccount is { } account)
        {
            born.Field("AWS account", desired.AwsAccount, account);
        }
        var session = VxcLookup.SessionDifferences(observed, desired.McrAddress, desired.AmazonAddress,
            desired.DxGatewayAsn, desired.BgpAuthKey);
        var contract = VxcLookup.ContractDifferences(observed, desired.Name, desired.TermMonths, desired.CostCentre,
            IsUsed);
        return born.Lines.Count > 0
            ? Change.Replace([.. born.Lines, .. session, .. contract],
                "down until the new hosted connection, its VIF and BGP are up")
            : Change.InPlace([.. session, .. contract], session.Count > 0 ? "the BGP session towards AWS restarts"
                : "none");
    }

    public override async Task Create(Desired desired, CancellationToken ct)
    {
        var (order, _) = await Validated(desired, ct).ConfigureAwait(false);
        _own.Remember(await api.Buy(order, [desired.BgpAuthKey], ct).ConfigureAwait(false));
    }

    public async Task<OrderPrice?> Quote(IKnown known, CancellationToken ct) =>
        Needs.Any(need => known.Observed(need) is null) ? null
            : (await Validated(Derive(known), ct).ConfigureAwait(false)).Price;

    private async Task<(VxcOrder Order, OrderPrice Price)> Validated(Desired desired, CancellationToken ct)
    {
        var port = AwsPort.Choose(
            await api.AwsHostedConnectionPorts(ct).ConfigureAwait(false), await api.Locations(ct).ConfigureAwait(false),
            desired.ConnectionRegion, desired.AwsLocation, desired.DiversityZone, desired.RateMbps);
        var order = Order(desired, port);
        return (order, await api.Validate(order, [desired.BgpAuthKey], ct).ConfigureAwait(false));
    }

    public override Task Update(Desired desired, VxcProduct observed, CancellationToken ct)
    {
        var along = VxcLookup.ContractUpdate(observed, desired.Name, desired.TermMonths, desired.CostCentre);
        if (VxcLookup.SessionDifferences(
            observed, desired.McrAddress, desired.AmazonAddress, desired.DxGatewayAsn, desired.BgpAuthKey).Count == 0)
        {
            return api.UpdateVxc(observed.Uid, along, ct);
        }
        var hop = desired.AmazonAddress.ToString();
        return AEnd.Edit(
            api, observed.Uid, desired.BgpAuthKey,
            session => AEnd.Filtered(session, desired.ImportList, desired.ExportList) with
            {
                Shutdown = false,
                ExportPolicy = VxcLookup.Permit,
                PeerAsn = desired.DxGatewayAsn,
                LocalIpAddress = desired.McrAddress.Address.ToString(),
                PeerIpAddress = hop,
            },
            face => face with
            {
                IpAddresses = [desired.McrAddress.ToString()],
                IpRoutes = [.. face.IpRoutes.Select(route => route with { NextHop = hop })],
            },
            along, ct);
    }

    // While a VIF exists on the hosted connection the cancel fails, with a text that nobody has written down.
    public override Task Delete(VxcProduct observed, CancellationToken ct) => Cancellation.Cancel(
        api, observed.Uid, observed.Locked, safeDelete: false, "the virtual interface in AWS must be deleted first",
        ct);

    public override bool IsReady(VxcProduct observed) =>
        ProvisioningStatus.IsReady(observed.Status)
            && observed is { ConnectionId: not null, BVlan: not null, Session: not null };

    public override string? Failed(VxcProduct observed) => VxcLookup.Failed(observed);

    public override ResourceView View(VxcProduct observed) => VxcLookup.View(
        observed,
        ("hosted connection", observed.ConnectionId ?? ""),
        ("VLAN", observed.BVlan?.ToString(CultureInfo.InvariantCulture) ?? ""));

    private VxcOrder Order(Desired desired, PartnerPort port) => new(desired.McrUid,
    [
        new()
        {
            ProductName = desired.Name,
            RateLimit = desired.RateMbps,
            Term = desired.TermMonths,
            CostCentre = desired.CostCentre,
            AEnd = new(new RouterConfig(
            [
                new()
                {
                    IpAddresses = [desired.McrAddress.ToString()],
                    BgpConnections =
                    [
                        new()
                        {
                            PeerAsn = desired.DxGatewayAsn,
                            LocalIpAddress = desired.McrAddress.Address.ToString(),
                            PeerIpAddress = desired.AmazonAddress.ToString(),
                            Password = desired.BgpAuthKey,
                            Shutdown = false,
                            Description = "AWS transit VIF",
                            BfdEnabled = true,
                            PeerType = "PRIV_CLOUD",
                            ExportPolicy = VxcLookup.Permit,
                            ImportWhitelist = desired.ImportList,
                            ExportWhitelist = desired.ExportList,
                            AsPathPrependCount = vxc.Router.Prepends > 0 ? vxc.Router.Prepends : null,
                        },
                    ],
                },
            ])),
            BEnd = new(port.ProductUid!, new AwsHostedConfig(desired.AwsAccount, desired.Name)),
            ResourceTags = OwnProduct.TagsOf(link),
        },
    ]);
}
