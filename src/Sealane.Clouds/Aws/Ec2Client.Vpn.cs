using Sealane.Core;

namespace Sealane.Clouds.Aws;

public sealed partial class Ec2Client
{
    public Task<IReadOnlyList<Ec2CustomerGateway>> CustomerGatewaysNamed(string name, CancellationToken ct) =>
        CustomerGateways(new QueryForm().Filter("tag:Name", name), ct);

    public Task<IReadOnlyList<Ec2CustomerGateway>> CustomerGatewaysOf(string link, CancellationToken ct) =>
        CustomerGateways(new QueryForm().Filter($"tag:{Core.Design.LinkTag.Key}", link), ct);

    private Task<IReadOnlyList<Ec2CustomerGateway>> CustomerGateways(QueryForm form, CancellationToken ct) =>
        Pages("DescribeCustomerGateways", form, "customerGatewaySet", Ec2CustomerGateway.Read, ct);

    /// <summary>AWS gives an existing gateway back when address, ASN and device name are equal: the name keeps links
    /// apart.</summary>
    public Task CreateCustomerGateway(ObjectTags tags, Ipv4 address, long asn, CancellationToken ct) =>
        Write("CreateCustomerGateway", NewCustomerGateway(tags, address, asn), ct);

    private static QueryForm NewCustomerGateway(ObjectTags tags, Ipv4 address, long asn) => new QueryForm()
        .Add("Type", "ipsec.1")
        .Add(asn > int.MaxValue ? "BgpAsnExtended" : "BgpAsn", asn)
        .Add("IpAddress", address.ToString())
        .Add("DeviceName", tags.Name)
        .Tags("TagSpecification", "customer-gateway", tags);

    public Task DeleteCustomerGateway(string id, CancellationToken ct) =>
        Write("DeleteCustomerGateway", new QueryForm().Add("CustomerGatewayId", id), ct);

    public Task<IReadOnlyList<Ec2VpnConnection>> VpnConnectionsNamed(string name, CancellationToken ct) =>
        VpnConnections(new QueryForm().Filter("tag:Name", name), ct);

    public Task<IReadOnlyList<Ec2VpnConnection>> VpnConnectionsOf(string link, CancellationToken ct) =>
        VpnConnections(new QueryForm().Filter($"tag:{Core.Design.LinkTag.Key}", link), ct);

    public async Task<Ec2VpnConnection?> FindVpnConnection(string id, CancellationToken ct) =>
        (await VpnConnections(new QueryForm().Filter("vpn-connection-id", id), ct).ConfigureAwait(false)).FirstOrNull();

    private Task<IReadOnlyList<Ec2VpnConnection>> VpnConnections(QueryForm form, CancellationToken ct) =>
        Pages("DescribeVpnConnections", form, "vpnConnectionSet", Ec2VpnConnection.Read, ct);

    /// <summary>Over the Direct Connect gateway's attachment, with private outside addresses and BGP.</summary>
    public Task CreateVpnConnection(
        ObjectTags tags, string customerGatewayId, string transitGatewayId, string transportAttachmentId,
        IReadOnlyList<PinnedTunnel> tunnels, CancellationToken ct)
    {
        var form = new QueryForm()
            .Add("Type", "ipsec.1")
            .Add("CustomerGatewayId", customerGatewayId)
            .Add("TransitGatewayId", transitGatewayId)
            .Add("Options.OutsideIpAddressType", VpnConnection.PrivateIpv4)
            .Add("Options.TransportTransitGatewayAttachmentId", transportAttachmentId)
            .Add("Options.EnableAcceleration", false)
            .Add("Options.StaticRoutesOnly", false)
            .Add("Options.TunnelInsideIpVersion", "ipv4");
        foreach (var (index, tunnel) in tunnels.Index())
        {
            tunnel.WriteTo(form, $"Options.TunnelOptions.{index + 1}", withInsideCidr: true);
        }
        return Write("CreateVpnConnection", form.Tags("TagSpecification", "vpn-connection", tags), ct);
    }

    /// <summary>Changes one tunnel, which is replaced and out for minutes; its outside address stays.</summary>
    /// <remarks>https://docs.aws.amazon.com/vpn/latest/s2svpn/endpoint-replacements.html</remarks>
    public Task ModifyVpnTunnelOptions(string id, Ipv4 outsideAddress, PinnedTunnel tunnel, CancellationToken ct)
    {
        var form = new QueryForm().Add("VpnConnectionId", id)
            .Add("VpnTunnelOutsideIpAddress", outsideAddress.ToString());
        tunnel.WriteTo(form, "TunnelOptions", withInsideCidr: false);
        return Write("ModifyVpnTunnelOptions", form, ct);
    }

    /// <summary>Changes what both tunnels let through; they are replaced.</summary>
    /// <param name="local">On the customer gateway's side.</param>
    /// <param name="remote">On AWS's side.</param>
    public Task ModifyVpnConnectionOptions(string id, Prefix local, Prefix remote, CancellationToken ct) =>
        Write("ModifyVpnConnectionOptions", new QueryForm().Add("VpnConnectionId", id)
            .Add("LocalIpv4NetworkCidr", local.ToString()).Add("RemoteIpv4NetworkCidr", remote.ToString()), ct);

    public Task DeleteVpnConnection(string id, CancellationToken ct) =>
        Write("DeleteVpnConnection", new QueryForm().Add("VpnConnectionId", id), ct);

    /// <summary>What the ends of a tunnel negotiated: the proof that it runs the pinned suite.</summary>
    public Task<ActiveVpnTunnelStatus> GetActiveVpnTunnelStatus(string id, Ipv4 outsideAddress, CancellationToken ct) =>
        Read("GetActiveVpnTunnelStatus", new QueryForm()
            .Add("VpnConnectionId", id).Add("VpnTunnelOutsideIpAddress", outsideAddress.ToString()),
            reply => ActiveVpnTunnelStatus.Read(reply.Must("activeVpnTunnelStatus")), ct);

    /// <summary>Whether AWS is about to replace the end of a tunnel.</summary>
    public Task<TunnelMaintenance> GetVpnTunnelReplacementStatus(
        string id, Ipv4 outsideAddress, CancellationToken ct) =>
        Read("GetVpnTunnelReplacementStatus", new QueryForm()
            .Add("VpnConnectionId", id).Add("VpnTunnelOutsideIpAddress", outsideAddress.ToString()),
            reply => TunnelMaintenance.Read(reply.Must("maintenanceDetails")), ct);
}
