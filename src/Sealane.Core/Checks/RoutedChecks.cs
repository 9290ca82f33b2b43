using Sealane.Core.Routing;

namespace Sealane.Core.Checks;

/// <summary>SL307: what the routing model says about the network that the design will become.</summary>
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
