using System.CommandLine;
using System.Text.Json.Nodes;
using Sealane.Cli.Output;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;
using Sealane.Core;

namespace Sealane.Cli.Commands;

/// <summary>
/// <c>sealane adopt FILE ID CLOUD-ID</c> makes one object of a cloud this link's, <c>disown</c> the reverse. Both write
/// marks (name and tag) and nothing else: what differs from the spec is shown by plan, and changed by apply.
/// </summary>
internal static class HandoverCommand
{
    /// <summary>How often it is looked whether the cloud shows the marks.</summary>
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(5);

    public static Command Adopt()
    {
        var from = new Option<string?>("--from")
        {
            Description = "The link whose tag the object bears, where it is to be taken from that one",
            HelpName = "LINK",
        };
        return Create("adopt", "Make one object that exists this link's own: from then on apply changes it and "
            + "destroy deletes it", from, (link, asked, options) => Adopt(link, asked, options, from));
    }

    public static Command Disown() => Create("disown", "Give one object of this link away: it stays, and is nobody's "
        + "from then on", null, (link, asked, _) => Disown(link, asked));

    private static Command Create(
        string verb, string text, Option<string?>? more, Func<LinkSession, Asked, ParseResult, Task<Turn?>> turn)
    {
        var common = new CommonOptions("text", "json");
        var id = new Argument<string>("ID")
        {
            Description = "What it is in the link, as plan and status name it: aws/transit-gateway",
            HelpName = "ID",
        };
        id.CompletionSources.Add(_ => AllResources.Catalogue().Resources.Where(one => one.Handover is not null)
            .Select(one => new System.CommandLine.Completions.CompletionItem(one.Id)));
        var cloudId = new Argument<string>("CLOUD-ID")
        {
            Description = "The cloud's own id of it: tgw-0123456789abcdef0, an Azure id, a Megaport uid",
        };
        var yes = new Option<bool>("--yes") { Description = "Do not ask" };
        var all = new Option<bool>("--all")
        {
            Description = "Everything that the spec uses by its id; the ids are taken out of the spec",
        };
        var command = new Command(verb, text) { common.File, id, cloudId };
        common.AddOptionsTo(command);
        if (more is not null)
        {
            command.Options.Add(more);
            command.Options.Add(all);
            (id.Arity, cloudId.Arity) = (ArgumentArity.ZeroOrOne, ArgumentArity.ZeroOrOne);
        }
        command.Options.Add(yes);
        command.SetAction((parsed, ct) => more is not null && parsed.GetValue(all)
            ? AdoptAll.Run(common.Read(parsed), parsed.GetValue(yes), ct)
            : Run(common.Read(parsed), Given(parsed, id), Given(parsed, cloudId), parsed.GetValue(yes),
                (link, asked) => turn(link, asked, parsed), ct));
        return command;
    }

    private static string Given(ParseResult parsed, Argument<string> argument) => parsed.GetValue(argument)
        ?? throw new UsageError($"error: {argument.Name} is missing\n  fix: name the object and its "
            + "cloud's id, or --all");

    /// <summary>One object, as it was asked for and found.</summary>
    private sealed record Asked(
        Resource Resource, IHandover Handover, string CloudId, Held? Held, Known Known, CancellationToken Stop)
    {
        public string Id => Resource.Id;

        /// <summary>The cloud's id of what the link has in this place.</summary>
        public string? Own => Known[Id]?.View.CloudId;

        public bool IsOwn => Is(Own);

        public bool Is(string? other) => CloudId.Equals(other, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>What is to be done, and how it is seen that it was.</summary>
    /// <param name="Text">For whoever agrees to it.</param>
    /// <param name="IsDone">Of a later look.</param>
    private sealed record Turn(string Text, Func<Task> Do, Func<Task<bool>> IsDone);

    private static async Task<int> Run(
        LinkOptions options, string id, string cloudId, bool yes, Func<LinkSession, Asked, Task<Turn?>> turn,
        CancellationToken ct)
    {
        using var link = LinkSession.Open(options, writer: true);
        var resource = link.Graph.Resources.FirstOrDefault(one => one.Id == id)
            ?? throw new UsageError($"error: the link has no {id}"
                + Nearest.Hint(id, [.. link.Graph.Resources.Select(one => one.Id)])
                + $"\n  fix: {options.Again("status")} lists what it has");
        var handover = resource.Handover ?? throw new UsageError(resource.IsMade
            ? $"error: {id} bears no marks of its own: it belongs to what it is set on\n  fix: hand that over"
            : $"error: {id} is named in the spec, so it is used and never ours\n  fix: nothing is needed; to make it "
                + "this link's own, take its id out of the spec first");
        if (!link.PassesChecks(Console.Error))
        {
            return ExitCode.No;
        }
        var known = await link.Survey(ct).ConfigureAwait(false);
        if (!await link.IsOfTheseEnds(known, Console.Error, ct).ConfigureAwait(false))
        {
            return ExitCode.No;
        }
        Held? held;
        using (VirtualClock.Enter(link.Clock))
        {
            held = await handover.Look(cloudId, ct).ConfigureAwait(false);
        }
        var asked = new Asked(resource, handover, cloudId, held, known, ct);
        if (held is null)
        {
            return Runs.Refuse(handover.OnlyId is { } only && !asked.Is(only)
                ? $"Azure cannot rename: by its name in the spec {id} is {only}; nothing was changed"
                : $"there is no {resource.Title} {cloudId} that this identity can see; nothing was changed",
                "look at the id; a name is given to the spec, not to the object");
        }
        if (await turn(link, asked).ConfigureAwait(false) is not { } wanted)
        {
            return ExitCode.No;
        }
        if (wanted.Text is "")
        {
            using var time = VirtualClock.Enter(link.Clock);
            await link.ForgetUsed(new Dictionary<string, string> { [id] = cloudId }, ct).ConfigureAwait(false);
            return Tell(link, asked, "nothing to do", changed: false);
        }
        if (options.Format == "text")
        {
            Console.Out.Line(wanted.Text);
        }
        if (!Runs.Confirm(yes, "Do this?"))
        {
            return ExitCode.No;
        }
        return await link.Holding(async () =>
        {
            using var time = VirtualClock.Enter(link.Clock);
            await wanted.Do().ConfigureAwait(false);
            if (await Shows(link, asked, wanted).ConfigureAwait(false))
            {
                await link.ForgetUsed(new Dictionary<string, string> { [id] = cloudId }, ct).ConfigureAwait(false);
                return Tell(link, asked, $"{options.Verb}ed", changed: true);
            }
            return Runs.Refuse($"{cloudId} is marked, and {resource.Cloud} does not show it after "
                    + $"{Durations.Words(resource.CreateLag)}", $"look again with {options.Again("status")}");
        }).ConfigureAwait(false);
    }

    private static Task<Turn?> Adopt(LinkSession link, Asked asked, ParseResult parsed, Option<string?> from)
    {
        var name = link.Design.Name;
        var (id, cloudId, holder) = (asked.Id, asked.CloudId, asked.Held!.Link);
        var elsewhere = link.Graph.Resources.FirstOrDefault(one => one.Id != id && one.Handover is not null
            && asked.Is(asked.Known[one.Id]?.View.CloudId));
        var refusal = elsewhere is not null && !asked.IsOwn ? ($"{cloudId} is {elsewhere.Id} of this link",
                "give that one away first")
            : asked.Own is { } own && !asked.IsOwn ? ($"{id} of this link is {own}",
                $"give that one away first: {link.Options.Again("disown", $" {id} {own}")}")
            : holder is not null && holder != name && !LinkTag.IsDisowned(holder) && holder != parsed.GetValue(from)
                ? ($"{cloudId} bears the tag {LinkTag.Key}={holder}",
                    "have it given away there with sealane disown, or, if you know that it is to be taken from it, "
                        + $"add --from \"{holder}\"")
            : default((string, string)?);
        if (refusal is var (what, fix))
        {
            Runs.Refuse($"{what}; nothing was changed", fix);
            return Task.FromResult<Turn?>(null);
        }
        return Task.FromResult<Turn?>(new(
            asked.IsOwn && holder == name ? ""
                : $"{cloudId} becomes {id} of this link: it gets the tag {LinkTag.Key}={name} and the name that the "
                    + "spec gives it. From then on apply changes what differs from the spec, and destroy deletes it.",
            () => asked.Held.Adopt(asked.Stop),
            () => IsSeen(asked)));
    }

    private static async Task<bool> IsSeen(Asked asked)
    {
        try
        {
            return await asked.Resource.Look(asked.Known, asked.Stop).ConfigureAwait(false) is { } seen
                && asked.Is(seen.View.CloudId);
        }
        catch (CloudError error) when (error.Kind == CloudErrorKind.Doubtful)
        {
            return false;
        }
    }

    private static Task<Turn?> Disown(LinkSession link, Asked asked)
    {
        var name = link.Design.Name;
        if (!asked.IsOwn && asked.Held!.Link != name)
        {
            Runs.Refuse($"{asked.CloudId} is not this link's; nothing was changed",
                "nothing is needed: apply and destroy leave it alone");
            return Task.FromResult<Turn?>(null);
        }
        return Task.FromResult<Turn?>(new(
            $"{asked.CloudId} is no longer this link's: its tag says so, its name stays. destroy leaves it, and what "
                + $"it costs is yours; the spec still asks for {asked.Id}, so apply makes another one unless something "
                + "of the link hangs on this one.",
            () => asked.Held!.Disown(asked.Stop),
            async () => (await asked.Handover.Look(asked.CloudId, asked.Stop).ConfigureAwait(false))?.Link
                == LinkTag.DisownedBy(name)));
    }

    /// <summary>Marks may show a little late.</summary>
    private static async Task<bool> Shows(LinkSession link, Asked asked, Turn wanted)
    {
        for (var until = link.Clock.GetUtcNow() + asked.Resource.CreateLag; ;)
        {
            if (await wanted.IsDone().ConfigureAwait(false))
            {
                return true;
            }
            if (link.Clock.GetUtcNow() >= until)
            {
                return false;
            }
            await Task.Delay(s_pause, link.Clock, asked.Stop).ConfigureAwait(false);
        }
    }

    private static int Tell(LinkSession link, Asked asked, string result, bool changed)
    {
        if (link.Options.Format == "json")
        {
            Console.WriteLine(Json.Show(new JsonObject
            {
                ["formatVersion"] = 1,
                ["name"] = link.Design.Name,
                ["id"] = asked.Id,
                ["cloudId"] = asked.CloudId,
                ["result"] = result,
                ["changed"] = changed,
            }));
            return ExitCode.Done;
        }
        Console.Out.Line($"{asked.Id}: {asked.CloudId}: {result}");
        Console.Out.Line($"What differs from the spec: {link.Options.Again("plan")}");
        return ExitCode.Done;
    }
}
