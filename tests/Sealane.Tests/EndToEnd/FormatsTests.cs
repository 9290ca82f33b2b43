using System.Text.Json.Nodes;
using Sealane.Cli;
using Sealane.Cli.Evidence;
using Sealane.Sandbox.World;

namespace Sealane.Tests.EndToEnd;

/// <summary>docs/formats.md says which format each thing has that is kept or printed for programs.</summary>
public sealed class FormatsTests
{
    private static readonly string Page = File.ReadAllText(Repository.PathOf("docs", "formats.md"));

    [Theory]
    [InlineData("sandbox world", StoredWorld.CurrentVersion)]
    [InlineData("plan file", PlanFile.Format)]
    [InlineData("evidence bundle", BundleContent.Format)]
    public void The_page_has_the_formats_of_the_files(string what, int format) =>
        Assert.Contains($"ersion` {format} |", Page.Split('\n').Single(line => line.StartsWith($"| {what} |",
            StringComparison.Ordinal)), StringComparison.Ordinal);

    [Fact]
    public async Task Every_json_says_its_format_and_keeps_its_times_in_utc()
    {
        using var link = await Link.Built("sydney");
        foreach (var command in new[] { "check", "plan", "status", "verify", "price" })
        {
            var json = command is "check"
                ? (await Shell.Run(command, link.Spec, "--format", "json")).Json
                : (await link.Run(command, "--format", "json")).Json;
            Assert.True((int?)json["formatVersion"] == 1, command);
            Assert.All(Times(json), time => Assert.True(time.Offset == TimeSpan.Zero, $"{command}: {time}"));
        }
    }

    private static IEnumerable<DateTimeOffset> Times(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Times(member.Value)),
        JsonArray items => items.SelectMany(Times),
        JsonValue value when value.TryGetValue<string>(out var text) && text.Length > 18 && text[10] == 'T'
            && DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var time) => [time],
        _ => [],
    };
}
