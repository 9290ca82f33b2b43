using System.Globalization;

namespace Sealane.Core.Spec;

/// <summary>From values by path to the records. Every key of <see cref="SpecKeys"/> is asked for here; a test counts
/// them.</summary>
internal static class SpecBinder
{
    public static NetworkSpec Bind(SpecValues values, SourceMap source) => new()
    {
        Name = values.Text("name"),
        Resilience = values.TextOrNull("resilience"),
        Tags = values.Map("tags"),
        Existing = values.Map("existing"),
        ChangeUsed = values.List("changeUsed"),
        Aws = Aws(values),
        Azure = Azure(values),
        Megaport = Megaport(values),
        Transport = new()
        {
            McrToAws = values.TextOrNull("transport.aws.mcr"),
            AmazonAddress = values.TextOrNull("transport.aws.amazon"),
            AzurePrimary = values.TextOrNull("transport.azure.primary"),
            AzureSecondary = values.TextOrNull("transport.azure.secondary"),
            AzureVlan = values.Int("transport.azure.vlan"),
            SecondMcrToAws = values.TextOrNull("transport.secondAws.mcr"),
            SecondAmazonAddress = values.TextOrNull("transport.secondAws.amazon"),
            SecondAzurePrimary = values.TextOrNull("transport.secondAzure.primary"),
            SecondAzureSecondary = values.TextOrNull("transport.secondAzure.secondary"),
        },
        Tunnels =
        [
            .. Enumerable.Range(0, values.Count("tunnels")).Select(i => new TunnelSpec
            {
                InsideCidr = values.TextOrNull($"tunnels[{i}].insideCidr"),
                LocalGatewayName = values.TextOrNull($"tunnels[{i}].localGatewayName"),
                ConnectionName = values.TextOrNull($"tunnels[{i}].connectionName"),
            }),
        ],
        Ipsec = Ipsec(values),
        Secrets = new()
        {
            LinkKey = values.TextOrNull("secrets.linkKey"),
            Generation = values.Int("secrets.generation"),
            AwsBgpKey = values.TextOrNull("secrets.awsBgpKey"),
            AzureBgpKey = values.TextOrNull("secrets.azureBgpKey"),
            AwsBgpKeys = values.Map("secrets.awsBgpKeys"),
            AzureBgpKeys = values.Map("secrets.azureBgpKeys"),
            AuthorizationKey = values.TextOrNull("secrets.authorizationKey"),
            AuthorizationKeys = values.Map("secrets.authorizationKeys"),
            TunnelKeys = values.List("secrets.tunnelKeys"),
        },
        Endpoints = new()
        {
            Ec2 = values.TextOrNull("endpoints.ec2"),
            DirectConnect = values.TextOrNull("endpoints.directConnect"),
            Sts = values.TextOrNull("endpoints.sts"),
            Iam = values.TextOrNull("endpoints.iam"),
            Arm = values.TextOrNull("endpoints.arm"),
            Login = values.TextOrNull("endpoints.login"),
            Megaport = values.TextOrNull("endpoints.megaport"),
            MegaportToken = values.TextOrNull("endpoints.megaportToken"),
            AwsPrices = values.TextOrNull("endpoints.awsPrices"),
            AzurePrices = values.TextOrNull("endpoints.azurePrices"),
        },
        Protect = values.TextOrNull("protect") == "true",
        Budget =
        [
            .. Enumerable.Range(0, values.Count("budget")).Select(i => new BudgetSpec(
                values.Text($"budget[{i}].currency"), values.Long($"budget[{i}].monthly") ?? 0)),
        ],
        Moved =
        [
            .. Enumerable.Range(0, values.Count("moved"))
                .Select(i => new MovedSpec(values.Text($"moved[{i}].from"), values.Text($"moved[{i}].to"))),
        ],
        Silence =
        [
            .. Enumerable.Range(0, values.Count("silence"))
                .Select(i => new SilenceSpec(values.Text($"silence[{i}].check"), values.Text($"silence[{i}].reason"))),
        ],
        Accept =
        [
            .. Enumerable.Range(0, values.Count("accept")).Select(i => new AcceptSpec(
                values.Text($"accept[{i}].hole"), values.Text($"accept[{i}].reason"),
                AfterDay(values.Text($"accept[{i}].until")))),
        ],
        Source = source,
    };

    /// <summary>The items of a list of parts.</summary>
    private static IReadOnlyList<T> Each<T>(SpecValues values, string list, Func<string, string, T> bind)
        where T : PartSpec =>
    [
        .. from index in Enumerable.Range(0, values.Count(list))
           let of = $"{list}[{index}]"
           select bind(values.Text($"{of}.key"), of) with { Gone = values.TextOrNull($"{of}.gone") == "true" },
    ];

    private static DateTimeOffset AfterDay(string day) => new(
        DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture).AddDays(1), default, TimeSpan.Zero);

    private static AwsSpec Aws(SpecValues values) => new()
    {
        Account = values.Text("aws.account"),
        Region = values.Text("aws.region"),
        ConnectionRegion = values.TextOrNull("aws.connectionRegion"),
        Profile = values.TextOrNull("aws.profile"),
        Vpc = values.Text("aws.vpc"),
        VpcAccount = values.TextOrNull("aws.vpcAccount"),
        VpcProfile = values.TextOrNull("aws.vpcProfile"),
        Subnets = values.List("aws.subnets"),
        RouteTables = values.List("aws.routeTables"),
        Cidrs = values.List("aws.cidrs"),
        Vpcs = Each(values, "aws.vpcs", (key, of) => new VpcPartSpec
        {
            Key = key,
            Vpc = values.Text($"{of}.vpc"),
            Account = values.TextOrNull($"{of}.account"),
            Profile = values.TextOrNull($"{of}.profile"),
            Subnets = values.List($"{of}.subnets"),
            RouteTables = values.List($"{of}.routeTables"),
            Cidrs = values.List($"{of}.cidrs"),
        }),
        DirectConnectGateway = new()
        {
            Id = values.TextOrNull("aws.directConnectGateway.id"),
            Name = values.TextOrNull("aws.directConnectGateway.name"),
            Asn = values.Long("aws.directConnectGateway.asn"),
            Account = values.TextOrNull("aws.directConnectGateway.account"),
            Profile = values.TextOrNull("aws.directConnectGateway.profile"),
        },
        TransitGateway = new()
        {
            Id = values.TextOrNull("aws.transitGateway.id"),
            Name = values.TextOrNull("aws.transitGateway.name"),
            Asn = values.Long("aws.transitGateway.asn"),
            Cidr = values.TextOrNull("aws.transitGateway.cidr"),
            Isolation = values.TextOrNull("aws.transitGateway.isolation"),
        },
        AllowedPrefixes = values.List("aws.allowedPrefixes"),
        TransitVif = new() { Name = values.TextOrNull("aws.transitVif.name"), Mtu = values.Int("aws.transitVif.mtu") },
        CustomerGatewayName = values.TextOrNull("aws.customerGateway.name"),
        VpnConnectionName = values.TextOrNull("aws.vpnConnection.name"),
    };

    private static AzureSpec Azure(SpecValues values) => new()
    {
        Tenant = values.TextOrNull("azure.tenant"),
        Profile = values.TextOrNull("azure.profile"),
        Subscription = values.Text("azure.subscription"),
        ResourceGroup = values.Text("azure.resourceGroup"),
        Region = values.Text("azure.region"),
        Vnet = values.Text("azure.vnet"),
        Tags = values.Map("azure.tags"),
        Cidrs = values.List("azure.cidrs"),
        GatewaySubnet = values.TextOrNull("azure.gatewaySubnet"),
        Spokes = Each(values, "azure.spokes", (key, of) => new SpokePartSpec
        {
            Key = key,
            Vnet = values.Text($"{of}.vnet"),
            Cidrs = values.List($"{of}.cidrs"),
        }),
        Circuit = new()
        {
            Name = values.TextOrNull("azure.circuit.name"),
            PeeringLocation = values.TextOrNull("azure.circuit.peeringLocation"),
            BandwidthMbps = values.Int("azure.circuit.bandwidth"),
            Tier = values.TextOrNull("azure.circuit.tier"),
            Family = values.TextOrNull("azure.circuit.family"),
        },
        Circuits = Each(values, "azure.circuits", (key, of) => new CircuitPartSpec
        {
            Key = key,
            Name = values.TextOrNull($"{of}.name"),
            PeeringLocation = values.TextOrNull($"{of}.peeringLocation"),
            ConnectionName = values.TextOrNull($"{of}.connectionName"),
            Primary = values.TextOrNull($"{of}.primary"),
            Secondary = values.TextOrNull($"{of}.secondary"),
        }),
        SecondCircuit = new()
        {
            Name = values.TextOrNull("azure.secondCircuit.name"),
            PeeringLocation = values.TextOrNull("azure.secondCircuit.peeringLocation"),
            ConnectionName = values.TextOrNull("azure.secondCircuit.connectionName"),
        },
        ExpressRouteGateway = new()
        {
            Id = values.TextOrNull("azure.expressRouteGateway.id"),
            Name = values.TextOrNull("azure.expressRouteGateway.name"),
            Sku = values.TextOrNull("azure.expressRouteGateway.sku"),
            ConnectionName = values.TextOrNull("azure.expressRouteGateway.connectionName"),
        },
        VpnGateway = new()
        {
            Id = values.TextOrNull("azure.vpnGateway.id"),
            Name = values.TextOrNull("azure.vpnGateway.name"),
            Sku = values.TextOrNull("azure.vpnGateway.sku"),
            Generation = values.TextOrNull("azure.vpnGateway.generation"),
            Asn = values.Long("azure.vpnGateway.asn"),
            PublicIpName = values.TextOrNull("azure.vpnGateway.publicIpName"),
            SecondPublicIpName = values.TextOrNull("azure.vpnGateway.secondPublicIpName"),
            Mode = values.TextOrNull("azure.vpnGateway.mode"),
            Zones = values.ListOrNull("azure.vpnGateway.zones"),
        },
    };

    private static MegaportSpec Megaport(SpecValues values) => new()
    {
        Environment = values.TextOrNull("megaport.environment"),
        Profile = values.TextOrNull("megaport.profile"),
        Location = values.Text("megaport.location"),
        AwsLocation = values.TextOrNull("megaport.awsLocation"),
        Bandwidth = values.Int("megaport.bandwidth") ?? 0,
        DiversityZone = values.TextOrNull("megaport.diversityZone"),
        Term = values.Int("megaport.term"),
        CostCentre = values.TextOrNull("megaport.costCentre"),
        Mcr = new()
        {
            Id = values.TextOrNull("megaport.mcr.uid"),
            Name = values.TextOrNull("megaport.mcr.name"),
            SpeedMbps = values.Int("megaport.mcr.speed"),
            Asn = values.Long("megaport.mcr.asn"),
        },
        SecondRouter = new()
        {
            Name = values.TextOrNull("megaport.secondRouter.name"),
            Location = values.TextOrNull("megaport.secondRouter.location"),
            AwsLocation = values.TextOrNull("megaport.secondRouter.awsLocation"),
            DiversityZone = values.TextOrNull("megaport.secondRouter.diversityZone"),
            Standby = values.TextOrNull("megaport.secondRouter.standby") == "true",
        },
        Routers = Each(values, "megaport.routers", (key, of) => new RouterPartSpec
        {
            Key = key,
            Name = values.TextOrNull($"{of}.name"),
            Location = values.TextOrNull($"{of}.location"),
            DiversityZone = values.TextOrNull($"{of}.diversityZone"),
            Standby = values.TextOrNull($"{of}.standby") == "true",
            Asn = values.Long($"{of}.asn"),
        }),
        AwsVxcs = Each(values, "megaport.awsVxcs", (key, of) => new AwsVxcPartSpec
        {
            Key = key,
            Router = values.TextOrNull($"{of}.router"),
            AwsLocation = values.TextOrNull($"{of}.awsLocation"),
            Mcr = values.TextOrNull($"{of}.mcr"),
            Amazon = values.TextOrNull($"{of}.amazon"),
        }),
        AzureVxcs = Each(values, "megaport.azureVxcs", (key, of) => new AzureVxcPartSpec
        {
            Key = key,
            Name = values.TextOrNull($"{of}.name"),
            Router = values.TextOrNull($"{of}.router"),
            Circuit = values.TextOrNull($"{of}.circuit"),
            Path = values.TextOrNull($"{of}.path"),
        }),
        AwsVxcName = values.TextOrNull("megaport.awsVxc.name"),
        AzureVxcName = values.TextOrNull("megaport.azureVxc.name"),
        SecondaryAzureVxcName = values.TextOrNull("megaport.azureVxc.secondaryName"),
    };

    private static IpsecSpec Ipsec(SpecValues values) => new()
    {
        Phase1Encryption = values.TextOrNull("ipsec.phase1Encryption"),
        Phase1Integrity = values.TextOrNull("ipsec.phase1Integrity"),
        Phase1DhGroup = values.Int("ipsec.phase1DhGroup"),
        Phase1LifetimeSeconds = values.Int("ipsec.phase1LifetimeSeconds"),
        Phase2Encryption = values.TextOrNull("ipsec.phase2Encryption"),
        Phase2Integrity = values.TextOrNull("ipsec.phase2Integrity"),
        Phase2DhGroup = values.Int("ipsec.phase2DhGroup"),
        Phase2LifetimeSeconds = values.Int("ipsec.phase2LifetimeSeconds"),
        DpdTimeoutSeconds = values.Int("ipsec.dpdTimeoutSeconds"),
        TcpMss = values.Int("ipsec.tcpMss"),
    };
}
