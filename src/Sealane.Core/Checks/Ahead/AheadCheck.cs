namespace Sealane.Core.Checks.Ahead;

/// <summary>A rule about what the clouds say before anything is ordered: it costs calls, and no money.</summary>
public sealed record AheadCheck : Check
{
    public required Func<FoundAhead, IEnumerable<Flaw>> Find { get; init; }

    /// <summary>Speaks of what the credentials may do. A plan can be made with others, which only look: there it
    /// warns.</summary>
    public bool OfWhoActs { get; init; }
}

/// <summary>Every rule of this kind, by hand and in reading order.</summary>
public static class AllAheadChecks
{
    public static IReadOnlyList<AheadCheck> List { get; } =
    [
        AzureAheadChecks.SubscriptionIsEnabled,
        AzureAheadChecks.ProviderIsRegistered,
        AzureAheadChecks.RegionExists,
        AzureAheadChecks.RegionHasZones,
        AzureAheadChecks.PeeringLocationIsOffered,
        AzureAheadChecks.CircuitSizeIsOffered,
        AzureAheadChecks.NoOtherGateway,
        AzureAheadChecks.NoRemoteGateway,
        RightsAheadChecks.AzureAllows,
        RightsAheadChecks.NothingIsReadOnly,
        RightsAheadChecks.NoPolicyDenies,

        AwsAheadChecks.NoRouteInTheWay,
        AwsAheadChecks.TransitGatewayQuota,
        RightsAheadChecks.Ec2Allows,
        RightsAheadChecks.IamAllows,

        MegaportAheadChecks.SiteExists,
        MegaportAheadChecks.McrIsOffered,
        MegaportAheadChecks.AwsPortIsThere,
        MegaportAheadChecks.OrderIsTaken,
        RightsAheadChecks.MegaportAllows,

        ConsentAheadChecks.WithinBudget,
    ];

    public static AheadCheck? Find(string id) =>
        List.FirstOrDefault(check => string.Equals(check.Id, id, StringComparison.OrdinalIgnoreCase));
}

/// <summary>Judges what was found, with the rules on the design as found beside the rules about the accounts.</summary>
public static class AheadChecks
{
    public static CheckReport Run(FoundAhead found)
    {
        ArgumentNullException.ThrowIfNull(found);
        var source = found.Design.Spec.Source;
        var reasons = found.Design.Spec.Silence.ToLookup(silence => silence.Check, silence => silence.Reason,
            StringComparer.Ordinal);
        var ahead = AllAheadChecks.List
            .SelectMany(check => check.Find(found).Select(flaw => new Finding(
                check.OfWhoActs && !found.Acts ? check with { Severity = Severity.Warning } : check,
                source.Of(flaw.Path), flaw.Message)))
            .ToLookup(finding => finding.Check.MayBeSilenced && reasons.Contains(finding.Check.Id));
        var design = DesignChecks.Run(found.AsFound).Findings.Where(finding =>
            finding.Check.Severity == Severity.Error);
        return new([.. design, .. ahead[false]], [.. ahead[true].Select(finding => (finding,
            reasons[finding.Check.Id].First()))]);
    }
}
