using Sealane.Core;
using Sealane.Sandbox.World;

namespace Sealane.Tests.Sandbox.Aws;

/// <summary>A network view that shows what a test put into it.</summary>
internal sealed class StagedNetwork : INetworkView
{
    public HashSet<string> SessionsUp { get; } = [];
    public Dictionary<string, TunnelStatus> Tunnels { get; } = [];
    public Dictionary<string, List<TransitGatewayRouteRow>> Routes { get; } = [];

    public Dictionary<string, List<VifRouteRow>> VifRows { get; } = [];

    public void Settle()
    {
    }

    public bool VifSessionUp(string virtualInterfaceId) => SessionsUp.Contains(virtualInterfaceId);

    public TunnelStatus Tunnel(string vpnConnectionId, string outsideAddress) =>
        Tunnels.GetValueOrDefault(outsideAddress) ?? new(false, false, AwsBench.Start, 0);

    public IReadOnlyList<TransitGatewayRouteRow> TransitGatewayRoutes(string routeTableId) =>
        Routes.GetValueOrDefault(routeTableId) ?? [];

    public IReadOnlyList<McrRouteRow> McrIpRoutes(string mcrUid) => [];
    public IReadOnlyList<McrBgpRow> McrBgpRoutes(string mcrUid) => [];
    public IReadOnlyList<McrBgpRow> McrNeighbourRoutes(string mcrUid, string peerAddress, bool advertised) => [];
    public McrNeighbour McrNeighbour(string mcrUid, Ipv4 address) => Sealane.Sandbox.World.McrNeighbour.Absent;
    public IReadOnlyList<VifRouteRow> VifRoutes(string virtualInterfaceId) =>
        VifRows.GetValueOrDefault(virtualInterfaceId) ?? [];
    public IReadOnlyList<GatewayPeerRow> GatewayPeers(string gatewayId) => [];
    public IReadOnlyList<GatewayRouteRow> GatewayLearnedRoutes(string gatewayId) => [];
    public IReadOnlyList<GatewayRouteRow> GatewayAdvertisedRoutes(string gatewayId, string peer) => [];
    public IReadOnlyList<MseeRouteRow> MseeRoutes(string circuitId, string path) => [];
    public IReadOnlyList<SubnetRouteRow> SubnetRoutes(string vnetId, string subnetId) => [];
    public bool MseeSessionUp(string circuitId, string path) => false;
    public string ConnectionStatus(string connectionResourceId) => "Unknown";
}
