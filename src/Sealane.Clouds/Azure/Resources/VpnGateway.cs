using System.Text.Json.Nodes;
using Sealane.Core.Pricing;
using Sealane.Core;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Azure;

/// <summary>
/// The gateway that ends the tunnels, at a private address inside GatewaySubnet. Private addresses are asked for at
/// once, which
/// saves the second 20 minutes of guide step 15. Guide steps 14 and 15.
/// </summary>
/// <remarks>
/// API: https://learn.microsoft.com/rest/api/network-gateway/virtual-network-gateways. Private addresses:
/// https://learn.microsoft.com/azure/vpn-gateway/site-to-site-vpn-private-peering. SKUs:
/// https://learn.microsoft.com/azure/vpn-gateway/about-gateway-skus
/// </remarks>
public sealed class VpnGateway(
    ArmClient arm, AzureIds ids, VpnGatewayDesign gateway, VnetDesign vnet, IReadOnlyList<VpnConnectionDesign> vpns)
    : AzureResource<VpnGateway.Desired, VpnGateway.Observed>(Ref, arm, ids)
{
    public sealed record Desired(
        string Id, string Region, string Sku, string Generation, long Asn, string SubnetId,
        IReadOnlyList<Instance> Instances, IReadOnlyDictionary<string, string> Tags)
    {
        public bool IsActiveActive => Instances.Count > 1;
    }

    /// <param name="Configuration">Name of its ipConfiguration.</param>
    /// <param name="BgpAddresses">Azure's ends inside its tunnels, in APIPA space (169.254.21.2, 169.254.22.2).</param>
    public sealed record Instance(
        PartKey Key, string Configuration, string PublicIpId, IReadOnlyList<Ipv4> BgpAddresses);

    /// <summary>An ipConfiguration as it is, with the BGP addresses that are set for it.</summary>
    public sealed record Configured(
        string? Name, string? SubnetId, string? PublicIpId, Ipv4? PrivateAddress, IReadOnlyList<Ipv4> BgpAddresses);

    public sealed record Observed(
        ArmObject Envelope, string? GatewayType, string? VpnType, string? Sku, string? Generation,
        bool HasPrivateAddresses,
        bool HasBgp, bool IsActiveActive, long? Asn, IReadOnlyList<Configured> Configurations)
        : IArmObserved, IPrivateEndpoint, IBilledAs
    {
        BilledAs IBilledAs.BilledAs => new() { Sku = Sku };

        /// <summary>Another's, with names of its own: its instances are told by their order.</summary>
        public bool IsUsed { get; init; }

        /// <summary>
        /// Where AWS sends ESP to; not the BGP address. Chosen by Azure, known only when the gateway is up, and not
        /// promised to stay the same after a resize: read again each time.
        /// </summary>
        public IReadOnlyList<Ipv4> PrivateAddresses =>
            [.. Configurations.Select(each => each.PrivateAddress).OfType<Ipv4>()];

        /// <summary>The subnet of each instance; a gateway has one.</summary>
        public IEnumerable<string?> SubnetIds => Configurations.Select(each => each.SubnetId);

        public Ipv4? AddressOf(GatewayInstanceDesign instance) => (IsUsed ? Used(instance)
            : Of(AzureIds.ConfigurationOf(instance)))?.PrivateAddress;

        /// <summary>The name of its ipConfiguration; null where a used gateway has none for it.</summary>
        public string? NameOf(GatewayInstanceDesign instance) =>
            IsUsed ? Used(instance)?.Name : AzureIds.ConfigurationOf(instance);

        private Configured? Used(GatewayInstanceDesign instance) =>
            Configurations.ElementAtOrDefault(instance.Key.IsNone ? 0 : 1);

        /// <summary>By name; the only one, whatever its name, is the first instance's.</summary>
        public Configured? Of(string configuration) =>
            Configurations.FirstOrDefault(each => string.Equals(each.Name, configuration,
                StringComparison.OrdinalIgnoreCase))
            ?? (Configurations is [var only] && configuration == AzureIds.OnlyConfiguration ? only : null);
    }

    public static ObjectRef<Observed> Ref { get; } = new("azure/vpn-gateway");

    public override string Title => "VPN gateway";
    public override IReadOnlyList<int> GuideSteps => [14, 15];
    public override IReadOnlyList<string> Operations =>
        ["GET virtualNetworkGateways", "PUT virtualNetworkGateways", "DELETE virtualNetworkGateways"];

    public override IReadOnlyList<ObjectRef> Needs =>
        IsMade ? [GatewaySubnet.Ref, .. gateway.Instances.Select(PublicIp.Ref)] : [GatewaySubnet.Ref];

    public override IReadOnlyList<ObjectRef> After => IsMade ? [] : [VpnGatewaySettings.Ref];

    // 20 to 45 minutes: https://learn.microsoft.com/azure/vpn-gateway/tutorial-create-gateway-portal
    // A used one shows its private address when its settings are made.
    public override TimeSpan Expected => TimeSpan.FromMinutes(IsMade ? 30 : 1);
    public override TimeSpan ExpectedDelete => TimeSpan.FromMinutes(12);

    // An hour was too short for real gateways (terraform-provider-azurerm #23003).
    public override TimeSpan Budget => TimeSpan.FromMinutes(90);
    public override bool Billed => true;
    public override bool IsMade => gateway.ExistingId is null;

    /// <summary>An instance is given up when no connection of its own stands.</summary>
    public override bool GivesUpLast => true;

    public override Desired Derive(IKnown known) => new(
        Ids.VpnGateway, Ids.Region, gateway.Sku,
        gateway.Generation, gateway.Asn, Ids.GatewaySubnet(vnet),
        [
            .. gateway.Instances.Select(instance => new Instance(
                instance.Key, AzureIds.ConfigurationOf(instance), Ids.PublicIp(instance),
                BgpAddressesOf(vpns, instance))),
        ],
        Ids.Link.TagsInAzure());

    /// <summary>Azure's ends inside the tunnels of one instance.</summary>
    internal static IReadOnlyList<Ipv4> BgpAddressesOf(
        IReadOnlyList<VpnConnectionDesign> vpns, GatewayInstanceDesign instance) =>
    [
        .. vpns.Where(vpn => vpn.Instance.Key == instance.Key).SelectMany(vpn => vpn.Tunnels)
            .Select(tunnel => tunnel.AzureInside),
    ];

    protected override string OwnId => Ids.VpnGateway;

    public override async Task<Observed?> Observe(IKnown known, CancellationToken ct) =>
        await (IsMade ? ObserveOurs(ct) : Arm.Observe(OwnId, ct)).ConfigureAwait(false) is { } found
            ? IsMade ? Read(found) : UsedVpnGateway.Of(Read(found)) : null;

    public override Change Compare(Desired desired, Observed observed)
    {
        if (!IsMade)
        {
            return UsedVpnGateway.Fits(desired, observed);
        }
        var fixedFields = new Differences()
            .Word("gateway type", "Vpn", observed.GatewayType)
            .Word("vpn type", "RouteBased", observed.VpnType)
            .Word("region", desired.Region, AzureIds.RegionOf(observed.Envelope.Location ?? ""));
        foreach (var instance in desired.Instances.Where(each => each.Key.IsNone
            || observed.Of(each.Configuration) is not null))
        {
            var seen = observed.Of(instance.Configuration);
            fixedFields.Word(instance.Key.After("subnet"), desired.SubnetId, seen?.SubnetId)
                .Word(instance.Key.After("public IP"), instance.PublicIpId, seen?.PublicIpId);
        }
        // An SKU of generation 1 is answered with its generation; only one that was never told has none.
        if (observed.Generation is not (null or "None"))
        {
            fixedFields.Word("generation", desired.Generation, observed.Generation);
        }
        var changeable = new Differences()
            .Word("sku", desired.Sku, observed.Sku)
            .Field("private addresses", true, observed.HasPrivateAddresses)
            .Field("BGP", true, observed.HasBgp)
            .Field("active-active", desired.IsActiveActive, observed.IsActiveActive)
            .Told("ASN", desired.Asn, observed.Asn);
        foreach (var instance in desired.Instances)
        {
            changeable.Set(instance.Key.After("BGP addresses"), instance.BgpAddresses,
                observed.Of(instance.Configuration)?.BgpAddresses ?? []);
        }
        var change = fixedFields.Lines.Count > 0 || IsZonal(desired.Sku) != IsZonal(observed.Sku ?? desired.Sku)
            ? Change.Replace([.. fixedFields.Lines, .. changeable.Lines],
                "down while the gateway is rebuilt, 20 to 45 minutes")
            : Change.InPlace(changeable.Lines,
                desired.IsActiveActive != observed.IsActiveActive
                    ? "all tunnels are interrupted while the gateway becomes "
                        + $"{(desired.IsActiveActive ? "active-active" : "active-standby")}, 30 to 45 minutes; should "
                        + "its private address change, they stay down until AWS has new customer gateways"
                    : "both tunnels are interrupted while the gateway is changed, up to 20 minutes");
        return OrRepair(observed.Envelope, change, traffic: "none beyond what the failed gateway carries");
    }

    public override Task Create(Desired desired, CancellationToken ct) => Arm.Put(desired.Id, BodyOf(desired), ct);

    public override (string Id, JsonObject Body)? Foretold(IKnown known) => (Ids.VpnGateway, BodyOf(Derive(known)));

    private static JsonObject BodyOf(Desired desired) => new()
    {
        ["location"] = desired.Region,
        ["tags"] = ArmJson.Tags(desired.Tags),
        ["properties"] = new JsonObject
        {
            ["gatewayType"] = "Vpn",
            ["vpnType"] = "RouteBased",
            ["vpnGatewayGeneration"] = desired.Generation,
            ["sku"] = Sku(desired.Sku),
            ["activeActive"] = desired.IsActiveActive,
            ["enableBgp"] = true,
            ["enablePrivateIpAddress"] = true,
            ["ipConfigurations"] = new JsonArray([.. desired.Instances.Select(instance => new JsonObject
            {
                ["name"] = instance.Configuration,
                ["properties"] = new JsonObject
                {
                    ["privateIPAllocationMethod"] = "Dynamic",
                    ["subnet"] = ArmJson.Reference(desired.SubnetId),
                    ["publicIPAddress"] = ArmJson.Reference(instance.PublicIpId),
                },
            })]),
            ["bgpSettings"] = BgpSettings(desired),
        },
    };

    public override Task Update(Desired desired, Observed observed, CancellationToken ct) =>
        ChangeInPlace(desired.Id, BodyOf(desired), ct);

    // Without its private address the gateway is of no use to AWS yet. Where somebody has switched it off none will
    // come: it is ready to be changed.
    public override bool IsReady(Observed observed) => observed.Envelope.IsSucceeded
        && ((!observed.HasPrivateAddresses && IsMade)
            || observed.PrivateAddresses.Count >= Math.Max(1, observed.Configurations.Count));

    protected override IReadOnlyList<(string Name, string Value)> Facts(Observed observed) =>
    [
        ("private address", string.Join(", ", observed.PrivateAddresses)),
        ("ASN", observed.Asn?.ToString() ?? ""),
        ("BGP addresses", string.Join(", ", observed.Configurations.SelectMany(each => each.BgpAddresses))),
        ("sku", $"{observed.Sku} {observed.Generation}"),
    ];

    private static Observed Read(ArmObject gateway)
    {
        var properties = gateway.Properties;
        var peers = properties.Items("bgpSettings", "bgpPeeringAddresses").ToList();
        var configurations = properties.Items("ipConfigurations").ToList();
        return new(
            gateway, properties.Text("gatewayType"), properties.Text("vpnType"), properties.Text("sku", "name"),
            properties.Text("vpnGatewayGeneration"), properties.Flag("enablePrivateIpAddress"),
            properties.Flag("enableBgp"),
            properties.Flag("activeActive"), properties.Number("bgpSettings", "asn"),
            [
                .. configurations.Select(each => new Configured(
                    each.Text("name"), each.Text("properties", "subnet", "id"),
                    each.Text("properties", "publicIPAddress", "id"),
                    Ipv4.TryParse(each.Text("properties", "privateIPAddress"), out var address) ? address : null,
                    Addresses(peers.Where(peer => configurations.Count == 1 || IsOf(peer, each.Text("name")))
                        .SelectMany(peer => peer.Texts("customBgpIpAddresses"))))),
            ]);
    }

    private static bool IsOf(JsonNode? peer, string? configuration) => configuration is not null
        && peer.Text("ipconfigurationId")?.EndsWith($"/{configuration}", StringComparison.OrdinalIgnoreCase) == true;

    private static IReadOnlyList<Ipv4> Addresses(IEnumerable<string?> texts) =>
        [.. texts.Select(text => Ipv4.TryParse(text, out var address) ? address : (Ipv4?)null).OfType<Ipv4>()];

    private static bool IsZonal(string? sku) => sku?.EndsWith("AZ", StringComparison.OrdinalIgnoreCase) == true;

    // bgpPeeringAddress is never sent: the service chooses it and refuses any other (azurerm #16285). The id's name is
    // written
    // with a small c here, and with a capital C in a connection.
    private static JsonObject BgpSettings(Desired desired) => new()
    {
        ["asn"] = desired.Asn,
        ["bgpPeeringAddresses"] = new JsonArray([.. desired.Instances.Select(instance => new JsonObject
        {
            ["ipconfigurationId"] = AzureIds.IpConfiguration(desired.Id, instance.Configuration),
            ["customBgpIpAddresses"] = ArmJson.Array(instance.BgpAddresses.Select(address => address.ToString())),
        })]),
    };

    private static JsonObject Sku(string name) => new() { ["name"] = name, ["tier"] = name };
}
