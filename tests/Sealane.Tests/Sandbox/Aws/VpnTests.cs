using System.Text.RegularExpressions;
using System.Xml.Linq;
using System.Xml.XPath;
using Sealane.Core;

namespace Sealane.Tests.Sandbox.Aws;

/// <summary>Customer gateways, VPN connections and their tunnels.</summary>
public partial class VpnTests
{
    private readonly AwsBench _aws = new();

    [Fact]
    public async Task A_customer_gateway_lives_and_an_identical_one_is_the_same()
    {
        const string Parameters = "Type=ipsec.1&BgpAsn=65515&IpAddress=10.2.0.6&DeviceName=azure";
        var reply = _aws.Ec2("CreateCustomerGateway", Parameters);
        var id = reply.Need("customerGateway/customerGatewayId");
        Assert.Equal(("65515", "10.2.0.6", "azure"),
            (reply.Text("customerGateway/bgpAsn"), reply.Text("customerGateway/ipAddress"),
            reply.Text("customerGateway/deviceName")));
        Assert.Equal(id, _aws.Ec2("CreateCustomerGateway", Parameters).Need("customerGateway/customerGatewayId"));
        Assert.NotEqual(id,
            _aws.Ec2("CreateCustomerGateway", Parameters + "2").Need("customerGateway/customerGatewayId"));
        await _aws.Wait(1);
        Assert.Equal("available", _aws.Ec2("DescribeCustomerGateways",
            "Filter.1.Name=ip-address&Filter.1.Value.1=10.2.0.6&Filter.2.Name=bgp-asn&Filter.2.Value.1=65515&Filter.3.Name=type&Filter.3.Value.1=ipsec.1")
            .Need("customerGatewaySet/item/state"));
        Assert.Equal("true", _aws.Ec2("DeleteCustomerGateway", $"CustomerGatewayId={id}").Need("return"));
        await _aws.Wait(1);
        Assert.Equal("deleted",
            _aws.Ec2("DescribeCustomerGateways", $"CustomerGatewayId.1={id}").Need("customerGatewaySet/item/state"));
    }

    [Theory]
    [InlineData("Type=ipsec.1&BgpAsn=0&IpAddress=10.2.0.6", "InvalidParameterValue")]
    [InlineData("Type=ipsec.1&BgpAsn=2147483648&IpAddress=10.2.0.6", "InvalidParameterValue")]
    [InlineData("Type=ipsec.1&BgpAsnExtended=65515&IpAddress=10.2.0.6", "InvalidParameterValue")]
    [InlineData("Type=ipsec.1&BgpAsn=1&BgpAsnExtended=2147483648&IpAddress=10.2.0.6", "InvalidParameterCombination")]
    [InlineData("Type=ipsec.1&BgpAsn=65515&IpAddress=ten", "InvalidParameterValue")]
    [InlineData("Type=ipsec.1&BgpAsn=65515", "MissingParameter")]
    [InlineData("Type=ipsec.2&BgpAsn=65515&IpAddress=10.2.0.6", "InvalidParameterValue")]
    public void A_customer_gateway_that_cannot_be_is_refused(string parameters, string code) =>
        Assert.Equal(code, _aws.Ec2("CreateCustomerGateway", parameters).Code);

    [Fact]
    public void An_extended_asn_is_shown_in_its_own_member()
    {
        var reply = _aws.Ec2("CreateCustomerGateway", "Type=ipsec.1&BgpAsnExtended=4200000000&PublicIp=10.2.0.6");
        Assert.Equal("4200000000", reply.Need("customerGateway/bgpAsnExtended"));
        Assert.Null(reply.Text("customerGateway/bgpAsn"));
    }

    [Fact]
    public async Task A_private_vpn_has_two_ends_inside_the_cidr_that_nobody_could_predict()
    {
        var link = await AwsLink.Vpn(_aws);
        var reply = Describe(link.Vpn);
        Assert.Equal("available", reply.Need("vpnConnectionSet/item/state"));
        Assert.Equal("PrivateIpv4", reply.Need("vpnConnectionSet/item/options/outsideIpAddressType"));
        Assert.Equal(link.Transport, reply.Need("vpnConnectionSet/item/options/transportTransitGatewayAttachmentId"));
        var outside = reply.All("vpnConnectionSet/item/options/tunnelOptionSet/item/outsideIpAddress")
            .Select(Ipv4.Parse).ToList();
        Assert.Equal(2, outside.Distinct().Count());
        Assert.All(outside, address => Assert.True(Prefix.Parse("10.254.1.0/24").Contains(address)));
        Assert.True(Math.Abs((long)outside[0].Value - outside[1].Value) > 1);
        Assert.Equal(["169.254.21.0/30", "169.254.22.0/30"],
            reply.All("vpnConnectionSet/item/options/tunnelOptionSet/item/tunnelInsideCidr").Order());
        var attachment =
            _aws.Ec2("DescribeTransitGatewayAttachments", $"Filter.1.Name=resource-id&Filter.1.Value.1={link.Vpn}");
        Assert.Equal(("vpn", "available"),
            (attachment.Need("transitGatewayAttachments/item/resourceType"),
                attachment.Need("transitGatewayAttachments/item/state")));
    }

    [Fact]
    public async Task Options_keep_the_order_of_the_request_and_the_other_lists_have_their_own()
    {
        var (telemetry, documents) = (new HashSet<bool>(), new HashSet<bool>());
        for (var seed = 0; seed < 12; seed++)
        {
            var aws = new AwsBench(seed: seed);
            var link = await AwsLink.Vpn(aws);
            var reply = aws.Ec2("DescribeVpnConnections", $"VpnConnectionId.1={link.Vpn}");
            Assert.Equal(["169.254.21.0/30", "169.254.22.0/30"],
                reply.All("vpnConnectionSet/item/options/tunnelOptionSet/item/tunnelInsideCidr"));
            var outside = reply.All("vpnConnectionSet/item/options/tunnelOptionSet/item/outsideIpAddress").ToList();
            telemetry.Add(outside.SequenceEqual(reply.All("vpnConnectionSet/item/vgwTelemetry/item/outsideIpAddress")));
            var document = XElement.Parse(reply.Need("vpnConnectionSet/item/customerGatewayConfiguration"));
            documents.Add(outside.SequenceEqual(
                document.XPathSelectElements("ipsec_tunnel/vpn_gateway/tunnel_outside_address/ip_address")
                    .Select(address => address.Value)));
        }
        Assert.Equal((2, 2), (telemetry.Count, documents.Count));
    }

    [Fact]
    public async Task The_configuration_document_tells_the_other_end_everything()
    {
        var link = await AwsLink.Vpn(_aws);
        var text = Describe(link.Vpn).Need("vpnConnectionSet/item/customerGatewayConfiguration");
        var tunnel = XElement.Parse(text).Elements("ipsec_tunnel")
            .Single(t => t.XPathSelectElement("vpn_gateway/tunnel_inside_address/ip_address")!.Value == "169.254.21.1");
        Assert.Equal("169.254.21.2",
            tunnel.XPathSelectElement("customer_gateway/tunnel_inside_address/ip_address")!.Value);
        Assert.Equal("10.2.0.6",
            tunnel.XPathSelectElement("customer_gateway/tunnel_outside_address/ip_address")!.Value);
        Assert.Equal("65534", tunnel.XPathSelectElement("vpn_gateway/bgp/asn")!.Value);
        Assert.Equal("65515", tunnel.XPathSelectElement("customer_gateway/bgp/asn")!.Value);
        Assert.Equal("Secret1234", tunnel.XPathSelectElement("ike/pre_shared_key")!.Value);
    }

    [Fact]
    public async Task What_is_left_at_its_default_is_absent_from_the_reply()
    {
        var link = await AwsLink.Vpn(_aws);
        var tunnel = Describe(link.Vpn).Root.XPathSelectElement("vpnConnectionSet/item/options/tunnelOptionSet/item")!;
        Assert.Equal("AES256", tunnel.XPathSelectElement("phase1EncryptionAlgorithmSet/item/value")!.Value);
        Assert.Equal("14", tunnel.XPathSelectElement("phase2DHGroupNumberSet/item/value")!.Value);
        Assert.Null(tunnel.Element("rekeyFuzzPercentage"));
        Assert.Null(tunnel.Element("phase1LifetimeSeconds"));
    }

    [Fact]
    public async Task With_secrets_manager_the_keys_are_not_shown()
    {
        var (gateway, transport, customer) = await Ready();
        var reply = _aws.Ec2("CreateVpnConnection",
            AwsLink.NewVpn(customer, gateway, transport) + "&PreSharedKeyStorage=SecretsManager");
        Assert.DoesNotContain("Secret1234", reply.Wire.Body, StringComparison.Ordinal);
        Assert.StartsWith("arn:aws:secretsmanager:", reply.Need("vpnConnection/preSharedKeyArn"),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("&Options.TransportTransitGatewayAttachmentId=", "MissingParameter",
        "private tunnels need their transport")]
    [InlineData("&Options.OutsideIpAddressType=PublicIpv4", "InvalidParameterCombination",
        "public ones must not name one")]
    [InlineData("&Options.OutsideIpAddressType=Other", "InvalidParameterValue", "no such type")]
    [InlineData("&Options.EnableAcceleration=true", "InvalidParameterCombination",
        "no acceleration with private addresses")]
    [InlineData("&Options.TransportTransitGatewayAttachmentId=tgw-attach-0123456789abcdef0",
        "InvalidTransitGatewayAttachmentID.NotFound", "unknown transport")]
    [InlineData("&TransitGatewayId=tgw-0123456789abcdef0", "InvalidTransitGatewayID.NotFound", "unknown gateway")]
    [InlineData("&CustomerGatewayId=cgw-0123456789abcdef0", "InvalidCustomerGatewayID.NotFound",
        "unknown customer gateway")]
    [InlineData("&Type=ipsec.2", "InvalidParameterValue", "no such type")]
    [InlineData("&Options.TunnelOptions.1.TunnelInsideCidr=169.254.0.0/30", "InvalidParameterValue", "AWS keeps it")]
    [InlineData("&Options.TunnelOptions.1.TunnelInsideCidr=169.254.21.0/29", "InvalidParameterValue", "not a /30")]
    [InlineData("&Options.TunnelOptions.1.TunnelInsideCidr=10.0.0.0/30", "InvalidParameterValue", "not link-local")]
    [InlineData("&Options.TunnelOptions.1.TunnelInsideCidr=169.254.21.1/30", "InvalidParameterValue", "host bits")]
    [InlineData("&Options.TunnelOptions.1.PreSharedKey=short", "InvalidParameterValue", "eight characters at least")]
    [InlineData("&Options.TunnelOptions.1.PreSharedKey=0leading-zero", "InvalidParameterValue", "not zero first")]
    [InlineData("&Options.TunnelOptions.1.PreSharedKey=has+plus+sign", "InvalidParameterValue", "no plus")]
    [InlineData("&Options.TunnelOptions.1.Phase1EncryptionAlgorithm.1.Value=DES", "InvalidParameterValue",
        "unknown algorithm")]
    [InlineData("&Options.TunnelOptions.1.Phase1DHGroupNumber.1.Value=5", "InvalidParameterValue",
        "group 5 is for phase 2 only")]
    [InlineData("&Options.TunnelOptions.1.IKEVersion.1.Value=ikev3", "InvalidParameterValue", "unknown version")]
    [InlineData("&Options.TunnelOptions.1.Phase1LifetimeSeconds=899", "InvalidParameterValue", "too short")]
    [InlineData("&Options.TunnelOptions.1.Phase2LifetimeSeconds=3601", "InvalidParameterValue", "too long")]
    [InlineData(
        "&Options.TunnelOptions.1.Phase1LifetimeSeconds=3600&Options.TunnelOptions.1.Phase2LifetimeSeconds=3600",
        "InvalidParameterValue", "phase 2 must be shorter")]
    [InlineData("&Options.TunnelOptions.1.RekeyMarginTimeSeconds=1801", "InvalidParameterValue",
        "half of phase 2 at most")]
    [InlineData("&Options.TunnelOptions.1.DPDTimeoutSeconds=29", "InvalidParameterValue", "thirty at least")]
    [InlineData("&Options.TunnelOptions.1.DPDTimeoutAction=panic", "InvalidParameterValue", "unknown action")]
    [InlineData("&Options.TunnelOptions.1.StartupAction=wait", "InvalidParameterValue", "unknown action")]
    [InlineData("&Options.TunnelOptions.3.StartupAction=add", "InvalidParameterValue", "two tunnels at most")]
    [InlineData("&Options.TunnelOptions.1.Phase1Encryption.1.Value=AES256", "UnknownParameter", "misspelt")]
    public async Task A_vpn_connection_that_cannot_be_is_refused(string changed, string code, string reason)
    {
        var (gateway, transport, customer) = await Ready();
        var names = changed.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')[0])
            .ToHashSet();
        var parameters = string.Join('&',
            AwsLink.NewVpn(customer, gateway, transport).Split('&').Where(p => !names.Contains(p.Split('=')[0])));
        var reply = _aws.Ec2("CreateVpnConnection", parameters + changed);
        Assert.True(code == reply.Code, $"{reason}: {reply.Wire.Body}");
        Assert.Empty(_aws.State.VpnConnections);
        Assert.DoesNotContain(_aws.State.Attachments, a => a.ResourceType == "vpn");
    }

    [Fact]
    public async Task A_refused_key_is_not_repeated()
    {
        var (gateway, transport, customer) = await Ready();
        var reply = _aws.Ec2("CreateVpnConnection", AwsLink.NewVpn(customer, gateway, transport, "bad+key+bad"));
        Assert.Equal("Value for parameter PreSharedKey is invalid.", reply.Message);
    }

    [Fact]
    public async Task The_customer_gateway_must_differ_from_the_transit_gateway_and_be_private()
    {
        var (gateway, transport, _) = await Ready();
        var same = _aws.Ec2("CreateCustomerGateway", "Type=ipsec.1&BgpAsn=65534&IpAddress=10.2.0.7")
            .Need("customerGateway/customerGatewayId");
        var open = await AwsLink.CustomerGateway(_aws, "20.53.1.1");
        Assert.Equal("AsnConflict", _aws.Ec2("CreateVpnConnection", AwsLink.NewVpn(same, gateway, transport)).Code);
        Assert.Equal("InvalidParameterValue",
            _aws.Ec2("CreateVpnConnection", AwsLink.NewVpn(open, gateway, transport)).Code);
        var vpc = await AwsLink.VpcAttachment(_aws, gateway);
        var customer = await AwsLink.CustomerGateway(_aws, "10.2.0.9");
        Assert.Equal("InvalidParameterValue",
            _aws.Ec2("CreateVpnConnection", AwsLink.NewVpn(customer, gateway, vpc)).Code);
    }

    [Fact]
    public async Task What_is_not_said_about_a_tunnel_is_left_to_aws()
    {
        var (gateway, _, customer) = await Ready();
        var reply = _aws.Ec2("CreateVpnConnection",
            $"Type=ipsec.1&CustomerGatewayId={customer}&TransitGatewayId={gateway}");
        Assert.Equal(2, reply.All("vpnConnection/options/tunnelOptionSet/item/tunnelInsideCidr").Distinct().Count());
        Assert.All(reply.All("vpnConnection/options/tunnelOptionSet/item/preSharedKey"),
            key => Assert.Matches("^[A-Za-z1-9._][A-Za-z0-9._]{7,63}$", key));
        Assert.Equal("PublicIpv4", reply.Text("vpnConnection/options/outsideIpAddressType"));
    }

    [Fact]
    public void Ids_look_like_the_real_ones()
    {
        var id = _aws.Ec2("CreateCustomerGateway", "Type=ipsec.1&BgpAsn=65515&IpAddress=10.2.0.6")
            .Need("customerGateway/customerGatewayId");
        Assert.Matches(new Regex("^cgw-[0-9a-f]{17}$"), id);
        Assert.Equal(id, new AwsBench().Ec2("CreateCustomerGateway", "Type=ipsec.1&BgpAsn=65515&IpAddress=10.2.0.6")
            .Need("customerGateway/customerGatewayId"));
        Assert.NotEqual(id,
            new AwsBench(seed: 2).Ec2("CreateCustomerGateway", "Type=ipsec.1&BgpAsn=65515&IpAddress=10.2.0.6")
            .Need("customerGateway/customerGatewayId"));
    }

    private async Task<(string Gateway, string Transport, string Customer)> Ready()
    {
        var gateway = await AwsLink.TransitGateway(_aws);
        var (_, transport) = await AwsLink.Associate(_aws, await AwsLink.DxGateway(_aws), gateway);
        return (gateway, transport, await AwsLink.CustomerGateway(_aws));
    }

    private Ec2Reply Describe(string id) => _aws.Ec2("DescribeVpnConnections", $"VpnConnectionId.1={id}");
}
