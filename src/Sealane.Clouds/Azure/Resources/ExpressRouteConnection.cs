using System.Text.Json.Nodes;
using Sealane.Core;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Azure;

/// <summary>
/// Ties the circuit to the ExpressRoute gateway: from here on the VNet's prefixes reach the MCR, and whatever the MCR
/// announces
/// wins over the tunnels for an equal prefix. So the MCR's filters stand before it. Guide step 12.
/// </summary>
/// <remarks>
/// API: https://learn.microsoft.com/rest/api/network-gateway/virtual-network-gateway-connections. ExpressRoute over
/// VPN:
/// https://learn.microsoft.com/azure/vpn-gateway/site-to-site-vpn-private-peering
/// </remarks>
/// <param name="previous">The circuit that is connected before: two connections of one gateway cannot be written at
/// once (terraform-provider-azurerm #10582). Null for the first.</param>
/// <param name="authorization">The key that it redeems on a circuit of another subscription. Azure shows it masked:
/// it is never compared.</param>
public sealed class ExpressRouteConnection(
    ArmClient arm, AzureIds ids, CircuitDesign circuit, CircuitDesign? previous, Secret? authorization = null)
    : AzureResource<ExpressRouteConnection.Desired, ExpressRouteConnection.Observed>(Ref(circuit), arm, ids)
{
    public sealed record Desired(
        string Id, string Region, string GatewayId, string CircuitId, IReadOnlyDictionary<string, string> Tags,
        Secret? AuthorizationKey);

    /// <summary>What to do where a key cannot be redeemed (again).</summary>
    internal const string Another = "have the circuit's owner make another authorization (az network express-route "
        + "auth create), which is for one connection and redeemed once, and put its key where the spec says";

    public sealed record Observed(
        ArmObject Envelope, string? Type, string? GatewayId, string? CircuitId, string? ConnectionStatus)
            : IArmObserved;

    public static ObjectRef<Observed> Ref(CircuitDesign circuit) => new(circuit.Key.On("azure/er-connection"));

    public override string Title => circuit.Key.After("ExpressRoute connection");
    public override IReadOnlyList<int> GuideSteps => [12];
    public override IReadOnlyList<string> Operations => ["GET connections", "PUT connections", "DELETE connections"];
    public override IReadOnlyList<ObjectRef> Needs =>
        [ExpressRouteCircuit.Ref(circuit), PrivatePeering.Ref(circuit), ExpressRouteGateway.Ref];
    public override IReadOnlyList<ObjectRef> After => previous is null ? [] : [Ref(previous)];
    public override Locks GuardedBy => Locks.McrImport | Locks.McrExport;

    // One to ten minutes (unconfirmed; 30 minutes is the time-out of terraform-provider-azurerm).
    public override TimeSpan Expected => TimeSpan.FromMinutes(3);
    public override TimeSpan ExpectedDelete => TimeSpan.FromMinutes(2);
    public override TimeSpan Budget => TimeSpan.FromMinutes(30);

    public override Desired Derive(IKnown known) => new(
        Ids.ExpressRouteConnection(circuit), Ids.Region,
        Ids.ExpressRouteGateway,
        Ids.Circuit(circuit), Ids.Link.TagsInAzure(), authorization);

    protected override string OwnId => Ids.ExpressRouteConnection(circuit);

    public override async Task<Observed?> Observe(IKnown known, CancellationToken ct)
    {
        if (Ids.Link.IsFormer && known.Find(ExpressRouteCircuit.Ref(circuit)) is null)
        {
            return null;
        }
        var found = await ObserveOurs(ct).ConfigureAwait(false);
        return found is null ? null : new(
            found, found.Properties.Text("connectionType"), found.Properties.Text("virtualNetworkGateway1", "id"),
            found.Properties.Text("peer", "id"), found.Properties.Text("connectionStatus"));
    }

    // Both ends are fixed for life.
    public override Change Compare(Desired desired, Observed observed) => OrRepair(
        observed.Envelope,
        Change.Replace(new Differences()
            .Word("connection type", "ExpressRoute", observed.Type)
            .Word("gateway", desired.GatewayId, observed.GatewayId)
            .Word("circuit", desired.CircuitId, observed.CircuitId).Lines,
        "down for some minutes: both tunnels ride on it" + (desired.AuthorizationKey is null ? ""
            : $"; the key that it has redeemed is not redeemed again: before, {Another}")),
        traffic: "none beyond what the failed connection carries");

    public override async Task Create(Desired desired, CancellationToken ct)
    {
        try
        {
            await Arm.Put(desired.Id, BodyOf(desired), ct).ConfigureAwait(false);
        }
        // By which words Azure refuses a key is not documented, and they may repeat it.
        catch (CloudError error) when (desired.AuthorizationKey is { } key && error.Kind is CloudErrorKind.Invalid
            or CloudErrorKind.Exists or CloudErrorKind.Denied)
        {
            throw new CloudError(error.Cloud, error.Operation, error.Kind, error.Status, error.Code,
                error.Message.Replace(key.Reveal(), $"{key}", StringComparison.OrdinalIgnoreCase), error.RequestId,
                $"{(error.Advice is null ? "" : $"{error.Advice}; ")}where it is the authorization, {Another}");
        }
    }

    public override (string Id, JsonObject Body)? Foretold(IKnown known) =>
        (Ids.ExpressRouteConnection(circuit), BodyOf(Derive(known) with { AuthorizationKey = null }));

    private static JsonObject BodyOf(Desired desired)
    {
        var body = WithoutKey(desired);
        if (desired.AuthorizationKey is { } key)
        {
            body["properties"]!["authorizationKey"] = key.Reveal();
        }
        return body;
    }

    private static JsonObject WithoutKey(Desired desired) => new()
    {
        ["location"] = desired.Region,
        ["tags"] = ArmJson.Tags(desired.Tags),
        ["properties"] = new JsonObject
        {
            ["connectionType"] = "ExpressRoute",
            // Parts of the service want the empty properties beside the id.
            ["virtualNetworkGateway1"] =
                new JsonObject { ["id"] = desired.GatewayId, ["properties"] = new JsonObject() },
            ["peer"] = ArmJson.Reference(desired.CircuitId),
            ["routingWeight"] = 0,
            ["enableBgp"] = false,
            ["expressRouteGatewayBypass"] = false,
        },
    };

    // Only to repair a failed one: the same again.
    public override Task Update(Desired desired, Observed observed, CancellationToken ct) =>
        ChangeInPlace(desired.Id, BodyOf(desired), ct);

    public override string? Failed(Observed observed) => authorization is null ? base.Failed(observed)
        : base.Failed(observed)?.Replace(
            authorization.Reveal(), $"{authorization}", StringComparison.OrdinalIgnoreCase);

    protected override string StateOf(Observed observed) => observed.ConnectionStatus is { } status
        ? $"{observed.Envelope.ProvisioningState}, {status}"
        : observed.Envelope.ProvisioningState;
}
