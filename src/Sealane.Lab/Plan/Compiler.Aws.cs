using Sealane.Lab.Model;

namespace Sealane.Lab.Plan;

/// <summary>AWS: VPCs, the transit gateway's two tables, the Direct Connect gateway.</summary>
public static partial class Compiler
{
    private static void Aws(Draft draft, LabNetwork network)
    {
        var gateway = network.TransitGateway;
        var tgw = draft.Box("tgw", $"transit gateway AS {gateway.Asn}, the workload route table");
        var transport = draft.Box("tgw-transport",
            "transit gateway, the route table of the Direct Connect attachment, and the tunnels' outside addresses");
        var dxgw = draft.Box("dxgw", $"Direct Connect gateway AS {network.DxGateway.Asn}");
        var (workload, inside) = draft.LinkOwn(transport, "workload", tgw, "transport", groupA: TunnelGroup);
        // Own addresses of the transit gateway that are no tunnel endpoint are nobody's.
        tgw.Routes.Add($"blackhole {gateway.Cidr}");
        transport.Routes.Add($"blackhole {gateway.Cidr}");
        transport.Ports.Add(new("lo", PortKind.Loopback, [new(gateway.Cidr.Host(1), 32)]));
        var configured = Configured(gateway).Select(route => route.Prefix).ToHashSet();
        foreach (var vpc in network.Vpcs)
        {
            Vpc(draft, tgw, vpc, configured);
        }
        foreach (var route in Configured(gateway))
        {
            var via = route.To switch
            {
                "vpc" => $"via {Address(draft, Keyed("vpc", network.Vpcs[0].Key), "tgw")}",
                "dx" => $"via {workload}",
                _ => null,
            };
            tgw.Routes.Add(via is null ? $"blackhole {route.Prefix}" : $"{route.Prefix} {via}");
        }
        var (towards, _) = draft.LinkOwn(transport, "dx", dxgw, "tgw");
        FromMcr(network, dxgw, towards.ToString());
        if (gateway.Associates)
        {
            // What comes from Direct Connect is looked up in the table that its attachment is associated with, and in
            // no other; only what is for a tunnel's end stays here.
            // https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html
            transport.Rules.Add($"pref 100 iif dx to {gateway.Cidr} lookup main");
            transport.Rules.Add("pref 101 iif dx lookup 101");
            transport.Routes.Add($"default via {inside} table 101");
        }
    }

    // For one prefix a static route is preferred to a prefix list.
    // https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html
    private static IEnumerable<LabStaticRoute> Configured(LabTransitGateway gateway) =>
        gateway.Statics.Concat(gateway.Listed).DistinctBy(route => route.Prefix);

    private static void Vpc(Draft draft, BoxDraft tgw, LabVpc vpc, HashSet<Core.Prefix> configured)
    {
        var box = draft.Box(Keyed("vpc", vpc.Key), $"VPC {string.Join(' ', vpc.Prefixes)}: its route table");
        var (inside, outside) = draft.LinkOwn(box, "tgw", tgw, Keyed("vpc", vpc.Key));
        foreach (var prefix in vpc.Prefixes)
        {
            // Local routes win over everything, and what is not there is dropped.
            box.Routes.Add($"blackhole {prefix}");
            // A static route is preferred to what a VPC propagates.
            if (!configured.Contains(prefix))
            {
                tgw.Routes.Add($"{prefix} via {inside}");
            }
        }
        foreach (var prefix in vpc.Routed)
        {
            box.Routes.Add($"{prefix} via {outside}");
        }
        box.Routes.AddRange(vpc.Blackholes.Select(prefix => $"blackhole {prefix}"));
        Host(draft, box, "hosts", Keyed("vpc-host", vpc.Key), $"a machine in VPC {vpc.Prefixes[0]}", vpc.Prefixes[0],
            null);
    }

    // What comes from the MCR goes into AWS and nowhere else, whatever routes the MCR announced: by a table of its own.
    // Allowed prefixes choose the transit gateway; that others are dropped is not documented, so they pass by default.
    // https://docs.aws.amazon.com/directconnect/latest/UserGuide/allowed-to-prefixes.html
    private static void FromMcr(LabNetwork network, BoxDraft dxgw, string transport)
    {
        foreach (var prefix in network.DxGateway.AllowedPrefixes)
        {
            dxgw.Routes.Add($"{prefix} via {transport} table 100");
        }
        if (!network.DxGateway.DropsUnannounced)
        {
            dxgw.Routes.Add($"default via {transport} table 100");
        }
        // Its own answers (time exceeded) find the endpoints too.
        dxgw.Rules.Add("pref 33000 iif lo lookup 100");
        for (var number = 1; number <= AwsLegs(network).Count; number++)
        {
            dxgw.Rules.Add($"pref 100 iif vif{number} lookup 100");
            dxgw.Rules.Add($"pref 101 iif vif{number} blackhole");
        }
    }

    private static List<(LabRouter Router, LabLeg Leg)> AwsLegs(LabNetwork network) =>
        [.. network.Legs.Where(leg => leg.Leg.Cloud == Cloud.Aws)];

    private static List<(LabRouter Router, LabLeg Leg)> AzureLegs(LabNetwork network) =>
        [.. network.Legs.Where(leg => leg.Leg.Cloud == Cloud.Azure)];

    private static Core.Ipv4 Address(Draft draft, string box, string port) =>
        draft[box].Ports.First(one => one.Name == port).Addresses[0].Address;
}
