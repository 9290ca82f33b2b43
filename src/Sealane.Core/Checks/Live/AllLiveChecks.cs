namespace Sealane.Core.Checks.Live;

/// <summary>The questions of <c>verify</c>, in the guide's order.</summary>
public static class AllLiveChecks
{
    public static IReadOnlyList<LiveCheck> List { get; } =
    [
        TransportChecks.VifIsUp,
        TransportChecks.McrLearnsOnlyEndpoints,
        TransportChecks.CircuitIsProvisioned,
        TransportChecks.EdgeHasOnlyEndpoints,
        TransportChecks.ExpressRouteGatewayHasOnlyEndpoints,
        TransportChecks.StaticRoutes,
        TransportChecks.ToAwsOnlyEndpoints,
        TransportChecks.ToAzureOnlyEndpoints,
        TransportChecks.NoVpcPrefixAllowed,
        TransportChecks.TransportTableIsEmpty,
        TableChecks.TablesAgree,
        OverlayChecks.AzureConnected,
        OverlayChecks.AwsUp,
        OverlayChecks.VnetOverVpn,
        OverlayChecks.AzurePeers,
        OverlayChecks.VpcOverBothTunnels,
        OverlayChecks.EndpointsNotInTheTunnel,
        OverlayChecks.NegotiatedSuites,
        OverlayChecks.AsDesigned,
    ];
}
