using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Sealane.Tests.Service;

/// <summary>
/// The alarms and the dashboard that are handed out ask for figures that are served, by labels that these have. The
/// tables of the documentation are held to what is served elsewhere.
/// </summary>
public sealed partial class MonitoringTests
{
    private static readonly string[] Everywhere = ["instance", "job"];

    private static readonly Dictionary<string, HashSet<string>> Labels = new[] { "watch.md", "operating.md" }
        .SelectMany(page => File.ReadLines(Repository.PathOf("docs", page)))
        .Select(line => line.Split('|'))
        .Where(cells => cells.Length == 5 && Metric().IsMatch(cells[1]))
        .SelectMany(cells => Metric().Matches(cells[1]).Select(name => (name.Value, Words: Word().Matches(cells[2]))))
        .ToDictionary(row => row.Value, row => row.Words.Select(word => word.Value.Trim('`')).Concat(Everywhere)
            .ToHashSet());

    public static TheoryData<string, string> Queries =>
    [
        .. Rules.Select(rule => ($"rule {rule.Name}", rule.Query)),
        .. from panel in JsonNode.Parse(File.ReadAllText(Repository.PathOf("deploy", "grafana", "sealane.json")))!
               ["panels"]!.AsArray()
           from target in panel!["targets"]!.AsArray()
           select ($"panel {(string)panel["title"]!}", (string)target!["expr"]!),
    ];

    private static IEnumerable<(string Name, string Query)> Rules
    {
        get
        {
            var yaml = new YamlStream();
            using var text = File.OpenText(Repository.PathOf("deploy", "prometheus", "sealane.rules.yml"));
            yaml.Load(text);
            return from rule in (YamlSequenceNode)yaml.Documents[0].RootNode["groups"][0]["rules"]
                   select (((YamlScalarNode)rule["alert"]).Value!, ((YamlScalarNode)rule["expr"]).Value!);
        }
    }

    [Theory]
    [MemberData(nameof(Queries))]
    public void It_asks_for_figures_and_labels_that_there_are(string what, string query)
    {
        var names = Metric().Matches(query).Select(name => name.Value).Distinct().ToList();
        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.True(Labels.ContainsKey(name), $"{what}: nobody serves {name}"));
        var used = Matched().Matches(query).Select(label => label.Groups[1].Value)
            .Concat(Grouped().Matches(query)
                .SelectMany(by => by.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries))).Distinct();
        Assert.All(used, label => Assert.True(names.Exists(name => Labels[name].Contains(label)),
            $"{what}: none of {string.Join(", ", names)} has a label {label}"));
    }

    [Fact]
    public void Every_figure_is_shown_or_alarms() => Assert.All(Labels.Keys, name => Assert.True(
        Queries.Any(row => row.Data.Item2.Contains(name, StringComparison.Ordinal)), $"nothing asks for {name}"));

    [Fact]
    public void Every_alarm_has_a_test_of_its_own()
    {
        var tests = File.ReadAllText(Repository.PathOf("tests", "service", "alerts.test.yml"));
        Assert.All(Rules, rule => Assert.Matches($@"alertname: {rule.Name}\n\s+exp_alerts:\n\s+- exp_labels", tests));
    }

    [GeneratedRegex(@"\b(?:sealane|orleans)_\w+")]
    private static partial Regex Metric();

    [GeneratedRegex(@"`[\w-]+`")]
    private static partial Regex Word();

    [GeneratedRegex(@"[{,]\s*(\w+)\s*=~?""")]
    private static partial Regex Matched();

    [GeneratedRegex(@"\b(?:by|on)\s*\(([^)]*)\)")]
    private static partial Regex Grouped();
}
