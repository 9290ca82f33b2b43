using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Megaport;

/// <summary>
/// A VXC to Azure switched off before its circuit goes. Its router's static routes to the VPN gateway stand as long as
/// its interface is up, also when nobody is behind it any more, and would draw packets into a hole; with the interface
/// they go, and the other circuit has all traffic.
/// </summary>
/// <remarks>API: GET /v2/product/{uid}, PUT /v3/product/vxc/{uid} with shutdown.</remarks>
public sealed class VxcOff(MegaportClient api, AzureVxcDesign vxc, IReadOnlyList<CircuitDesign> others)
    : Setting<VxcOff.Desired, VxcProduct>(new(vxc.Key.On("megaport/azure-vxc-off")))
{
    public sealed record Desired(string VxcUid);

    public override Cloud Cloud => Cloud.Megaport;
    public override string Title => vxc.Key.After("VXC to Azure ExpressRoute switched off");
    public override IReadOnlyList<int> GuideSteps => [];
    public override IReadOnlyList<string> Operations => ["GET product", "PUT product/vxc"];
    public override IReadOnlyList<ObjectRef> Needs => [VxcLeg.Azure(vxc)];
    public override ObjectRef? Withdraws => VxcLeg.Azure(vxc);

    // Edits show after 5-60 s; the Terraform provider waits two minutes at most. Unconfirmed.
    public override TimeSpan Expected => TimeSpan.FromSeconds(30);

    // What goes is not among what a run builds: then all is read from the object itself.
    public override Desired Derive(IKnown known) => new(known.Find(VxcLeg.Azure(vxc))?.Uid ?? "");

    // Without another circuit there is nothing to lead the traffic to.
    public override async Task<VxcProduct?> Observe(IKnown known, CancellationToken ct) =>
        known.Find(VxcLeg.Azure(vxc)) is { } stands
            && others.Any(circuit => known.Find(IServiceKey.Ref(circuit)) is { ProviderState: "Provisioned" })
            && await api.Product(stands.Uid, ct).ConfigureAwait(false) is { } product
            && !ProvisioningStatus.IsGone(product.ProvisioningStatus)
            ? VxcProduct.Of(stands.Uid, product) : null;

    public override Change Compare(Desired desired, VxcProduct observed) => Change.InPlace(
        new Differences().Field("shutdown", true, observed.Shutdown).Lines, "moves to the other circuit");

    public override Task Create(Desired desired, CancellationToken ct) =>
        api.UpdateVxc(desired.VxcUid, new() { Shutdown = true }, ct);

    // The cost centre is always sent: updates that leave it out have erased it (Megaport CLI changelog, ESD-1572).
    public override Task Update(Desired desired, VxcProduct observed, CancellationToken ct) =>
        api.UpdateVxc(observed.Uid, new() { Shutdown = true, CostCentre = observed.CostCentre }, ct);

    public override bool IsReady(VxcProduct observed) => true;

    public override ResourceView View(VxcProduct observed) =>
        new(observed.Shutdown ? "off" : "on", observed.Uid, Portal.Services);
}
