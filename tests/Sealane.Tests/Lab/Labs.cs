using Sealane.Core;
using Sealane.Core.Design;
using Sealane.Core.Spec;
using Sealane.Lab.Model;

namespace Sealane.Tests.Lab;

/// <summary>Networks for the lab's tests.</summary>
internal static class Labs
{
    public static LabNetwork Of(string path)
    {
        var spec = SpecReader.Read(path, File.ReadAllText(path)).Spec!;
        return FromDesign.Of(Designer.Design(spec), LinkKeys.Derive(new("a key of the tests"), spec.Name, 1));
    }

    public static LabNetwork Sydney => Of(Repository.PathOf("examples", "sydney.yaml"));

    /// <summary>Two routers of one ASN, one circuit's both paths, an active-active gateway, four tunnels, two VPCs and
    /// a
    /// spoke.</summary>
    public static LabNetwork TwoRouters(bool bfd = true)
    {
        var one = Sydney;
        var key = one.Tunnels[0].AwsKey;
        IReadOnlyList<LabInstance> instances = [new(0, Ipv4.Parse("10.2.0.6")), new(1, Ipv4.Parse("10.2.0.7"))];
        IReadOnlyList<LabTunnel> tunnels =
        [
            Tunnel(1, 0, "10.254.1.18", "169.254.21.0/30"), Tunnel(2, 0, "10.254.1.80", "169.254.22.0/30"),
            Tunnel(3, 1, "10.254.1.33", "169.254.21.4/30"), Tunnel(4, 1, "10.254.1.97", "169.254.22.4/30"),
        ];
        LabRouter Router(string name, string aws, string azure, string path) => new(name, 133937,
        [
            Leg("aws", Cloud.Aws, "dxgw", aws, 64550, tunnels.Select(t => t.AwsOutside),
                instances.Select(i => i.Address)),
            Leg($"azure-{path}", Cloud.Azure, $"msee-{path}", azure, 12076, instances.Select(i => i.Address),
                tunnels.Select(t => t.AwsOutside)),
        ]);
        LabLeg Leg(string name, Cloud cloud, string far, string net, long asn, IEnumerable<Ipv4> own,
            IEnumerable<Ipv4> other) =>
            new(name, cloud, far, new(Prefix.Parse(net).Host(1), 30), Prefix.Parse(net).Host(2))
            {
                Statics = [.. own.Select(address => new LabMcrStatic(address.ToPrefix(), Prefix.Parse(net).Host(2)))],
                Session = new()
                {
                    PeerAsn = asn,
                    McrKey = key,
                    CloudKey = key,
                    Bfd = bfd,
                    Import = LabFilter.Of(own.Select(address => address.ToPrefix())),
                    Export = LabFilter.Of(other.Select(address => address.ToPrefix())),
                },
            };
        LabTunnel Tunnel(int number, int instance, string outside, string inside) => new(
            number, instance, Ipv4.Parse(outside), Prefix.Parse(inside).Host(1), Prefix.Parse(inside).Host(2), key,
                key);
        return one with
        {
            Routers =
            [
                Router("red", "192.168.100.0/30", "192.168.200.0/30", "primary"),
                Router("blue", "192.168.101.0/30", "192.168.200.4/30", "secondary"),
            ],
            Instances = instances,
            Tunnels = tunnels,
            Vpcs = [.. one.Vpcs, new("data", [Prefix.Parse("10.3.0.0/16")], one.Vpcs[0].Routed)],
            Vnets = [.. one.Vnets, new("spoke", [Prefix.Parse("10.4.0.0/16")])],
        };
    }
}
