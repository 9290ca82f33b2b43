using Sealane.Core;

namespace Sealane.Clouds.Aws;

public sealed partial class Ec2Client
{
    /// <summary>Makes one end of a tunnel anew; the tunnel is down until it stands.</summary>
    /// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReplaceVpnTunnel.html</remarks>
    public Task ReplaceVpnTunnel(string id, Ipv4 outsideAddress, CancellationToken ct) =>
        Write("ReplaceVpnTunnel", new QueryForm().Add("VpnConnectionId", id)
            .Add("VpnTunnelOutsideIpAddress", outsideAddress.ToString()), ct);
}
