using System.Text.Json.Nodes;
using Sealane.Clouds.Http;
using Sealane.Core;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Azure;

/// <summary>The BGP address of one instance of the VPN gateway.</summary>
public sealed record InstanceBgpAddress(GatewayInstanceDesign Instance, Ipv4 Address);

/// <summary>
/// Azure's end of one tunnel: the IPsec connection between the VPN gateway and a local network gateway, on the
/// gateway's
/// private address, with its own BGP address. Guide steps 22 and 23.
/// </summary>
/// <remarks>
/// API: https://learn.microsoft.com/rest/api/network-gateway/virtual-network-gateway-connections. The pre-shared key is
/// not in
/// its answers; it is read from <c>connections/{name}/sharedkey</c>. Two connections of one gateway cannot be written
/// at once
/// (terraform-provider-azurerm #10582), so the second comes after the first.
/// </remarks>
/// <param name="bgpAddresses">One of each instance of the gateway.</param>
/// <param name="previous">The one that is written before it; null for the first.</param>
public sealed class GatewayConnection(
    ArmClient arm, AzureIds ids, TunnelDesign tunnel, TunnelDesign? previous,
    IReadOnlyList<InstanceBgpAddress> bgpAddresses, IpsecSuite suite, Secret preSharedKey)
    : AzureResource<GatewayConnection.Desired, GatewayConnection.Observed>(Ref(tunnel), arm, ids)
{
    public sealed record Desired(
        string Id, string Region, string GatewayId, string LocalGatewayId, Secret PreSharedKey,
        IReadOnlyList<ConfigurationBgpAddress> BgpAddresses,
        IpsecPolicy Policy, int DpdTimeoutSeconds, IReadOnlyDictionary<string, string> Tags);

    /// <summary>The same by the name of the instance's ipConfiguration.</summary>
    public sealed record ConfigurationBgpAddress(string Configuration, Ipv4 Address);

    /// <param name="PreSharedKey">Null where the identity may not read it: then it is not compared.</param>
    /// <param name="ConnectionStatus"><c>Unknown</c>, <c>Connecting</c>, <c>Connected</c> or <c>NotConnected</c>; may
    /// lag.</param>
    public sealed record Observed(
        ArmObject Envelope, string? Type, string? Protocol, string? Mode, string? GatewayId, string? LocalGatewayId,
        Secret? PreSharedKey, bool UsesPrivateAddress, bool HasBgp, IReadOnlyList<string> BgpAddresses,
        bool HasPolicySelectors,
        long? DpdTimeoutSeconds, IReadOnlyList<IpsecPolicy> Policies, string? ConnectionStatus, long? IngressBytes,
        long? EgressBytes) : IArmObserved
    {
        /// <summary>The tunnels that make it up, one of each instance of the gateway, and their states.</summary>
        public IReadOnlyList<(string Name, string? Status)> Tunnels { get; init; } = [];

        /// <summary>
        /// Of the tunnel at the instance that AWS knows. All instances try, and AWS answers one: the others stay
        /// NotConnected, which is no fault, and what Azure then says of the whole is not written down.
        /// </summary>
        /// <param name="instance">Its private address; null where it is not known.</param>
        /// <remarks>A tunnel's name ends in both addresses, as seen:
        /// github.com/erjosito/net-lab-builder, dual-hub-interconnect-ars-route-policy (show-output).</remarks>
        public string? StatusAt(Ipv4? instance) =>
            Tunnels.FirstOrDefault(one => one.Name.Split('_')[^1] == instance?.ToString()).Status
            ?? (Tunnels.Any(one => one.Status == "Connected") ? "Connected" : ConnectionStatus);

        /// <summary>Networks that somebody confines the tunnel to: what is outside of them does not pass.</summary>
        public IReadOnlyList<string> TrafficSelectors { get; init; } = [];
    }

    public static ObjectRef<Observed> Ref(TunnelDesign tunnel) => new($"azure/vpn-connection-{tunnel.Number}");

    public override string Title => $"VPN connection {tunnel.Number}";
    public override IReadOnlyList<int> GuideSteps => tunnel.Number is 1 or 2 ? [21 + tunnel.Number] : [];
    public override IReadOnlyList<string> Operations =>
        ["GET connections", "GET connections/sharedkey", "PUT connections", "DELETE connections"];

    public override IReadOnlyList<ObjectRef> Needs => [LocalNetworkGateway.Ref(tunnel), VpnGateway.Ref];
    public override IReadOnlyList<ObjectRef> After => previous is null ? [] : [Ref(previous)];

    // One to ten minutes (unconfirmed; 30 minutes is the time-out of terraform-provider-azurerm).
    public override TimeSpan Expected => TimeSpan.FromMinutes(1);
    public override TimeSpan ExpectedDelete => TimeSpan.FromMinutes(1);
    public override TimeSpan Budget => TimeSpan.FromMinutes(30);

    public override Desired Derive(IKnown known)
    {
        return new(
            Ids.VpnConnection(tunnel), Ids.Region, Ids.VpnGateway,
            Ids.LocalGateway(tunnel), preSharedKey,
            [
                .. bgpAddresses.Select(each => new ConfigurationBgpAddress(
                    known.Find(VpnGateway.Ref)?.NameOf(each.Instance) ?? AzureIds.ConfigurationOf(each.Instance),
                    each.Address)),
            ],
            IpsecPolicy.Of(suite),
            suite.DpdTimeoutSeconds, Ids.Link.TagsInAzure());
    }

    protected override string OwnId => Ids.VpnConnection(tunnel);

    public override async Task<Observed?> Observe(IKnown known, CancellationToken ct)
    {
        if (Ids.Link.IsFormer && known.Find(LocalNetworkGateway.Ref(tunnel)) is null)
        {
            return null;
        }
        var found = await ObserveOurs(ct).ConfigureAwait(false);
        // Asked for only when the connection is at rest: while it is being made or deleted the key tells nothing.
        return found is null ? null
            : Read(found, found.IsSucceeded ? await ReadKey(found.Id, ct).ConfigureAwait(false) : null);
    }

    public override Change Compare(Desired desired, Observed observed)
    {
        var fixedFields = new Differences()
            .Word("connection type", "IPsec", observed.Type)
            .Word("protocol", "IKEv2", observed.Protocol ?? "IKEv2")
            .Word("gateway", desired.GatewayId, observed.GatewayId)
            .Word("local network gateway", desired.LocalGatewayId, observed.LocalGatewayId);
        var changeable = new Differences()
            .Hidden("pre-shared key", ShownKey.MayBe(desired.PreSharedKey, observed.PreSharedKey))
            .Field("use private address", true, observed.UsesPrivateAddress)
            .Field("BGP", true, observed.HasBgp)
            .Set("BGP address", desired.BgpAddresses.Select(each => each.Address.ToString()), observed.BgpAddresses)
            .Field("policy-based traffic selectors", false, observed.HasPolicySelectors)
            .Set("custom traffic selectors", [], observed.TrafficSelectors)
            .Word("mode", "Default", observed.Mode ?? "Default")
            .Field("DPD timeout seconds", desired.DpdTimeoutSeconds,
                observed.DpdTimeoutSeconds ?? desired.DpdTimeoutSeconds)
            .Set("IPsec policy", [desired.Policy], observed.Policies);
        var change = fixedFields.Lines.Count > 0
            ? Change.Replace(
                [.. fixedFields.Lines, .. changeable.Lines],
                $"tunnel {tunnel.Number} is down for some minutes; the other carries", stops: false)
            : Change.InPlace(
                changeable.Lines, $"tunnel {tunnel.Number} starts anew, a minute or two; the other carries");
        return OrRepair(observed.Envelope, change, $"tunnel {tunnel.Number} starts anew");
    }

    public override Task Create(Desired desired, CancellationToken ct) => Arm.Put(desired.Id, BodyOf(desired), ct);

    // A key is nobody's business but the two gateways'.
    public override (string Id, JsonObject Body)? Foretold(IKnown known) => (Ids.VpnConnection(tunnel), CommonBody);

    private static JsonObject BodyOf(Desired desired) => new()
    {
        ["location"] = desired.Region,
        ["tags"] = ArmJson.Tags(desired.Tags),
        ["properties"] = new JsonObject
        {
            ["connectionType"] = "IPsec",
            ["connectionProtocol"] = "IKEv2",
            // AWS waits for its peer, so Azure must be allowed to start: Default does, ResponderOnly would not.
            ["connectionMode"] = "Default",
            ["virtualNetworkGateway1"] = Referred(desired.GatewayId),
            ["localNetworkGateway2"] = Referred(desired.LocalGatewayId),
            ["sharedKey"] = desired.PreSharedKey.Reveal(),
            ["useLocalAzureIpAddress"] = true,
            ["enableBgp"] = true,
            ["gatewayCustomBgpIpAddresses"] = new JsonArray([.. desired.BgpAddresses.Select(each => new JsonObject
            {
                ["ipConfigurationId"] = AzureIds.IpConfiguration(desired.GatewayId, each.Configuration),
                ["customBgpIpAddress"] = each.Address.ToString(),
            })]),
            ["usePolicyBasedTrafficSelectors"] = false,
            ["dpdTimeoutSeconds"] = desired.DpdTimeoutSeconds,
            ["routingWeight"] = 0,
            ["ipsecPolicies"] = new JsonArray(desired.Policy.Write()),
        },
    };

    // The key is not in what GET returns, and whether a PUT without it keeps it is not documented: it is sent each
    // time.
    public override Task Update(Desired desired, Observed observed, CancellationToken ct) =>
        ChangeInPlace(desired.Id, BodyOf(desired), ct, "trafficSelectorPolicies");

    protected override string StateOf(Observed observed) => observed.ConnectionStatus is { } status
        ? $"{observed.Envelope.ProvisioningState}, {status}"
        : observed.Envelope.ProvisioningState;

    protected override IReadOnlyList<(string Name, string Value)> Facts(Observed observed) =>
    [
        ("BGP address", string.Join(", ", observed.BgpAddresses)),
        ("suite", observed.Policies.Count > 0 ? observed.Policies[0].ToString() : "Azure's default"),
        ("bytes in/out", $"{observed.IngressBytes ?? 0}/{observed.EgressBytes ?? 0}"),
    ];

    private async Task<Secret?> ReadKey(string id, CancellationToken ct)
    {
        try
        {
            var reply = await Arm.Get($"{id}/sharedkey", ct).ConfigureAwait(false);
            return reply.Text("value") is { Length: > 0 } value ? new Secret(value) : null;
        }
        catch (CloudError error) when (error.Kind == CloudErrorKind.Denied)
        {
            // A reader may look at the link, though not at its keys.
            return null;
        }
    }

    private static Observed Read(ArmObject connection, Secret? key)
    {
        var properties = connection.Properties;
        return new(
            connection, properties.Text("connectionType"), properties.Text("connectionProtocol"),
            properties.Text("connectionMode"), properties.Text("virtualNetworkGateway1", "id"),
            properties.Text("localNetworkGateway2", "id"), key,
            properties.Flag("useLocalAzureIpAddress"), properties.Flag("enableBgp"),
            [.. properties.Items("gatewayCustomBgpIpAddresses").Select(item => item.Text("customBgpIpAddress"))
                .OfType<string>()],
            properties.Flag("usePolicyBasedTrafficSelectors"), properties.Number("dpdTimeoutSeconds"),
            [.. properties.Items("ipsecPolicies").Select(IpsecPolicy.Read).OfType<IpsecPolicy>()],
            properties.Text("connectionStatus"), properties.Number("ingressBytesTransferred"),
            properties.Number("egressBytesTransferred"))
        {
            Tunnels = [.. properties.Items("tunnelConnectionStatus")
                .Select(each => (each.Text("tunnel") ?? "", each.Text("connectionStatus")))],
            TrafficSelectors = [.. properties.Items("trafficSelectorPolicies").Select(each =>
                $"{string.Join(" ", each.Texts("localAddressRanges"))} to "
                + string.Join(" ", each.Texts("remoteAddressRanges")))],
        };
    }

    private static JsonObject Referred(string id) => new() { ["id"] = id, ["properties"] = new JsonObject() };
}
