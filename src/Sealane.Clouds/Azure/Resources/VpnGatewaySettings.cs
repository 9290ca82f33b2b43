using System.Text.Json.Nodes;
using Sealane.Clouds.Http;
using Sealane.Core;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Azure;

/// <summary>
/// What the link sets on a VPN gateway that is somebody else's: its private address is switched on, and BGP addresses
/// for the tunnels are added behind those that it has. Everything else goes back as it came. What it was before is
/// written on the link's circuit first, and read back; destroy restores it, but for what others rely on by then.
/// Guide steps 14 and 15.
/// </summary>
/// <remarks>
/// API: https://learn.microsoft.com/rest/api/network-gateway/virtual-network-gateways. A connection that names no BGP
/// address of its own takes the first custom one:
/// https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-howto-aws-bgp
/// </remarks>
/// <param name="circuit">Which bears the tags: it is made early, and deleted after this.</param>
public sealed class VpnGatewaySettings(
    ArmClient arm, AzureIds ids, VpnGatewayDesign gateway, IReadOnlyList<VpnConnectionDesign> vpns,
    CircuitDesign circuit)
    : AzureResource<VpnGatewaySettings.Desired, VpnGatewaySettings.Observed>(Ref, arm, ids)
{
    /// <param name="BgpAddresses">Of each instance, in their order.</param>
    public sealed record Desired(string GatewayId, IReadOnlyList<IReadOnlyList<Ipv4>> BgpAddresses);

    public sealed record Observed : IArmObserved
    {
        internal Observed(ArmObject envelope, GatewayBefore? before, IReadOnlyList<OthersConnection> others)
        {
            Envelope = envelope;
            Use = new(envelope.Properties, before, others);
        }

        public ArmObject Envelope { get; }
        internal GatewayUse Use { get; }
    }

    public static ObjectRef<Observed> Ref { get; } = new("azure/vpn-gateway-settings");

    public override string Title => "Settings of the used VPN gateway";
    public override IReadOnlyList<int> GuideSteps => [14, 15];
    public override IReadOnlyList<string> Operations =>
    [
        "GET virtualNetworkGateways", "GET virtualNetworkGateways/connections", "GET connections",
        "GET expressRouteCircuits", "PATCH expressRouteCircuits", "PUT virtualNetworkGateways",
    ];

    // Without a circuit of the link's own there is no place for what the gateway was.
    public override IReadOnlyList<ObjectRef> SetOn => After;
    public override IReadOnlyList<ObjectRef> After => [ExpressRouteCircuit.Ref(circuit)];

    // An update with private addresses takes about 20 minutes (guide step 15).
    public override TimeSpan Expected => TimeSpan.FromMinutes(20);
    public override TimeSpan ExpectedDelete => TimeSpan.FromMinutes(20);

    // An hour was too short for real gateways (terraform-provider-azurerm #23003).
    public override TimeSpan Budget => TimeSpan.FromMinutes(90);
    public override Making Making => Making.Set;

    public override Desired Derive(IKnown known) => new(
        Ids.VpnGateway, [.. gateway.Instances.Select(instance => VpnGateway.BgpAddressesOf(vpns, instance))]);

    public override async Task<Observed?> Observe(IKnown known, CancellationToken ct)
    {
        var (_, before) = await ReadBefore(ct).ConfigureAwait(false);
        // An earlier spec may have used another one, which still is as the link set it.
        var found = before is null ? null : await Arm.Observe(before.GatewayId, ct).ConfigureAwait(false);
        found ??= await Arm.Observe(Ids.VpnGateway, ct).ConfigureAwait(false);
        return found is null ? null : new(found, before is { } written && written.IsOf(found.Id) ? written : null,
            await OthersConnection.On(found.Id, Arm, Ids, ct).ConfigureAwait(false));
    }

    public override Change Compare(Desired desired, Observed observed)
    {
        if (!desired.GatewayId.Equals(observed.Envelope.Id, StringComparison.OrdinalIgnoreCase))
        {
            return Change.Refused([$"the link still uses {observed.Envelope.Id}: destroy with that in "
                + "azure.vpnGateway.id first, so that it becomes again what it was"]);
        }
        var (use, failed) = (observed.Use, observed.Envelope.Failure is not null);
        var lines = use.Differences(desired.BgpAddresses);
        // Without a speaker there is nothing to compare, which is no sign that nothing differs.
        var hindrances = lines.Count > 0 ? use.Hindrances(desired.BgpAddresses)
            : use.NotShown(desired.BgpAddresses) is { } hidden ? [$"{hidden}: ask again"] : [];
        if (failed && use.Before is null)
        {
            return Change.Refused([$"provisioningState {observed.Envelope.ProvisioningState}: have its owner repair "
                + "it, which is to send it again as it is"]);
        }
        return hindrances.Count > 0 ? Change.Refused([.. lines, .. hindrances])
            : OrRepair(observed.Envelope, Change.InPlace(lines, use.Impact), use.Impact);
    }

    public override Task Create(Desired desired, CancellationToken ct) => throw new CloudError(
        Cloud.Azure, $"GET virtualNetworkGateways/{gateway.Name}", CloudErrorKind.NotFound, 404, null,
        $"{desired.GatewayId} is not there", advice: "check azure.vpnGateway.id");

    public override async Task Update(Desired desired, Observed observed, CancellationToken ct)
    {
        var (tags, before) = await ReadMarked(ct).ConfigureAwait(false);
        var (body, use) = await ReadGateway(desired.GatewayId, before, ct).ConfigureAwait(false)
            ?? throw new CloudError(Cloud.Azure, $"GET virtualNetworkGateways/{gateway.Name}", CloudErrorKind.NotFound,
                404, null, $"{desired.GatewayId} went away while it was to be changed", advice: "run again");
        if (use.Hindrances(desired.BgpAddresses) is { Count: > 0 } hindrances)
        {
            throw new StepRefused(string.Join("; ", hindrances));
        }
        await Write(tags, use.Next(desired.GatewayId, desired.BgpAddresses), ct).ConfigureAwait(false);
        await Put(desired.GatewayId, body, use.With(desired.BgpAddresses), ct).ConfigureAwait(false);
    }

    /// <summary>Restores first, and forgets what was before only when the gateway is seen to be at rest so.</summary>
    public override async Task Delete(Observed observed, CancellationToken ct)
    {
        var (tags, before) = await ReadMarked(ct).ConfigureAwait(false);
        if (before is null || await ReadGateway(before.GatewayId, before, ct).ConfigureAwait(false)
            is not ({ } body, { } use))
        {
            await Forget(tags, ct).ConfigureAwait(false);
            return;
        }
        var state = body.Text("properties", "provisioningState");
        if (state is "Updating" or "Deleting")
        {
            return;
        }
        if (use.Own.Any || state == "Failed")
        {
            if (use.NotShown([]) is { } hidden)
            {
                throw Busy($"GET virtualNetworkGateways/{AzureIds.NameOf(before.GatewayId)}", hidden);
            }
            await Put(before.GatewayId, body, use.Without(), ct).ConfigureAwait(false);
            return;
        }
        await Forget(tags, ct).ConfigureAwait(false);
    }

    /// <summary>As long as something is written down there is something to restore.</summary>
    public override bool IsOurs(Observed observed) => observed.Use.Before is not null;

    public override IReadOnlyList<string> LostMarks(Observed observed) => [];

    public override ResourceView View(Observed observed) => base.View(observed) with
    {
        Left = observed.Use.Before is null ? [] : observed.Use.Left,
    };

    protected override IReadOnlyList<(string Name, string Value)> Facts(Observed observed) =>
        observed.Use.Before is null ? [] : [("destroy takes back", observed.Use.Own.ToString())];

    /// <summary>With all tags of the circuit, since a PATCH replaces them.</summary>
    private async Task<(IReadOnlyDictionary<string, string> Tags, GatewayBefore? Before)> ReadBefore(
        CancellationToken ct)
    {
        var id = Ids.Circuit(circuit);
        var tags = ArmJson.TagsOf(await Arm.Get(id, ct).ConfigureAwait(false));
        var link = tags.GetValueOrDefault(LinkTag.Key);
        // One that was given away, or lost its tag, still tells.
        return (tags, link is null || link == Ids.Link.Name || link == LinkTag.DisownedBy(Ids.Link.Name)
            ? GatewayBefore.Read(id, tags) : null);
    }

    /// <summary>The same before tags are written: without the link's own they are not all there, and a PATCH would
    /// take away what is not shown.</summary>
    private async Task<(IReadOnlyDictionary<string, string> Tags, GatewayBefore? Before)> ReadMarked(
        CancellationToken ct) =>
        await ReadBefore(ct).ConfigureAwait(false) is var read && read.Tags.ContainsKey(LinkTag.Key) ? read
            : throw Busy($"GET expressRouteCircuits/{circuit.Name}", "its tags do not show");

    private async Task<(JsonObject Body, GatewayUse Use)?> ReadGateway(
        string id, GatewayBefore? before, CancellationToken ct) =>
        await Arm.Get(id, ct).ConfigureAwait(false) is not { } body ? null
            : (body, new(body.At("properties"), before is { } written && written.IsOf(id) ? written : null,
                await OthersConnection.On(id, Arm, Ids, ct).ConfigureAwait(false)));

    private async Task Write(
        IReadOnlyDictionary<string, string> tags, GatewayBefore before, CancellationToken ct)
    {
        if (before.Tags.All(tag => tags.GetValueOrDefault(tag.Key) == tag.Value))
        {
            return;
        }
        await Arm.PatchTags(Ids.Circuit(circuit),
            tags.Where(tag => !before.Tags.ContainsKey(tag.Key)).Concat(before.Tags).ToDictionary(), ct)
            .ConfigureAwait(false);
        // Read back: the gateway is changed only when what it was is seen to be written.
        var (seen, _) = await ReadBefore(ct).ConfigureAwait(false);
        if (before.Tags.Any(tag => seen.GetValueOrDefault(tag.Key) != tag.Value))
        {
            throw Busy($"PATCH expressRouteCircuits/{circuit.Name}",
                "the tags that say what the used VPN gateway was before do not show yet");
        }
    }

    private static CloudError Busy(string operation, string what) =>
        new(Cloud.Azure, operation, CloudErrorKind.Busy, null, null, what);

    private async Task Forget(IReadOnlyDictionary<string, string> tags, CancellationToken ct)
    {
        if (tags.ContainsKey(GatewayBefore.GatewayTag) || tags.ContainsKey(GatewayBefore.WasTag))
        {
            await Arm.PatchTags(Ids.Circuit(circuit), tags.Where(tag => !tag.Key.Equals(GatewayBefore.GatewayTag,
                StringComparison.OrdinalIgnoreCase) && !tag.Key.Equals(GatewayBefore.WasTag,
                StringComparison.OrdinalIgnoreCase)).ToDictionary(), ct).ConfigureAwait(false);
        }
    }

    /// <summary>The version that was read, with these members changed; refused where it is not the newest.</summary>
    private Task Put(string id, JsonObject body, JsonObject wanted, CancellationToken ct) =>
        Arm.Put(id, CarriedBack.Over(ReadOnlyMembers.Without(id, body), wanted), ct, body.Text("etag"));
}
