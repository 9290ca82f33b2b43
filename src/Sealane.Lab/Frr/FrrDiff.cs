namespace Sealane.Lab.Frr;

/// <summary>The commands that lead a running router from one configuration to another, without a restart.</summary>
public static class FrrDiff
{
    // Settings of which there is one: the new value replaces the old, and taking the old away first would cut the
    // session. With the number of words that name the setting.
    private static readonly (string Word, int Words)[] s_single =
    [
        ("remote-as", 3), ("description", 3), ("password", 3), ("local-as", 3),
    ];

    public static IReadOnlyList<string> Bgp(FrrConfig before, FrrConfig after)
    {
        var lines = new List<string>();
        if (before.Asn != after.Asn)
        {
            // The ASN is the router's identity: BGP begins anew.
            lines.Add($"no router bgp {before.Asn}");
            before = before with { Bgp = [.. before.Bgp.Where(block => !IsRouter(block))] };
        }
        var gone = Neighbours(before).Except(Neighbours(after)).ToHashSet(StringComparer.Ordinal);
        var (old, next) = (before.Bgp.ToDictionary(block => block.Header),
            after.Bgp.ToDictionary(block => block.Header));
        // First, because an entry of a map is known by its number alone: what permits now may have denied before.
        lines.AddRange(before.Bgp.Where(block => !next.ContainsKey(block.Header) && !IsRouter(block))
            .Select(block => "no " + block.Header));
        // An internal peer knows no such word: it goes while the peer is what it was.
        foreach (var block in after.Bgp)
        {
            var overrides = (old.GetValueOrDefault(block.Header)?.Lines ?? []).Except(block.Lines)
                .Where(line => IsOverride(line) && !gone.Contains(Neighbour(line))).ToList();
            if (overrides.Count > 0)
            {
                lines.AddRange([.. block.Opening, .. overrides.Select(Undo), .. Closing(block)]);
            }
        }
        foreach (var block in after.Bgp)
        {
            var had = old.GetValueOrDefault(block.Header)?.Lines ?? [];
            var removed = had.Except(block.Lines)
                .Where(line => !IsOverride(line) && !gone.Contains(Neighbour(line))).ToList();
            var added = block.Lines.Except(had).ToList();
            removed.RemoveAll(line => added.Exists(other => Replaces(other, line)));
            var left = block.Header.StartsWith("router", StringComparison.Ordinal) && block.Opening.Count == 1 ? gone
                : [];
            if (removed.Count + added.Count + left.Count > 0
                || (!old.ContainsKey(block.Header) && block.Lines.Count == 0))
            {
                lines.AddRange(block.Opening);
                lines.AddRange(left.Select(address => $"no neighbor {address}"));
                lines.AddRange(removed.Select(Undo));
                lines.AddRange(added);
                lines.AddRange(Closing(block));
            }
        }
        return lines;
    }

    /// <summary>Peers that are to have another ASN: their sessions are cleared by word. FRR does it by itself, but on a
    /// busy machine one in eight was seen to stand with the old one.</summary>
    public static IReadOnlyList<string> Reset(FrrConfig before, FrrConfig after) =>
    [
        .. after.Bgp.SelectMany(block => block.Lines).Except(before.Bgp.SelectMany(block => block.Lines))
            .Where(line => Neighbour(line).Length > 0 && line.Split(' ')[2] == "remote-as").Select(Neighbour)
            .Intersect(Neighbours(before)).Distinct(),
    ];

    public static IReadOnlyList<string> Static(FrrConfig before, FrrConfig after)
    {
        IReadOnlyList<string> old = before.Statics ?? [], next = after.Statics ?? [];
        return [.. old.Except(next).Select(line => "no " + line), .. next.Except(old)];
    }

    private static IEnumerable<string> Closing(FrrBlock block) => block.Opening.Reverse().Select(line =>
        line.StartsWith("address-family", StringComparison.Ordinal) ? "exit-address-family" : "exit");

    private static bool IsOverride(string line) => line.EndsWith(" as-override", StringComparison.Ordinal);

    // FRR takes a prepend back only without its ASNs, or with one.
    private static string Undo(string line) =>
        line.StartsWith("set as-path prepend", StringComparison.Ordinal) ? "no set as-path prepend" : "no " + line;

    private static bool IsRouter(FrrBlock block) => block.Header.StartsWith("router bgp", StringComparison.Ordinal);

    private static IEnumerable<string> Neighbours(FrrConfig config) =>
        config.Bgp.SelectMany(block => block.Lines).Select(Neighbour).Where(address => address.Length > 0).Distinct();

    private static string Neighbour(string line) =>
        line.StartsWith("neighbor ", StringComparison.Ordinal) ? line.Split(' ')[1] : "";

    private static bool Replaces(string line, string other)
    {
        var (a, b) = (line.Split(' '), other.Split(' '));
        if (a[0] == "maximum-paths" || (a[0] == "bgp" && a[1] == "router-id"))
        {
            return a.Length == b.Length && a.AsSpan(..^1).SequenceEqual(b.AsSpan(..^1));
        }
        if (a[0] != "neighbor" || a.Length < 3 || b.Length < 3 || a[1] != b[1] || a[2] != b[2])
        {
            return false;
        }
        return a[2] switch
        {
            "timers" => a[3] == "connect" == (b[3] == "connect"),
            "route-map" => a[^1] == b[^1],
            var word => s_single.Any(one => one.Word == word),
        };
    }
}
