using Sealane.Core;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Aws;

/// <param name="Status"><c>UP</c>: IKE, IPsec and BGP stand.</param>
/// <param name="AcceptedRoutes">Prefixes that Azure announces through it.</param>
public sealed record TunnelState(Prefix InsideCidr, Ipv4 OutsideAddress, string Status, long AcceptedRoutes,
    string? Message)
{
    public bool IsUp => Status == "UP" && AcceptedRoutes > 0;
}

/// <summary>The tunnels of all VPN connections of the link.</summary>
public sealed record TunnelStates(IReadOnlyList<string> VpnConnectionIds, IReadOnlyList<TunnelState> Tunnels)
{
    public bool AllUp => Tunnels.Count >= 2 && Tunnels.All(tunnel => tunnel.IsUp);

    /// <summary>Not one tunnel stands: with one up, the attachment's isolation is not what keeps the other
    /// down.</summary>
    public bool AllDown => Tunnels.All(tunnel => tunnel.Status != "UP");

    public static TunnelStates Of(IReadOnlyList<Ec2VpnConnection> vpns) => new(
        [.. vpns.Select(vpn => vpn.Id)],
        [
            .. from vpn in vpns
               from end in vpn.OutsideAddresses.OrderBy(pair => pair.Key)
               let seen = vpn.TelemetryOf(end.Value)
               select new TunnelState(
                   end.Key, end.Value, seen?.Status ?? "unknown", seen?.AcceptedRoutes ?? 0, seen?.Message),
        ]);
}

/// <summary>
/// Waits until both tunnels are up and carry Azure's routes. Guide step 24. Owns the fallback of isolation mode
/// <c>auto</c>:
/// whether the tunnels' outer packets need the Direct Connect routes in the workload table is not documented.
/// </summary>
/// <remarks>API: ec2 DescribeVpnConnections, EnableTransitGatewayRouteTablePropagation.</remarks>
/// <param name="after">Both ends and the transport: waited for before the clock of the fallback starts.</param>
public sealed class Tunnels(
    AwsClients clients, TransitGatewayDesign gateway, IReadOnlyList<VpnConnectionDesign> vpns,
    IReadOnlyList<ObjectRef> after)
    : Gate<Tunnels.Desired, TunnelStates>(Ref)
{
    public sealed record Desired(IReadOnlyList<string> VpnConnectionIds);

    public static ObjectRef<TunnelStates> Ref { get; } = new("aws/tunnels");
    private static readonly TimeSpan FallbackAfter = TimeSpan.FromMinutes(10);

    public override Cloud Cloud => Cloud.Aws;
    public override string Title => vpns.Sum(vpn => vpn.Tunnels.Count) == 2 ? "Both tunnels up" : "All tunnels up";
    public override IReadOnlyList<int> GuideSteps => [24];
    public override IReadOnlyList<string> Operations =>
        ["ec2:DescribeVpnConnections", "ec2:CreateTags", "ec2:EnableTransitGatewayRouteTablePropagation"];
    public override IReadOnlyList<ObjectRef> Needs =>
        [.. vpns.Select(VpnConnection.Ref), DxAssociation.Ref, WorkloadRouteTable.Ref];

    public override IReadOnlyList<ObjectRef> After => after;
    public override TimeSpan Expected => AwsTimes.TunnelsUp;
    public override TimeSpan Budget => TimeSpan.FromMinutes(30);

    public override Desired Derive(IKnown known) =>
        new([.. vpns.Select(vpn => known.Get(VpnConnection.Ref(vpn)).Id)]);

    public override async Task<TunnelStates?> Observe(IKnown known, CancellationToken ct)
    {
        var fresh = new List<Ec2VpnConnection>();
        foreach (var vpn in vpns)
        {
            if (known.Find(VpnConnection.Ref(vpn)) is not { } seen
                || await clients.Ec2.FindVpnConnection(seen.Id, ct).ConfigureAwait(false)
                    is not { State: not "deleted" } found)
            {
                return null;
            }
            fresh.Add(found);
        }
        return TunnelStates.Of(fresh);
    }

    /// <exception cref="CloudError">Busy: the VPN connection is hidden for a moment.</exception>
    public override Task Create(Desired desired, CancellationToken ct) => throw new CloudError(
        Cloud.Aws, "ec2:DescribeVpnConnections", CloudErrorKind.Busy, 200, "NotThereYet",
        $"{string.Join(" and ", desired.VpnConnectionIds)} is not shown yet");

    public override bool IsReady(TunnelStates observed) => observed.AllUp;

    public override async Task<string?> WhileWaiting(IKnown known, TimeSpan waited,
        CancellationToken ct)
    {
        if (gateway.Isolation != TransitGatewayIsolation.Auto || waited < FallbackAfter
            || known.Find(DxAssociation.Ref) is not { AttachmentId: { } attachment, IsOthers: false }
            || known.Find(WorkloadRouteTable.Ref)?.Id is not { } workload
            || await Observe(known, ct).ConfigureAwait(false) is not { AllDown: true })
        {
            return null;
        }
        var tables = await clients.Ec2.PropagationsOf(attachment, ct).ConfigureAwait(false);
        if (tables.Any(table => table.TableId == workload && table.State is "enabled" or "enabling"))
        {
            return null;
        }
        // The tag first: a propagation without it would be taken for a mistake and undone.
        await clients.Ec2.CreateTag(attachment, FallbackTag.Key, FallbackTag.Value, ct).ConfigureAwait(false);
        await AwsLookup.There(clients.Ec2.EnablePropagation(workload, attachment, ct)).ConfigureAwait(false);
        return $"both tunnels stayed down for {FallbackAfter.TotalMinutes:0} minutes with the Direct Connect "
            + $"attachment isolated: "
            + "it now propagates into the workload table (mode auto falls back to propagated); lock d is open, locks "
                + "a, b and c hold";
    }

    public override ResourceView View(TunnelStates observed) => new(
        observed.AllUp ? "up" : $"{observed.Tunnels.Count(tunnel => tunnel.IsUp)} of {observed.Tunnels.Count} up",
        string.Join(", ", observed.VpnConnectionIds),
            AwsConsole.VpnConnection(clients.Region, observed.VpnConnectionIds[0]),
        [
            .. observed.Tunnels.Select(tunnel => ($"tunnel {tunnel.OutsideAddress} ({tunnel.InsideCidr})",
                $"{tunnel.Status}, {tunnel.AcceptedRoutes} "
                    + $"routes{(tunnel.Message is null ? "" : $", {tunnel.Message}")}")),
        ]);
}
