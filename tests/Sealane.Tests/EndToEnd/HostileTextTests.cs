using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sealane.Cli;
using Sealane.Cli.Output;
using Sealane.Core;
using Sealane.Sandbox.World;
using Sealane.Tests.Evidence;

namespace Sealane.Tests.EndToEnd;

/// <summary>
/// Nobody can write on our screen: names and tags that others wrote into the clouds are shown as what they are, in
/// every output of every command.
/// </summary>
public sealed partial class HostileTextTests
{
    /// <summary>Clears the screen, begins a line that looks like ours, turns letters round, and is markup of every
    /// kind.</summary>
    private const string Hostile = "x\e[2J\r\n  pass    SL999           forged\u202e\u2028\u0085"
        + " | <script>alert(1)</script> ![a](http://evil.example/) **b** `c` @everyone &lt;";

    /// <summary>EC2 answers in XML 1.0, which cannot hold an escape character.</summary>
    private static readonly string InXml = Hostile.Replace("\e", "", StringComparison.Ordinal);

    [Fact]
    public async Task No_output_of_any_command_is_written_by_others()
    {
        using var link = await Sight.Sydney();
        await Sight.Change(link, Spoil);
        var outputs = new List<(string Command, string Text)>();
        foreach (var words in new[]
        {
            "plan", "plan --format json", "verify", "verify --format json", "verify --format markdown", "status",
            "status --format json", "trace 10.1.0.10 10.2.1.4", "trace 10.1.0.10 10.2.1.4 --format json",
            "price --book", "price --sandbox",
            "check", "diagram", "diagram --format svg", "diagram --format dot", "diagram --format mermaid",
            "apply --yes", "apply --yes --format jsonl", "verify --evidence BUNDLE",
        })
        {
            var parts = words.Split(' ').Select(word => word == "BUNDLE" ? Path.Combine(link.Root, "bundle") : word)
                .ToArray();
            var offline = parts[0] is "price" or "check" or "diagram";
            var run = offline ? await Shell.Run([parts[0], link.Spec, .. parts[1..]])
                : await link.Run(parts[0], parts[1..]);
            Assert.True(run.ExitCode is 0 or 1, $"{words}: {run.ExitCode} {run.Error}");
            outputs.Add((words, run.Output));
            outputs.Add((words, run.Error));
        }
        // With their VXC on the link's router a destroy is refused, in their words.
        var destroy = await link.Run("destroy", "--yes");
        outputs.Add(("destroy", destroy.Output));
        outputs.Add(("destroy", destroy.Error));
        outputs.Add(("report.md", await File.ReadAllTextAsync(
            Path.Combine(link.Root, "bundle", "report.md"), TestContext.Current.CancellationToken)));
        outputs.AddRange(await OfARecording(link));
        Assert.All(outputs, output => IsOurs(output.Command, output.Text));
        // The net would catch something: what they wrote is shown, quoted.
        foreach (var command in new[] { "status", "destroy", "compare", "compare --format json" })
        {
            Assert.True(outputs.Exists(output => output.Command == command
                && output.Text.Contains("\\u001b[2J", StringComparison.OrdinalIgnoreCase)),
                $"{command} shows nothing of theirs");
        }
    }

    /// <summary>A recording is a file that somebody hands over: even a state in it may be anything.</summary>
    private static async Task<List<(string Command, string Text)>> OfARecording(Link link)
    {
        var log = Path.Combine(link.Root, "theirs.log");
        await link.Run("verify", "--wire-log", log);
        var recorded = await File.ReadAllTextAsync(log, TestContext.Current.CancellationToken);
        var spoilt = recorded.Replace("\"provisioningStatus\":\"LIVE\"",
            $"\"provisioningStatus\":{JsonValue.Create(Hostile)!.ToJsonString()}", StringComparison.Ordinal);
        Assert.NotEqual(recorded, spoilt);
        await File.WriteAllTextAsync(log, spoilt, TestContext.Current.CancellationToken);
        var outputs = new List<(string Command, string Text)>();
        foreach (var words in new[] { "compare", "compare --format json", "record-report" })
        {
            var run = await Shell.Run(["sandbox", words.Split(' ')[0], log, "--spec", link.Spec,
                .. words.Split(' ')[1..]]);
            Assert.True(run.ExitCode is 0 or 1, $"{words}: {run.ExitCode} {run.Error}");
            outputs.Add((words, run.Output));
            outputs.Add((words, run.Error));
        }
        return outputs;
    }

    /// <summary>A row that cannot be read stands in the verdict's reasons and in the statement of what was not
    /// read.</summary>
    [Fact]
    public async Task No_verdict_is_written_by_whoever_writes_a_row()
    {
        using var link = await Sight.Sydney();
        var sight = await Sight.Of(link, wire => new Tampered(wire,
            edit: (_, reply) => reply.Contains("\"locPrf\"", StringComparison.Ordinal)
                ? reply.Replace("{\"value\":[", $"{{\"value\":[{Row},", StringComparison.Ordinal) : reply));
        var verified = new Verified(sight.Verification, sight.Evidence.Readings);
        var (text, markdown) = (new StringWriter { NewLine = "\n" }, new StringWriter { NewLine = "\n" });
        VerifyReport.Write(text, verified.Verification, verified.Unread);
        VerifyMarkdown.Write(markdown, verified);
        foreach (var (command, shown) in new[]
        {
            ("verify", text.ToString()), ("verify --format markdown", markdown.ToString()),
            ("verify --format json", Json.Show(VerifyJson.Of(verified.Verification, verified.Readings))),
        })
        {
            IsOurs(command, shown);
            Assert.True(shown.Contains("\\u001b[2J", StringComparison.OrdinalIgnoreCase), $"{command}: {shown}");
        }
    }

    private static readonly string Row = new JsonObject
    {
        ["network"] = $"10.1.0.0 {Hostile}",
        ["nextHop"] = "192.168.101.1",
        ["path"] = "133937 I",
    }.ToJsonString();

    private static void IsOurs(string command, string text)
    {
        Assert.All(text.EnumerateRunes().Where(rune => rune.Value != '\n'),
            rune => Assert.True(Plain.MayBeShown(rune), $"{command} shows U+{rune.Value:X4}"));
        Assert.All(text.Split('\n'), line => Assert.False(
            line.TrimStart().StartsWith("pass    SL999", StringComparison.Ordinal), $"{command} is forged: {line}"));
        if (command.Contains("markdown", StringComparison.Ordinal) || command == "report.md")
        {
            // Outside code spans nothing of theirs is left.
            var rest = CodeSpan().Replace(text, "");
            Assert.DoesNotContain("<script>", rest);
            Assert.DoesNotContain("evil.example", rest);
            Assert.DoesNotContain("@everyone", rest);
        }
        if (command.Contains("json", StringComparison.Ordinal) && text.Length > 0)
        {
            Assert.All(command.EndsWith("jsonl", StringComparison.Ordinal) ? text.TrimEnd('\n').Split('\n') : [text],
                json => Assert.NotNull(JsonNode.Parse(json)));
        }
        if (command.EndsWith("svg", StringComparison.Ordinal))
        {
            Assert.DoesNotContain("<script>", text);
        }
    }

    /// <summary>Wherever somebody else may write, in all three clouds.</summary>
    private static void Spoil(SandboxWorld world)
    {
        // A VXC of another team that leads out of sight, and one that does not.
        world.SecondPath(world.Megaport.Mcrs[0].Id);
        foreach (var vxc in world.Megaport.Vxcs)
        {
            vxc.BPortName = Hostile;
        }
        world.Megaport.Vxcs[^1].Name = Hostile;
        world.OtherVpc("10.2.1.0/24");
        foreach (var entity in ((ICloudState)world.Aws).Entities.OfType<Sealane.Sandbox.Aws.AwsObject>())
        {
            entity.Tags[$"note {InXml}"] = InXml;
        }
        world.Aws.Vpcs[^1].Tags["Name"] = InXml;
        world.PeeredVnet("10.3.0.0/16", gatewayTransit: true);
        foreach (var resource in world.Azure.Resources.Where(one => one.Body["tags"] is JsonObject))
        {
            resource.Body["tags"]!["note"] = Hostile;
        }
        // The far end of what a session leads to, told by the other side's cloud.
        world.RouteTable("workload", "10.1.7.0/24", "VirtualAppliance", "10.9.9.9");
    }

    [GeneratedRegex("(`+).+?\\1(?!`)")]
    private static partial Regex CodeSpan();
}
