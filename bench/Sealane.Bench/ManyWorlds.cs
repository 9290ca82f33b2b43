using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sealane.Core.Design;
using Sealane.Core.Spec;

namespace Sealane.Bench;

/// <summary>
/// Worlds of many links: one link is built in the embedded sandbox, and what it left is written down again under other
/// names and ids, with the keys that these names have. So the links stand beside each other as if each had been built.
/// </summary>
internal sealed partial class ManyWorlds
{
    /// <summary>What a link key is in a rehearsal: real clients must derive the same keys from it.</summary>
    public const string LinkKey = "rehearsal: not a secret";

    private const string Name = "sydney";

    /// <summary>What in a world is a link's; the rest is the clouds' own.</summary>
    private static readonly Dictionary<string, string[]> s_ofLinks = new(StringComparer.Ordinal)
    {
        ["aws"] =
        [
            "vpcs", "subnets", "vpcRouteTables", "securityGroups", "transitGateways", "attachments", "routeTables",
            "routeTableAssociations", "customerGateways", "vpnConnections", "dxGateways", "dxAssociations",
            "connections", "vifs",
        ],
        ["azure"] = ["resourceGroups", "resources"],
        ["megaport"] = ["mcrs", "vxcs", "prefixLists"],
        ["sessions"] = ["sessions"],
    };

    private readonly string _spec;
    private readonly string _world;
    private readonly HashSet<string> _kept;
    private readonly List<string> _keys;

    private ManyWorlds(string spec, string world)
    {
        (_spec, _world, _keys) = (spec, world, Keys(spec));
        var all = JsonNode.Parse(world)!.AsObject();
        foreach (var (cloud, lists) in s_ofLinks)
        {
            foreach (var list in lists)
            {
                all[cloud]!.AsObject().Remove(list);
            }
            if (cloud == "azure")
            {
                all[cloud]!.AsObject().Remove("operations");
            }
        }
        // Ids of the clouds' own: of the account, of ports, of sites.
        _kept = [.. Id().Matches(all.ToJsonString()).Select(id => id.Value)];
    }

    /// <param name="directory">Where the first link is built.</param>
    public static async Task<ManyWorlds> Build(string spec, string directory)
    {
        var output = Console.Out;
        Console.SetOut(TextWriter.Null);
        var code = await Cli.Program.Main(["apply", spec, $"--sandbox={directory}", "--yes"]).ConfigureAwait(false);
        Console.SetOut(output);
        return code == 0
            ? new(File.ReadAllText(spec), File.ReadAllText(Path.Combine(directory, Name, "world.json")))
            : throw new InvalidOperationException($"apply exited {code}");
    }

    /// <summary>The spec of one of the links.</summary>
    public string Spec(string name) => Renamed(_spec, name, 0, _keys);

    /// <summary>One world with all these links.</summary>
    public string World(IReadOnlyList<string> names)
    {
        var all = JsonNode.Parse(_world)!.AsObject();
        foreach (var list in s_ofLinks.SelectMany(cloud =>
            cloud.Value.Select(list => all[cloud.Key]![list]!.AsArray())))
        {
            list.Clear();
        }
        foreach (var (number, name) in names.Index())
        {
            var one = JsonNode.Parse(Renamed(_world, name, (number + 1) * 100, Keys(Spec(name))))!;
            foreach (var (cloud, lists) in s_ofLinks)
            {
                foreach (var list in lists)
                {
                    foreach (var entry in one[cloud]![list]!.AsArray())
                    {
                        all[cloud]![list]!.AsArray().Add(entry!.DeepClone());
                    }
                }
            }
        }
        all["azure"]!["operations"] = new JsonArray();
        all["megaport"]!["lastNumber"] = (int)all["megaport"]!["lastNumber"]! + ((names.Count + 1) * 100);
        return all.ToJsonString();
    }

    private string Renamed(string text, string name, int numbers, List<string> keys)
    {
        text = Id().Replace(text, id => _kept.Contains(id.Value) ? id.Value : Other(id.Value, name));
        foreach (var (old, key) in _keys.Zip(keys))
        {
            text = text.Replace(old, key, StringComparison.Ordinal);
        }
        text = Number().Replace(text, number =>
            (int.Parse(number.Value, CultureInfo.InvariantCulture) + numbers).ToString(CultureInfo.InvariantCulture));
        return text.Replace(Name, name, StringComparison.Ordinal);
    }

    /// <summary>An id of the same form that depends on the first and the name alone.</summary>
    private static string Other(string id, string name)
    {
        var hex = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{name}/{id.ToLowerInvariant()}")));
        if (id.StartsWith("dx", StringComparison.Ordinal))
        {
            return $"{id[..6]}{hex[..8]}";
        }
        return Guid.TryParse(id, out _) ? $"{hex[..8]}-{hex[8..12]}-4{hex[13..16]}-8{hex[17..20]}-{hex[20..32]}"
            : $"{id[..^16]}{hex[..16]}";
    }

    private static List<string> Keys(string spec)
    {
        var design = Designer.Design(SpecReader.Read("spec.yaml", spec).Spec
            ?? throw new InvalidOperationException("the spec cannot be read"));
        return [.. LinkKeys.Derive(new(LinkKey), design.Name, 1).Of(design).Select(key => key.Reveal())];
    }

    [GeneratedRegex(@"\b[a-z]+(?:-[a-z]+)*-0[0-9a-f]{16}\b|\bdx(?:con|vif)-[0-9a-z]{8}\b"
        + @"|\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b")]
    private static partial Regex Id();

    [GeneratedRegex(@"\b1850\d\d\b")]
    private static partial Regex Number();
}
