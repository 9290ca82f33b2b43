namespace Sealane.Clouds.Megaport.Wire;

/// <summary>Where a route leads, and over which VXC.</summary>
public sealed record NextHop(string? Ip, NextHopVxc? Vxc);

public sealed record NextHopVxc(string? Id, string? Name);

/// <summary>A row of the MCR's routing table.</summary>
public sealed record McrIpRoute
{
    public string? Prefix { get; init; }

    /// <summary><c>BGP</c>, <c>STATIC</c> and others.</summary>
    public string? Protocol { get; init; }
    public int? Distance { get; init; }
    public int? Metric { get; init; }
    public NextHop? NextHop { get; init; }
}

/// <summary>A row of the MCR's BGP table, or of what it received from or announced to one neighbour.</summary>
public sealed record McrBgpRoute
{
    public string? Prefix { get; init; }
    public bool? Best { get; init; }
    public bool? Valid { get; init; }
    public bool? External { get; init; }

    /// <summary>ASNs with spaces between them.</summary>
    public string? AsPath { get; init; }
    public string? Origin { get; init; }

    /// <summary>Address of the neighbour that announced it.</summary>
    public string? Source { get; init; }
    public long? LocalPref { get; init; }
    public long? Med { get; init; }

    /// <summary>As the router writes it: a zone without colon, which strict ISO readers refuse.</summary>
    public string? Since { get; init; }
    public NextHop? NextHop { get; init; }
}
