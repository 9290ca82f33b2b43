using System.Xml.XPath;

namespace Sealane.Tests.Sandbox.Aws;

/// <summary>What the tunnels do, what can be changed of a connection, and how it goes.</summary>
public partial class VpnTests
{
    [Theory]
    [InlineData(false, false, 0, "DOWN", "IPSEC IS DOWN")]
    [InlineData(true, false, 0, "DOWN", "IPSEC IS UP")]
    [InlineData(true, true, 3, "UP", "3 BGP ROUTES")]
    public async Task Telemetry_says_what_the_network_does(bool ipsec, bool bgp, int routes, string status,
        string message)
    {
        var link = await AwsLink.Vpn(_aws);
        var outside = _aws.State.VpnConnections.Single().Tunnels[0].OutsideAddress;
        _aws.Net.Tunnels[outside] = new(ipsec, bgp, AwsBench.Start.AddHours(1), routes);
        var item = Describe(link.Vpn)
            .Root.XPathSelectElement($"vpnConnectionSet/item/vgwTelemetry/item[outsideIpAddress='{outside}']")!;
        Assert.Equal((status, message, "2026-11-22T13:00:00.000Z"),
            (item.Element("status")!.Value, item.Element("statusMessage")!.Value,
                item.Element("lastStatusChange")!.Value));
        Assert.Equal(AwsBench.Number(routes), item.Element("acceptedRouteCount")!.Value);
    }

    [Fact]
    public async Task The_negotiated_suite_is_told_once_the_tunnel_is_up()
    {
        var link = await AwsLink.Vpn(_aws);
        var outside = _aws.State.VpnConnections.Single().Tunnels[0].OutsideAddress;
        Ec2Reply Status() =>
            _aws.Ec2("GetActiveVpnTunnelStatus", $"VpnConnectionId={link.Vpn}&VpnTunnelOutsideIpAddress={outside}");
        Assert.Equal("available", Status().Need("activeVpnTunnelStatus/provisioningStatus"));
        Assert.Null(Status().Text("activeVpnTunnelStatus/ikeVersion"));
        _aws.Net.Tunnels[outside] = new(true, true, AwsBench.Start, 1);
        Assert.Equal(("ikev2", "AES256-GCM-16", "14"), (Status().Text("activeVpnTunnelStatus/ikeVersion"),
            Status().Text("activeVpnTunnelStatus/phase2EncryptionAlgorithm"),
            Status().Text("activeVpnTunnelStatus/phase2DHGroup")));
        _aws.Net.Tunnels[outside] = new(true, true, AwsBench.Start, 1)
        {
            Suite = new("ikev2", "AES256", "SHA2-384", 20, "AES256", "SHA2-256", null),
        };
        Assert.Equal(("20", "SHA2-384", "AES256"), (Status().Text("activeVpnTunnelStatus/phase1DHGroup"),
            Status().Text("activeVpnTunnelStatus/phase1IntegrityAlgorithm"),
            Status().Text("activeVpnTunnelStatus/phase2EncryptionAlgorithm")));
        Assert.Null(Status().Text("activeVpnTunnelStatus/phase2DHGroup"));
        Assert.Equal("InvalidParameterValue",
            _aws.Ec2("GetActiveVpnTunnelStatus", $"VpnConnectionId={link.Vpn}&VpnTunnelOutsideIpAddress=10.0.0.1")
                .Code);
    }

    [Fact]
    public async Task A_change_of_one_tunnel_takes_that_tunnel_down_and_keeps_its_address()
    {
        var link = await AwsLink.Vpn(_aws);
        var tunnel = _aws.State.VpnConnections.Single().Tunnels[0];
        _aws.Net.Tunnels[tunnel.OutsideAddress] = new(true, true, AwsBench.Start, 1);
        var change =
            $"VpnConnectionId={link.Vpn}&VpnTunnelOutsideIpAddress={tunnel.OutsideAddress}&TunnelOptions.PreSharedKey=Another12345";
        Assert.Equal("modifying", _aws.Ec2("ModifyVpnTunnelOptions", change).Need("vpnConnection/state"));
        Assert.True(tunnel.Replacing);
        Assert.False(_aws.State.VpnConnections.Single().Tunnels[1].Replacing);
        Assert.Null(Describe(link.Vpn)
            .Text($"vpnConnectionSet/item/vgwTelemetry/item[outsideIpAddress='{tunnel.OutsideAddress}' and "
            + $"status='UP']"));
        Assert.Equal("IncorrectState", _aws.Ec2("ModifyVpnTunnelOptions", change).Code);
        await _aws.Wait(11);
        Assert.Equal("available", Describe(link.Vpn).Need("vpnConnectionSet/item/state"));
        Assert.False(tunnel.Replacing);
        Assert.Equal(("Another12345", "169.254.21.0/30", 14),
            (tunnel.Options.PreSharedKey, tunnel.Options.InsideCidr, tunnel.Options.Phase1DhGroups[0]));
    }

    [Fact]
    public async Task Other_changes_of_a_connection_work_too()
    {
        var link = await AwsLink.Vpn(_aws);
        var other = await AwsLink.CustomerGateway(_aws, "10.2.0.7");
        Assert.Equal(other, _aws.Ec2("ModifyVpnConnection", $"VpnConnectionId={link.Vpn}&CustomerGatewayId={other}")
            .Need("vpnConnection/customerGatewayId"));
        await _aws.Wait(11);
        Assert.Equal("10.1.0.0/16",
            _aws.Ec2("ModifyVpnConnectionOptions",
                $"VpnConnectionId={link.Vpn}&RemoteIpv4NetworkCidr=10.1.0.0/16&TunnelBandwidth=large")
            .Need("vpnConnection/options/remoteIpv4NetworkCidr"));
        await _aws.Wait(11);
        var outside = _aws.State.VpnConnections.Single().Tunnels[1].OutsideAddress;
        var tunnel = $"VpnConnectionId={link.Vpn}&VpnTunnelOutsideIpAddress={outside}";
        Assert.Equal("none", Pending());
        _aws.State.VpnConnections.Single().Tunnels[1].MaintenanceAfter = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
        Assert.Equal("available", Pending());
        Assert.StartsWith("2026-03-01T00:00:00", _aws.Ec2("GetVpnTunnelReplacementStatus", tunnel)
            .Need("maintenanceDetails/maintenanceAutoAppliedAfter"), StringComparison.Ordinal);
        Assert.Equal("true", _aws.Ec2("ReplaceVpnTunnel", tunnel + "&ApplyPendingMaintenance=true").Need("return"));
        await _aws.Wait(11);
        Assert.Equal("none", Pending());
        Assert.NotNull(_aws.Ec2("GetVpnTunnelReplacementStatus", tunnel)
            .Need("maintenanceDetails/lastMaintenanceApplied"));
        Assert.Contains(outside,
            _aws.Ec2("GetVpnConnectionDeviceSampleConfiguration",
                $"VpnConnectionId={link.Vpn}&VpnConnectionDeviceTypeId=5fb390ba")
            .Need("vpnConnectionDeviceSampleConfiguration"), StringComparison.Ordinal);
        Assert.Equal("InvalidParameterCombination",
            _aws.Ec2("ModifyVpnTunnelOptions", tunnel + "&SkipTunnelReplacement=true").Code);
        Assert.Equal("available", _aws.Ec2("ModifyVpnTunnelOptions",
            tunnel + "&SkipTunnelReplacement=true&TunnelOptions.EnableTunnelLifecycleControl=true")
                .Need("vpnConnection/state"));

        string Pending() => _aws.Ec2("GetVpnTunnelReplacementStatus", tunnel)
            .Need("maintenanceDetails/pendingMaintenance");
    }

    [Theory]
    [InlineData("state", "available")]
    [InlineData("option.static-routes-only", "false")]
    [InlineData("bgp-asn", "65515")]
    [InlineData("type", "ipsec.1")]
    [InlineData("customer-gateway-configuration", "*169.254.21.1*")]
    public async Task Every_documented_filter_of_connections_works(string filter, string value)
    {
        await AwsLink.Vpn(_aws);
        Assert.Single(_aws.Ec2("DescribeVpnConnections", $"Filter.1.Name={filter}&Filter.1.Value.1={value}")
            .All("vpnConnectionSet/item"));
        Assert.Empty(_aws.Ec2("DescribeVpnConnections", $"Filter.1.Name={filter}&Filter.1.Value.1=no")
            .All("vpnConnectionSet/item"));
    }

    [Fact]
    public async Task A_deleted_connection_frees_its_customer_gateway_and_its_transport()
    {
        var link = await AwsLink.Vpn(_aws);
        var inUse = _aws.Ec2("DeleteCustomerGateway", $"CustomerGatewayId={link.CustomerGateway}");
        Assert.Equal(("IncorrectState", "The customer gateway is in use."), (inUse.Code, inUse.Message));
        Assert.Equal("DirectConnectClientException",
            _aws.Dx("DeleteDirectConnectGatewayAssociation", $"{{'associationId':'{link.Association}'}}").Type);
        Assert.Equal("true", _aws.Ec2("DeleteVpnConnection", $"VpnConnectionId={link.Vpn}").Need("return"));
        Assert.Equal("deleting",
            _aws.Ec2("DescribeTransitGatewayAttachments", $"Filter.1.Name=resource-id&Filter.1.Value.1={link.Vpn}")
            .Need("transitGatewayAttachments/item/state"));
        await _aws.Wait(6);
        var gone = Describe(link.Vpn);
        Assert.Equal("deleted", gone.Need("vpnConnectionSet/item/state"));
        Assert.Null(gone.Text("vpnConnectionSet/item/customerGatewayConfiguration"));
        Assert.Equal("InvalidVpnConnectionID.NotFound",
            _aws.Ec2("DeleteVpnConnection", $"VpnConnectionId={link.Vpn}").Code);
        Assert.Equal(200, _aws.Ec2("DeleteCustomerGateway", $"CustomerGatewayId={link.CustomerGateway}").Status);
        Assert.Equal(200,
            _aws.Dx("DeleteDirectConnectGatewayAssociation", $"{{'associationId':'{link.Association}'}}").Status);
    }
}
