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
/// names, ids and addresses, with the keys that these names have. So the links stand beside each other as if each had
/// been built, with an address plan of its own: two with one plan in one account would be each other's tunnels' ends.
/// </summary>
internal sealed partial class ManyWorlds
{
    /// <summary>What a link key is in a rehearsal: real clients must derive the same keys from it.</summary>
    public const string LinkKey = "rehearsal: not a secret";

    /// <summary>Of one account: so many blocks of 10.0.0.0/8 there are for a VPC and a VNet each.</summary>
    public const int MostLinks = 100;

    private const string Name = "sydney";
    private const string Account = "111122223333";
    private const string Subscription = "00000000-1111-2222-3333-444444444444";

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

    /// <param name="spec">Of the first link.</param>
    /// <param name="world">The file of its world.</param>
    public ManyWorlds(string spec, string world)
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
        // Counts by name, of what links have.
        all["aws"]!.AsObject().Remove("ordinals");
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

    /// <summary>The spec of one of the links of an account.</summary>
    public string Spec(int account, int link) => Renamed(_spec, account, link, 0, _keys)
        .Replace($"account: \"{AccountOf(account)}\"\n",
            $"account: \"{AccountOf(account)}\"\n  profile: {Profile(account)}\n", StringComparison.Ordinal)
        .Replace("environment: production\n", $"environment: production\n  profile: {Profile(account)}\n",
            StringComparison.Ordinal)
        .Replace($"subscription: {SubscriptionOf(account)}\n",
            $"subscription: {SubscriptionOf(account)}\n  profile: {Profile(account)}\n", StringComparison.Ordinal);

    public static string Profile(int account) => $"a{account}";

    public static string NameOf(int account, int link) => $"a{account}-{link:000}";

    /// <summary>The world of one account, with so many links.</summary>
    public string World(int account, int links)
    {
        var all = JsonNode.Parse(_world)!.AsObject();
        foreach (var list in s_ofLinks.SelectMany(cloud =>
            cloud.Value.Select(list => all[cloud.Key]![list]!.AsArray())))
        {
            list.Clear();
        }
        for (var link = 0; link < links; link++)
        {
            var one = JsonNode.Parse(Renamed(_world, account, link, (link + 1) * 100, Keys(Spec(account, link))))!;
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
        all["megaport"]!["lastNumber"] = (int)all["megaport"]!["lastNumber"]! + ((links + 1) * 100);
        all["aws"]!["account"] = AccountOf(account);
        all["azure"]!["subscription"] = SubscriptionOf(account);
        all["azure"]!["tenant"] = Other((string)all["azure"]!["tenant"]!, Profile(account));
        return all.ToJsonString();
    }

    private static string AccountOf(int account) => $"{Account[..^2]}{account:00}";

    private static string SubscriptionOf(int account) => $"{Subscription[..^2]}{account:00}";

    private string Renamed(string text, int account, int link, int numbers, List<string> keys)
    {
        var name = NameOf(account, link);
        text = Id().Replace(text, id => _kept.Contains(id.Value) ? id.Value : Other(id.Value, name));
        foreach (var (old, key) in _keys.Zip(keys))
        {
            text = text.Replace(old, key, StringComparison.Ordinal);
        }
        text = Number().Replace(text, number =>
            (int.Parse(number.Value, CultureInfo.InvariantCulture) + numbers).ToString(CultureInfo.InvariantCulture));
        text = Block().Replace(text, block => block.Value switch
        {
            "10.1." => $"10.{link}.",
            "10.2." => $"10.{link + MostLinks}.",
            _ => $"10.254.{link}.",
        });
        return text.Replace(Account, AccountOf(account), StringComparison.Ordinal)
            .Replace(Subscription, SubscriptionOf(account), StringComparison.Ordinal)
            .Replace(Name, name, StringComparison.Ordinal);
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

    /// <summary>The VPC's, the VNet's and the transit gateway's.</summary>
    [GeneratedRegex(@"(?<![\d.])10\.(?:1|2|254\.1)\.")]
    private static partial Regex Block();

    [GeneratedRegex(@"\b1850\d\d\b")]
    private static partial Regex Number();
}
