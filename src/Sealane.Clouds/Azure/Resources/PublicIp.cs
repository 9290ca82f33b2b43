using System.Text.Json.Nodes;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Azure;

/// <summary>
/// The VPN gateway's public address. The tunnels do not use it, but a VPN gateway cannot be without one; zonal SKUs
/// want it
/// Standard, static and with zones. Guide step 14.
/// </summary>
/// <remarks>
/// API: https://learn.microsoft.com/rest/api/virtualnetwork/public-ip-addresses. Zones:
/// https://learn.microsoft.com/azure/vpn-gateway/about-gateway-skus
/// </remarks>
/// <param name="marks">The VNet whose GatewaySubnet this address marks as made by the link; null for a further
/// one.</param>
public sealed class PublicIp(
    ArmClient arm, AzureIds ids, VpnGatewayDesign gateway, GatewayInstanceDesign instance, VnetDesign? marks)
    : AzureResource<PublicIp.Desired, PublicIp.Observed>(Ref(instance), arm, ids)
{
    /// <param name="Zones">Empty for a region without zones.</param>
    public sealed record Desired(
        string Id, string Region, IReadOnlyList<string> Zones, IReadOnlyDictionary<string, string> Tags);

    public sealed record Observed(
        ArmObject Envelope, string? Sku, string? Allocation, IReadOnlyList<string> Zones, string? Address)
            : IArmObserved;

    public static ObjectRef<Observed> Ref(GatewayInstanceDesign instance) => new(instance.Key.On("azure/public-ip"));

    public override string Title => instance.Key.After("Public IP of the VPN gateway");
    public override IReadOnlyList<int> GuideSteps => [14];
    public override IReadOnlyList<string> Operations =>
        ["GET publicIPAddresses", "PUT publicIPAddresses", "PATCH publicIPAddresses", "DELETE publicIPAddresses"];

    public override IReadOnlyList<ObjectRef> After => [ResourceGroup.Ref];

    // Seconds, as every small network object.
    public override TimeSpan Expected => TimeSpan.FromSeconds(10);
    public override bool Billed => true;

    public override Desired Derive(IKnown known) =>
        new(Ids.PublicIp(instance), Ids.Region, gateway.Zones, Ids.Link.TagsInAzure());

    protected override string OwnId => Ids.PublicIp(instance);

    public override async Task<Observed?> Observe(IKnown known, CancellationToken ct)
    {
        var found = await ObserveOurs(ct).ConfigureAwait(false);
        return found is null ? null : new(
            found, found.Body.Text("sku", "name"), found.Properties.Text("publicIPAllocationMethod"),
            found.Body.Texts("zones"), found.Properties.Text("ipAddress"));
    }

    // SKU, zones, allocation and region are fixed for life (SkuCannotBeChangedOnUpdate).
    public override Change Compare(Desired desired, Observed observed)
    {
        var differences = new Differences()
            .Word("sku", "Standard", observed.Sku)
            .Word("allocation", "Static", observed.Allocation)
            .Word("region", desired.Region, AzureIds.RegionOf(observed.Envelope.Location ?? ""));
        // Without zones wanted, what the region made of it is as good. Zones are fixed for life, so fewer of them are
        // more likely an answer that leaves some out than an address that lost them: that is asked about, not rebuilt.
        if (desired.Zones.Count > 0 && observed.Zones.Count > 0)
        {
            differences.Set("zones", desired.Zones, observed.Zones);
            if (differences.Lines.Count == 1 && observed.Zones.Count < desired.Zones.Count
                && observed.Zones.All(desired.Zones.Contains))
            {
                return Change.Refused(differences.Lines,
                    "set azure.vpnGateway.zones to what the address has, or delete the address");
            }
        }
        return OrRepair(
            observed.Envelope,
            Change.Replace(differences.Lines, "down: the VPN gateway is rebuilt on a new address, about 45 minutes"),
            traffic: "none");
    }

    public override Task Create(Desired desired, CancellationToken ct) => Arm.Put(desired.Id, BodyOf(desired), ct);

    public override (string Id, JsonObject Body)? Foretold(IKnown known) =>
        (Ids.PublicIp(instance), BodyOf(Derive(known)));

    public override Task Update(Desired desired, Observed observed, CancellationToken ct) =>
        ChangeInPlace(desired.Id, BodyOf(desired), ct);

    // The mark goes with the address: what it marks must be gone before, or no later run would know whose it is.
    public override async Task Delete(Observed observed, CancellationToken ct)
    {
        if (marks is not null && await Arm.Observe(Ids.GatewaySubnet(marks), ct).ConfigureAwait(false) is { } subnet
            && GatewaySubnet.HoldsOnlyOurs(Ids, subnet)
            && (await Arm.Get(observed.Envelope.Id, ct).ConfigureAwait(false))
                .Text("tags", GatewaySubnet.MarkTag) is not null)
        {
            throw new CloudError(Cloud.Azure, $"DELETE publicIPAddresses/{AzureIds.NameOf(observed.Envelope.Id)}",
                CloudErrorKind.Doubtful, null, null,
                "GatewaySubnet, which this link made, is still there, and this address bears the mark of it",
                advice: "run destroy again");
        }
        await base.Delete(observed, ct).ConfigureAwait(false);
    }

    protected override IReadOnlyList<(string Name, string Value)> Facts(Observed observed) =>
        [("address", observed.Address ?? ""), ("zones", string.Join(", ", observed.Zones))];

    private static JsonObject BodyOf(Desired desired)
    {
        var body = new JsonObject
        {
            ["location"] = desired.Region,
            ["tags"] = ArmJson.Tags(desired.Tags),
            ["sku"] = new JsonObject { ["name"] = "Standard", ["tier"] = "Regional" },
            ["properties"] = new JsonObject
            {
                ["publicIPAllocationMethod"] = "Static",
                ["publicIPAddressVersion"] = "IPv4",
                ["idleTimeoutInMinutes"] = 4,
            },
        };
        if (desired.Zones.Count > 0)
        {
            body["zones"] = ArmJson.Array(desired.Zones);
        }
        return body;
    }
}
