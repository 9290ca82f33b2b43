using Sealane.Core;
using Sealane.Core.Design;
using Sealane.Core.Routing;

namespace Sealane.Tests.Routing;

/// <summary>The guide's network with all four locks closed, under short names.</summary>
internal static class GuideNetwork
{
    public static NetworkDesign Design(string isolation = "isolated") => Designer.Design(new()
    {
        Name = "link",
        Aws = new()
        {
            Account = "111122223333",
            Region = "ap-southeast-2",
            Vpc = "vpc",
            DirectConnectGateway = new() { Name = "dxgw" },
            TransitGateway = new() { Name = "tgw", Isolation = isolation },
            TransitVif = new() { Name = "vif" },
            VpnConnectionName = "vpn",
        },
        Azure = new()
        {
            Subscription = "00000000-0000-0000-0000-000000000001",
            ResourceGroup = "rg",
            Region = "australiaeast",
            Vnet = "vnet",
            GatewaySubnet = "10.2.0.0/24",
            Circuit = new() { Name = "er" },
            ExpressRouteGateway = new() { Name = "ergw" },
            VpnGateway = new() { Name = "vpngw" },
        },
        Megaport = new()
        {
            Location = "Equinix SY1",
            Bandwidth = 50,
            Mcr = new() { Name = "mcr" },
            AwsVxcName = "aws-vxc",
            AzureVxcName = "azure-vxc"
        },
    });

    public static Network Isolated { get; } = DesignNetwork.Of(Design());

    public static Network Propagated { get; } = DesignNetwork.Of(Design("propagated"));

    public static IReadOnlyList<Prefix> Aws { get; } = [Prefix.Parse("10.1.0.0/16")];
    public static IReadOnlyList<Prefix> Azure { get; } = [Prefix.Parse("10.2.0.0/16")];

    /// <summary>A peering with a VNet that uses this one's gateways.</summary>
    public static VnetPeering Spoke(string vnet, params IEnumerable<string> prefixes) => new()
    {
        Id = "to-" + vnet,
        RemoteVnetId = vnet,
        RemotePrefixes = [.. prefixes.Select(Prefix.Parse)],
        RemoteUsesGateways = true,
    };

    public static ProofReport Prove(Network network) => Proof.Of(network, Aws, Azure);

    /// <summary>Opens locks: a import filters, b export filters, c the VPC's prefix allowed, d both
    /// propagations.</summary>
    public static Network Open(this Network network, string locks)
    {
        foreach (var letter in locks)
        {
            network = letter switch
            {
                'a' => Sessions(network, s => s with { ImportWhitelist = null }),
                'b' => Sessions(network, s => s with { ExportWhitelist = null }),
                'c' => network.Allow("dxgw", "tgw", Aws),
                'd' => network.Change("tgw", "dxgw-attachment",
                    a => a with { PropagatesTo = [.. a.PropagatesTo, "link-workload"] })
                    .Change("tgw", "link-vpc", a => a with { PropagatesTo = [.. a.PropagatesTo, "link-transport"] }),
                _ => throw new ArgumentException($"no lock {letter}"),
            };
        }
        return network;
    }

    private static Network Sessions(Network network, Func<McrBgpSession, McrBgpSession> change) =>
        network.Change("aws-vxc/bgp", change).Change("azure-vxc/bgp", change);
}
