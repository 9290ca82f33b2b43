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

public sealed record TunnelStates(string VpnConnectionId, IReadOnlyList<TunnelState> Tunnels)
{
    public bool AllUp => Tunnels.Count >= 2 && Tunnels.All(tunnel => tunnel.IsUp);

    /// <summary>Not one tunnel stands: with one up, the attachment's isolation is not what keeps the other
    /// down.</summary>
    public bool AllDown => Tunnels.All(tunnel => tunnel.Status != "UP");

    /// <summary>Telemetry and options come in different orders: they meet in the outside address.</summary>
    public static TunnelStates Of(Ec2VpnConnection vpn) => new(vpn.Id,
    [
        .. vpn.OutsideAddresses.OrderBy(pair => pair.Key).Select(pair =>
        {
            var seen = vpn.Telemetry.FirstOrDefault(each => each.OutsideAddress == pair.Value.ToString());
            return new TunnelState(pair.Key, pair.Value, seen?.Status ?? "unknown", seen?.AcceptedRoutes ?? 0,
                seen?.Message);
        }),
    ]);
}

/// <summary>
/// Waits until both tunnels are up and carry Azure's routes. Guide step 24. Owns the fallback of isolation mode
/// <c>auto</c>:
/// whether the tunnels' outer packets need the Direct Connect routes in the workload table is not documented.
/// </summary>
/// <remarks>API: ec2 DescribeVpnConnections, EnableTransitGatewayRouteTablePropagation.</remarks>
public sealed class Tunnels(AwsClients clients, NetworkDesign design)
    : Gate<Tunnels.Desired, TunnelStates>(Ref)
{
    public sealed record Desired(string VpnConnectionId);

    public static ObjectRef<TunnelStates> Ref { get; } = new("aws/tunnels");
    private static readonly TimeSpan FallbackAfter = TimeSpan.FromMinutes(10);

    public override Cloud Cloud => Cloud.Aws;
    public override string Title => "Both tunnels up";
    public override IReadOnlyList<int> GuideSteps => [24];
    public override IReadOnlyList<string> Operations =>
        ["ec2:DescribeVpnConnections", "ec2:CreateTags", "ec2:EnableTransitGatewayRouteTablePropagation"];
    public override IReadOnlyList<ObjectRef> Needs => [VpnConnection.Ref, DxAssociation.Ref, WorkloadRouteTable.Ref];

    /// <summary>Both ends, and the transport between them: waited for here before the clock of the fallback
    /// starts.</summary>
    public override IReadOnlyList<ObjectRef> After =>
    [
        TransitVif.Ref, DxAttachmentRouting.Ref, VpnAttachmentRouting.Ref, new("azure/er-connection"),
        new("azure/vpn-connection-1"), new("azure/vpn-connection-2"),
        new("megaport/aws-routes"), new("megaport/azure-routes"),
        .. VpcRoutes.TransportFilters,
    ];
    public override TimeSpan Expected => AwsTimes.TunnelsUp;
    public override TimeSpan Budget => TimeSpan.FromMinutes(30);

    public override Desired Derive(IKnown known) =>
        new(known.Get(VpnConnection.Ref).Id);

    public override async Task<TunnelStates?> Observe(IKnown known, CancellationToken ct) =>
        known.Find(VpnConnection.Ref) is { } vpn
        && await clients.Ec2.FindVpnConnection(vpn.Id, ct).ConfigureAwait(false) is { State: not "deleted" } fresh
            ? TunnelStates.Of(fresh) : null;

    /// <exception cref="CloudError">Busy: the VPN connection is hidden for a moment.</exception>
    public override Task Create(Desired desired, CancellationToken ct) => throw new CloudError(
        Cloud.Aws, "ec2:DescribeVpnConnections", CloudErrorKind.Busy, 200, "NotThereYet",
        $"{desired.VpnConnectionId} is not shown yet");

    public override bool IsReady(TunnelStates observed) => observed.AllUp;

    public override async Task<string?> WhileWaiting(IKnown known, TimeSpan waited,
        CancellationToken ct)
    {
        if (design.Aws.Isolation != TransitGatewayIsolation.Auto || waited < FallbackAfter
            || known.Find(DxAssociation.Ref)?.AttachmentId is not { } attachment
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
        observed.VpnConnectionId, AwsConsole.VpnConnection(clients.Region, observed.VpnConnectionId),
        [
            .. observed.Tunnels.Select(tunnel => ($"tunnel {tunnel.OutsideAddress} ({tunnel.InsideCidr})",
                $"{tunnel.Status}, {tunnel.AcceptedRoutes} "
                    + $"routes{(tunnel.Message is null ? "" : $", {tunnel.Message}")}")),
        ]);
}
