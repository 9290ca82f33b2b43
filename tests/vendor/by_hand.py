"""
The manual guide's 24 steps, in the guide's own order and with its own choices (VPC prefix allowed at the Direct Connect
gateway, filters last), by foreign clients alone. The guide: https://github.com/Mark-Austen/mcr-aws-azure-private-ip-vpn
Returns what was made, for reading back and for Sealane to adopt: every object bears the name and the tag that Sealane looks for.
A stranger builds the same with other names and no tag.
"""
from clients.count import check, equal
from clients.sandbox import KEYS
from clients.wait import until

NAME = "sydney"
GROUP = "rg-sydney"
REGION = "australiaeast"
VPC = "vpc-0a1b2c3d4e5f60718"
SUBNETS = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002"]
VPC_CIDR, VNET_CIDR, TGW_CIDR = "10.1.0.0/16", "10.2.0.0/16", "10.254.1.0/24"
MCR_ADDRESS, AMAZON_ADDRESS = "192.168.100.1", "192.168.100.2"


class ByHand:
    def __init__(self, sandbox, aws, js, megaport, stranger=None):
        """`stranger` is what somebody else calls things."""
        self.sandbox, self.aws, self.js, self.megaport = sandbox, aws, js, megaport
        self.name, self.tags = stranger or NAME, {} if stranger else {"sealane": NAME}
        subscription = sandbox.env["AZURE_SUBSCRIPTION_ID"]
        self.network = f"/subscriptions/{subscription}/resourceGroups/{GROUP}/providers/Microsoft.Network"
        self.ids = {}

    def ec2_tags(self, kind, name):
        return ["--tag-specifications", f"ResourceType={kind},Tags=[{{Key=Name,Value={name}}},{{Key=sealane,Value={NAME}}}]"] if self.tags else []

    def sdk_tags(self, kind, name):
        tags = [{"Key": "Name", "Value": name}, {"Key": "sealane", "Value": NAME}]
        return {"TagSpecifications": [{"ResourceType": kind, "Tags": tags}]} if self.tags else {}

    def dx_tags(self, name):
        return {"tags": [{"key": "Name", "value": name}, {"key": "sealane", "value": NAME}]} if self.tags else {}

    def megaport_tags(self):
        return [{"key": key, "value": value} for key, value in self.tags.items()]

    def id(self, kind, name):
        return {"id": f"{self.network}/{kind}/{name}"}

    def build(self, before_filters=lambda: None):
        """All steps; `before_filters` is called when step 19 would be next, the end of the guide's clear window."""
        for step in (self.step_1, self.step_2, self.step_3, self.step_4, self.step_5, self.step_6, self.step_7, self.step_8,
                     self.step_9, self.step_10, self.step_11, self.step_12, self.step_13, self.step_14, self.step_15,
                     self.step_16, self.step_17, self.step_18, before_filters, self.step_19, self.steps_20_and_21,
                     self.steps_22_and_23, self.step_24):
            step()
        return self.ids

    def step_1(self):
        """Direct Connect gateway, by awscli."""
        made = self.aws("directconnect", "create-direct-connect-gateway", "--direct-connect-gateway-name", f"{self.name}-dxgw",
                        "--amazon-side-asn", 64550)
        gateway = made["directConnectGateway"]
        equal(gateway["amazonSideAsn"], 64550, "step 1: ASN of the Direct Connect gateway")
        self.ids["dxgw"] = gateway["directConnectGatewayId"]
        # This awscli cannot tag in the same call yet.
        if self.tags:
            self.aws("directconnect", "tag-resource", "--resource-arn", f"arn:aws:directconnect::111122223333:dx-gateway/{self.ids['dxgw']}",
                     "--tags", *[f"key={tag['key']},value={tag['value']}" for tag in self.dx_tags(f"{self.name}-dxgw")["tags"]])
        until(lambda: self.js.aws("directconnect", "DescribeDirectConnectGateways", directConnectGatewayId=self.ids["dxgw"]),
              lambda seen: seen["directConnectGateways"][0]["directConnectGatewayState"] == "available", "Direct Connect gateway")

    def step_2(self):
        """Transit gateway with its CIDR block, by awscli with debug on: the log goes through the vendor's own parser."""
        made = self.aws("ec2", "create-transit-gateway", "--description", "made by hand", "--options",
                        f"AmazonSideAsn=65534,TransitGatewayCidrBlocks={TGW_CIDR}", *self.ec2_tags("transit-gateway", f"{self.name}-tgw"), debug=True)["TransitGateway"]
        self.ids["tgw"] = made["TransitGatewayId"]
        equal(made["State"], "pending", "step 2: state of a new transit gateway")
        for option in ("AmazonSideAsn", "AutoAcceptSharedAttachments", "DefaultRouteTableAssociation", "DefaultRouteTablePropagation",
                       "VpnEcmpSupport", "DnsSupport", "MulticastSupport", "TransitGatewayCidrBlocks"):
            check(option in made["Options"], f"step 2: option {option} in the reply")
        ready = until(lambda: self.js.aws("ec2", "DescribeTransitGateways", TransitGatewayIds=[self.ids["tgw"]])["TransitGateways"][0],
                      lambda seen: seen["State"] == "available", "transit gateway")
        equal(ready["Options"]["DefaultRouteTableAssociation"], "enable", "step 2: default association, as the console has it")
        self.ids["default table"] = ready["Options"]["AssociationDefaultRouteTableId"]

    def step_3(self):
        """Association with the guide's allowed prefixes, the VPC's among them, by the JavaScript SDK."""
        made = self.js.aws("directconnect", "CreateDirectConnectGatewayAssociation", directConnectGatewayId=self.ids["dxgw"],
                           gatewayId=self.ids["tgw"], addAllowedPrefixesToDirectConnectGateway=[{"cidr": VPC_CIDR}, {"cidr": TGW_CIDR}])
        association = made["directConnectGatewayAssociation"]
        equal(association["associationState"], "associating", "step 3: state of a new association")
        ready = until(lambda: self.js.aws("directconnect", "DescribeDirectConnectGatewayAssociations",
                                          associationId=association["associationId"])["directConnectGatewayAssociations"][0],
                      lambda seen: seen["associationState"] == "associated", "gateway association")
        equal(sorted(p["cidr"] for p in ready["allowedPrefixesToDirectConnectGateway"]), [VPC_CIDR, TGW_CIDR], "step 3: allowed prefixes")
        found = until(lambda: self.aws("ec2", "describe-transit-gateway-attachments", "--filters",
                                       "Name=resource-type,Values=direct-connect-gateway", f"Name=resource-id,Values={self.ids['dxgw']}",
                                       f"Name=transit-gateway-id,Values={self.ids['tgw']}")["TransitGatewayAttachments"],
                      lambda seen: len(seen) == 1 and seen[0]["State"] == "available", "attachment of the Direct Connect gateway")
        self.ids["dx attachment"] = found[0]["TransitGatewayAttachmentId"]

    def step_4(self):
        """VPC attachment, by awscli."""
        made = self.aws("ec2", "create-transit-gateway-vpc-attachment", "--transit-gateway-id", self.ids["tgw"], "--vpc-id", VPC,
                        "--subnet-ids", *SUBNETS, *self.ec2_tags("transit-gateway-attachment", f"{self.name}-vpc"))
        self.ids["vpc attachment"] = made["TransitGatewayVpcAttachment"]["TransitGatewayAttachmentId"]
        until(lambda: self.js.aws("ec2", "DescribeTransitGatewayVpcAttachments", TransitGatewayAttachmentIds=[self.ids["vpc attachment"]]),
              lambda seen: seen["TransitGatewayVpcAttachments"][0]["State"] == "available", "VPC attachment")
        # The guide does not say so, but without these routes nothing in the VPC reaches the link.
        tables = self.aws("ec2", "describe-route-tables", "--filters", f"Name=vpc-id,Values={VPC}")["RouteTables"]
        for table in tables:
            check(self.aws("ec2", "create-route", "--route-table-id", table["RouteTableId"], "--destination-cidr-block", VNET_CIDR,
                           "--transit-gateway-id", self.ids["tgw"])["Return"], "step 4: route of the VPC")
        seen = self.js.aws("ec2", "DescribeRouteTables", Filters=[{"Name": "route.transit-gateway-id", "Values": [self.ids["tgw"]]}])
        equal(len(seen["RouteTables"]), len(tables), "step 4: tables with a route to the transit gateway")

    def step_5(self):
        """Megaport Cloud Router."""
        places = self.megaport("GET", "/v3/locations", locationStatuses="Active")
        place, = [p for p in places if p["name"] == "Equinix SY1"]
        check(1000 in place["diversityZones"]["red"]["mcrSpeedMbps"], "step 5: the location hosts a 1 Gbps MCR in zone red")
        self.ids["mcr"] = self.megaport.order({
            "productType": "MCR2", "productName": f"{self.name}-mcr", "locationId": place["id"], "portSpeed": 1000, "term": 1, "costCentre": "",
            "config": {"mcrAsn": 133937, "diversityZone": "red"}, "resourceTags": self.megaport_tags()})
        live = self.megaport.until_live(self.ids["mcr"])
        equal(live["resources"]["virtual_router"]["mcrAsn"], 133937, "step 5: ASN of the MCR")

    def step_6(self):
        """VXC to an AWS hosted-connection port."""
        ports = self.megaport("GET", "/v2/dropdowns/partner/megaports", connectType="AWSHC", vxcPermitted="true")
        near = [p for p in ports if p["title"].endswith("(ap-southeast-2)") and p["locationId"] == 2 and p["diversityZone"] == "red"]
        port = sorted(near, key=lambda p: (p["rank"], p["productUid"]))[0]
        self.ids["aws vxc"] = self.megaport.order({"productUid": self.ids["mcr"], "associatedVxcs": [{
            "productName": f"{self.name}-aws", "rateLimit": 50, "term": 1, "shutdown": False, "costCentre": "",
            "aEnd": {"vlan": 0, "partnerConfig": {"connectType": "VROUTER", "interfaces": [self.aws_interface([])]}},
            "bEnd": {"productUid": port["productUid"], "partnerConfig": {
                "connectType": "AWSHC", "type": "private", "ownerAccount": "111122223333", "name": f"{self.name}-aws"}},
            "resourceTags": self.megaport_tags()}]})
        self.megaport.until_live(self.ids["aws vxc"])
        vxc = until(lambda: self.megaport.product(self.ids["aws vxc"]), lambda seen: self.csp(seen, "AWSHC").get("connectionId"),
                    "connection id of the AWS VXC")
        self.ids["connection"] = self.csp(vxc, "AWSHC")["connectionId"]
        self.ids["vlan"] = vxc["bEnd"]["vlan"]

    @staticmethod
    def csp(vxc, kind):
        ends = vxc["resources"].get("csp_connection") or []
        return next((end for end in ([ends] if isinstance(ends, dict) else ends) if end["connectType"] == kind), {})

    def aws_interface(self, routes, **filters):
        return {"ipAddresses": [f"{MCR_ADDRESS}/30"], "ipRoutes": routes, "bfd": {"txInterval": 300, "rxInterval": 300, "multiplier": 3},
                "bgpConnections": [{"peerAsn": 64550, "localIpAddress": MCR_ADDRESS, "peerIpAddress": AMAZON_ADDRESS,
                                    "password": KEYS["SEALANE_AWS_BGP"], "shutdown": False, "bfdEnabled": True, "exportPolicy": "permit",
                                    "peerType": "PRIV_CLOUD", "description": "AWS transit VIF", **filters}]}

    def step_7(self):
        """Hosted connection accepted, transit VIF, by both AWS clients."""
        seen = self.aws("directconnect", "describe-connections", "--connection-id", self.ids["connection"])["connections"][0]
        equal(seen["connectionState"], "ordering", "step 7: the hosted connection waits for acceptance")
        equal((seen["vlan"], seen["bandwidth"]), (self.ids["vlan"], "50Mbps"), "step 7: VLAN and bandwidth from the partner")
        equal(self.aws("directconnect", "confirm-connection", "--connection-id", self.ids["connection"])["connectionState"],
              "pending", "step 7: state after acceptance")
        until(lambda: self.js.aws("directconnect", "DescribeConnections", connectionId=self.ids["connection"])["connections"][0],
              lambda c: c["connectionState"] == "available", "hosted connection")
        made = self.js.aws("directconnect", "CreateTransitVirtualInterface", connectionId=self.ids["connection"],
                           newTransitVirtualInterface={
                               "virtualInterfaceName": f"{self.name}-vif", "vlan": self.ids["vlan"], "asn": 133937, "mtu": 1500,
                               "authKey": KEYS["SEALANE_AWS_BGP"], "amazonAddress": f"{AMAZON_ADDRESS}/30",
                               "customerAddress": f"{MCR_ADDRESS}/30", "addressFamily": "ipv4",
                               "directConnectGatewayId": self.ids["dxgw"], **self.dx_tags(f"{self.name}-vif")})
        self.ids["vif"] = made["virtualInterface"]["virtualInterfaceId"]
        ready = until(lambda: self.js.aws("directconnect", "DescribeVirtualInterfaces", virtualInterfaceId=self.ids["vif"])["virtualInterfaces"][0],
                      lambda v: v["virtualInterfaceState"] == "available" and v["bgpPeers"][0]["bgpStatus"] == "up", "transit VIF")
        equal(ready["amazonSideAsn"], 64550, "step 7: Amazon side ASN of the VIF")

    def step_8(self):
        """The MCR has received the AWS prefixes."""
        rows = until(lambda: self.megaport.looking_glass(self.ids["mcr"], "bgp"),
                     lambda seen: {VPC_CIDR, TGW_CIDR} <= {row["prefix"] for row in seen or []}, "step 8: AWS prefixes at the MCR")
        for row in rows:
            equal(row["nextHop"]["vxc"]["id"], self.ids["aws vxc"], f"step 8: VXC behind {row['prefix']}")

    def arm(self, client, group, name, parameters, call="beginCreateOrUpdateAndWait"):
        made = self.js.arm(client, group, call, GROUP, name, parameters)
        equal(made["provisioningState"], "Succeeded", f"{group}/{name}: provisioning state")
        return made

    def step_9(self):
        """ExpressRoute circuit, by the older generation of the Azure client."""
        made = self.arm("arm36", "expressRouteCircuits", f"{self.name}-er", {
            "location": REGION, "tags": self.tags, "sku": {"name": "Standard_MeteredData", "tier": "Standard", "family": "MeteredData"},
            "serviceProviderProperties": {"serviceProviderName": "Megaport", "peeringLocation": "Sydney", "bandwidthInMbps": 50}})
        equal(made["serviceProviderProvisioningState"], "NotProvisioned", "step 9: provider state of a new circuit")
        self.ids["service key"] = made["serviceKey"]

    def step_10(self):
        """VXC to the circuit, by its service key: Megaport makes both ends."""
        key = until(lambda: self.look_up_key(), lambda seen: seen is not None, "step 10: the service key at Megaport")
        port, = [p for p in key["megaports"] if p["type"] == "primary"]
        check(not port.get("vxc"), "step 10: the primary port is free")
        self.ids["azure vxc"] = self.megaport.order({"productUid": self.ids["mcr"], "associatedVxcs": [{
            "productName": f"{self.name}-azure", "rateLimit": 50, "term": 1, "shutdown": False, "costCentre": "", "aEnd": {"vlan": 0},
            "bEnd": {"productUid": port["productUid"], "partnerConfig": {
                "connectType": "AZURE", "serviceKey": self.ids["service key"], "peers": [{
                    "type": "private", "peer_asn": "133937", "primary_subnet": "192.168.101.0/30", "secondary_subnet": "192.168.101.4/30",
                    "shared_key": KEYS["SEALANE_AZURE_BGP"], "vlan": 100}]}},
            "resourceTags": self.megaport_tags()}]})
        self.megaport.until_live(self.ids["azure vxc"])
        circuit = until(lambda: self.js.arm("arm36", "expressRouteCircuits", "get", GROUP, f"{self.name}-er"),
                        lambda c: c["serviceProviderProvisioningState"] == "Provisioned", "step 10: provider state of the circuit")
        until(lambda: self.js.arm("arm36", "expressRouteCircuitPeerings", "list", GROUP, f"{self.name}-er")["items"],
              lambda seen: len(seen) == 1 and seen[0]["peerASN"] == 133937, "step 10: private peering made by Megaport")
        equal(circuit["serviceKey"], self.ids["service key"], "step 10: the key does not change")

    def look_up_key(self):
        from clients.megaport import MegaportError
        try:
            return self.megaport("GET", "/v2/secure/azure/{key}", shape={"key": self.ids["service key"]})
        except MegaportError:
            return None  # Megaport learns of a new circuit a little later.

    def step_11(self):
        """GatewaySubnet and ExpressRoute gateway. The guide's public IP is obsolete: Microsoft keeps a hidden one."""
        subnet = self.js.arm("arm36", "subnets", "beginCreateOrUpdateAndWait", GROUP, "vnet-app", "GatewaySubnet", {"addressPrefix": "10.2.0.0/24"})
        equal(subnet["addressPrefix"], "10.2.0.0/24", "step 11: GatewaySubnet")
        self.arm("arm36", "virtualNetworkGateways", f"{self.name}-ergw", {
            "location": REGION, "tags": self.tags, "gatewayType": "ExpressRoute", "sku": {"name": "ErGw1AZ", "tier": "ErGw1AZ"},
            "ipConfigurations": [{"name": "default", "privateIPAllocationMethod": "Dynamic", "subnet": self.id("virtualNetworks/vnet-app/subnets", "GatewaySubnet")}]})

    def step_12(self):
        """Connection of circuit and gateway. From here on the guide's transport carries everything in the clear."""
        self.arm("arm36", "virtualNetworkGatewayConnections", f"{self.name}-er-connection", {
            "location": REGION, "tags": self.tags, "connectionType": "ExpressRoute", "routingWeight": 0,
            "virtualNetworkGateway1": self.id("virtualNetworkGateways", f"{self.name}-ergw"), "peer": self.id("expressRouteCircuits", f"{self.name}-er")})

    def step_13(self):
        """The MCR has received the VNet's prefix."""
        rows = until(lambda: self.megaport.looking_glass(self.ids["mcr"], "bgp"),
                     lambda seen: VNET_CIDR in {row["prefix"] for row in seen or []}, "step 13: VNet prefix at the MCR")
        row, = [row for row in rows if row["prefix"] == VNET_CIDR]
        equal(row["nextHop"]["vxc"]["id"], self.ids["azure vxc"], "step 13: VXC behind the VNet's prefix")

    def vpn_gateway(self, private, sku="VpnGw1AZ"):
        gateway = self.id("virtualNetworkGateways", f"{self.name}-vpngw")["id"]
        return {"location": REGION, "tags": self.tags, "gatewayType": "Vpn", "vpnType": "RouteBased", "vpnGatewayGeneration": "Generation1",
                "sku": {"name": sku, "tier": sku}, "activeActive": False, "enableBgp": True, "enablePrivateIpAddress": private,
                "ipConfigurations": [{"name": "default", "privateIPAllocationMethod": "Dynamic",
                                      "subnet": self.id("virtualNetworks/vnet-app/subnets", "GatewaySubnet"),
                                      "publicIPAddress": self.id("publicIPAddresses", f"{self.name}-vpngw-ip")}],
                "bgpSettings": {"asn": 65515, "bgpPeeringAddresses": [{
                    "ipconfigurationId": f"{gateway}/ipConfigurations/default", "customBgpIpAddresses": ["169.254.21.2", "169.254.22.2"]}]}}

    def step_14(self):
        """VPN gateway, by the newer generation of the Azure client. The guide's VpnGw1 is refused today."""
        self.arm("arm39", "publicIPAddresses", f"{self.name}-vpngw-ip", {
            "location": REGION, "tags": self.tags, "zones": ["1", "2", "3"], "sku": {"name": "Standard", "tier": "Regional"},
            "publicIPAllocationMethod": "Static", "publicIPAddressVersion": "IPv4", "idleTimeoutInMinutes": 4})
        refused = self.js.refused(self.js.arm, "arm39", "virtualNetworkGateways", "beginCreateOrUpdateAndWait", GROUP, f"{self.name}-vpngw",
                                  self.vpn_gateway(False, "VpnGw1"))
        equal(refused and refused.code, "NonAzSkusNotAllowedForVPNGateway", "step 14: the guide's VpnGw1")
        made = self.arm("arm39", "virtualNetworkGateways", f"{self.name}-vpngw", self.vpn_gateway(False))
        check("privateIPAddress" not in made["ipConfigurations"][0], "step 14: no private address before step 15")

    def step_15(self):
        """Gateway private IPs."""
        made = self.arm("arm39", "virtualNetworkGateways", f"{self.name}-vpngw", self.vpn_gateway(True))
        self.ids["azure endpoint"] = made["ipConfigurations"][0]["privateIPAddress"]
        check(self.ids["azure endpoint"].startswith("10.2.0."), "step 15: private address from the GatewaySubnet")

    def step_16(self):
        """Customer gateway, by awscli; the vendor's waiter says when it is ready."""
        made = self.aws("ec2", "create-customer-gateway", "--type", "ipsec.1", "--bgp-asn", 65515, "--ip-address", self.ids["azure endpoint"],
                        "--device-name", f"{self.name}-cgw", *self.ec2_tags("customer-gateway", f"{self.name}-cgw"))["CustomerGateway"]
        equal(made["BgpAsn"], "65515", "step 16: the ASN comes back as text")
        self.ids["cgw"] = made["CustomerGatewayId"]
        equal(self.js.wait("ec2", "CustomerGatewayAvailable", CustomerGatewayIds=[self.ids["cgw"]])["state"], "SUCCESS", "step 16: waiter")

    def tunnel(self, number):
        return {"TunnelInsideCidr": f"169.254.2{number}.0/30", "PreSharedKey": KEYS[f"SEALANE_PSK_{number}"],
                "IKEVersions": [{"Value": "ikev2"}], "Phase1EncryptionAlgorithms": [{"Value": "AES256"}],
                "Phase1IntegrityAlgorithms": [{"Value": "SHA2-256"}], "Phase1DHGroupNumbers": [{"Value": 14}],
                "Phase2EncryptionAlgorithms": [{"Value": "AES256-GCM-16"}], "Phase2IntegrityAlgorithms": [{"Value": "SHA2-256"}],
                "Phase2DHGroupNumbers": [{"Value": 14}], "Phase1LifetimeSeconds": 28800, "Phase2LifetimeSeconds": 3600,
                "DPDTimeoutSeconds": 30, "DPDTimeoutAction": "restart", "StartupAction": "start"}

    def step_17(self):
        """Site-to-Site VPN over the transport attachment, by the JavaScript SDK and its waiter."""
        made = self.js.aws("ec2", "CreateVpnConnection", Type="ipsec.1", CustomerGatewayId=self.ids["cgw"], TransitGatewayId=self.ids["tgw"],
                           Options={"OutsideIpAddressType": "PrivateIpv4", "TransportTransitGatewayAttachmentId": self.ids["dx attachment"],
                                    "StaticRoutesOnly": False, "TunnelInsideIpVersion": "ipv4", "TunnelOptions": [self.tunnel(1), self.tunnel(2)]},
                           **self.sdk_tags("vpn-connection", f"{self.name}-vpn"))
        self.ids["vpn"] = made["VpnConnection"]["VpnConnectionId"]
        equal(self.js.wait("ec2", "VpnConnectionAvailable", VpnConnectionIds=[self.ids["vpn"]])["state"], "SUCCESS", "step 17: waiter")
        ready = self.js.aws("ec2", "DescribeVpnConnections", VpnConnectionIds=[self.ids["vpn"]])["VpnConnections"][0]
        outside = {t["TunnelInsideCidr"]: t["OutsideIpAddress"] for t in ready["Options"]["TunnelOptions"]}
        self.ids["aws endpoints"] = [outside["169.254.21.0/30"], outside["169.254.22.0/30"]]
        check(all(address.startswith("10.254.1.") for address in self.ids["aws endpoints"]), "step 17: outside addresses in the gateway's CIDR")
        # The VPN's own transit gateway attachment came of itself; it can be tagged only now.
        found = self.js.aws("ec2", "DescribeTransitGatewayAttachments", Filters=[{"Name": "resource-id", "Values": [self.ids["vpn"]]}])
        self.ids["vpn attachment"] = found["TransitGatewayAttachments"][0]["TransitGatewayAttachmentId"]

    def azure_interface(self, routes, **filters):
        return {"ipAddresses": ["192.168.101.1/30"], "ipRoutes": routes, "vlan": 100,
                "bgpConnections": [{"peerAsn": 12076, "localIpAddress": "192.168.101.1", "peerIpAddress": "192.168.101.2",
                                    "password": KEYS["SEALANE_AZURE_BGP"], "shutdown": False, "bfdEnabled": False, "exportPolicy": "permit",
                                    "peerType": "PRIV_CLOUD", **filters}]}

    def set_a_end(self, vxc, interface):
        self.megaport("PUT", "/v3/product/vxc/{uid}", {"aEndConfig": {"interfaces": [interface]}}, shape={"uid": self.ids[vxc]})

    def routes(self):
        to_aws = [{"prefix": f"{address}/32", "nextHop": AMAZON_ADDRESS} for address in self.ids["aws endpoints"]]
        return to_aws, [{"prefix": f"{self.ids['azure endpoint']}/32", "nextHop": "192.168.101.2"}]

    def step_18(self):
        """Static routes of the MCR."""
        to_aws, to_azure = self.routes()
        self.set_a_end("aws vxc", self.aws_interface(to_aws))
        self.set_a_end("azure vxc", self.azure_interface(to_azure))
        wanted = {route["prefix"] for route in to_aws + to_azure}
        until(lambda: self.megaport.looking_glass(self.ids["mcr"], "ip"),
              lambda rows: wanted <= {row["prefix"] for row in rows if row["protocol"] == "STATIC"}, "step 18: static routes in the table")

    def step_19(self):
        """The guide's two prefix filter lists, last of all: until now both clouds could talk in the clear."""
        lists = {}
        for name, prefixes in (("AWS-Export", [self.ids["azure endpoint"]]), ("Azure-Export", self.ids["aws endpoints"])):
            lists[name] = self.megaport(
                "POST", "/v2/product/mcr2/{mcr}/prefixList", shape={"mcr": self.ids["mcr"]},
                body={"description": f"{self.name} {name}", "addressFamily": "IPv4",
                      "entries": [{"action": "permit", "prefix": f"{address}/32"} for address in prefixes]})["id"]
        to_aws, to_azure = self.routes()
        self.set_a_end("aws vxc", self.aws_interface(to_aws, exportWhitelist=lists["AWS-Export"]))
        self.set_a_end("azure vxc", self.azure_interface(to_azure, exportWhitelist=lists["Azure-Export"]))
        for peer, wanted in ((AMAZON_ADDRESS, {f"{self.ids['azure endpoint']}/32"}), ("192.168.101.2", {f"{a}/32" for a in self.ids["aws endpoints"]})):
            until(lambda: {row["prefix"] for row in self.megaport.looking_glass(
                self.ids["mcr"], "bgp/neighbor", direction="ADVERTISED", peer_ip_address=peer)},
                lambda seen: seen == wanted, f"step 19: what the MCR announces to {peer}")

    def steps_20_and_21(self):
        """Local network gateways, one for each AWS endpoint."""
        for number in (1, 2):
            self.arm("arm39", "localNetworkGateways", f"{self.name}-lng-{number}", {
                "location": REGION, "tags": self.tags, "gatewayIpAddress": self.ids["aws endpoints"][number - 1],
                "localNetworkAddressSpace": {"addressPrefixes": []},
                "bgpSettings": {"asn": 65534, "bgpPeeringAddress": f"169.254.2{number}.1", "peerWeight": 0}})

    def steps_22_and_23(self):
        """The two connections, with the private address and the custom BGP address."""
        gateway = self.id("virtualNetworkGateways", f"{self.name}-vpngw")
        for number in (1, 2):
            self.arm("arm39", "virtualNetworkGatewayConnections", f"{self.name}-tunnel-{number}", {
                "location": REGION, "tags": self.tags, "connectionType": "IPsec", "connectionProtocol": "IKEv2", "connectionMode": "Default",
                "virtualNetworkGateway1": gateway, "localNetworkGateway2": self.id("localNetworkGateways", f"{self.name}-lng-{number}"),
                "sharedKey": KEYS[f"SEALANE_PSK_{number}"], "useLocalAzureIpAddress": True, "enableBgp": True,
                "gatewayCustomBgpIpAddresses": [{"ipConfigurationId": f"{gateway['id']}/ipConfigurations/default",
                                                 "customBgpIpAddress": f"169.254.2{number}.2"}],
                "usePolicyBasedTrafficSelectors": False, "dpdTimeoutSeconds": 30, "routingWeight": 0,
                "ipsecPolicies": [{"saLifeTimeSeconds": 3600, "saDataSizeKilobytes": 102400000, "ipsecEncryption": "GCMAES256",
                                   "ipsecIntegrity": "GCMAES256", "ikeEncryption": "AES256", "ikeIntegrity": "SHA256",
                                   "dhGroup": "DHGroup14", "pfsGroup": "PFS2048"}]})

    def step_24(self):
        """Verification with the clients: connections, tunnels, the two routes, BGP peers."""
        for number in (1, 2):
            until(lambda: self.js.arm("arm36", "virtualNetworkGatewayConnections", "get", GROUP, f"{self.name}-tunnel-{number}"),
                  lambda seen: seen["connectionStatus"] == "Connected", f"step 24: tunnel {number} in Azure")
        until(lambda: self.aws("ec2", "describe-vpn-connections", "--vpn-connection-ids", self.ids["vpn"])["VpnConnections"][0]["VgwTelemetry"],
              lambda seen: [t["Status"] for t in seen] == ["UP", "UP"], "step 24: tunnels in AWS")
        routes = self.aws("ec2", "search-transit-gateway-routes", "--transit-gateway-route-table-id", self.ids["default table"],
                          "--filters", "Name=state,Values=active")["Routes"]
        by_prefix = {route["DestinationCidrBlock"]: route["TransitGatewayAttachments"][0]["ResourceType"] for route in routes}
        equal(by_prefix.get(VNET_CIDR), "vpn", "step 24: the VNet is reached by the VPN")
        equal(by_prefix.get(f"{self.ids['azure endpoint']}/32"), "direct-connect-gateway", "step 24: the endpoint is reached by Direct Connect")
        peers = self.js.arm("arm39", "virtualNetworkGateways", "beginGetBgpPeerStatusAndWait", GROUP, f"{self.name}-vpngw")
        states = {peer["neighbor"]: peer["state"] for peer in peers["value"]}
        for peer in ("169.254.21.1", "169.254.22.1"):
            equal(states.get(peer), "Connected", f"step 24: BGP peer {peer}")
        learned = self.js.arm("arm39", "virtualNetworkGateways", "beginGetLearnedRoutesAndWait", GROUP, f"{self.name}-vpngw")
        equal({r["nextHop"] for r in learned["value"] if r["network"] == VPC_CIDR and r["origin"] == "EBgp"},
              {"169.254.21.1", "169.254.22.1"}, "step 24: the VPC is learned over both tunnels")
