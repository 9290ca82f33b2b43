using System.Text.Json.Nodes;
using Sealane.Core.Design;
using Sealane.Core.Pricing;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Azure;

/// <summary>
/// The gateway that ties the circuit to the VNet. Its public address is Microsoft's own since August 2025. Guide step
/// 11.
/// </summary>
/// <remarks>
/// API: https://learn.microsoft.com/rest/api/network-gateway/virtual-network-gateways. SKUs and resizing:
/// https://learn.microsoft.com/azure/expressroute/expressroute-about-virtual-network-gateways
/// </remarks>
public sealed class ExpressRouteGateway(ArmClient arm, AzureIds ids, ExpressRouteGatewayDesign gateway, VnetDesign vnet)
    : AzureResource<ExpressRouteGateway.Desired, ExpressRouteGateway.Observed>(Ref, arm, ids)
{
    /// <summary>Smallest first; a gateway grows inside its family and never shrinks.</summary>
    private static readonly string[][] Families =
    [
        ["ErGw1AZ", "ErGw2AZ", "ErGw3AZ"],
        ["Standard", "HighPerformance", "UltraPerformance"],
    ];

    private const string On = "Enabled";

    public sealed record Desired(string Id, string Region, string Sku, string SubnetId,
        IReadOnlyDictionary<string, string> Tags, bool Existing);

    /// <param name="AdminState"><c>Disabled</c>: it carries nothing while another gateway of the VNet does.</param>
    public sealed record Observed(
        ArmObject Envelope, string? GatewayType, string? Sku, string? SubnetId, long? Asn, string? AdminState)
        : IArmObserved, IBilledAs
    {
        BilledAs IBilledAs.BilledAs => new() { Sku = Sku };
    }

    public static ObjectRef<Observed> Ref { get; } = new("azure/er-gateway");

    public override string Title => "ExpressRoute gateway";
    public override IReadOnlyList<int> GuideSteps => [11];
    public override IReadOnlyList<string> Operations =>
        ["GET virtualNetworkGateways", "PUT virtualNetworkGateways", "DELETE virtualNetworkGateways"];

    public override IReadOnlyList<ObjectRef> Needs => [GatewaySubnet.Ref];

    // About 25, up to 45 minutes:
    // https://learn.microsoft.com/azure/expressroute/expressroute-howto-add-gateway-portal-resource-manager
    public override TimeSpan Expected => TimeSpan.FromMinutes(25);
    public override TimeSpan ExpectedDelete => TimeSpan.FromMinutes(12);

    // An hour was too short for real gateways (terraform-provider-azurerm #23003).
    public override TimeSpan Budget => TimeSpan.FromMinutes(90);
    public override bool Billed => true;
    public override bool IsMade => gateway.ExistingId is null;

    public override Desired Derive(IKnown known) => new(
        Ids.ExpressRouteGateway, Ids.Region, gateway.Sku,
        Ids.GatewaySubnet(vnet), Ids.Link.TagsInAzure(), gateway.ExistingId is not null);

    protected override string OwnId => Ids.ExpressRouteGateway;

    public override async Task<Observed?> Observe(IKnown known, CancellationToken ct)
    {
        var found = IsMade ? await ObserveOurs(ct).ConfigureAwait(false)
            : await Arm.Observe(OwnId, ct).ConfigureAwait(false);
        return found is null ? null : new(
            found, found.Properties.Text("gatewayType"), found.Properties.Text("sku", "name"),
            found.Properties.Items("ipConfigurations").FirstOrDefault().Text("properties", "subnet", "id"),
            found.Properties.Number("bgpSettings", "asn"), found.Properties.Text("adminState"));
    }

    public override Change Compare(Desired desired, Observed observed)
    {
        var fixedFields = new Differences()
            .Word("gateway type", "ExpressRoute", observed.GatewayType)
            .Word("region", desired.Region, AzureIds.RegionOf(observed.Envelope.Location ?? ""))
            .Word("subnet", desired.SubnetId, observed.SubnetId);
        var sku = new Differences().Word("sku", desired.Sku, observed.Sku);
        var switchedOff = new Differences().Word("admin state", On, observed.AdminState);
        if (desired.Existing)
        {
            return Change.Refused(
            [
                .. fixedFields.Lines.Select(line => $"{line}: name the ExpressRoute gateway of azure.vnet"),
                .. sku.Lines.Select(line => $"{line}: set azure.expressRouteGateway.sku to what the gateway has"),
                .. switchedOff.Lines.Select(line => $"{line}: have it switched on by its owner"),
            ]);
        }
        const string Rebuilt = "down while the gateway is rebuilt, 25 to 45 minutes";
        var change = fixedFields.Lines.Count > 0 || !Grows(observed.Sku, desired.Sku)
            ? Change.Replace([.. fixedFields.Lines, .. sku.Lines], Rebuilt)
            : Change.InPlace([.. switchedOff.Lines, .. sku.Lines], sku.Lines.Count > 0
                ? "short interruptions while the gateway is resized, up to 2 hours"
                : "it may carry nothing until then, and does after");
        return OrRepair(observed.Envelope, change, traffic: "none beyond what the failed gateway carries");
    }

    public override Task Create(Desired desired, CancellationToken ct) => Arm.Put(desired.Id, BodyOf(desired), ct);

    public override (string Id, JsonObject Body)? Foretold(IKnown known) =>
        (Ids.ExpressRouteGateway, BodyOf(Derive(known)));

    private static JsonObject BodyOf(Desired desired) => new()
    {
        ["location"] = desired.Region,
        ["tags"] = ArmJson.Tags(desired.Tags),
        ["properties"] = new JsonObject
        {
            ["gatewayType"] = "ExpressRoute",
            ["sku"] = Sku(desired.Sku),
            ["ipConfigurations"] = new JsonArray(new JsonObject
            {
                ["name"] = "default",
                ["properties"] = new JsonObject
                {
                    ["privateIPAllocationMethod"] = "Dynamic",
                    ["subnet"] = ArmJson.Reference(desired.SubnetId),
                },
            }),
        },
    };

    public override Task Update(Desired desired, Observed observed, CancellationToken ct)
    {
        var body = BodyOf(desired);
        if (observed.AdminState is not null)
        {
            body["properties"]!["adminState"] = On;
        }
        return ChangeInPlace(desired.Id, body, ct);
    }

    protected override IReadOnlyList<(string Name, string Value)> Facts(Observed observed) =>
        [("sku", observed.Sku ?? ""), ("ASN", observed.Asn?.ToString() ?? "")];

    private static bool Grows(string? from, string to) => Families.Any(family =>
        Place(family, from) is var old and >= 0 && Place(family, to) >= old);

    private static int Place(string[] family, string? sku) =>
        Array.FindIndex(family, name => name.Equals(sku, StringComparison.OrdinalIgnoreCase));

    private static JsonObject Sku(string name) => new() { ["name"] = name, ["tier"] = name };
}
