using Sealane.Clouds;
using Sealane.Clouds.Megaport;
using Sealane.Clouds.Megaport.Wire;
using Sealane.Core;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;
using Sealane.Core.Spec;

namespace Sealane.Tests.Clouds.Megaport;

/// <summary>The guide's link as these tests see it.</summary>
internal static class Link
{
    public static Secret ServiceKey { get; } = new("e3b0c442-0000-4000-8000-00000000beef");
    public static LinkKeys Keys { get; } = LinkKeys.Derive(new("a link key for tests"), "sydney", 1);

    public static NetworkDesign Design(Func<MegaportSpec, MegaportSpec>? change = null) => Designer.Design(new()
    {
        Name = "sydney",
        Aws = new() { Account = "011122223333", Region = "ap-southeast-2", Vpc = "vpc-0a1b2c3d4e5f60718" },
        Azure = new() { Subscription = "s", ResourceGroup = "rg", Region = "australiaeast", Vnet = "vnet-app" },
        Megaport = (change ?? (spec => spec))(new() { Location = "Equinix SY1", Bandwidth = 50 }),
    });

    public static McrProduct Mcr { get; } = new(
        FakeMegaport.Mcr, "sydney-mcr", "LIVE", 1000, 133937, 2, "Equinix SY1", "red", 1, "", false, []);

    public static VxcProduct AwsVxc { get; } = new(
        FakeMegaport.AwsVxc, "sydney-aws", "LIVE", 50, 1, "", false, "Asia Pacific (Sydney) (ap-southeast-2)", 2, 314,
        [
            new()
            {
                IpAddresses = ["192.168.100.1/30"],
                BgpConnections =
                [
                    new()
                    {
                        PeerAsn = 64550, LocalIpAddress = "192.168.100.1", PeerIpAddress = "192.168.100.2",
                        ImportWhitelist = 2819,
                        ExportWhitelist = 2820, Password = Keys.AwsBgp(PartKey.None),
                    },
                ],
            },
        ],
        "011122223333", "dxcon-fg1234ab", null, null, null, null);

    public static VxcProduct AzureVxc { get; } = AwsVxc with
    {
        Uid = FakeMegaport.AzureVxc,
        Name = "sydney-azure",
        OwnerAccount = null,
        ConnectionId = null,
        ServiceKey = ServiceKey,
        CircuitMbps = 50,
        Peer = new()
        {
            Type = "private",
            PrimarySubnet = "192.168.101.0/30",
            SecondarySubnet = "192.168.101.4/30",
            Vlan = 100
        },
        Interfaces =
        [
            new()
            {
                IpAddresses = ["192.168.101.1/30"],
                BgpConnections =
                    [new() { PeerAsn = 12076, LocalIpAddress = "192.168.101.1", PeerIpAddress = "192.168.101.2" }],
            },
        ],
    };

    public static PrefixListProduct List(int id, string name, params string[] permitted) => new(
        FakeMegaport.Mcr, id, name,
        [.. permitted.Select(prefix => new PrefixFilterEntry { Action = "permit", Prefix = prefix })]);

    /// <summary>Everything that the Megaport resources read, as it is once the link is built.</summary>
    public static Known Built() => new()
    {
        ["megaport/mcr"] = Mcr,
        ["megaport/aws-vxc"] = AwsVxc,
        ["megaport/azure-vxc"] = AzureVxc,
        ["megaport/aws-import"] = List(2819, "sydney AWS-Import"),
        ["megaport/aws-export"] = List(2820, "sydney AWS-Export"),
        ["megaport/azure-import"] = List(2821, "sydney Azure-Import"),
        ["megaport/azure-export"] = List(2822, "sydney Azure-Export"),
        ["azure/circuit"] = new Circuit(ServiceKey),
        ["azure/vpn-gateway"] = new VpnGateway([Ipv4.Parse("10.2.0.6")]),
        ["aws/vpn-connection"] = new VpnConnection(new Dictionary<Prefix, Ipv4>
        {
            [Prefix.Parse("169.254.22.0/30")] = Ipv4.Parse("10.254.1.80"),
            [Prefix.Parse("169.254.21.0/30")] = Ipv4.Parse("10.254.1.18"),
        }),
    };

    public sealed record Circuit(Secret? ServiceKey, string ProviderState = "NotProvisioned") : IServiceKey;

    public sealed record VpnGateway(IReadOnlyList<Ipv4> PrivateAddresses) : IPrivateEndpoint;

    public sealed record VpnConnection(IReadOnlyDictionary<Prefix, Ipv4> OutsideAddresses) : ITunnelEndpoints;

    public sealed class Known : Dictionary<string, object>, IKnown
    {
        public object? Observed(ObjectRef of) => this.GetValueOrDefault(of.Id);

        public Known Without(string id)
        {
            Remove(id);
            return this;
        }
    }
}
