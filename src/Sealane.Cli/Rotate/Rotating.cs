using Sealane.Cli.Commands;
using Sealane.Cli.Output;
using Sealane.Clouds;
using Sealane.Core.Reconcile;

namespace Sealane.Cli.Rotate;

/// <summary>What a rotation would do.</summary>
/// <param name="Steps">In their order; none: every end that shows its key has the one of the spec.</param>
internal sealed record ReadyToRotate(Rotation Rotation, IReadOnlyList<RotationStep> Steps)
{
    /// <summary>Keys of which nothing else is sure to carry meanwhile, of those that are changed first. What waits for
    /// a mended tunnel is asked in its turn.</summary>
    public IEnumerable<RotationStep> Alone =>
        Steps.Where(step => !step.Carried && step.Key.Agrees == Steps[0].Key.Agrees);
}

/// <summary>A rotation from its questions to its end, for the command line and for the service.</summary>
internal static class Rotating
{
    public static string[] Words { get; } = ["psk", "bgp", "all"];

    private static Func<KeySeen, bool> Chosen(string what) => what switch
    {
        "psk" => key => key.IsTunnel,
        "bgp" => key => !key.IsTunnel,
        _ => _ => true,
    };

    /// <param name="what">One of <see cref="Words"/>.</param>
    /// <returns>Null where it is refused, and errors say why.</returns>
    public static async Task<ReadyToRotate?> Prepare(
        LinkSession link, string what, TextWriter errors, CancellationToken ct)
    {
        if (!link.PassesChecks(errors)
            || !await link.IsOfTheseEnds(await link.Survey(ct).ConfigureAwait(false), errors, ct).ConfigureAwait(false))
        {
            return null;
        }
        var rotation = new Rotation(link);
        var steps = new List<RotationStep>();
        var pending = await rotation.Pending(Chosen(what), ct).ConfigureAwait(false);
        if (pending.Count > 0 && await rotation.Otherwise(ct).ConfigureAwait(false) is { Count: > 0 } other)
        {
            errors.Line($"error: not only keys differ from the spec: {string.Join(", ", other)}");
            errors.Line($"  fix: first {link.Options.Again("plan")}, with the keys' generation that stands, and apply; "
                + "then rotate");
            return null;
        }
        foreach (var key in pending)
        {
            steps.Add(await rotation.Step(key, ct).ConfigureAwait(false));
        }
        return new(rotation, steps);
    }

    /// <summary>Changes one key after the other, each as the link is then: what carried when the list was shown may be
    /// down.</summary>
    /// <param name="mayCutOff">Whether this key is changed though nothing else is sure to carry.</param>
    /// <param name="change">Carries a step out; its number counts from zero.</param>
    /// <returns>The run that did not end well; null where all did, or where errors say what stopped it.</returns>
    public static async Task<(bool Done, RunReport? Stopped)> Change(LinkSession link, ReadyToRotate ready,
        Func<RotationStep, bool> mayCutOff, Func<int, RotationStep, Task<RunReport>> change, TextWriter errors,
        CancellationToken ct)
    {
        var (rotation, count) = (ready.Rotation, ready.Steps.Count);
        foreach (var (number, key) in ready.Steps.Select(step => step.Key).Index())
        {
            var step = await rotation.Step(key, ct).ConfigureAwait(false);
            if (!step.Carried && !mayCutOff(step))
            {
                errors.Line($"error: nothing else {(step.Against is null ? "carries" : "is sure to carry")} now while "
                    + $"{key.Label} is changed{(step.Against is null ? "" : $": {step.Against}")}; {number} of {count} "
                    + "keys are changed");
                errors.Line($"  fix: {(step.Against is null ? "mend what is down" : "wait until that is over")}, then "
                    + $"go on with: {link.Options.Again("rotate")}");
                return default;
            }
            if (Consent.Missing(link.Options with
            {
                Replace = [.. step.Plan.Replacements.Select(one => one.Id)],
            }, link.Design, step.Plan) is { } missing)
            {
                await errors.WriteLineAsync(missing).ConfigureAwait(false);
                return default;
            }
            var going = step.Plan.Steps.Where(one => one.Action == StepAction.Replace).Select(one => one.Id);
            if (await link.PassesAhead(step.Plan, step.Seen, errors, ct).ConfigureAwait(false) is null
                || !await link.NobodyUses(step.Seen, going, errors, ct).ConfigureAwait(false))
            {
                return default;
            }
            var report = await change(number, step).ConfigureAwait(false);
            if (report.Result != RunResult.Done)
            {
                return (false, report);
            }
            if (await rotation.ProvedAgain(step, ct).ConfigureAwait(false) is { } trouble)
            {
                errors.Line($"error: {key.Label} is changed, and the link is not proved to be whole: {trouble}");
                errors.Line($"  fix: look at {link.Options.Again("verify")}; then go on with: "
                    + link.Options.Again("rotate"));
                return default;
            }
        }
        return (true, null);
    }

    /// <summary>Of forty objects a key is held by two.</summary>
    public sealed class OnlyChanges(IEventSink inner) : IEventSink
    {
        public void Emit(EngineEvent happened)
        {
            if (happened is not StepDone { Action: StepAction.Keep })
            {
                inner.Emit(happened);
            }
        }
    }
}
