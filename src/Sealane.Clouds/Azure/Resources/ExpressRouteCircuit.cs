using System.Text.Json.Nodes;
using Sealane.Clouds.Used;
using Sealane.Core.Pricing;
using Sealane.Core;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Azure;

/// <summary>
/// The ExpressRoute circuit: its service key is what Megaport orders the VXC with, and it is billed from the moment
/// that the
/// key exists. Guide step 9.
/// </summary>
/// <remarks>
/// API: https://learn.microsoft.com/rest/api/expressroute/express-route-circuits. What can be changed in place:
/// https://learn.microsoft.com/azure/expressroute/expressroute-howto-circuit-portal-resource-manager#modify
/// </remarks>
/// <param name="authorization">The key by which the link's connection uses it in another subscription; null: it is in
/// the link's own.</param>
public sealed class ExpressRouteCircuit(
    ArmClient arm, AzureIds ids, CircuitDesign circuit, Secret? authorization = null)
    : AzureResource<ExpressRouteCircuit.Desired, ExpressRouteCircuit.Observed>(Ref(circuit), arm, ids)
{
    /// <summary>As the provider catalogue spells it.</summary>
    public const string Provider = "Megaport";

    public sealed record Desired(
        string Id, string Region, string PeeringLocation, int BandwidthMbps, string Tier, string Family,
        IReadOnlyDictionary<string, string> Tags)
    {
        /// <summary>The key that is still to be redeemed; null: none is.</summary>
        public Secret? ToRedeem { get; init; }
    }

    /// <param name="ProviderState"><c>NotProvisioned</c>, <c>Provisioning</c>, <c>Provisioned</c> or
    /// <c>Deprovisioning</c>.</param>
    /// <param name="CircuitState"><c>Enabled</c> once the circuit is made.</param>
    public sealed record Observed(
        ArmObject Envelope, Secret? ServiceKey, string ProviderState, string? CircuitState, string? Provider,
        string? PeeringLocation, int BandwidthMbps, string? Tier, string? Family)
        : IArmObserved, IServiceKey, IBilledAs
    {
        BilledAs IBilledAs.BilledAs => new()
        {
            Mbps = BandwidthMbps > 0 ? BandwidthMbps : null,
            Tier = Tier,
            Family = Family,
        };

        public bool LacksPrivatePeering =>
            Envelope.Properties.At("peerings") is JsonArray peerings && peerings.All(peering =>
                !string.Equals(peering.Text("name"), AzureIds.PrivatePeeringName, StringComparison.OrdinalIgnoreCase));

        internal static Observed Of(ArmObject circuit) => new(
            circuit,
            circuit.Properties.Text("serviceKey") is { Length: > 0 } key ? new Secret(key) : null,
            circuit.Properties.Text("serviceProviderProvisioningState") ?? "NotProvisioned",
            circuit.Properties.Text("circuitProvisioningState"),
            circuit.Properties.Text("serviceProviderProperties", "serviceProviderName"),
            circuit.Properties.Text("serviceProviderProperties", "peeringLocation"),
            (int)(circuit.Properties.Number("serviceProviderProperties", "bandwidthInMbps") ?? 0),
            circuit.Body.Text("sku", "tier"), circuit.Body.Text("sku", "family"));
    }

    public static ObjectRef<Observed> Ref(CircuitDesign circuit) => new(circuit.Key.On("azure/circuit"));

    public override string Title => circuit.Key.After("ExpressRoute circuit");
    public override IReadOnlyList<int> GuideSteps => [9];
    public override IReadOnlyList<string> Operations =>
        ["GET expressRouteCircuits", "PUT expressRouteCircuits", "DELETE expressRouteCircuits"];

    public override IReadOnlyList<ObjectRef> After => [ResourceGroup.Ref];

    // One to three minutes (unconfirmed; 30 minutes is the time-out of terraform-provider-azurerm).
    public override TimeSpan Expected => TimeSpan.FromMinutes(2);
    public override TimeSpan ExpectedDelete => TimeSpan.FromMinutes(2);
    public override TimeSpan Budget => TimeSpan.FromMinutes(30);

    // A new circuit answered 404 for a while after its creation had succeeded (azure-rest-api-specs #10148).
    public override TimeSpan CreateLag => TimeSpan.FromMinutes(3);
    public override TimeSpan ListLag => CreateLag;
    public override bool Billed => true;

    public override Desired Derive(IKnown known) => new(
        Ids.Circuit(circuit), Ids.Region, circuit.PeeringLocation,
        circuit.BandwidthMbps, circuit.Tier, circuit.Family, Ids.Link.TagsInAzure())
    {
        ToRedeem = known.Find(ExpressRouteConnection.Ref(circuit)) is null ? authorization : null,
    };

    protected override string OwnId => Ids.Circuit(circuit);

    public override async Task<Observed?> Observe(IKnown known, CancellationToken ct)
    {
        try
        {
            // A subscription without rights in it shows nothing: that is no absence.
            return await ObserveOurs(ct).ConfigureAwait(false) is { } found ? Observed.Of(found)
                : Ids.IsElsewhere(circuit) ? throw new CloudError(Cloud.Azure, "GET expressRouteCircuits",
                    CloudErrorKind.Denied, 404, null, $"{Ids.Circuit(circuit)} is not there, or not shown to this "
                    + "identity")
                : null;
        }
        catch (CloudError error) when (IsUsed && error.Kind == CloudErrorKind.Denied)
        {
            throw new CloudError(error.Cloud, error.Operation, error.Kind, error.Status, error.Code, error.Message,
                error.RequestId, "have the circuit's owner give this identity the role of "
                + "docs/azure-role-circuit.json on the circuit: what cannot be read of it is not known, and nothing is "
                + "built or proved on it", error);
        }
    }

    public override Change Compare(Desired desired, Observed observed)
    {
        var differences = new Differences()
            .Word("provider", Provider, observed.Provider)
            .Word("peering location", desired.PeeringLocation, observed.PeeringLocation)
            .Word("region", desired.Region, AzureIds.RegionOf(observed.Envelope.Location ?? ""))
            .Told("bandwidth Mbps", desired.BandwidthMbps, observed.BandwidthMbps > 0 ? observed.BandwidthMbps : null)
            .Word("tier", desired.Tier, observed.Tier)
            .Word("billing", desired.Family, observed.Family);
        if (Unredeemable(desired.ToRedeem, observed) is { } why)
        {
            return Change.Refused([.. differences.Lines, why]);
        }
        var change = ChangesInPlace(desired, observed)
            ? Change.InPlace(differences.Lines)
            : Change.Replace(
                differences.Lines, "down until the new circuit, its VXC and its gateway connection are up, about 20 "
                    + "minutes");
        return change.Kind == ChangeKind.Replace && UsedNote.Remembered(observed.Envelope.Tags).Any()
            ? Change.Refused([.. change.Differences, "it bears what "
                + $"{string.Join(", ", UsedNote.Remembered(observed.Envelope.Tags))} of others was before: destroy, "
                + "which restores that, then apply"], change.Traffic)
            : OrRepair(observed.Envelope, change, traffic: "none");
    }

    /// <summary>Where the answer shows the keys of the authorizations: Azure would refuse it in its turn, with the
    /// gateways built and billed.</summary>
    private static string? Unredeemable(Secret? key, Observed observed)
    {
        List<JsonNode> all = key is null ? [] : [.. observed.Envelope.Properties.Items("authorizations")];
        var own = all.Find(one => key!.Reveal().Equals(KeyOf(one), StringComparison.OrdinalIgnoreCase));
        return own is null
            ? all.Count == 0 || all.Exists(one => KeyOf(one).Length == 0) ? null
                : $"none of its authorizations has the key that the spec refers to: {ExpressRouteConnection.Another}"
            : IsRedeemed(own)
            ? $"its authorization {own.Text("name")} was redeemed already: {ExpressRouteConnection.Another}" : null;
    }

    // Newer versions of the API write stars.
    private static string KeyOf(JsonNode authorization) =>
        authorization.Text("properties", "authorizationKey")?.Trim('*') ?? "";

    /// <summary>Whether a connection has it, of whichever gateway.</summary>
    internal static bool IsRedeemed(JsonNode authorization) => string.Equals(
        authorization.Text("properties", "authorizationUseStatus"), "InUse", StringComparison.OrdinalIgnoreCase);

    public override Task Create(Desired desired, CancellationToken ct) => Arm.Put(desired.Id, BodyOf(desired), ct);

    public override (string Id, JsonObject Body)? Foretold(IKnown known) =>
        (Ids.Circuit(circuit), BodyOf(Derive(known)));

    private static JsonObject BodyOf(Desired desired) => new()
    {
        ["location"] = desired.Region,
        ["tags"] = ArmJson.Tags(desired.Tags),
        ["sku"] = Sku(desired),
        ["properties"] = new JsonObject
        {
            ["serviceProviderProperties"] = ProviderProperties(desired),
            ["allowClassicOperations"] = false,
        },
    };

    // The body keeps the peerings: a PUT without them would drop the private peering that Megaport made (azurerm
    // #3496).
    public override Task Update(Desired desired, Observed observed, CancellationToken ct) =>
        ChangeInPlace(desired.Id, BodyOf(desired), ct);

    // Deleted while Megaport still holds it, the operation is accepted and fails minutes later (ConflictError).
    public override async Task Delete(Observed observed, CancellationToken ct)
    {
        var now = await Arm.Get(observed.Envelope.Id, ct).ConfigureAwait(false);
        var state = now.Text("properties", "serviceProviderProvisioningState");
        if (state is not null && !state.Equals("NotProvisioned", StringComparison.OrdinalIgnoreCase)
            && !state.Equals("DeProvisioned", StringComparison.OrdinalIgnoreCase))
        {
            throw new CloudError(Cloud.Azure, $"DELETE expressRouteCircuits/{AzureIds.NameOf(observed.Envelope.Id)}",
                CloudErrorKind.Busy, null, null, $"the provider still holds the circuit ({state})",
                advice: "it is let go of some minutes after the Azure VXC is cancelled at Megaport");
        }
        // With it would go what nothing else knows.
        var (tags, notes) = (ArmJson.TagsOf(now), new CircuitNotes(Arm, observed.Envelope.Id, Ids.Link.Name));
        foreach (var name in UsedNote.Remembered(tags))
        {
            if (UsedNote.Read(name, notes, tags) is { } before && (!before.ObjectId.StartsWith('/')
                || await Arm.Get(before.ObjectId, ct).ConfigureAwait(false) is not null))
            {
                throw new CloudError(Cloud.Azure,
                    $"DELETE expressRouteCircuits/{AzureIds.NameOf(observed.Envelope.Id)}", CloudErrorKind.Doubtful,
                    null, null, $"it bears what {name} {before.ObjectId} of others was before the link changed it, and "
                        + "that is not restored",
                    advice: name == VpnGateway.Ref.Id ? "write that id as azure.vpnGateway.id and run destroy again"
                        : $"use it in the spec as before, with {name} in changeUsed, and run destroy again");
            }
        }
        await Arm.Delete(observed.Envelope.Id, ct).ConfigureAwait(false);
    }

    public override bool IsReady(Observed observed) => observed.Envelope.IsSucceeded && observed.ServiceKey is not null
        && (observed.CircuitState is null or "Enabled");

    protected override string StateOf(Observed observed) =>
        $"{observed.Envelope.ProvisioningState}, {observed.ProviderState}";

    protected override IReadOnlyList<(string Name, string Value)> Facts(Observed observed) =>
    [
        ("bandwidth", $"{observed.BandwidthMbps} Mbps"),
        ("peering location", observed.PeeringLocation ?? ""),
        ("sku", $"{observed.Tier} {observed.Family}"),
    ];

    /// <summary>Up in bandwidth, between Standard and Premium, from metered to unlimited: not back, and nothing
    /// else.</summary>
    private static bool ChangesInPlace(Desired desired, Observed observed) =>
        Same(Provider, observed.Provider)
        && Same(desired.PeeringLocation, observed.PeeringLocation)
        && Same(desired.Region, AzureIds.RegionOf(observed.Envelope.Location ?? ""))
        && desired.BandwidthMbps >= observed.BandwidthMbps
        && (Same(desired.Tier, observed.Tier) || (IsRegionalTier(desired.Tier) && IsRegionalTier(observed.Tier)))
        && (Same(desired.Family, observed.Family) || Same(desired.Family, "UnlimitedData"));

    private static bool IsRegionalTier(string? tier) => Same("Standard", tier) || Same("Premium", tier);

    // What the answer leaves out is taken to be as it was made.
    private static bool Same(string a, string? b) =>
        string.IsNullOrEmpty(b) || a.Equals(b, StringComparison.OrdinalIgnoreCase);

    private static JsonObject ProviderProperties(Desired desired) => new()
    {
        ["serviceProviderName"] = Provider,
        ["peeringLocation"] = desired.PeeringLocation,
        ["bandwidthInMbps"] = desired.BandwidthMbps,
    };

    private static JsonObject Sku(Desired desired) => new()
    {
        ["name"] = $"{desired.Tier}_{desired.Family}",
        ["tier"] = desired.Tier,
        ["family"] = desired.Family,
    };
}
