using Sealane.Core.Routing;

namespace Sealane.Core.Checks;

/// <summary>SL307, SL516: what the routing model says about the network that the design will become.</summary>
public static class RoutedChecks
{
    /// <summary>As many as the locks of the law hold in both directions when all are closed and the isolation is
    /// kept.</summary>
    private const int Enough = 3;

    public static readonly DesignCheck ThreeMistakesApart = new()
    {
        Id = "SL307",
        Severity = Severity.Warning,
        NeedsSoundDesign = true,
        Title = "At least three mistakes stand between the design and clear traffic, in each direction and in every "
            + "failure",
        Why = "The clouds prefer the clear path for an equal prefix, and no status shows it. Each lock that the "
            + "design gives "
            + "away is one portal click less until traffic leaves the tunnels.",
        Fix = "Keep aws.transitGateway.isolation at isolated (or auto), and leave aws.allowedPrefixes out.",
        Sources = [Docs.TransitGatewayRoutes, Docs.PrivatePeeringVpn],
        Find = design =>
        {
            var report = Proof.Of(DesignNetwork.Of(design), DesignNetwork.ProtectedAws(design),
                DesignNetwork.ProtectedAzure(design));
            return Word(Words.Of(report, _ => true))
                .Concat(Flaws("AWS to Azure", report.AwsToAzure)).Concat(Flaws("Azure to AWS", report.AzureToAws));
        },
    };

    public static readonly DesignCheck CarriesAllInAFailure = new()
    {
        Id = "SL516",
        Severity = Severity.Note,
        NeedsSoundDesign = true,
        Title = "What it carries whole it also carries in each failure that it survives",
        Why = "Equal ways share the traffic. When both are filled and one fails, the other does not carry all of it: "
            + "the link stays up and encrypted, and drops packets.",
        Fix = "Count on the smaller figure, or raise megaport.bandwidth. sealane plan --format json has the figures "
            + "of every single failure.",
        Sources = [Docs.ExpressRouteFaq, Docs.VpnLimits, Docs.VpnGatewaySkus],
        Find = design => Capacity.Of(design) is var all && Capacity.Worst(all) is { } worst
            ? [new("megaport.bandwidth", $"{all[0]}; without {worst.Failure} {worst}")] : [],
    };

    private static IEnumerable<Flaw> Word(LinkWord word)
    {
        if (word != LinkWord.Encrypted)
        {
            yield return new("aws.transitGateway.isolation", $"the built link would be {Words.Of(word)}");
        }
    }

    private static IEnumerable<Flaw> Flaws(string direction, DirectionLocks locks)
    {
        if (locks.Delivery.Count is { } count and < Enough)
        {
            yield return new("aws.transitGateway.isolation", count == 0
                ? $"traffic from {direction} would be in the clear"
                : $"{count} {(count == 1 ? "mistake is" : "mistakes are")} enough for clear traffic from {direction}: "
                    + $"{string.Join("; ", locks.Delivery.Changes)}");
        }
    }
}
