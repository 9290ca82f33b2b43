"""What clients meet off the main path: filters, pages, dry runs, tags, error codes; on a world that holds a link."""
from by_hand import GROUP, VNET_CIDR, VPC
from clients.count import attempt, check, equal


def probe_all(aws, js, megaport, ids):
    for part, *clients in ((filters, aws, js, ids), (pages, aws, js, ids), (dry_runs, aws, js), (errors_of_ec2, aws, js, ids),
                           (errors_of_direct_connect, aws, js), (errors_of_arm, js), (errors_of_megaport, megaport, ids)):
        attempt(part, *clients)


def filters(aws, js, ids):
    """Each filter finds what it should, and nothing for a value that nothing has: an ignored filter fails here."""
    gateway, vpn = ids["aws/transit-gateway"], ids["aws/vpn-connection"]
    for call, answer, good in (
            ("DescribeTransitGateways", "TransitGateways", {"transit-gateway-id": gateway, "state": "available", "options.amazon-side-asn": "65534",
                                                            "options.default-route-table-association": "disable", "tag:Name": "sydney-tgw",
                                                            "tag-key": "sealane", "owner-id": "111122223333"}),
            ("DescribeTransitGatewayAttachments", "TransitGatewayAttachments", {
                "resource-type": "vpn", "resource-id": vpn, "transit-gateway-id": gateway, "state": "available", "association.state": "associated",
                "association.transit-gateway-route-table-id": ids["aws/workload-route-table"]}),
            ("DescribeTransitGatewayVpcAttachments", "TransitGatewayVpcAttachments", {"vpc-id": VPC, "transit-gateway-id": gateway, "state": "available",
                                                                                      "transit-gateway-attachment-id": ids["aws/vpc-attachment"]}),
            ("DescribeTransitGatewayRouteTables", "TransitGatewayRouteTables", {"transit-gateway-route-table-id": ids["aws/transport-route-table"],
                                                                                "default-association-route-table": "false", "tag:Name": "sydney-transport"}),
            ("DescribeCustomerGateways", "CustomerGateways", {"ip-address": "10.2.0.6", "bgp-asn": "65515", "state": "available", "type": "ipsec.1",
                                                              "customer-gateway-id": ids["aws/customer-gateway"]}),
            ("DescribeVpnConnections", "VpnConnections", {"vpn-connection-id": vpn, "customer-gateway-id": ids["aws/customer-gateway"], "state": "available",
                                                          "transit-gateway-id": gateway, "option.static-routes-only": "false", "bgp-asn": "65515"}),
            ("DescribeVpcs", "Vpcs", {"vpc-id": VPC, "cidr": "10.1.0.0/16", "state": "available"}),
            ("DescribeSubnets", "Subnets", {"vpc-id": VPC, "state": "available"}),
            ("DescribeRouteTables", "RouteTables", {"vpc-id": VPC, "route.transit-gateway-id": gateway, "route.destination-cidr-block": VNET_CIDR,
                                                    "route.state": "active"}),
            ("DescribeTags", "Tags", {"resource-id": vpn, "key": "sealane", "value": "sydney", "resource-type": "vpn-connection"})):
        requests = []
        for name, value in good.items():
            requests += [{"client": "ec2", "call": call, "input": {"Filters": [{"Name": name, "Values": [value]}]}},
                         {"client": "ec2", "call": call, "input": {"Filters": [{"Name": name, "Values": ["no-such-value"]}]}}]
        requests.append({"client": "ec2", "call": call, "input": {"Filters": [{"Name": name, "Values": [value, "x"]} for name, value in good.items()]}})
        requests.append({"client": "ec2", "call": call, "input": {"Filters": [{"Name": "no-such-filter", "Values": ["x"]}]}})
        *seen, together, unknown = js.many(*requests)
        for (name, value), one, none in zip(good.items(), seen[::2], seen[1::2]):
            check(isinstance(one, dict) and len(one.get(answer, [])) > 0, f"{call}: filter {name}={value} finds something")
            check(isinstance(none, dict) and not none.get(answer), f"{call}: filter {name}=no-such-value finds nothing")
        check(isinstance(together, dict) and len(together.get(answer, [])) >= 1, f"{call}: all filters together, two values each")
        equal(getattr(unknown, "code", None) or getattr(unknown, "name", None), "InvalidParameterValue", f"{call}: unknown filter")
    for form, value, finds in (("exact-match", VNET_CIDR, True), ("exact-match", "10.2.0.0/17", False), ("longest-prefix-match", "10.2.9.9", True),
                               ("supernet-of-match", "10.2.3.0/24", True), ("subnet-of-match", "10.0.0.0/8", True), ("subnet-of-match", "10.2.0.0/17", False)):
        found = js.aws("ec2", "SearchTransitGatewayRoutes", TransitGatewayRouteTableId=ids["aws/workload-route-table"],
                       Filters=[{"Name": f"route-search.{form}", "Values": [value]}]).get("Routes", [])
        equal(VNET_CIDR in {route["DestinationCidrBlock"] for route in found}, finds, f"SearchTransitGatewayRoutes {form} {value}")
    none = aws("directconnect", "describe-virtual-interfaces", "--connection-id", "dxcon-ffffffff")
    equal(none["virtualInterfaces"], [], "an unknown connection has no VIFs")
    none = js.aws("directconnect", "DescribeDirectConnectGateways", directConnectGatewayId="00000000-0000-4000-8000-000000000000")
    equal(none.get("directConnectGateways", []), [], "an unknown Direct Connect gateway is an empty list")


def pages(aws, js, ids):
    """More route tables than fit one page, by the vendor's paginators of two languages; then gone again."""
    made = [js.aws("ec2", "CreateTransitGatewayRouteTable", TransitGatewayId=ids["aws/transit-gateway"], TagSpecifications=[
        {"ResourceType": "transit-gateway-route-table", "Tags": [{"Key": "probe", "Value": str(number)}]}])
        ["TransitGatewayRouteTable"]["TransitGatewayRouteTableId"] for number in range(7)]
    probes = [{"Name": "tag-key", "Values": ["probe"]}]
    seen = js.aws("ec2", "DescribeTransitGatewayRouteTables", pages={"pageSize": 5}, Filters=probes)["pages"]
    equal([len(page["TransitGatewayRouteTables"]) for page in seen], [5, 2], "pages of five by the JavaScript paginator")
    equal({table["TransitGatewayRouteTableId"] for page in seen for table in page["TransitGatewayRouteTables"]}, set(made), "nothing twice, nothing lost")
    seen = aws("ec2", "describe-transit-gateway-route-tables", "--filters", "Name=tag-key,Values=probe", "--page-size", 5)
    equal(len(seen["TransitGatewayRouteTables"]), 7, "pages of five by awscli")
    first = aws("ec2", "describe-transit-gateway-route-tables", "--filters", "Name=tag-key,Values=probe", "--max-results", 5, paginate=False)
    check(len(first["TransitGatewayRouteTables"]) == 5 and first.get("NextToken"), "a page by hand has a token")
    bad = js.refused(js.aws, "ec2", "DescribeTransitGatewayRouteTables", MaxResults=5, NextToken="garbage")
    check(bad and bad.name in ("InvalidPaginationToken", "InvalidNextToken"), f"a garbled token is refused, saw {bad}")
    js.aws("ec2", "CreateTags", Resources=made[:2], Tags=[{"Key": "colour", "Value": "red"}, {"Key": "Name", "Value": "p"}])
    equal(len(aws("ec2", "describe-tags", "--filters", "Name=key,Values=colour", "Name=value,Values=red")["Tags"]), 2, "tags set")
    aws("ec2", "delete-tags", "--resources", *made[:2], "--tags", "Key=colour,Value=blue")
    equal(len(aws("ec2", "describe-tags", "--filters", "Name=key,Values=colour")["Tags"]), 2, "a tag of another value stays")
    aws("ec2", "delete-tags", "--resources", *made[:2], "--tags", "Key=colour")
    equal(aws("ec2", "describe-tags", "--filters", "Name=key,Values=colour")["Tags"], [], "tags deleted")
    for table in made:
        state = js.aws("ec2", "DeleteTransitGatewayRouteTable", TransitGatewayRouteTableId=table)["TransitGatewayRouteTable"]["State"]
        check(state in ("deleting", "deleted"), "a probe's table is deleted")


def dry_runs(aws, js):
    equal(aws.refused("ec2", "create-transit-gateway", "--dry-run"), "DryRunOperation", "dry run of a create, awscli")
    refused = js.refused(js.aws, "ec2", "DescribeVpnConnections", DryRun=True)
    equal((refused and refused.name, refused and refused.status), ("DryRunOperation", 412), "dry run of a read, JavaScript")
    before = len(js.aws("ec2", "DescribeCustomerGateways").get("CustomerGateways", []))
    js.refused(js.aws, "ec2", "CreateCustomerGateway", DryRun=True, Type="ipsec.1", BgpAsn=65001, IpAddress="10.9.9.9")
    equal(len(js.aws("ec2", "DescribeCustomerGateways").get("CustomerGateways", [])), before, "a dry run makes nothing")


def errors_of_ec2(aws, js, ids):
    """Error names as each vendor's client shows them."""
    table, attachment = ids["aws/workload-route-table"], ids["aws/vpc-attachment"]
    for call, given, code in (
            ("DescribeTransitGateways", {"TransitGatewayIds": ["tgw-0123456789abcdef0"]}, "InvalidTransitGatewayID.NotFound"),
            ("DescribeTransitGateways", {"TransitGatewayIds": ["nonsense"]}, "InvalidTransitGatewayID.Malformed"),
            ("DescribeTransitGatewayAttachments", {"TransitGatewayAttachmentIds": ["tgw-attach-0123456789abcdef0"]}, "InvalidTransitGatewayAttachmentID.NotFound"),
            ("DescribeTransitGatewayRouteTables", {"TransitGatewayRouteTableIds": ["tgw-rtb-0123456789abcdef0"]}, "InvalidRouteTableID.NotFound"),
            ("DescribeCustomerGateways", {"CustomerGatewayIds": ["cgw-0123456789abcdef0"]}, "InvalidCustomerGatewayID.NotFound"),
            ("DescribeVpnConnections", {"VpnConnectionIds": ["vpn-0123456789abcdef0"]}, "InvalidVpnConnectionID.NotFound"),
            ("DescribeVpcs", {"VpcIds": ["vpc-0123456789abcdef0"]}, "InvalidVpcID.NotFound"),
            ("DescribeSubnets", {"SubnetIds": ["subnet-0123456789abcdef0"]}, "InvalidSubnetID.NotFound"),
            ("CreateTransitGatewayVpcAttachment", {"TransitGatewayId": ids["aws/transit-gateway"], "VpcId": VPC,
                                                   "SubnetIds": ["subnet-0a1b2c3d4e5f60001"]}, "DuplicateTransitGatewayAttachment"),
            ("AssociateTransitGatewayRouteTable", {"TransitGatewayRouteTableId": table, "TransitGatewayAttachmentId": attachment}, "Resource.AlreadyAssociated"),
            ("EnableTransitGatewayRouteTablePropagation", {"TransitGatewayRouteTableId": table, "TransitGatewayAttachmentId": attachment},
             "TransitGatewayRouteTablePropagation.Duplicate"),
            ("DeleteTransitGateway", {"TransitGatewayId": ids["aws/transit-gateway"]}, "IncorrectState"),
            ("DeleteTransitGatewayRouteTable", {"TransitGatewayRouteTableId": table}, "IncorrectState"),
            ("DeleteCustomerGateway", {"CustomerGatewayId": ids["aws/customer-gateway"]}, "IncorrectState"),
            ("CreateVpnConnection", {"Type": "ipsec.1", "CustomerGatewayId": ids["aws/customer-gateway"], "TransitGatewayId": ids["aws/transit-gateway"],
                                     "Options": {"TunnelOptions": [{"PreSharedKey": "0startsWithZero"}]}}, "InvalidParameterValue")):
        refused = js.refused(js.aws, "ec2", call, **given)
        equal(refused and refused.name, code, f"{call} {given}")
        check(refused is not None and refused.status == 400, f"{call}: status 400")
    equal(aws.refused("ec2", "describe-vpn-connections", "--vpn-connection-ids", "vpn-0123456789abcdef0"), "InvalidVpnConnectionID.NotFound", "awscli: unknown VPN")
    equal(aws.refused("ec2", "search-transit-gateway-routes", "--transit-gateway-route-table-id", table, "--filters", "Name=no,Values=x"),
          "InvalidParameterValue", "awscli: unknown filter of a route search")


def errors_of_direct_connect(aws, js):
    for call, given in (("DescribeConnections", {"connectionId": "dxcon-ffffffff"}), ("ConfirmConnection", {"connectionId": "dxcon-ffffffff"}),
                        ("DeleteVirtualInterface", {"virtualInterfaceId": "dxvif-ffffffff"}),
                        ("CreateDirectConnectGateway", {"directConnectGatewayName": "x", "amazonSideAsn": 100})):
        refused = js.refused(js.aws, "directconnect", call, **given)
        equal(refused and (refused.name, refused.status), ("DirectConnectClientException", 400), f"{call}: error name")
    equal(aws.refused("directconnect", "describe-connections", "--connection-id", "dxcon-ffffffff"), "DirectConnectClientException", "awscli: unknown connection")


def errors_of_arm(js):
    for client in ("arm36", "arm39"):
        for group, call, args, code, status in (
                ("virtualNetworkGateways", "get", [GROUP, "nowhere"], "ResourceNotFound", 404),
                ("subnets", "get", [GROUP, "vnet-app", "nowhere"], "NotFound", 404),
                ("virtualNetworks", "get", ["rg-nowhere", "vnet-app"], "ResourceGroupNotFound", 404),
                ("expressRouteCircuits", "beginDeleteAndWait", [GROUP, "sydney-er"], None, 400),
                ("virtualNetworkGateways", "beginDeleteAndWait", [GROUP, "sydney-vpngw"], "VirtualNetworkGatewayCannotBeDeleted", 400),
                ("subnets", "beginDeleteAndWait", [GROUP, "vnet-app", "GatewaySubnet"], "InUseSubnetCannotBeDeleted", 400),
                ("publicIPAddresses", "beginDeleteAndWait", [GROUP, "sydney-vpngw-ip"], "PublicIPAddressCannotBeDeleted", 400),
                ("localNetworkGateways", "beginDeleteAndWait", [GROUP, "sydney-lng-1"], None, 400)):
            refused = js.refused(js.arm, client, group, call, *args)
            check(refused is not None, f"{client} {group}.{call}{args} is refused")
            if refused and code:
                equal((refused.code, refused.status), (code, status), f"{client} {group}.{call}{args}")
    made = js.arm("arm39", "localNetworkGateways", "beginCreateOrUpdateAndWait", GROUP, "probe", {
        "location": "australiaeast", "gatewayIpAddress": "10.254.1.9", "localNetworkAddressSpace": {"addressPrefixes": ["10.99.0.0/16"]}})
    tagged = js.arm("arm36", "localNetworkGateways", "updateTags", GROUP, "probe", {"tags": {"a": "b"}})
    equal((tagged["tags"], tagged["gatewayIpAddress"]), ({"a": "b"}, made["gatewayIpAddress"]), "PATCH changes the tags only")
    check(tagged["etag"] != made["etag"], "a change gives a new etag")
    js.arm("arm36", "localNetworkGateways", "beginDeleteAndWait", GROUP, "probe")
    equal(js.refused(js.arm, "arm39", "localNetworkGateways", "get", GROUP, "probe").status, 404, "deleted by the older client, gone for the newer")


def errors_of_megaport(megaport, ids):
    mcr = ids["megaport/mcr"]
    unknown = "00000000-0000-4000-8000-000000000000"
    check(megaport.refused("GET", "/v2/product/{uid}", shape={"uid": unknown}) in (400, 404), "unknown product")
    check(megaport.refused("GET", "/v2/product/mcr2/{mcr}/prefixLists", shape={"mcr": unknown}) in (400, 404), "lists of an unknown MCR")
    equal(megaport.refused("GET", "/v2/product/mcr2/{mcr}/diagnostics/routes/ip", shape={"mcr": unknown}, **{"async": "true"}), 404,
          "looking glass of an unknown MCR")
    equal(megaport.refused("GET", "/v2/product/mcr2/{vxc}/prefixLists", shape={"vxc": ids["megaport/aws-vxc"]}), 400, "lists of a VXC")
    equal(megaport.refused("DELETE", "/v2/product/mcr2/{mcr}/prefixList/{id}", shape={"mcr": mcr, "id": ids["megaport/aws-export"]}), 409, "a list in use")
    equal(megaport.refused("GET", "/v2/secure/azure/{key}", shape={"key": "6543"}), 400, "a malformed service key")
    check(megaport.refused("POST", "/v3/product/{uid}/action/CANCEL_NOW", shape={"uid": mcr}, safeDelete="true") in range(400, 500), "an MCR with VXCs stays")
    equal(megaport.refused("PUT", "/v2/product/mcr2/{mcr}", {"name": "sydney-mcr", "costCentre": "", "asn": 64512}, shape={"mcr": mcr}), 400, "ASN with VXCs attached")
    equal(megaport.refused("POST", "/v3/networkdesign/validate", [{"productType": "MCR2", "productName": "x", "locationId": 2, "portSpeed": 7, "term": 1,
                                                                  "config": {}}]), 400, "an MCR of an odd speed")
    equal(megaport.refused("GET", "/v2/product/mcr2/{mcr}/lookingGlass/routes", shape={"mcr": mcr}), 404, "an address that never existed")
    price = megaport("POST", "/v4/pricebook/product", {"productType": "MCR2", "locationId": 2, "speed": 1000, "term": 1, "currency": "AUD"})
    check(price["monthlyRate"] > 0, "price of an MCR")
