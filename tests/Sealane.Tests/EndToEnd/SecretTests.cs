using System.Text;
using Sealane.Cli;
using Sealane.Core;
using Sealane.Sandbox.World;

namespace Sealane.Tests.EndToEnd;

/// <summary>Law 6 over a whole life: no key in any output, log or journal, in any form that a grep could
/// miss.</summary>
public sealed class SecretTests
{
    [Fact]
    public async Task No_key_is_in_any_output_wire_log_or_journal()
    {
        using var link = Link.Sydney;
        var seen = new List<(string What, string Text)>();
        var keys = Keys(link);

        async Task Run(string verb, params string[] options)
        {
            var log = Path.Combine(link.Root, $"wire-{seen.Count}.log");
            var run = await link.Run(verb, [.. options, "--wire-log", log]);
            Assert.InRange(run.ExitCode, 0, 1);
            seen.Add(($"sealane {verb} {string.Join(' ', options)}", run.All));
            seen.Add(($"wire log of {verb}", await File.ReadAllTextAsync(log, TestContext.Current.CancellationToken)));
        }

        await Run("plan");
        // Cut short, so that there is a journal to look at.
        using (var rig = new Rig(link, cut: Cut.DeathAfter, at: 300))
        {
            await rig.Apply();
            seen.Add(("notes of the cut run", string.Join("\n", rig.Told)));
        }
        seen.Add(("journal", await File.ReadAllTextAsync(
            Path.Combine(link.WorldDirectory, "sydney.journal.jsonl"), TestContext.Current.CancellationToken)));
        await Run("apply", "--yes");
        await Run("verify");
        await Run("verify", "--format", "json");
        await Run("status");
        await Run("status", "--format", "json");
        await Run("trace", "10.1.0.10", "10.2.1.4");
        link.Edit("  generation: 1\n", "  generation: 2\n");
        keys.AddRange(Keys(link));
        link.Tamper(world => world.Azure.Resources.Single(it => it.Name == "sydney-tunnel-1").SharedKey = keys[0]
            .Reveal());
        await Run("plan");
        await Run("plan", "--format", "json");
        await Run("verify");
        await Run("apply", "--yes", "--format", "jsonl");
        keys.AddRange(Given(link.World()));
        await Run("destroy", "--yes", "--format", "jsonl");

        Assert.True(seen.Sum(entry => entry.Text.Length) > 500_000, "the wire logs are suspiciously small");
        Assert.True(keys.Count >= 8 + 4);
        foreach (var form in keys.SelectMany(key => Forms(key.Reveal())).Distinct())
        {
            Assert.All(seen, entry => Assert.False(
                entry.Text.Contains(form, StringComparison.OrdinalIgnoreCase), $"a secret is in: {entry.What}"));
        }
    }

    /// <summary>The net would catch something: the world's own file does hold the keys that the clouds were
    /// given.</summary>
    [Fact]
    public async Task The_keys_that_are_looked_for_are_those_in_use()
    {
        using var link = await Link.Built("sydney");
        var world = await File.ReadAllTextAsync(Path.Combine(link.WorldDirectory, "world.json"),
            TestContext.Current.CancellationToken);
        Assert.All(Keys(link), key => Assert.Contains(key.Reveal(), world));
    }

    private static List<Secret> Keys(Link link) => [.. Secrets.Rehearsal(link.Design.Spec).Of(link.Design)];

    /// <summary>What the clouds gave out: the circuit's service key, which orders a VXC on it; and the
    /// credentials.</summary>
    private static List<Secret> Given(StoredWorld world) =>
    [
        new((string)world.Azure.Resources.Single(it => it.Name == "sydney-er").Facts["serviceKey"]!),
        new(SandboxIdentity.AwsSecretAccessKey),
        new(SandboxIdentity.AzureClientSecret),
        new(SandboxIdentity.MegaportSecretKey),
    ];

    private static IEnumerable<string> Forms(string secret) =>
        [secret, Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)), Uri.EscapeDataString(secret),
            Convert.ToHexString(Encoding.UTF8.GetBytes(secret))];
}
