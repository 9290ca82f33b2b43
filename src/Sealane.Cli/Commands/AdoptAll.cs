using Sealane.Cli.Output;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;
using Sealane.Core.Spec;

namespace Sealane.Cli.Commands;

/// <summary>
/// <c>sealane adopt FILE --all</c>: everything that the spec uses by its id becomes this link's. It is marked first and
/// seen to be so; then the ids go out of the spec. Cut anywhere, all of it is still used, and the same command goes on.
/// </summary>
internal static class AdoptAll
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(5);

    private sealed record Target(Resource Resource, string CloudId, Held? Held);

    public static async Task<int> Run(LinkOptions options, bool yes, CancellationToken ct)
    {
        var spec = SpecFile.Load(options.File);
        var ids = Ids(Designer.Design(spec));
        if (ids.Count == 0)
        {
            return Runs.Refuse($"{options.File} uses nothing that could be this link's", "nothing is needed");
        }
        var text = SpecEdit.Without(spec.Source, ids);
        var result = SpecReader.Read(options.File, text);
        if (result.Spec is not { } own)
        {
            return Runs.Refuse($"{options.File} cannot be written without its ids: {result.Problems[0]}",
                "write each id in a line of its own");
        }
        using var link = LinkSession.Open(options with { Spec = own }, writer: true);
        if (!link.PassesChecks(Console.Error))
        {
            return ExitCode.No;
        }
        await link.RequireAccount(ct).ConfigureAwait(false);
        var (known, targets) = await Look(link, ids, ct).ConfigureAwait(false);
        if (!await link.IsOfTheseEnds(known, Console.Error, ct).ConfigureAwait(false))
        {
            return ExitCode.No;
        }
        var wrong = targets.Select(target => Wrong(target, known, own.Name)).OfType<string>().ToList();
        if (wrong.Count > 0)
        {
            wrong.ForEach(line => Console.Error.Line($"error: {line}"));
            return Runs.Refuse("nothing was changed", "correct the spec, or adopt object by object");
        }
        Console.Out.Line($"These {targets.Count} become this link's: they get its tag, and the names that the spec "
            + "gives. From then on apply changes what differs, and destroy deletes them.");
        targets.ForEach(target => Console.Out.Line($"  {target.Resource.Id,-30} {ShortIds.In(target.CloudId)}"));
        if (!Runs.Confirm(yes, "Do this?"))
        {
            return ExitCode.No;
        }
        return await link.Holding(async () =>
        {
            using var time = VirtualClock.Enter(link.Clock);
            foreach (var target in targets)
            {
                await Mark(link, target, ct).ConfigureAwait(false);
            }
            if (await Missing(link, targets, ct).ConfigureAwait(false) is { Count: > 0 } missing)
            {
                return Runs.Refuse($"marked, and not shown so yet: {string.Join(", ", missing)}",
                    $"the spec is as it was; the same again: {options.Again("adopt", " --all")}");
            }
            await link.ForgetUsed(targets.ToDictionary(target => target.Resource.Id, target => target.CloudId), ct)
                .ConfigureAwait(false);
            Write(options.File, text);
            Console.Out.Line($"{targets.Count} adopted; their ids are out of {options.File}.");
            Console.Out.Line($"What differs from the spec: {options.Again("plan")}");
            return ExitCode.Done;
        }).ConfigureAwait(false);
    }

    /// <summary>All that is used and could be ours: the two networks never.</summary>
    private static Dictionary<string, string> Ids(NetworkDesign design)
    {
        var ids = new Dictionary<string, string>(design.Link.Existing, StringComparer.Ordinal);
        foreach (var (name, id) in new[]
        {
            ("aws/transit-gateway", design.TransitGateway.ExistingId), ("aws/dx-gateway", design.DxGateway.ExistingId),
            ("megaport/mcr", design.Routers[0].ExistingId),
            ("azure/er-gateway", design.ExpressRouteGateway.ExistingId),
            ("azure/vpn-gateway", design.VpnGateway.ExistingId),
        })
        {
            if (id is not null)
            {
                ids[name] = id;
            }
        }
        return ids;
    }

    private static async Task<(Known, List<Target>)> Look(
        LinkSession link, Dictionary<string, string> ids, CancellationToken ct)
    {
        using var time = VirtualClock.Enter(link.Clock);
        var targets = new List<Target>();
        foreach (var resource in link.Graph.Resources.Where(one => ids.ContainsKey(one.Id) && one.Handover is not null))
        {
            var id = ids[resource.Id];
            targets.Add(new(resource, id, await resource.Handover!.Look(id, ct).ConfigureAwait(false)));
        }
        return (await Survey.Take(link.Graph, ct).ConfigureAwait(false), targets);
    }

    private static string? Wrong(Target target, Known known, string name)
    {
        var (resource, id, held) = target;
        var own = known[resource.Id]?.View.CloudId;
        return held is null ? resource.Handover!.OnlyId is { } only
                && !only.Equals(id, StringComparison.OrdinalIgnoreCase)
                ? $"{resource.Id} is {id}, and by its name in the spec would be {only}: Azure cannot rename"
                : $"{resource.Id}: there is no {id} that this identity can see"
            : held.Link is { } other && other != name && !LinkTag.IsDisowned(other)
                ? $"{resource.Id}: {id} bears the tag {LinkTag.Key}={other}"
            : own is not null && !own.Equals(id, StringComparison.OrdinalIgnoreCase)
                ? $"{resource.Id} of this link is {own}, not {id}" : null;
    }

    /// <summary>A gateway that has just got its tag holds its connections for a while.</summary>
    private static async Task Mark(LinkSession link, Target target, CancellationToken ct)
    {
        for (var until = link.Clock.GetUtcNow() + target.Resource.Budget; ;)
        {
            try
            {
                await target.Held!.Adopt(ct).ConfigureAwait(false);
                return;
            }
            catch (CloudError error) when (error.Kind == CloudErrorKind.Busy && link.Clock.GetUtcNow() < until)
            {
                await Task.Delay(s_pause, link.Clock, ct).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Marks may show a little late.</summary>
    private static async Task<List<string>> Missing(LinkSession link, List<Target> targets, CancellationToken ct)
    {
        var until = link.Clock.GetUtcNow() + targets.Max(target => target.Resource.CreateLag);
        for (; ; await Task.Delay(s_pause, link.Clock, ct).ConfigureAwait(false))
        {
            var known = await Survey.Take(link.Graph, ct).ConfigureAwait(false);
            var missing = targets.Where(target => !target.CloudId.Equals(
                known[target.Resource.Id]?.View.CloudId, StringComparison.OrdinalIgnoreCase))
                .Select(target => target.Resource.Id).ToList();
            if (missing.Count == 0 || link.Clock.GetUtcNow() >= until)
            {
                return missing;
            }
        }
    }

    /// <summary>Whole or not at all.</summary>
    private static void Write(string path, string text)
    {
        var beside = $"{path}.new";
        File.WriteAllText(beside, text);
        File.Move(beside, path, overwrite: true);
    }
}
