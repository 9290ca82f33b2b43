using System.Text;
using Sealane.Clouds.Found;
using Sealane.Core;
using Sealane.Core.Spec;

namespace Sealane.Cli.Commands;

/// <summary>Writes what was found of a link as a spec: one key a line, so that <c>adopt --all</c> can take the ids
/// out.</summary>
internal static class FoundSpec
{
    /// <summary>Keys that no answer may be trusted to tell, and that must be the same at both ends.</summary>
    private const string Keys = """

        # Sealane does not take keys out of the clouds. Where the link keeps the keys that it has, name them here;
        # without them Sealane's own are derived from one link key, and each key that differs is told by plan:
        #   awsBgpKey, of the transit VIF: aws directconnect describe-virtual-interfaces
        #   azureBgpKey, of the circuit's private peering: whoever built it has it
        #   awsBgpKeys and azureBgpKeys, of further ones by their keys above, such as { second: env:KEY }
        #   tunnelKeys, in the order of the tunnels above: az network vpn-connection shared-key show
        secrets:
          linkKey: env:SEALANE_LINK_KEY
        """;

    public static string Text(string name, FoundLink found, bool rehearsal)
    {
        var text = new StringBuilder();
        Line(text, "# Read from the clouds by sealane init --from. Everything that stands is used as it is: never");
        Line(text, "# changed, never deleted. sealane plan says what differs; sealane adopt FILE --all makes it");
        Line(text, "# this link's.");
        foreach (var question in found.Questions)
        {
            Line(text, $"# QUESTION: {Plain.Line(question)}");
        }
        foreach (var note in found.Notes)
        {
            Line(text, $"# NOTE: {Plain.Line(note)}");
        }
        Line(text, "sealane: 1");
        Line(text, $"name: {Quoted(name)}   # never change it: the clouds' objects are found by it");
        Section(text, "", "", found.Values, 0);
        if (found.Tunnels.Count > 0)
        {
            Line(text, "");
            Line(text, "tunnels:");
        }
        foreach (var tunnel in found.Tunnels)
        {
            Line(text, $"  - insideCidr: {Quoted($"{tunnel.Inside}")}");
            Item(text, "localGatewayName", tunnel.LocalGateway);
            Item(text, "connectionName", tunnel.Connection);
        }
        Line(text, Keys.ReplaceLineEndings("\n"));
        if (!rehearsal)
        {
            Line(text, "  awsBgpKey: env:SEALANE_AWS_BGP_KEY");
            Further(text, "awsBgpKeys", "AWS", "megaport.awsVxcs[", found.Values);
            Further(text, "azureBgpKeys", "AZURE", "azure.circuits[", found.Values);
            Line(text, $"  tunnelKeys: [{string.Join(", ", Enumerable.Range(1, Math.Max(2, found.Tunnels.Count))
                .Select(number => $"env:SEALANE_TUNNEL_{number}"))}]");
        }
        if (found.Existing.Count > 0)
        {
            Line(text, "");
            Line(text, "# What exists and is used, by what plan and status call it.");
            Line(text, "existing:");
        }
        foreach (var (what, id) in found.Existing)
        {
            Line(text, $"  {what}: {(id.All(char.IsAsciiDigit) ? id : Quoted(id))}");
        }
        return text.ToString();
    }

    /// <param name="section">The keys' path; an item of a list is <c>aws.vpcs[]</c> there.</param>
    /// <param name="path">The values' path: the same item is <c>aws.vpcs[second]</c> there.</param>
    private static void Section(
        StringBuilder text, string section, string path, IDictionary<string, string> values, int depth)
    {
        var indent = new string(' ', 2 * depth);
        foreach (var key in SpecKeys.ChildrenOf(section))
        {
            var at = path.Length == 0 ? key.Name : $"{path}.{key.Name}";
            if (key.Kind is SpecKeyKind.Section or SpecKeyKind.SectionList)
            {
                var opening = $"{at}{(key.Kind == SpecKeyKind.Section ? '.' : '[')}";
                var inside = values.Keys.Where(each => each.StartsWith(opening, StringComparison.Ordinal)).ToList();
                if (inside.Count == 0)
                {
                    continue;
                }
                if (depth == 0)
                {
                    Line(text, "");
                    Line(text, $"# {key.Doc}");
                }
                Line(text, $"{indent}{key.Name}:");
                if (key.Kind == SpecKeyKind.Section)
                {
                    Section(text, key.Path, at, values, depth + 1);
                    continue;
                }
                foreach (var item in ItemsOf(opening, inside))
                {
                    Line(text, $"{indent}  - key: {item}");
                    Section(text, $"{key.Path}[]", $"{opening}{item}]", values, depth + 2);
                }
            }
            else if (values.TryGetValue(at, out var value))
            {
                var wrong = key.Kind != SpecKeyKind.Text ? null : key.Form?.Problem(value);
                Line(text, wrong is not null ? $"{indent}# {key.Name}: {Plain.Line(value)} {wrong}" : key.Kind switch
                {
                    SpecKeyKind.Number => $"{indent}{key.Name}: {value}",
                    SpecKeyKind.TextList => $"{indent}{key.Name}: [{string.Join(", ",
                        value.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Quoted))}]",
                    _ => $"{indent}{key.Name}: {Quoted(value)}",
                });
            }
        }
    }

    private static IEnumerable<string> ItemsOf(string list, IEnumerable<string> paths) =>
        paths.Select(each => each[list.Length..each.IndexOf(']', list.Length)]).Distinct();

    private static void Further(
        StringBuilder text, string name, string cloud, string list, IDictionary<string, string> values)
    {
        var keys = ItemsOf(list, values.Keys.Where(each => each.StartsWith(list, StringComparison.Ordinal))).ToList();
        if (keys.Count > 0)
        {
            Line(text, $"  {name}:");
            keys.ForEach(key => Line(text, $"    {key}: env:SEALANE_{cloud}_BGP_KEY_{key.ToUpperInvariant()}"));
        }
    }

    private static void Item(StringBuilder text, string key, string? value)
    {
        if (value is not null)
        {
            Line(text, $"    {key}: {Quoted(value)}");
        }
    }

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');

    private static string Quoted(string value) => $"\"{InitCommand.Escaped(value)}\"";
}
