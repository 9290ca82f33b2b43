using Sealane.Clouds;
using Sealane.Clouds.Aws;
using Sealane.Core;
using Sealane.Core.Reconcile;

namespace Sealane.Tests.Clouds.Aws;

public class VpnConnectionTests
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    private static string Tunnel(string outside, string inside, string key, string more = "") => $"""
        <item><outsideIpAddress>{outside}</outsideIpAddress><tunnelInsideCidr>{inside}</tunnelInsideCidr><preSharedKey>{key}</preSharedKey>
        <phase1EncryptionAlgorithmSet><item><value>AES256</value></item></phase1EncryptionAlgorithmSet>
        <phase2EncryptionAlgorithmSet><item><value>AES256-GCM-16</value></item></phase2EncryptionAlgorithmSet>
        <phase1IntegrityAlgorithmSet><item><value>SHA2-256</value></item></phase1IntegrityAlgorithmSet>
        <phase2IntegrityAlgorithmSet><item><value>SHA2-256</value></item></phase2IntegrityAlgorithmSet>
        <phase1DHGroupNumberSet><item><value>14</value></item></phase1DHGroupNumberSet>
        <phase2DHGroupNumberSet><item><value>14</value></item></phase2DHGroupNumberSet>
        <ikeVersionSet><item><value>ikev2</value></item></ikeVersionSet>{more}<dpdTimeoutAction>restart</dpdTimeoutAction></item>
        """;

    /// <summary>The published shape, with the tunnels in the other order than asked and the telemetry in yet
    /// another.</summary>
    private static string Vpn(string state = "available", string? key1 = null, string? key2 = null,
        string cgw = "cgw-1", string id = "vpn-1", string second = "169.254.22.0/30") => $"""
        <item><vpnConnectionId>{id}</vpnConnectionId><state>{state}</state>
        <customerGatewayConfiguration>&lt;ike&gt;&lt;pre_shared_key&gt;{Key(1)}&lt;/pre_shared_key&gt;&lt;/ike&gt;</customerGatewayConfiguration>
        <type>ipsec.1</type><customerGatewayId>{cgw}</customerGatewayId><transitGatewayId>tgw-1</transitGatewayId>
        <options><enableAcceleration>false</enableAcceleration><staticRoutesOnly>false</staticRoutesOnly>
        <outsideIpAddressType>PrivateIpv4</outsideIpAddressType><transportTransitGatewayAttachmentId>tgw-attach-dx</transportTransitGatewayAttachmentId>
        <tunnelOptionSet>{Tunnel("10.254.1.80", second, key2 ?? Key(2))}
        {Tunnel("10.254.1.18", "169.254.21.0/30", key1 ?? Key(1))}</tunnelOptionSet></options>
        {Guide.TagSet("sydney-vpn")}<vgwTelemetry>
        <item><acceptedRouteCount>1</acceptedRouteCount><outsideIpAddress>10.254.1.18</outsideIpAddress><status>UP</status><statusMessage>1 BGP ROUTES</statusMessage></item>
        <item><acceptedRouteCount>0</acceptedRouteCount><outsideIpAddress>10.254.1.80</outsideIpAddress><status>DOWN</status><statusMessage>IPSEC IS DOWN</statusMessage></item>
        </vgwTelemetry></item>
        """;

    private static string Key(int tunnel) => Guide.Keys.Tunnel(tunnel).Reveal();

    private static string Attachment(string state = "available") => $"""
        <transitGatewayAttachments><item><transitGatewayAttachmentId>tgw-attach-old</transitGatewayAttachmentId><state>deleted</state></item>
        <item><transitGatewayAttachmentId>tgw-attach-vpn</transitGatewayAttachmentId><transitGatewayId>tgw-1</transitGatewayId>
        <resourceType>vpn</resourceType><resourceId>vpn-1</resourceId><state>{state}</state></item></transitGatewayAttachments>
        """;

    private static Seen Known => new Seen()
        .With("aws/customer-gateway",
            new Ec2CustomerGateway("cgw-1", "available", "10.2.0.6", 65515, null, new Dictionary<string, string>()))
        .With("aws/transit-gateway",
            new Ec2TransitGateway("tgw-1", "available", 65534, ["10.254.1.0/24"], false, false, true,
                new Dictionary<string, string>()))
        .With("aws/dx-association", new DxAssociationPair(null,
            new("tgw-attach-dx", "tgw-1", "direct-connect-gateway", "5f29", "available", null, null,
                new Dictionary<string, string>())));

    private static async Task<(FakeAws Aws, VpnConnection Resource, Ec2VpnConnection? Seen)> Observe(string vpns,
        string? attachment = null)
    {
        var aws = new FakeAws().Ec2("DescribeVpnConnections", $"<vpnConnectionSet>{vpns}</vpnConnectionSet>")
            .Ec2("DescribeTransitGatewayAttachments", attachment ?? Attachment()).Ec2("ModifyVpnTunnelOptions")
                .Ec2("DeleteVpnConnection");
        var resource = aws.The<VpnConnection>();
        return (aws, resource, await resource.Observe(Known, Now));
    }

    private static async Task<Change> Compare(string vpn)
    {
        var (_, resource, seen) = await Observe(vpn);
        return resource.Compare(resource.Derive(Known), seen!);
    }

    [Fact]
    public async Task Outside_addresses_are_found_by_inside_cidr_whatever_the_order()
    {
        var (_, resource, seen) = await Observe(Vpn());
        ITunnelEndpoints endpoints = seen!;
        Assert.Equal("10.254.1.18", endpoints.OutsideAddresses[Prefix.Parse("169.254.21.0/30")].ToString());
        Assert.Equal("10.254.1.80", endpoints.OutsideAddresses[Prefix.Parse("169.254.22.0/30")].ToString());
        Assert.Equal("tgw-attach-vpn", seen!.AttachmentId);
        Assert.True(resource.IsReady(seen));
        var tunnels = TunnelStates.Of([seen]);
        Assert.Equal(["UP 1", "DOWN 0"], tunnels.Tunnels.Select(tunnel => $"{tunnel.Status} {tunnel.AcceptedRoutes}"));
        Assert.False(tunnels.AllUp);
        Assert.False(tunnels.AllDown);
    }

    [Fact]
    public async Task Nothing_differs_from_what_was_ordered_although_defaults_are_absent() =>
        Assert.Equal(ChangeKind.None, (await Compare(Vpn())).Kind);

    [Fact]
    public async Task Another_key_is_changed_in_place_and_never_shown()
    {
        var change = await Compare(Vpn(key2: "visiblekey"));
        Assert.Equal(ChangeKind.InPlace, change.Kind);
        Assert.Equal(["tunnel 2 pre-shared key differs"], change.Differences);
    }

    [Fact]
    public async Task A_key_that_aws_hides_counts_as_right() =>
        Assert.Equal(ChangeKind.None, (await Compare(Vpn(key1: ""))).Kind);

    [Fact]
    public async Task A_tunnel_left_on_all_algorithms_is_pinned_in_place()
    {
        var change = await Compare(Vpn().Replace(
            "<phase1DHGroupNumberSet><item><value>14</value></item></phase1DHGroupNumberSet>", "",
            StringComparison.Ordinal));
        Assert.Equal(["tunnel 1 phase 1 DH group any → 14", "tunnel 2 phase 1 DH group any → 14"], change.Differences);
        Assert.Equal(ChangeKind.InPlace, change.Kind);
    }

    [Theory]
    [InlineData("cgw-other", "169.254.22.0/30")]
    [InlineData("cgw-1", "169.254.99.0/30")]
    public async Task Another_customer_gateway_or_inside_cidr_is_a_new_connection(string cgw, string second) =>
        Assert.Equal(ChangeKind.Replace, (await Compare(Vpn(cgw: cgw, second: second))).Kind);

    [Fact]
    public async Task One_update_changes_one_tunnel()
    {
        var (aws, resource, seen) = await Observe(Vpn(key1: "wrongkey1", key2: "wrongkey2"));
        await resource.Update(resource.Derive(Known), seen!, Now);
        Assert.Equal(["ec2:ModifyVpnTunnelOptions"], aws.Writes);
        Assert.Equal("10.254.1.18", aws.Sent[^1].Form["VpnTunnelOutsideIpAddress"]);
    }

    [Fact]
    public async Task A_deleted_connection_is_gone_only_when_its_attachment_is_gone()
    {
        var (_, resource, leaving) = await Observe(Vpn("deleted"), Attachment("deleting"));
        Assert.Equal("deleting", leaving!.State);
        Assert.True(resource.Seen(leaving).IsLeaving);
        Assert.Null((await Observe(Vpn("deleted"), Attachment("deleted"))).Seen);
    }

    [Fact]
    public async Task Two_connections_of_the_link_stop_the_run()
    {
        var error = await Assert.ThrowsAsync<CloudError>(() => Observe(Vpn() + Vpn(id: "vpn-2")));
        Assert.Equal(CloudErrorKind.Doubtful, error.Kind);
        Assert.Contains("vpn-1, vpn-2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_without_our_tag_is_not_ours()
    {
        var error = await Assert.ThrowsAsync<CloudError>(() => Observe(
            Vpn().Replace("<item><key>sealane</key><value>sydney</value></item>", "", StringComparison.Ordinal)));
        Assert.Contains("was not made by Sealane", error.Message, StringComparison.Ordinal);
        Assert.Contains("sealane adopt", error.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_key_is_in_anything_that_is_printed()
    {
        var (_, resource, seen) = await Observe(Vpn());
        Assert.DoesNotContain(Key(1), $"{seen} {seen!.Tunnels[0]} {seen.Tunnels[1]} {resource.View(seen)}",
            StringComparison.Ordinal);
        Assert.DoesNotContain(Key(1), $"{resource.Derive(Known).Tunnels[0]}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_delete_is_a_success()
    {
        var (_, resource, seen) = await Observe(Vpn());
        var gone = new FakeAws().Ec2Error("DeleteVpnConnection", "InvalidVpnConnectionID.NotFound");
        await gone.The<VpnConnection>().Delete(seen!, Now);
        Assert.Single(gone.Sent);
        Assert.NotNull(resource);
    }
}
