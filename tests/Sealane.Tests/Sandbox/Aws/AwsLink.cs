namespace Sealane.Tests.Sandbox.Aws;

/// <summary>The AWS half of the guide, step by step, for tests that begin further on.</summary>
internal static class AwsLink
{
    public const string Suite =
        "Phase1EncryptionAlgorithm.1.Value=AES256&Phase1IntegrityAlgorithm.1.Value=SHA2-256&Phase1DHGroupNumber.1.Value=14"
        + "&Phase2EncryptionAlgorithm.1.Value=AES256-GCM-16&Phase2IntegrityAlgorithm.1.Value=SHA2-256&Phase2DHGroupNumber.1.Value=14"
        + "&IKEVersion.1.Value=ikev2&StartupAction=start";

    public static async Task<string> TransitGateway(AwsBench aws, string more = "")
    {
        var id = aws.Ec2("CreateTransitGateway",
            "Options.AmazonSideAsn=65534&Options.DefaultRouteTableAssociation=disable&Options.DefaultRouteTablePropagation=disable"
            + "&Options.TransitGatewayCidrBlocks.1=10.254.1.0/24&TagSpecification.1.ResourceType=transit-gateway"
            + "&TagSpecification.1.Tag.1.Key=Name&TagSpecification.1.Tag.1.Value=tgw" + more)
                .Need("transitGateway/transitGatewayId");
        await aws.Wait(2);
        return id;
    }

    public static async Task<string> DxGateway(AwsBench aws, string name = "dxgw", long asn = 64550)
    {
        var id = aws.Dx("CreateDirectConnectGateway",
            $"{{'directConnectGatewayName':'{name}','amazonSideAsn':{AwsBench.Number(asn)}}}")
            .Need("directConnectGateway/directConnectGatewayId");
        await aws.Wait(1);
        return id;
    }

    /// <summary>The association and the attachment that comes with it, both usable.</summary>
    public static async Task<(string Association, string Attachment)> Associate(AwsBench aws, string dxGateway,
        string transitGateway)
    {
        var id = aws.Dx("CreateDirectConnectGatewayAssociation",
            $"{{'directConnectGatewayId':'{dxGateway}','gatewayId':'{transitGateway}',"
            + "'addAllowedPrefixesToDirectConnectGateway':[{'cidr':'10.254.1.0/24'}]}")
            .Need("directConnectGatewayAssociation/associationId");
        await aws.Wait(16);
        return (id, aws.State.DxAssociations.Single(a => a.Id == id).AttachmentId);
    }

    public static async Task<string> RouteTable(AwsBench aws, string transitGateway, string name)
    {
        var id = aws.Ec2("CreateTransitGatewayRouteTable",
            $"TransitGatewayId={transitGateway}&TagSpecifications.1.ResourceType=transit-gateway-route-table"
            + $"&TagSpecifications.1.Tag.1.Key=Name&TagSpecifications.1.Tag.1.Value={name}")
            .Need("transitGatewayRouteTable/transitGatewayRouteTableId");
        await aws.Wait(1);
        return id;
    }

    public static async Task<string> VpcAttachment(AwsBench aws, string transitGateway)
    {
        var subnets = aws.State.Subnets.Select((s, index) => $"&SubnetIds.{AwsBench.Number(index + 1)}={s.Id}");
        var id = aws.Ec2("CreateTransitGatewayVpcAttachment",
            $"TransitGatewayId={transitGateway}&VpcId={AwsBench.Vpc}{string.Concat(subnets)}")
            .Need("transitGatewayVpcAttachment/transitGatewayAttachmentId");
        await aws.Wait(3);
        return id;
    }

    public static async Task<string> Connection(AwsBench aws, int vlan = 331)
    {
        var id = aws.State.OfferHostedConnection(aws.World, AwsBench.Account, "sydney-aws", AwsBench.Region, "EqSY3",
            50, vlan);
        _ = aws.Dx("ConfirmConnection", $"{{'connectionId':'{id}'}}").Need("connectionState");
        await aws.Wait(6);
        return id;
    }

    public static string NewVif(string connection, string dxGateway, string changed = "") =>
        $"{{'connectionId':'{connection}','newTransitVirtualInterface':{{'virtualInterfaceName':'vif','vlan':331,'asn':133937,"
        + "'authKey':'secret-key','amazonAddress':'192.168.100.2/30','customerAddress':'192.168.100.1/30',"
        + $"'directConnectGatewayId':'{dxGateway}'{changed}}}}}";

    public static async Task<string> Vif(AwsBench aws, string connection, string dxGateway)
    {
        var id = aws.Dx("CreateTransitVirtualInterface", NewVif(connection, dxGateway))
            .Need("virtualInterface/virtualInterfaceId");
        await aws.Wait(7);
        return id;
    }

    public static async Task<string> CustomerGateway(AwsBench aws, string address = "10.2.0.6")
    {
        var id = aws.Ec2("CreateCustomerGateway", $"Type=ipsec.1&BgpAsn=65515&IpAddress={address}")
            .Need("customerGateway/customerGatewayId");
        await aws.Wait(1);
        return id;
    }

    /// <summary>CreateVpnConnection of the guide; both tunnels pinned.</summary>
    public static string NewVpn(string customerGateway, string transitGateway, string transport,
        string psk = "Secret1234") =>
        $"Type=ipsec.1&CustomerGatewayId={customerGateway}&TransitGatewayId={transitGateway}&Options.OutsideIpAddressType=PrivateIpv4"
        + $"&Options.TransportTransitGatewayAttachmentId={transport}&Options.StaticRoutesOnly=false"
            + Tunnel(1, "169.254.21.0/30", psk)
        + Tunnel(2, "169.254.22.0/30", psk);

    public static string Tunnel(int number, string inside, string psk) =>
        string.Concat($"TunnelInsideCidr={inside}&PreSharedKey={psk}&{Suite}".Split('&')
            .Select(option => $"&Options.TunnelOptions.{AwsBench.Number(number)}.{option}"));

    /// <summary>Everything up to a VPN connection that is available.</summary>
    public static async Task<(string TransitGateway, string Vpn, string Association, string Transport,
        string CustomerGateway, string DxGateway)>
        Vpn(AwsBench aws)
    {
        var transitGateway = await TransitGateway(aws);
        var dxGateway = await DxGateway(aws);
        var (association, transport) = await Associate(aws, dxGateway, transitGateway);
        var customerGateway = await CustomerGateway(aws);
        var vpn = aws.Ec2("CreateVpnConnection", NewVpn(customerGateway, transitGateway, transport))
            .Need("vpnConnection/vpnConnectionId");
        await aws.Wait(8);
        return (transitGateway, vpn, association, transport, customerGateway, dxGateway);
    }
}
