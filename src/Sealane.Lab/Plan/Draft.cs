using Sealane.Core;
using Sealane.Lab.Frr;
using Sealane.Lab.StrongSwan;

namespace Sealane.Lab.Plan;

/// <summary>A plan while it is drawn up.</summary>
internal sealed class Draft(string name, LinkNets nets)
{
    private readonly List<BoxDraft> _boxes = [];
    private readonly List<Link> _links = [];

    public LinkNets Nets => nets;

    public BoxDraft Box(string boxName, string stands)
    {
        var box = new BoxDraft(boxName, stands);
        _boxes.Add(box);
        return box;
    }

    public BoxDraft this[string boxName] => _boxes.First(box => box.Name == boxName);

    /// <summary>A veth pair; the addresses may be empty.</summary>
    public void Link(BoxDraft a, string portA, InterfaceAddress? addressA, BoxDraft b, string portB,
        InterfaceAddress? addressB, bool up = true, string? bridgeB = null, int groupA = 0)
    {
        _links.Add(new(a.Name, portA, b.Name, portB));
        a.Ports.Add(new(portA, PortKind.Veth, addressA is { } one ? [one] : []) { Up = up, Group = groupA });
        b.Ports.Add(new(portB, PortKind.Veth, addressB is { } other ? [other] : []) { Up = up, Bridge = bridgeB });
    }

    /// <summary>A link with a /30 of the lab's own; the first address is the first box's.</summary>
    public (Ipv4 A, Ipv4 B) LinkOwn(BoxDraft a, string portA, BoxDraft b, string portB, int groupA = 0)
    {
        var net = nets.Next();
        Link(a, portA, new(net.Host(1), 30), b, portB, new(net.Host(2), 30), groupA: groupA);
        return (net.Host(1), net.Host(2));
    }

    /// <summary>The other end of a link.</summary>
    public (string Box, string Port) FarEnd(string box, string port)
    {
        var link = _links.First(one => (one.BoxA, one.PortA) == (box, port) || (one.BoxB, one.PortB) == (box, port));
        return (link.BoxA, link.PortA) == (box, port) ? (link.BoxB, link.PortB) : (link.BoxA, link.PortA);
    }

    public LabPlan Build() => new(name, [.. _boxes.Select((box, at) => box.Build((uint)(at + 1)))], _links);
}

internal sealed class BoxDraft(string name, string stands)
{
    public string Name => name;
    public List<Port> Ports { get; } = [];
    public List<string> Routes { get; } = [];
    public List<string> Rules { get; } = [];
    public List<(Ipv4 Address, string Port)> Proxies { get; } = [];
    public FrrConfig? Frr { get; set; }
    public CharonConfig? Charon { get; set; }

    public Box Build(uint number) => new(name, stands)
    {
        Ports = Ports,
        Routes = Routes,
        Rules = Rules,
        ProxyNeighbours = Proxies,
        Frr = Frr,
        Charon = Charon,
        // Any two different seeds do; multiplied by the golden ratio they differ in many bits.
        HashSeed = (number * 2654435769u) | 1,
    };
}

/// <summary>
/// Links that the clouds hide take /30s of 100.64.0.0/10 (RFC 6598, shared address space), past whatever the design
/// itself uses.
/// </summary>
internal sealed class LinkNets(IReadOnlyList<Prefix> used)
{
    private static readonly Prefix s_shared = Prefix.Parse("100.64.0.0/10");
    private long _next;

    public Prefix Next()
    {
        while (true)
        {
            var net = new Prefix(s_shared.Host(_next), 30);
            _next += 4;
            if (!used.Any(net.Overlaps))
            {
                return net;
            }
        }
    }
}
