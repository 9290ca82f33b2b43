using Sealane.Cli;
using Sealane.Core.Design;
using Sealane.Sandbox.Azure.Kinds;

namespace Sealane.Tests.EndToEnd;

/// <summary>Where the keys of authorizations come from.</summary>
public sealed class CircuitKeyTests
{
    private const string Circuit = CircuitElsewhereTests.Circuit;

    [Fact]
    public async Task Without_a_key_nothing_is_asked()
    {
        using var link = CircuitElsewhereTests.Elsewhere();
        link.Edit("  authorizationKey: \"env:ER_KEY\"\n", "");
        var check = (await Shell.Run("check", link.Spec)).Exits(1);
        Assert.Contains("link.yaml:19:18 error SL520: azure/circuit is in subscription "
            + CircuitElsewhereTests.Other, check.All);
        Assert.Equal(1, (await link.Run("plan")).ExitCode);
        // Named, and not there: or no key at all.
        link.Edit("  generation: 1\n", "  authorizationKey: \"env:SEALANE_NO_SUCH_KEY\"\n");
        var plan = (await Shell.Run("plan", link.Spec)).Exits(2);
        Assert.Contains("link.yaml:21:21 error: the environment variable SEALANE_NO_SUCH_KEY is not set", plan.Error);
        Assert.Contains("with the key that the circuit's owner gave", plan.Error);
        var file = Path.Combine(link.Root, "key");
        await File.WriteAllTextAsync(file, "not-a-guid", TestContext.Current.CancellationToken);
        link.Edit("env:SEALANE_NO_SUCH_KEY", $"file:{file}");
        plan = (await Shell.Run("plan", link.Spec)).Exits(2);
        Assert.Contains("an authorization key is a GUID", plan.Error);
        Assert.DoesNotContain("not-a-guid", plan.All);
    }

    /// <summary>Several circuits, each by the key of its own; built and taken down with SEALANE_LONG=1.</summary>
    [Fact]
    public async Task Each_of_two_circuits_has_a_key_of_its_own()
    {
        using var link = Link.Example("two-locations");
        string Given(string key)
        {
            var file = Path.Combine(link.Root, key[..8]);
            File.WriteAllText(file, key);
            return $"\"file:{file}\"";
        }

        var (one, two) = ("0a0a0a0a-0000-4000-8000-0000000000aa", "0b0b0b0b-0000-4000-8000-0000000000bb");
        link.Write(File.ReadAllText(link.Spec) + $"existing:\n  azure/circuit: {Circuit}\n"
            + $"  azure/circuit-second: {Circuit}-2\nsecrets:\n  linkKey: {Given(new string('k', 32))}\n"
            + $"  authorizationKey: {Given(one)}\n  authorizationKeys: {{ second: {Given(two)} }}\n");
        var keys = Secrets.Real(link.Design.Spec);
        Assert.Equal((one, two), (keys.Authorization(PartKey.None)?.Reveal(),
            keys.Authorization(PartKey.Second)?.Reveal()));
        (await link.Run("plan")).Exits(0);
        var given = new[] { Circuit, $"{Circuit}-2" }.Select(id => (string?)Assert.Single(CircuitAuthorizations.Of(
            link.World().Azure, link.World().Azure.Find(id)!)).Facts["authorizationKey"]).ToList();
        Assert.Equal(2, given.Distinct().Count());
        if (Environment.GetEnvironmentVariable("SEALANE_LONG") is { Length: > 0 })
        {
            await link.Apply();
            await link.IsEncrypted();
            await link.IsUnchanged();
            await link.Destroy();
        }
    }
}
