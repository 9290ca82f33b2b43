"""Every object of the link, read by the foreign clients with their own models, and held against what the spec asks."""
from by_hand import ByHand, GROUP, REGION, TGW_CIDR, VNET_CIDR, VPC, VPC_CIDR
from clients.count import attempt, check, equal


def read_all(sandbox, aws, js, megaport):
    ids = {row["id"]: row["cloudId"] for row in sandbox.sealane_json("status")["objects"]}
    for part, *clients in ((direct_connect, aws, js, ids), (transit_gateway, aws, js, ids), (vpn, aws, js, ids),
                           (mcr_and_vxcs, js, megaport, ids), (azure, js), (routes_of_azure, js)):
        attempt(part, *clients)
    return ids


def has_tags(tags, name, what):
    seen = {tag.get("Key", tag.get("key")): tag.get("Value", tag.get("value")) for tag in tags}
    equal((seen.get("Name"), seen.get("sealane")), (name, "sydney"), f"{what}: tags")


def direct_connect(aws, js, ids):
    identity = js.aws("sts", "GetCallerIdentity")
    equal(identity["Account"], "111122223333", "sts: account")
    equal(aws("sts", "get-caller-identity")["Arn"], identity["Arn"], "sts: both clients are the same caller")
    gateway, = js.aws("directconnect", "DescribeDirectConnectGateways", directConnectGatewayId=ids["aws/dx-gateway"])["directConnectGateways"]
    equal((gateway["directConnectGatewayName"], gateway["amazonSideAsn"], gateway["directConnectGatewayState"]),
          ("sydney-dxgw", 64550, "available"), "Direct Connect gateway")
    associations = aws("directconnect", "describe-direct-connect-gateway-associations", "--direct-connect-gateway-id", ids["aws/dx-gateway"])
    association, = associations["directConnectGatewayAssociations"]
    equal(([p["cidr"] for p in association["allowedPrefixesToDirectConnectGateway"]], association["associatedGateway"]["type"]),
          ([TGW_CIDR], "transitGateway"), "association: allowed prefixes")
    connection, = js.aws("directconnect", "DescribeConnections", connectionId=ids["aws/hosted-connection"])["connections"]
    equal((connection["connectionState"], connection["bandwidth"], connection["partnerName"]), ("available", "50Mbps", "Megaport"), "connection")
    vif, = aws("directconnect", "describe-virtual-interfaces", "--virtual-interface-id", ids["aws/transit-vif"])["virtualInterfaces"]
    equal((vif["virtualInterfaceType"], vif["asn"], vif["amazonAddress"], vif["customerAddress"], vif["mtu"], vif["vlan"]),
          ("transit", 133937, "192.168.100.2/30", "192.168.100.1/30", 1500, connection["vlan"]), "transit VIF")
    equal(vif["bgpPeers"][0]["bgpStatus"], "up", "transit VIF: BGP")
    has_tags(vif["tags"], "sydney-vif", "transit VIF")
    attachment, = js.aws("directconnect", "DescribeDirectConnectGatewayAttachments",
                         directConnectGatewayId=ids["aws/dx-gateway"])["directConnectGatewayAttachments"]
    equal((attachment["attachmentState"], attachment["virtualInterfaceId"]), ("attached", ids["aws/transit-vif"]), "VIF at the gateway")


def transit_gateway(aws, js, ids):
    gateway, = js.aws("ec2", "DescribeTransitGateways", TransitGatewayIds=[ids["aws/transit-gateway"]])["TransitGateways"]
    options = gateway["Options"]
    equal((options["AmazonSideAsn"], options["TransitGatewayCidrBlocks"], options["DefaultRouteTableAssociation"],
           options["DefaultRouteTablePropagation"]), (65534, [TGW_CIDR], "disable", "disable"), "transit gateway options")
    has_tags(gateway["Tags"], "sydney-tgw", "transit gateway")
    attachment, = aws("ec2", "describe-transit-gateway-vpc-attachments", "--filters", f"Name=vpc-id,Values={VPC}",
                      "Name=state,Values=available")["TransitGatewayVpcAttachments"]
    equal(attachment["TransitGatewayAttachmentId"], ids["aws/vpc-attachment"], "VPC attachment")
    tables = {table["TransitGatewayRouteTableId"]: table for table in js.aws(
        "ec2", "DescribeTransitGatewayRouteTables", Filters=[{"Name": "transit-gateway-id", "Values": [ids["aws/transit-gateway"]]},
                                                             {"Name": "tag:sealane", "Values": ["sydney"]}])["TransitGatewayRouteTables"]}
    equal(set(tables), {ids["aws/workload-route-table"], ids["aws/transport-route-table"]}, "the link's two route tables")
    of_table = {}
    for table in tables:
        rows = js.aws("ec2", "GetTransitGatewayRouteTableAssociations", TransitGatewayRouteTableId=table).get("Associations", [])
        of_table[table] = {row["ResourceType"] for row in rows}
    equal(of_table, {ids["aws/workload-route-table"]: {"vpc", "vpn"}, ids["aws/transport-route-table"]: {"direct-connect-gateway"}},
          "lock d: who belongs to which table")
    propagating = aws("ec2", "get-transit-gateway-route-table-propagations", "--transit-gateway-route-table-id",
                      ids["aws/workload-route-table"])["TransitGatewayRouteTablePropagations"]
    equal({row["ResourceType"] for row in propagating}, {"vpc", "vpn"}, "lock d: who announces into the workload table")
    found = js.aws("ec2", "SearchTransitGatewayRoutes", TransitGatewayRouteTableId=ids["aws/workload-route-table"],
                   Filters=[{"Name": "route-search.exact-match", "Values": [VNET_CIDR]}])["Routes"]
    equal([(route["State"], route["Type"], route["TransitGatewayAttachments"][0]["ResourceType"]) for route in found],
          [("active", "propagated", "vpn")], "the VNet is behind the VPN")
    main = aws("ec2", "describe-route-tables", "--filters", f"Name=vpc-id,Values={VPC}", f"Name=route.destination-cidr-block,Values={VNET_CIDR}")
    check(main["RouteTables"] and all(any(route.get("TransitGatewayId") == ids["aws/transit-gateway"] and route["State"] == "active"
                                          for route in table["Routes"]) for table in main["RouteTables"]), "routes of the VPC to the VNet")
    vpc, = js.aws("ec2", "DescribeVpcs", VpcIds=[VPC])["Vpcs"]
    equal(vpc["CidrBlock"], VPC_CIDR, "VPC")
    equal(len(js.aws("ec2", "DescribeSubnets", Filters=[{"Name": "vpc-id", "Values": [VPC]}])["Subnets"]) >= 2, True, "subnets")


def vpn(aws, js, ids):
    customer, = aws("ec2", "describe-customer-gateways", "--customer-gateway-ids", ids["aws/customer-gateway"])["CustomerGateways"]
    equal((customer["BgpAsn"], customer["IpAddress"], customer["State"], customer["Type"]), ("65515", "10.2.0.6", "available", "ipsec.1"), "customer gateway")
    connection, = js.aws("ec2", "DescribeVpnConnections", Filters=[{"Name": "tag:Name", "Values": ["sydney-vpn"]}])["VpnConnections"]
    equal((connection["VpnConnectionId"], connection["State"], connection["Options"]["OutsideIpAddressType"]),
          (ids["aws/vpn-connection"], "available", "PrivateIpv4"), "VPN connection")
    for tunnel in connection["Options"]["TunnelOptions"]:
        equal(([v["Value"] for v in tunnel["IkeVersions"]], [v["Value"] for v in tunnel["Phase2EncryptionAlgorithms"]],
               [v["Value"] for v in tunnel["Phase1DHGroupNumbers"]], tunnel["StartupAction"]), (["ikev2"], ["AES256-GCM-16"], [14], "start"),
              f"tunnel {tunnel['TunnelInsideCidr']}: pinned suite")
    equal([row["Status"] for row in connection["VgwTelemetry"]], ["UP", "UP"], "tunnels")
    check("<ipsec_tunnel>" in connection["CustomerGatewayConfiguration"], "the configuration for the customer's device")
    status = js.aws("ec2", "GetActiveVpnTunnelStatus", VpnConnectionId=ids["aws/vpn-connection"],
                    VpnTunnelOutsideIpAddress=connection["VgwTelemetry"][0]["OutsideIpAddress"])["ActiveVpnTunnelStatus"]
    equal((status["IkeVersion"], status["Phase1EncryptionAlgorithm"]), ("ikev2", "AES256"), "negotiated suite")


def mcr_and_vxcs(js, megaport, ids):
    mcr, = [p for p in megaport("GET", "/v2/products") if p["productUid"] == ids["megaport/mcr"]]
    equal((mcr["productName"], mcr["provisioningStatus"], mcr["portSpeed"], mcr["locationId"]), ("sydney-mcr", "LIVE", 1000, 2), "MCR")
    equal({vxc["productUid"] for vxc in mcr["associatedVxcs"]}, {ids["megaport/aws-vxc"], ids["megaport/azure-vxc"]}, "VXCs in the list")
    lists = {row["id"]: row["description"] for row in megaport("GET", "/v2/product/mcr2/{mcr}/prefixLists", shape={"mcr": mcr["productUid"]})}
    equal(set(lists.values()), {f"sydney {name}" for name in ("AWS-Import", "AWS-Export", "Azure-Import", "Azure-Export")}, "prefix filter lists")
    endpoints = {t["OutsideIpAddress"] for t in js.aws("ec2", "DescribeVpnConnections", VpnConnectionIds=[ids["aws/vpn-connection"]])
                 ["VpnConnections"][0]["Options"]["TunnelOptions"]}
    wanted = {"AWS-Import": endpoints, "Azure-Export": endpoints, "AWS-Export": {"10.2.0.6"}, "Azure-Import": {"10.2.0.6"}}
    for number, description in lists.items():
        entries = megaport("GET", "/v2/product/mcr2/{mcr}/prefixList/{id}", shape={"mcr": mcr["productUid"], "id": number})["entries"]
        equal({(e["action"], e["prefix"]) for e in entries}, {("permit", f"{a}/32") for a in wanted[description.removeprefix("sydney ")]}, description)
    for key, cloud in (("megaport/aws-vxc", "AWS"), ("megaport/azure-vxc", "Azure")):
        vxc = megaport.product(ids[key])
        equal((vxc["provisioningStatus"], vxc["rateLimit"], vxc["aEnd"]["productUid"]), ("LIVE", 50, mcr["productUid"]), key)
        session = ByHand.csp(vxc, "VROUTER")["interfaces"][0]["bgpConnections"]
        session = session if isinstance(session, dict) else session[0]
        equal((lists[session["importWhitelist"]], lists[session["exportWhitelist"]]), (f"sydney {cloud}-Import", f"sydney {cloud}-Export"), f"{key}: filters")
        tags = megaport("GET", "/v2/product/{uid}/tags", shape={"uid": ids[key]})["resourceTags"]
        equal([tag["value"] for tag in tags if tag["key"] == "sealane"], ["sydney"], f"{key}: tag")
    for peer, prefixes in (("192.168.100.2", {"10.2.0.6/32"}), ("192.168.101.2", {f"{a}/32" for a in endpoints})):
        rows = megaport.looking_glass(mcr["productUid"], "bgp/neighbor", direction="ADVERTISED", peer_ip_address=peer)
        equal({row["prefix"] for row in rows}, prefixes, f"announced to {peer}")


def azure(js):
    """Both generations of the client read the same; the newer one asks with a newer api-version."""
    names = [("expressRouteCircuits", "sydney-er"), ("virtualNetworkGateways", "sydney-ergw"), ("virtualNetworkGateways", "sydney-vpngw"),
             ("publicIPAddresses", "sydney-vpngw-ip"), ("localNetworkGateways", "sydney-lng-1"), ("localNetworkGateways", "sydney-lng-2"),
             ("virtualNetworkGatewayConnections", "sydney-er-connection"), ("virtualNetworkGatewayConnections", "sydney-tunnel-1"),
             ("virtualNetworkGatewayConnections", "sydney-tunnel-2"), ("virtualNetworks", "vnet-app")]
    older, newer = (js.many(*[js.arm_request(client, group, "get", GROUP, name) for group, name in names]) for client in ("arm36", "arm39"))
    for (group, name), one, two in zip(names, older, newer):
        if not check(isinstance(one, dict) and isinstance(two, dict), f"{name} is read by both generations, saw {one} and {two}"):
            return
        equal((one["name"], one["provisioningState"], one["location"]), (name, "Succeeded", REGION), f"{name}")
        equal((one["id"], one["type"], one["etag"]), (two["id"], two["type"], two["etag"]), f"{name}: the same for both generations")
        if name != "vnet-app":
            equal(one.get("tags", {}).get("sealane"), "sydney", f"{name}: tag")
    circuit, er_gateway, vpn_gateway, address, *rest = newer
    equal((circuit["serviceProviderProvisioningState"], circuit["circuitProvisioningState"], circuit["serviceProviderProperties"]["bandwidthInMbps"]),
          ("Provisioned", "Enabled", 50), "circuit")
    equal((er_gateway["gatewayType"], er_gateway["sku"]["name"]), ("ExpressRoute", "ErGw1AZ"), "ExpressRoute gateway")
    equal((vpn_gateway["gatewayType"], vpn_gateway["sku"]["name"], vpn_gateway["enablePrivateIpAddress"], vpn_gateway["bgpSettings"]["asn"],
           vpn_gateway["ipConfigurations"][0]["privateIPAddress"]), ("Vpn", "VpnGw1AZ", True, 65515, "10.2.0.6"), "VPN gateway")
    equal(vpn_gateway["bgpSettings"]["bgpPeeringAddresses"][0]["customBgpIpAddresses"], ["169.254.21.2", "169.254.22.2"], "APIPA addresses")
    equal((address["zones"], address["sku"]["name"], address["publicIPAllocationMethod"]), (["1", "2", "3"], "Standard", "Static"), "public IP")
    for number, connection in ((1, rest[3]), (2, rest[4])):
        equal((connection["connectionStatus"], connection["useLocalAzureIpAddress"], connection["gatewayCustomBgpIpAddresses"][0]["customBgpIpAddress"],
               connection["ipsecPolicies"][0]["dhGroup"]), ("Connected", True, f"169.254.2{number}.2", "DHGroup14"), f"tunnel {number} in Azure")
    peering = js.arm("arm36", "expressRouteCircuitPeerings", "get", GROUP, "sydney-er", "AzurePrivatePeering")
    equal((peering["peerASN"], peering["vlanId"], peering["primaryPeerAddressPrefix"]), (133937, 100, "192.168.101.0/30"), "private peering")
    listed = js.arm("arm36", "virtualNetworkGatewayConnections", "list", GROUP)["items"]
    equal({item["name"] for item in listed}, {"sydney-er-connection", "sydney-tunnel-1", "sydney-tunnel-2"}, "list of connections")
    subnets = js.arm("arm39", "subnets", "list", GROUP, "vnet-app")["items"]
    check({"GatewaySubnet", "workload"} <= {subnet["name"] for subnet in subnets}, "list of subnets")


def routes_of_azure(js):
    learned = js.arm("arm36", "virtualNetworkGateways", "beginGetLearnedRoutesAndWait", GROUP, "sydney-ergw")["value"]
    # What the VPN gateway of the VNet tells it comes as IBgp, as live tables show; that is no transport.
    check(all(not route["network"].startswith("10.1.") or route["origin"] == "IBgp" for route in learned), "the ExpressRoute gateway knows no VPC prefix")
    peers = js.arm("arm36", "virtualNetworkGateways", "beginGetBgpPeerStatusAndWait", GROUP, "sydney-vpngw")["value"]
    equal({peer["neighbor"] for peer in peers if peer["state"] == "Connected" and peer["asn"] == 65534}, {"169.254.21.1", "169.254.22.1"}, "BGP peers")
    announced = js.arm("arm39", "virtualNetworkGateways", "beginGetAdvertisedRoutesAndWait", GROUP, "sydney-vpngw", "169.254.21.1")["value"]
    check(VNET_CIDR in {route["network"] for route in announced}, "the VPN gateway announces the VNet")
    edge = js.arm("arm36", "expressRouteCircuits", "beginListRoutesTableAndWait", GROUP, "sydney-er", "AzurePrivatePeering", "primary")["value"]
    check(VPC_CIDR not in {route["network"] for route in edge} and len(edge) >= 2, "Microsoft's edge knows endpoints only")
    key = js.arm("arm36", "virtualNetworkGatewayConnections", "getSharedKey", GROUP, "sydney-tunnel-1")
    check(len(key["value"]) >= 16, "shared key")
