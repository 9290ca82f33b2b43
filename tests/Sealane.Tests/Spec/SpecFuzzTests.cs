using System.Text;
using Sealane.Core.Checks;
using Sealane.Core.Design;
using Sealane.Core.Spec;

namespace Sealane.Tests.Spec;

/// <summary>Whatever a file holds, reading, designing and checking it ends with a spec or with problems, never with a
/// throw.</summary>
public sealed class SpecFuzzTests
{
    private const int Seed = 20261122;
    private static readonly string Sydney = File.ReadAllText(Repository.PathOf("examples", "sydney.yaml"));

    /// <summary>Things that have broken parsers: markers, brackets, signs, long and strange texts.</summary>
    private static readonly string[] Fragments =
    [
        "&a ", "*a", "!!int ", "? ", "- ", "---\n", "...\n", "[", "]", "{", "}", "|\n", ">-\n", "'", "\"", "#", ": ",
        "%YAML 1.2\n", "<<: *x",
        "\\u0000", "\u2028", "\ud800", "\0", "\t", "\uFEFF", "0x7fffffffffffffff", "-1", ".inf", "~", "10.0.0.0/0",
        "255.255.255.255/32", "0.0.0.0/32", "0",
    ];

    [Fact]
    public void Every_truncation_is_read()
    {
        for (var length = 0; length <= Sydney.Length; length += 3)
        {
            Try(Sydney[..length]);
        }
    }

    [Fact]
    public void Flipped_bytes_are_read()
    {
        var chance = new Random(Seed);
        for (var round = 0; round < 3000; round++)
        {
            var bytes = Encoding.UTF8.GetBytes(Sydney);
            for (var flips = chance.Next(1, 8); flips > 0; flips--)
            {
                bytes[chance.Next(bytes.Length)] = (byte)chance.Next(256);
            }
            Try(Encoding.UTF8.GetString(bytes));
        }
    }

    [Fact]
    public void Inserted_fragments_are_read()
    {
        var chance = new Random(Seed);
        for (var round = 0; round < 3000; round++)
        {
            var text = Sydney;
            for (var count = chance.Next(1, 4); count > 0; count--)
            {
                var (at, cut) = (chance.Next(text.Length), chance.Next(6));
                text = text[..at] + Fragments[chance.Next(Fragments.Length)] + text[Math.Min(text.Length, at + cut)..];
            }
            Try(text);
        }
    }

    [Fact]
    public void Every_value_replaced_by_an_extreme_one_is_designed_and_checked()
    {
        string[] extremes = ["0.0.0.0/0", "255.255.255.255/32", "0.0.0.0/1", "255.255.255.254/31", "1", "4294967295",
            "x", "[]", "{}"];
        var lines = Sydney.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            foreach (var extreme in lines[i].Contains(": ") ? extremes : [])
            {
                Try(string.Join('\n',
                    [.. lines[..i], lines[i][..(lines[i].IndexOf(": ", StringComparison.Ordinal) + 2)] + extreme,
                        .. lines[(i + 1)..]]));
            }
        }
    }

    [Fact]
    public void A_large_hostile_file_is_refused_quickly()
    {
        Try(new string('[', 1 << 20));
        Try(string.Concat(Enumerable.Repeat("a: ", 1 << 18)));
        Try(string.Concat(Enumerable.Range(0, 60_000).Select(i => $"key{i}: 1\n")));
        Try("name: \"" + new string('x', 1 << 20) + "\"");
        Try(string.Concat(Enumerable.Repeat("- ", 1 << 19)));
    }

    private static void Try(string text)
    {
        try
        {
            var result = SpecReader.Read("fuzz.yaml", text);
            Assert.True(result.Spec is null != (result.Problems.Count == 0), $"neither a spec nor a problem:\n{text}");
            if (result.Spec is { } spec)
            {
                _ = DesignChecks.Run(Designer.Design(spec));
            }
        }
        catch (Exception e) when (e is not Xunit.Sdk.XunitException)
        {
            throw new Xunit.Sdk.XunitException($"this text throws {e}\n{text[..Math.Min(text.Length, 6000)]}");
        }
    }
}
