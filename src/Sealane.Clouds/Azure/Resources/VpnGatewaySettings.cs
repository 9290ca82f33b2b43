using System.Text.Json.Nodes;
using Sealane.Clouds.Used;
using Sealane.Core;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Azure;

/// <summary>
/// What the link sets on a VPN gateway that is somebody else's: its private address is switched on, and BGP addresses
/// for the tunnels are added behind those that it has. Everything else goes back as it came. What it was before is
/// written down first, and read back; destroy restores it, but for what others rely on by then.
/// Guide steps 14 and 15.
/// </summary>
/// <remarks>
/// API: https://learn.microsoft.com/rest/api/network-gateway/virtual-network-gateways. A connection that names no BGP
/// address of its own takes the first custom one:
/// https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-howto-aws-bgp
/// </remarks>
public sealed class VpnGatewaySettings(
    ArmClient arm, AzureIds ids, VpnGatewayDesign gateway, IReadOnlyList<VpnConnectionDesign> vpns, UsedNotes notes)
    : UsedSettings(VpnGateway.Ref.Id, notes)
{
    private sealed record Sight(ArmObject Envelope, GatewayUse Use)
        : UsedLook(Envelope.Id, Envelope.ProvisioningState, Use.Has);

    public static ObjectRef<Observed> Ref { get; } = RefOf(VpnGateway.Ref.Id);

    public override Cloud Cloud => Cloud.Azure;
    public override string Title => "Settings of the used VPN gateway";
    public override IReadOnlyList<int> GuideSteps => [14, 15];

    // An update with private addresses takes about 20 minutes (guide step 15).
    public override TimeSpan Expected => TimeSpan.FromMinutes(20);

    // An hour was too short for real gateways (terraform-provider-azurerm #23003).
    public override TimeSpan Budget => TimeSpan.FromMinutes(90);

    /// <summary>Of each instance, in their order.</summary>
    private IReadOnlyList<IReadOnlyList<Ipv4>> Addresses =>
        [.. gateway.Instances.Select(instance => VpnGateway.BgpAddressesOf(vpns, instance))];

    protected override IReadOnlyList<string> Calls =>
    [
        "GET virtualNetworkGateways", "GET virtualNetworkGateways/connections", "GET connections",
        "PUT virtualNetworkGateways",
    ];

    protected override string? ObjectOf(IKnown known) => ids.VpnGateway;

    protected override IReadOnlyList<string> Values =>
        [GatewayUse.PrivateAddress, .. Addresses.SelectMany(each => each).Select(address => address.ToString())];

    protected override async Task<UsedLook?> See(string id, UsedNote? note, IKnown? known, CancellationToken ct)
    {
        if (await arm.Observe(id, ct).ConfigureAwait(false) is not { } found)
        {
            return null;
        }
        var use = new GatewayUse(
            found.Properties, note, await OthersConnection.On(found.Id, arm, ids, ct).ConfigureAwait(false));
        return new Sight(found, use)
        {
            ReliedOn = use.ReliedOn,
            IsBusy = !found.IsSucceeded && found.Failure is null,
            Failure = found.Failure,
            NotShown = use.NotShown(Addresses),
            Untouchable = use.Untouchable,
            Console = AzurePortal.Of(found.Id),
        };
    }

    // Each address on its own instance.
    protected override IReadOnlyList<string> Missing(IReadOnlyList<string> wanted, Observed observed) =>
        Use(observed.Look).Missing(Addresses);

    protected override IReadOnlyList<string> Lines(UsedLook look, IReadOnlyList<string> missing) =>
        Use(look).Differences(Addresses);

    protected override IReadOnlyList<string> Hindrances(UsedLook look, IReadOnlyList<string> missing) =>
        Use(look).Hindrances(Addresses);

    protected override string Impact(UsedLook look) => Use(look).Impact;

    protected override bool Knows(string value) => value == GatewayUse.PrivateAddress || Ipv4.TryParse(value, out _);

    protected override string Word(string value) =>
        value == GatewayUse.PrivateAddress ? "private address" : $"BGP address {value}";

    protected override Task Add(UsedLook look, IReadOnlyList<string> missing, CancellationToken ct) =>
        Put(look, Use(look).With(Addresses), ct);

    protected override Task Remove(UsedLook look, IReadOnlyList<string> own, CancellationToken ct) =>
        Put(look, Use(look).Without(own), ct);

    private static GatewayUse Use(UsedLook look) => ((Sight)look).Use;

    private Task Put(UsedLook look, JsonObject wanted, CancellationToken ct) =>
        arm.PutOver(((Sight)look).Envelope, wanted, ct);
}
