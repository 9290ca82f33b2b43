namespace Sealane.Core.Routing;

/// <summary>What the tunnels carry, solved on top of the <see cref="Transport"/>.</summary>
internal sealed class Overlay
{
    public bool Converged { get; set; } = true;
    public List<string> Flapping { get; } = [];
    public Dictionary<string, List<TransitGatewayRoute>> TgwTables { get; } = [];

    /// <summary>By tunnel id: what AWS announces into the tunnel, before Azure's checks.</summary>
    public Dictionary<string, List<BgpRoute>> ToAzure { get; } = [];

    /// <summary>By tunnel id: what AWS accepted from Azure.</summary>
    public Dictionary<string, List<BgpRoute>> ToAws { get; } = [];

    /// <summary>By VPN gateway id: what Azure accepted, over any tunnel.</summary>
    public Dictionary<string, List<GatewayRoute>> VpnLearned { get; } = [];
    public Dictionary<string, TunnelState> Tunnels { get; } = [];

    public bool IpsecUp(string tunnelId) => Tunnels.TryGetValue(tunnelId, out var state) && state.IpsecUp;
    public bool BgpUp(string tunnelId) => Tunnels.TryGetValue(tunnelId, out var state) && state.BgpUp;
}
