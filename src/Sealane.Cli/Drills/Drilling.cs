using Sealane.Cli.Output;
using Sealane.Clouds.Drills;
using Sealane.Core;
using Sealane.Core.Reconcile;

namespace Sealane.Cli.Drills;

/// <summary>What a drill would fail.</summary>
/// <param name="NotKnown">A cloud does not tell whether it is at work; null: all did.</param>
internal sealed record ReadyToDrill(Verified Verified, string? NotKnown, IReadOnlyList<DrillRow> Rows)
{
    /// <summary>What fails now that cannot be agreed to.</summary>
    public (string Why, string Fix)? Refused =>
        NotKnown is { } silent ? ($"{DrillRun.Unknown(silent)}; nothing was failed",
            "try again when the cloud answers; where it refuses, grant what docs/accounts.md says")
        : Rows.FirstOrDefault(row => row.Against is not null) is { } now
            ? ($"{DrillRun.Unsure(now.Element, now.Against!)}; nothing was failed",
                "wait until that is over, or choose others with --element; --accept-outage does not agree to this")
        : null;

    /// <summary>Why the first of them is not failed; null: each may be.</summary>
    public string? WhyNot(bool acceptOutage) => Rows.Select(row => DrillRun.WhyNot(Verified, row.Element, acceptOutage))
        .FirstOrDefault(why => why is not null);
}

/// <summary>A drill up to the question whether it is to be done, for the command line and for the service.</summary>
internal static class Drilling
{
    /// <summary>Longer than every hold time of a link, so that what would fall has fallen.</summary>
    public static readonly TimeSpan UsualHold = TimeSpan.FromMinutes(4);

    /// <summary>What of the link can be failed.</summary>
    public static IReadOnlyList<DrillElement> All(LinkSession link, Known known) => AllDrills.Of(
        link.Design, known, link.Reach.Aws, link.Reach.Azure, link.Reach.Megaport, link.Reach.Keys);

    /// <param name="names">None: all.</param>
    /// <exception cref="UsageError">The link has no element of that name.</exception>
    public static IReadOnlyList<DrillElement> Chosen(IReadOnlyList<DrillElement> all, IReadOnlyList<string> names) =>
        names.FirstOrDefault(name => all.All(one => one.Id != name)) is { } unknown
            ? throw new UsageError($"error: --element {Plain.Line(unknown)}: this link has no such element\n"
                + $"  fix: one of {string.Join(", ", all.Select(one => one.Id))}")
            : [.. all.Where(one => names.Count == 0 || names.Contains(one.Id))];

    /// <returns>Null where it is refused, and errors say why.</returns>
    public static async Task<ReadyToDrill?> Prepare(LinkSession link, Known known, IReadOnlyList<string> names,
        DrillWishes wishes, TextWriter errors, CancellationToken ct)
    {
        var elements = Chosen(All(link, known), names);
        var differs = Plan.Of(link.Graph, known).Steps.Where(step => step.Changes).Select(step => step.Id).ToList();
        if (differs.Count > 0)
        {
            errors.Line($"error: the link is not as the spec says: {string.Join(", ", differs)}");
            errors.Line($"  fix: first {link.Options.Again("plan")}, and apply");
            return null;
        }
        var verified = await Verifying.Once(link, ct).ConfigureAwait(false);
        var work = await WorkAhead.Read(link, known, DrillRun.Longest(wishes), ct).ConfigureAwait(false);
        return new(verified, work.NotKnown,
        [
            .. elements.Select(element => (Element: element, Lost: element.Lost(verified.Verification.Seen)))
                .Select(one => new DrillRow(one.Element, verified.CarriesWithout(one.Lost) == true)
                {
                    Against = work.Against(verified, one.Lost),
                }),
        ]);
    }
}
