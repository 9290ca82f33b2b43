namespace Sealane.Core.Checks;

/// <summary>SL207-210: the networks inside the tunnels, on which both clouds must agree.</summary>
public static class TunnelAddressChecks
{
    private static readonly Ipv4 WindowFirst = Ipv4.Parse("169.254.21.0");
    private static readonly Ipv4 WindowLast = Ipv4.Parse("169.254.22.255");

    /// <summary>What AWS keeps for itself out of 169.254.0.0/16.</summary>
    private static readonly Prefix[] ReservedByAws =
    [
        Prefix.Parse("169.254.0.0/30"), Prefix.Parse("169.254.1.0/30"), Prefix.Parse("169.254.2.0/30"),
        Prefix.Parse("169.254.3.0/30"),
        Prefix.Parse("169.254.4.0/30"), Prefix.Parse("169.254.5.0/30"), Prefix.Parse("169.254.169.252/30"),
    ];

    public static readonly DesignCheck Size = new()
    {
        Id = "SL207",
        Severity = Severity.Error,
        Title = "The inside of a tunnel is a /30",
        Why = "AWS takes its first host and gives the second to the other side; it refuses other sizes.",
        Fix = "Write a /30, such as 169.254.21.0/30.",
        Sources = [Docs.TunnelOptions],
        Find = design => from inside in Networks.InsideTunnels(design)
                         where inside.Prefix.Length != 30
                         select new Flaw(inside.Path, $"{inside} is not a /30"),
    };

    public static readonly DesignCheck InAzureWindow = new()
    {
        Id = "SL208",
        Severity = Severity.Error,
        Title = "The inside of a tunnel lies in 169.254.21.0 to 169.254.22.255",
        Why = "Azure takes custom BGP addresses from this window only, AWS only from 169.254.0.0/16: "
            + "outside it the two never get a common BGP address and the tunnel carries no route.",
        Fix = "Use a /30 between 169.254.21.0/30 and 169.254.22.252/30.",
        Sources = [Docs.AzureBgp, Docs.AzureToAws],
        Find = design => from inside in Networks.InsideTunnels(design)
                         where inside.Prefix.Network < WindowFirst || inside.Prefix.Last > WindowLast
                         select new Flaw(inside.Path, $"{inside} lies outside the window {WindowFirst} to "
                             + $"{WindowLast}"),
    };

    public static readonly DesignCheck NotReservedByAws = new()
    {
        Id = "SL209",
        Severity = Severity.Error,
        Title = "The inside of a tunnel is not a block that AWS keeps for itself",
        Why = "AWS refuses these /30s for tunnels; 169.254.169.252/30 holds the instance metadata service.",
        Fix = "Use a /30 between 169.254.21.0/30 and 169.254.22.252/30.",
        Sources = [Docs.TunnelOptions],
        Find = design => from inside in Networks.InsideTunnels(design)
                         from reserved in ReservedByAws
                         where inside.Prefix.Overlaps(reserved)
                         select new Flaw(inside.Path, $"{inside} is reserved by AWS"),
    };

    public static readonly DesignCheck Distinct = new()
    {
        Id = "SL210",
        Severity = Severity.Error,
        Title = "Each tunnel has an inside network of its own",
        Why = "With one network for both, neither end can tell the two BGP neighbours apart; "
            + "a tunnel is also found again by its inside network, because AWS numbers tunnels as it likes.",
        Fix = "Give the tunnels different /30s, such as 169.254.21.0/30 and 169.254.22.0/30.",
        Sources = [Docs.TunnelOptions, Docs.AzureToAws],
        Find = design => Networks.OverlapsWithin(Networks.InsideTunnels(design)),
    };
}
