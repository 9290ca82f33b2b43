using Sealane.Clouds.Azure;
using Sealane.Core;
using Sealane.Core.Checks.Live;
using Sealane.Core.Design;

namespace Sealane.Clouds.Drills;

/// <summary>An instance of the VPN gateway that Azure starts anew, named by its public address.</summary>
/// <remarks>
/// API: POST virtualNetworkGateways/{name}/reset?gatewayVip=…
/// https://learn.microsoft.com/azure/vpn-gateway/reset-gateway
/// </remarks>
public sealed class InstanceReset(
    ArmClient arm, AzureIds ids, GatewayInstanceDesign instance, Ipv4 privateAddress, string publicAddress)
    : DrillElement(instance.Key.On("azure/vpn-gateway-instance"))
{
    public override string Means => $"POST virtualNetworkGateways/reset of the instance at {publicAddress}";
    public override string WayBack => "nothing to do: it comes back by itself when it has started";
    public override bool EndsByItself => true;
    public override SessionTimers Timers => SessionTimers.Tunnel;
    public override bool HasBfd => false;

    public override IReadOnlyList<string> Lost(LinkObservation seen) => Of(seen) is { } id ? [id] : [];

    public override ElementState State(LinkObservation seen)
    {
        var id = Of(seen);
        var own = seen.Network.Tunnels.Where(tunnel => tunnel.InstanceId == id).ToList();
        var up = own.Count(tunnel => tunnel is { Up: true, SessionUp: true });
        return new(up == own.Count && up > 0, $"{up} of {own.Count} of its tunnels up");
    }

    // Sent to the whole gateway it would not say which instance: an active-active one must be named.
    public override Task Fail(TimeSpan hold, CancellationToken ct) =>
        arm.Start($"{ids.VpnGateway}/reset", ct, $"gatewayVip={publicAddress}");

    public override Task Restore(CancellationToken ct) => Task.CompletedTask;

    private string? Of(LinkObservation seen) => seen.Network.VpnGateways.SelectMany(gateway => gateway.Instances)
        .FirstOrDefault(one => one.PrivateAddress == privateAddress)?.Id;
}
