using Sealane.Core.Checks;
using Sealane.Core.Design;
using Sealane.Core.Places;
using Sealane.Core.Spec;
using Sealane.Tests.EndToEnd;

namespace Sealane.Tests.Checks;

/// <summary>
/// A misspelt name is found by check and by a rehearsal, each with what was meant: those that people wrote
/// (tests/cases/names.txt), and each name that is built in with each kind of slip.
/// </summary>
public sealed class NamesTests
{
    private static readonly string Minimal = File.ReadAllText(Repository.PathOf("examples", "minimal.yaml"));

    public static TheoryData<string, string, string, string> Rows =>
    [
        .. File.ReadLines(Repository.PathOf("tests", "cases", "names.txt")).Where(line => line[0] != '#')
            .Select(line => line.Split(" | ")).Select(cells => (cells[0], cells[1], cells[2], cells[3])),
    ];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_misspelt_name_is_told_with_what_was_meant(string key, string written, string how, string says)
    {
        using var link = new Link(Spec(key, written));
        var exit = how switch { "error" => 1, "unreadable" => 2, _ => 0 };
        var check = (await Shell.Run("check", link.Spec)).Exits(exit);
        Assert.Contains(says, check.All);
        var plan = (await link.Run("plan")).Exits(exit);
        Assert.Contains(how == "warning" ? "warning SL444" : says, plan.All);
        if (how == "warning")
        {
            Assert.Contains("warning SL444", check.All);
            (await link.Run("apply", ["--yes", .. link.Agreed])).Exits(0);
        }
    }

    [Fact]
    public void What_is_spelt_right_is_no_finding()
    {
        var told = from key in Names.Keys
                   from name in Names[key]
                   from problem in Said(key, name)
                   where problem.Contains("did you mean", StringComparison.Ordinal)
                   select $"{key}: {name}: {problem}";
        Assert.Empty(told);
    }

    /// <summary>Every third of them; all with SEALANE_LONG=1.</summary>
    [Fact]
    public void Each_name_that_is_built_in_is_found_again_behind_each_slip()
    {
        var share = Environment.GetEnvironmentVariable("SEALANE_LONG") == "1" ? 1 : 3;
        var (count, alone, wrong) = (0, 0, new List<string>());
        foreach (var (key, names) in Names)
        {
            foreach (var (name, slip) in names.SelectMany(name => Slips.Of(name).Select(slip => (name, slip))).Index()
                .Where(each => each.Index % share == 0).Select(each => each.Item))
            {
                if (names.Contains(slip) || (key == "megaport.location" && KnownPlaces.FindSite(slip) is not null))
                {
                    continue;
                }
                count++;
                var question = Said(key, slip).Select(Slips.Meant).FirstOrDefault(meant => meant.Count > 0) ?? [];
                alone += question.Count == 1 ? 1 : 0;
                if (!question.Contains(name))
                {
                    wrong.Add($"{key}: {slip} for {name}: {string.Join(" or ", question)}");
                }
            }
        }
        Counts.Say($"misspelt names: {count} of {Names.Values.Sum(names => names.Count)} names under {Names.Count} "
            + $"keys, {alone} of them with one suggestion only");
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {count}:\n{string.Join('\n', wrong.Take(60))}");
    }

    [Fact]
    public void Each_key_of_the_spec_is_found_again_behind_each_slip()
    {
        var (count, alone, wrong) = (0, 0, new List<string>());
        foreach (var key in SpecKeys.All)
        {
            var siblings = SpecKeys.ChildrenOf(key.Parent).Select(known => known.Name).ToList();
            // One or two letters are a stump that names nothing.
            foreach (var slip in Slips.Of(key.Name).Where(slip => slip.Length > 2 && !siblings.Contains(slip)))
            {
                count++;
                var meant = SpecReader.Read("test.yaml", Under(key.Parent, $"\"{slip}\": 1")).Problems
                    .Where(problem => problem.Message.Contains("is not a key", StringComparison.Ordinal))
                    .Select(problem => Slips.Meant(problem.Hint ?? "")).FirstOrDefault() ?? [];
                alone += meant.Count == 1 ? 1 : 0;
                if (!meant.Contains(key.Name))
                {
                    wrong.Add($"{key.Path}: {slip}: {string.Join(" or ", meant)}");
                }
            }
        }
        Counts.Say($"misspelt keys: {count} of {SpecKeys.All.Count} keys, {alone} of them with one suggestion only");
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {count}:\n{string.Join('\n', wrong.Take(60))}");
    }

    /// <summary>Each key that takes a name of a list, and the names.</summary>
    private static readonly Dictionary<string, IReadOnlyList<string>> Names = new()
    {
        ["aws.region"] = [.. KnownPlaces.AwsRegions.Places.Select(region => region.Code)],
        ["azure.region"] = [.. KnownPlaces.AzureRegions.Places.Select(region => region.Name)],
        ["azure.circuit.peeringLocation"] =
            [.. KnownPlaces.Azure.Places.Where(place => place.Megaport).Select(place => place.Name)],
        ["megaport.location"] = [.. KnownPlaces.Megaport.Places.Select(site => site.Name)],
        ["azure.circuit.tier"] = ["Standard", "Premium", "Local"],
        ["azure.vpnGateway.sku"] = ["VpnGw1AZ", "VpnGw2AZ", "VpnGw3AZ", "VpnGw4AZ", "VpnGw5AZ"],
        ["azure.expressRouteGateway.sku"] =
            ["ErGw1AZ", "ErGw2AZ", "ErGw3AZ", "Standard", "HighPerformance", "UltraPerformance"],
    };

    /// <summary>What reading and the rules say of it, offline.</summary>
    private static IEnumerable<string> Said(string key, string written)
    {
        var read = SpecReader.Read("test.yaml", Spec(key, written));
        return read.Spec is { } spec
            ? DesignChecks.Run(Designer.Design(spec)).Findings.Select(finding => finding.Message)
            : read.Problems.Select(problem => $"{problem.Message}; {problem.Hint}");
    }

    private static string Spec(string key, string written)
    {
        var value = written.All(char.IsAsciiDigit) ? written : $"\"{written}\"";
        var parts = key.Split('.');
        var (section, name) = (parts[0], parts[^1]);
        var line = parts.Length == 3 ? $"  {parts[1]}: {{ {name}: {value} }}" : $"  {name}: {value}";
        var lines = Minimal.Split('\n').ToList();
        var start = lines.IndexOf(section + ":");
        var end = lines.FindIndex(start + 1, text => text.Length > 0 && text[0] != ' ');
        var old = parts.Length == 3 ? -1 : lines.FindIndex(start,
            (end < 0 ? lines.Count : end) - start, text => text.StartsWith($"  {name}:", StringComparison.Ordinal));
        if (old >= 0)
        {
            lines[old] = line;
        }
        else
        {
            lines.Insert(start + 1, line);
        }
        return string.Join('\n', lines);
    }

    /// <summary>A line under a section, or in the first item of a list of sections.</summary>
    private static string Under(string parent, string line)
    {
        var (text, indent) = ("", "");
        foreach (var part in parent.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            var list = part.EndsWith("[]", StringComparison.Ordinal);
            text += $"{indent}{part.Replace("[]", "", StringComparison.Ordinal)}:\n";
            indent += "  ";
            if (list)
            {
                text += $"{indent}-\n";
                indent += "  ";
            }
        }
        return $"{text}{indent}{line}\n";
    }
}
