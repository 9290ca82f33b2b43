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
        #   tunnelKeys, in the order of the tunnels above: az network vpn-connection shared-key show
        secrets:
          linkKey: env:SEALANE_LINK_KEY
        """;

    private const string Own = """
          awsBgpKey: env:SEALANE_AWS_BGP_KEY
          tunnelKeys: [env:SEALANE_TUNNEL_1, env:SEALANE_TUNNEL_2]
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
        Line(text, "sealane: 1");
        Line(text, $"name: {Quoted(name)}   # never change it: the clouds' objects are found by it");
        Section(text, "", found.Values, 0);
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
            Line(text, Own.ReplaceLineEndings("\n"));
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

    private static void Section(StringBuilder text, string path, IDictionary<string, string> values, int depth)
    {
        foreach (var key in SpecKeys.ChildrenOf(path))
        {
            var indent = new string(' ', 2 * depth);
            if (key.Kind == SpecKeyKind.Section && values.Keys.Any(each =>
                each.StartsWith($"{key.Path}.", StringComparison.Ordinal)))
            {
                if (depth == 0)
                {
                    Line(text, "");
                    Line(text, $"# {key.Doc}");
                }
                Line(text, $"{indent}{key.Name}:");
                Section(text, key.Path, values, depth + 1);
            }
            else if (values.TryGetValue(key.Path, out var value))
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
