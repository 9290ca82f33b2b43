using Sealane.Core;
using Sealane.Lab.Frr;
using Sealane.Lab.StrongSwan;

namespace Sealane.Lab.Plan;

/// <summary>
/// Boxes and links with everything that configures them: pure data, the same for the same network. One box is one
/// network namespace; a VXC, an attachment or a subnet is a pair of veth ports.
/// </summary>
public sealed record LabPlan(string Name, IReadOnlyList<Box> Boxes, IReadOnlyList<Link> Links)
{
    public Box this[string name] => Boxes.First(box => box.Name == name);

    public IEnumerable<Box> Routers => Boxes.Where(box => box.Frr is not null);
    public IEnumerable<Box> Endpoints => Boxes.Where(box => box.Charon is not null);

    /// <summary>The boxes that carry both clouds' packets: what must never show them in the clear.</summary>
    public IEnumerable<Box> Mcrs =>
        Boxes.Where(box => box.Name == "mcr" || box.Name.StartsWith("mcr-", StringComparison.Ordinal));
}

/// <summary>One network namespace.</summary>
/// <param name="Name">What it stands for, in one word: <c>tgw</c>, <c>mcr-blue</c> …</param>
/// <param name="Stands">The same in a sentence.</param>
public sealed record Box(string Name, string Stands)
{
    public IReadOnlyList<Port> Ports { get; init; } = [];

    /// <summary>Arguments of <c>ip route add</c>.</summary>
    public IReadOnlyList<string> Routes { get; init; } = [];

    /// <summary>Arguments of <c>ip rule add</c>.</summary>
    public IReadOnlyList<string> Rules { get; init; } = [];

    /// <summary>Addresses of others that this box answers for, by port.</summary>
    public IReadOnlyList<(Ipv4 Address, string Port)> ProxyNeighbours { get; init; } = [];
    public FrrConfig? Frr { get; init; }
    public CharonConfig? Charon { get; init; }

    /// <summary>
    /// Seed of the hash that spreads flows over equal routes. Namespaces share the kernel's own, so that a second
    /// router on the way would repeat the first one's choice and half of the tunnels would never carry anything.
    /// </summary>
    /// <remarks>https://docs.kernel.org/networking/ip-sysctl.html, fib_multipath_hash_seed</remarks>
    public required uint HashSeed { get; init; }
}

/// <summary>An interface of a box.</summary>
public sealed record Port(string Name, PortKind Kind, IReadOnlyList<InterfaceAddress> Addresses)
{
    public bool Up { get; init; } = true;

    /// <summary>The bridge that it is a port of.</summary>
    public string? Bridge { get; init; }

    /// <summary>Interfaces of group 7 are closed to packets of the tunnel ends.</summary>
    public int Group { get; init; }
}

public enum PortKind
{
    Veth,
    Loopback,
    Bridge,

    /// <summary>Made by the IKE daemon of a tunnel end, then moved here.</summary>
    Tunnel,
}

public sealed record Link(string BoxA, string PortA, string BoxB, string PortB);
