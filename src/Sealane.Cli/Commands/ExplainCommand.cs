using System.CommandLine;
using Sealane.Cli.Explain;
using Sealane.Core.Checks;
using Sealane.Core;

namespace Sealane.Cli.Commands;

/// <summary><c>sealane explain ID</c>: the story of a check, and of whatever else has an id. Exit 2 for an unknown
/// one.</summary>
public static class ExplainCommand
{
    /// <param name="others">More tellers: each returns the story of an id, or null when it is not theirs.</param>
    public static Command Create(params Func<string, string?>[] others)
    {
        var id = new Argument<string>("id")
        {
            Description =
                "A check (SL301, SL907), an object (aws/transit-vif), a guide step (step-19), a lock (lock-b), "
                + "a key of the spec (aws.transitGateway.asn), or list",
            HelpName = "ID",
        };
        id.CompletionSources.Add(_ => All().Select(each => new System.CommandLine.Completions.CompletionItem(each.Id)));
        var command = new Command("explain",
            "Explain a check, an object, a step of the guide, a lock or a key of the spec") { id };
        command.SetAction((parsed, _) =>
        {
            var asked = parsed.GetValue(id)!.Trim();
            if (asked == "list")
            {
                foreach (var (each, title) in All())
                {
                    parsed.InvocationConfiguration.Output.Write($"{each,-34} {title}\n");
                }
                return Task.FromResult(0);
            }
            if (Story(asked, others) is { } story)
            {
                parsed.InvocationConfiguration.Output.Write(story);
                return Task.FromResult(0);
            }
            parsed.InvocationConfiguration.Error.WriteLine($"error: nothing is known by the id '{asked}'{Near(asked)}");
            return Task.FromResult(SpecFile.Unreadable);
        });
        return command;
    }

    /// <summary>Everything that has a story, with its title.</summary>
    private static IEnumerable<(string Id, string Title)> All() =>
        AllChecks.Design.Select(check => (check.Id, check.Title)).Concat(Explained.Titles);

    private static string? Story(string id, Func<string, string?>[] others) =>
        AllChecks.Find(id) is { } check ? CheckStory.Text(check)
            : others.Select(other => other(id)).FirstOrDefault(story => story is not null);

    private static string Near(string id) =>
        Nearest.Question(id, [.. All().Select(each => each.Id), "list"]) is { } question
            ? $"; {question}"
            : "; sealane explain list shows all";
}
