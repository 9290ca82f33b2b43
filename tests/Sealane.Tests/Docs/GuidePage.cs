using System.Text;
using System.Text.RegularExpressions;
using Sealane.Cli.Explain;
using Sealane.Core.Checks.Live;
using Sealane.Core.Reconcile;

namespace Sealane.Tests.Docs;

/// <summary>The tables of docs/guide.md, worked out from the steps, the resources and the live checks.</summary>
internal static class GuidePage
{
    private const string Everything = "SL930";

    public static string Tables(ResourceGraph graph)
    {
        var page = new StringBuilder();
        Steps(page, graph);
        Rows(page, graph);
        Deviations(page);
        Objects(page, graph);
        return page.ToString();
    }

    /// <summary>The file in which the resource's class is written, relative to the repository, with slashes.</summary>
    public static string FileOf(Resource resource)
    {
        var declaration = new Regex($@"\bclass {resource.GetType().Name}\b");
        var root = Repository.PathOf("src", "Sealane.Clouds");
        var file = Directory.GetFiles(root, "*.cs", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal).First(path => declaration.IsMatch(File.ReadAllText(path)));
        return Path.GetRelativePath(Repository.Root, file).Replace('\\', '/');
    }

    private static void Steps(StringBuilder page, ResourceGraph graph)
    {
        page.Append("## The 24 steps\n\n| step | in the guide | what Sealane does | objects | API operations | "
            + "verified by |\n|---|---|---|---|---|---|\n");
        foreach (var step in GuideSteps.All)
        {
            var objects = graph.Resources.Where(resource => resource.GuideSteps.Contains(step.Number)).ToList();
            var checks = AllLiveChecks.List.Where(check => check.GuideStep == step.Number).Select(check => check.Id)
                .Append(Everything);
            var calls = objects.SelectMany(resource => resource.Operations).Distinct().Select(name => $"`{name}`");
            page.Append($"| {step.Number} | {step.Title} | {step.Does} | {Lines(objects.Select(Link))} | ")
                .Append($"{Lines(calls)} | {string.Join(", ", checks)} |\n");
        }
        page.Append('\n');
    }

    private static void Rows(StringBuilder page, ResourceGraph graph)
    {
        page.Append("## The guide's list of resources\n\n| in the guide | objects |\n|---|---|\n");
        foreach (var (row, objects) in GuideRows.All)
        {
            page.Append($"| {row} | {string.Join(", ", objects.Select(id => Link(graph[id])))} |\n");
        }
        page.Append('\n');
    }

    private static void Deviations(StringBuilder page)
    {
        page.Append("## Where Sealane differs from the guide, and why\n\n");
        foreach (var step in GuideSteps.All.Where(step => step.Deviation is not null))
        {
            page.Append($"- **Step {step.Number}**, {step.Title}: {step.Deviation}\n");
        }
        page.Append('\n');
    }

    private static void Objects(StringBuilder page, ResourceGraph graph)
    {
        page.Append("## All objects, in an order in which they can be made\n\n| object | what it is | guide | waits "
            + "for | closes | needs closed |\n|---|---|---|---|---|---|\n");
        foreach (var resource in graph.Resources)
        {
            page.Append($"| {Link(resource)} | {resource.Title} | {string.Join(", ", resource.GuideSteps)} | "
                + $"{Lines(graph.Before(resource.Id))} | ")
                .Append($"{Letters(resource.Closes)} | {Letters(resource.GuardedBy)} |\n");
        }
    }

    private static string Link(Resource resource) => $"[{resource.Id}](../{FileOf(resource)})";

    private static string Lines(IEnumerable<string> values) => string.Join("<br>", values);

    private static string Letters(Locks locks) =>
        string.Join(" ", LockStories.All.Where(story => (locks & story.Lock) != 0).Select(story => story.Id[^1]));
}
