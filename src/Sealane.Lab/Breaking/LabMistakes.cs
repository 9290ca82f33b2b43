using Sealane.Core;
using Sealane.Lab.Model;

namespace Sealane.Lab.Breaking;

/// <summary>What a person does to the link by mistake, as a change of the network.</summary>
/// <param name="Name">As typed; the sandbox's word where it knows the mistake too.</param>
public sealed record LabMistake(string Name, string Text, Func<LabNetwork, LabNetwork> Change);

/// <summary>Every mistake that <c>sealane lab break</c> knows, in reading order.</summary>
public static class LabMistakes
{
    private const int CoveringLength = 8;
    private static readonly Secret s_other = new("Another_pre.shared_key_0123456789");
    private static readonly Secret s_otherBgp = new("another1bgp2key");

    private static readonly LabMistake s_awsImport = new(
        "drop-aws-import-filter", "MCR, towards AWS: no import filter; it learns all that AWS announces (lock a)",
        network => Sessions(network, Cloud.Aws, session => session with { Import = null }));

    private static readonly LabMistake s_azureImport = new(
        "drop-azure-import-filter", "MCR, towards Azure: no import filter; it learns the VNet (lock a)",
        network => Sessions(network, Cloud.Azure, session => session with { Import = null }));

    private static readonly LabMistake s_awsExport = new(
        "drop-aws-export-filter", "MCR, towards AWS: no export filter; it announces all it knows (lock b)",
        network => Sessions(network, Cloud.Aws, session => session with { Export = null }));

    private static readonly LabMistake s_azureExport = new(
        "drop-azure-export-filter", "MCR, towards Azure: no export filter; it announces all it knows (lock b)",
        network => Sessions(network, Cloud.Azure, session => session with { Export = null }));

    private static readonly LabMistake s_allowVpc = new(
        "allow-vpc-prefix",
            "Direct Connect gateway: the VPC among the allowed prefixes, as guide step 3 has it (lock c)",
        network => network with
        {
            DxGateway = network.DxGateway with
            {
                AllowedPrefixes = [.. network.DxGateway.AllowedPrefixes.Union(network.VpcPrefixes)],
            },
        });

    private static readonly LabMistake s_propagate = new(
        "propagate-dxgw", "Transit gateway: the Direct Connect attachment propagates into the workload table (lock d)",
        network => network with { TransitGateway = network.TransitGateway with { Propagates = true } });

    private static readonly LabMistake s_associate = new(
        "associate-dxgw", "Transit gateway: the Direct Connect attachment shares the workload table (lock d)",
        network => network with { TransitGateway = network.TransitGateway with { Associates = true } });

    public static IReadOnlyList<LabMistake> List { get; } =
    [
        s_awsImport, s_azureImport, s_awsExport, s_azureExport, s_allowVpc, s_propagate, s_associate,
        new("covering-route",
            "MCR, towards Azure: a static route to the /8 around the VNet, which no import filter sees",
            network => Legs(network, Cloud.Azure, leg =>
                leg with { Statics = [.. leg.Statics, Covering(network, leg)] })),
        Stop(1), Stop(2),
        new("wrong-psk", "Azure, tunnel 1: another pre-shared key; AWS keeps the old one",
            network => Tunnel(network, 1, tunnel => tunnel with { AzureKey = s_other })),
        new("delete-connection-1", "Azure, tunnel 1: the connection deleted",
            network => Tunnel(network, 1, tunnel => tunnel with { Configured = false })),
        new("wrong-asn", "Azure, tunnel 1: an ASN that is not the transit gateway's",
            network => Tunnel(network, 1, tunnel => tunnel with { AzurePeerAsn = network.TransitGateway.Asn - 1 })),
        new("remove-static-route", "MCR, towards AWS: no static route to tunnel 1's outside address (guide step 18)",
            network => Legs(network, Cloud.Aws, leg => leg with
            {
                Statics = [.. leg.Statics.Where(route => route.Prefix.Network != network.Tunnels[0].AwsOutside)],
            })),
        new("open-aws-to-azure",
            "All locks from AWS to Azure: import filter of Azure, export filter of AWS, propagation",
            network => s_propagate.Change(s_awsExport.Change(s_azureImport.Change(network)))),
        new("open-azure-to-aws",
            "All locks from Azure to AWS: import filter of AWS, export filter of Azure, allowed prefix, association",
            network => s_associate.Change(s_allowVpc.Change(s_azureExport.Change(s_awsImport.Change(network))))),
        new("wrong-bgp-key", "MCR, towards AWS: another BGP key; AWS keeps the old one (guide step 7)",
            network => Sessions(network, Cloud.Aws, session => session with { McrKey = s_otherBgp })),
        new("duplicate-net", "MCR: both clouds' links in one /30", Duplicate),
    ];

    /// <summary>The mistakes that the sandbox's clouds cannot be made to show.</summary>
    public static IReadOnlyList<string> LabOnly { get; } = ["wrong-bgp-key", "duplicate-net"];

    public static LabMistake? Find(string name) => List.FirstOrDefault(mistake => mistake.Name == name);

    /// <summary>The network with mistakes made, in order.</summary>
    public static LabNetwork Make(LabNetwork network, IEnumerable<string> names) =>
        names.Aggregate(network, (made, name) => Find(name)?.Change(made)
            ?? throw new LabError($"no mistake is called '{name}'"));

    private static LabMistake Stop(int number) => new(
        $"stop-tunnel-{number}", $"AWS: another encryption pinned on tunnel {number}; IKE finds no suite",
        network => Tunnel(network, number, tunnel => tunnel with
        {
            AwsPhase1Encryption = network.Ipsec.Phase1Encryption == "AES128" ? "AES256" : "AES128",
        }));

    private static LabMcrStatic Covering(LabNetwork network, LabLeg leg)
    {
        var vnet = network.Vnets[0].Prefixes[0];
        return new(new(vnet.Network, Math.Min(vnet.Length, CoveringLength)), leg.FarAddress);
    }

    private static LabNetwork Duplicate(LabNetwork network)
    {
        var first = network.Routers[0].Legs[0];
        return network with
        {
            Routers = [.. network.Routers.Select((router, at) => at > 0 ? router : router with
            {
                Legs = [.. router.Legs.Select(leg => leg.Cloud == Cloud.Aws ? leg : leg with
                {
                    McrAddress = first.McrAddress,
                    FarAddress = first.FarAddress,
                    Statics = [.. leg.Statics.Select(route => route with { NextHop = first.FarAddress })],
                })],
            })],
        };
    }

    private static LabNetwork Sessions(LabNetwork network, Cloud cloud, Func<LabSession, LabSession> change) =>
        Legs(network, cloud, leg => leg with { Session = change(leg.Session) });

    private static LabNetwork Legs(LabNetwork network, Cloud cloud, Func<LabLeg, LabLeg> change) => network with
    {
        Routers = [.. network.Routers.Select(router => router with
        {
            Legs = [.. router.Legs.Select(leg => leg.Cloud == cloud ? change(leg) : leg)],
        })],
    };

    private static LabNetwork Tunnel(LabNetwork network, int number, Func<LabTunnel, LabTunnel> change) => network with
    {
        Tunnels = [.. network.Tunnels.Select(tunnel => tunnel.Number == number ? change(tunnel) : tunnel)],
    };
}
