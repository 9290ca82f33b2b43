using static Sealane.Core.Spec.Keys.KeyShapes;

namespace Sealane.Core.Spec.Keys;

internal static class AwsKeys
{
    public static IReadOnlyList<SpecKey> All { get; } =
    [
        Section("aws", "The AWS side: account, region and the existing VPC; names and numbers of what is made there.")
            with { Required = true },
        Text("aws.account", TextForms.AwsAccount, "111122223333",
            "The AWS account, 12 digits. Quote it: leading zeros count.")
            with { Required = true },
        Text("aws.region", TextForms.AwsRegion, "ap-southeast-2", "Region of the VPC, the transit gateway and the VPN.")
            with { Required = true },
        Text("aws.connectionRegion", TextForms.AwsRegion, "ap-southeast-4",
            "Region of the Direct Connect location, when it differs from aws.region."),
        Text("aws.profile", TextForms.Label, "network",
            "Profile of the AWS configuration files. Default: the SDK's own search."),
        Text("aws.vpc", TextForms.VpcId, "vpc-0a1b2c3d4e5f60718", "The existing VPC.") with { Required = true },
        List("aws.subnets", TextForms.SubnetId, "subnet-0a1b2c3d4e5f60001",
            "One subnet in each availability zone that has workloads: the transit gateway attaches there (guide step "
                + "4).")
            with { Required = true, MinItems = 1, MaxItems = 20 },
        List("aws.routeTables", TextForms.RouteTableId, "rtb-0a1b2c3d4e5f60001",
            "VPC route tables that get a route to the VNet. Default: the tables that serve the subnets."),
        List("aws.cidrs", TextForms.Prefix, "10.1.0.0/16",
            "The VPC's prefixes. Default: as found in the account; named here, the checks can use them offline."),
        Text("aws.vpcAccount", TextForms.AwsAccount, "444455556666",
            "The account of the VPC, where it is not aws.account, which then owns the transit gateway and shares it."),
        Text("aws.vpcProfile", TextForms.Label, "workload", "Profile for the account of the VPC."),
        .. Parts("aws.vpcs", "Further VPCs of the same region on the transit gateway, each protected and "
            + "proved like the first. All of them share the workloads' route table."),
        Text("aws.vpcs[].account", TextForms.AwsAccount, "444455556666",
            "Its account, where it is not aws.account."),
        Text("aws.vpcs[].profile", TextForms.Label, "workload", "Profile for its account."),
        Text("aws.vpcs[].vpc", TextForms.VpcId, "vpc-0b1b2c3d4e5f60718", "The existing VPC.") with { Required = true },
        List("aws.vpcs[].subnets", TextForms.SubnetId, "subnet-0b1b2c3d4e5f60001",
            "One subnet in each availability zone that has workloads: the transit gateway attaches there.")
            with { Required = true, MinItems = 1, MaxItems = 20 },
        List("aws.vpcs[].routeTables", TextForms.RouteTableId, "rtb-0b1b2c3d4e5f60001",
            "Its route tables that get routes to Azure. Default: the tables that serve the subnets."),
        List("aws.vpcs[].cidrs", TextForms.Prefix, "10.3.0.0/16",
            "Its prefixes. Default: as found in the account; named here, the checks can use them offline."),
        Section("aws.directConnectGateway", "The Direct Connect gateway (guide step 1)."),
        Text("aws.directConnectGateway.id", TextForms.Guid, "01234567-89ab-cdef-0123-456789abcdef",
            "An existing gateway to use; it is never deleted."),
        Text("aws.directConnectGateway.name", TextForms.AwsName, "core-dxgw", "Default: <name>-dxgw."),
        Asn("aws.directConnectGateway.asn", "64551",
            "Amazon side ASN towards the MCR; differs from the transit gateway's.")
            with { Default = "64550" },
        Text("aws.directConnectGateway.account", TextForms.AwsAccount, "777788889999",
            "The account of all of Direct Connect, where it is not aws.account: the gateway, the hosted connections "
                + "and the transit VIFs."),
        Text("aws.directConnectGateway.profile", TextForms.Label, "connectivity", "Profile for that account."),
        Section("aws.transitGateway", "The transit gateway (guide step 2)."),
        Text("aws.transitGateway.id", TextForms.TransitGatewayId, "tgw-0a1b2c3d4e5f60718",
            "An existing gateway to use; it is never deleted."),
        Text("aws.transitGateway.name", TextForms.AwsName, "core-tgw", "Default: <name>-tgw."),
        Asn("aws.transitGateway.asn", "64600", "Amazon side ASN inside the tunnels (guide step 20: 65534).")
            with { Default = "65534" },
        Text("aws.transitGateway.cidr", TextForms.Prefix, "10.255.0.0/24",
            "Block from which AWS takes the tunnels' outside addresses, /24 or larger (guide step 2).")
            with { Default = "10.254.1.0/24" },
        Word("aws.transitGateway.isolation", ["auto", "isolated", "propagated"], "isolated",
            "Lock d of the encrypted path. isolated: no route of the Direct Connect gateway in the workloads' table; "
            + "propagated: as in the guide; auto: isolated first, propagated if the tunnels stay down.")
            with { Default = "auto" },
        List("aws.allowedPrefixes", TextForms.Prefix, "10.254.1.0/25",
            "What the Direct Connect gateway announces to the MCR (guide step 3). Default, and best: the transit "
                + "gateway CIDR only.")
            with { MinItems = 1, MaxItems = 200 },
        Section("aws.transitVif", "The transit virtual interface (guide step 7)."),
        Text("aws.transitVif.name", TextForms.AwsName, "core-vif", "Default: <name>-vif."),
        Number("aws.transitVif.mtu", 1, 65535, "8500", "MTU in bytes: 1500 or 8500.")
            with { Default = "1500", Numbers = [1500, 8500], JudgedByCheck = true },
        Section("aws.customerGateway", "The customer gateway: the Azure VPN gateway as AWS knows it (guide step 16)."),
        Text("aws.customerGateway.name", TextForms.AwsName, "azure-cgw", "Default: <name>-cgw."),
        Section("aws.vpnConnection", "The Site-to-Site VPN connection (guide step 17)."),
        Text("aws.vpnConnection.name", TextForms.AwsName, "azure-vpn", "Default: <name>-vpn."),
    ];
}
