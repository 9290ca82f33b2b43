using Sealane.Tests.EndToEnd;

namespace Sealane.Tests.Evidence;

/// <summary>examples/enterprise.yaml, as its own comment says it: other teams' everyday objects are no holes.</summary>
public sealed class EnterpriseTests
{
    [Fact]
    public async Task An_ordinary_enterprise_verifies_encrypted()
    {
        using var link = await Link.Built("enterprise");
        (await Shell.Run("sandbox", "break", link.Spec, "enterprise", $"--sandbox={link.Sandbox}")).Exits(0);
        await link.Later(TimeSpan.FromHours(1));
        var bundle = Path.Combine(link.Root, "bundle");
        var report = (await link.Run("verify", "--strict", "--format", "json", "--evidence", bundle)).Exits(0).Json;
        Assert.Equal(("encrypted", 0), ((string?)report["verdict"], report["holes"]!.AsArray().Count));
        // Read, and not passed over: the neighbours stand in the statement.
        var statement = await File.ReadAllTextAsync(
            Path.Combine(bundle, "statement.json"), TestContext.Current.CancellationToken);
        Assert.Contains("tgw-attach-0e0e0e0e", statement);
        Assert.Contains("vnet-spoke", await File.ReadAllTextAsync(
            Directory.GetFiles(Path.Combine(bundle, "replies"), "*azure.json").First(file =>
                File.ReadAllText(file).Contains("virtualNetworkPeerings", StringComparison.Ordinal)),
            TestContext.Current.CancellationToken));
        (await Shell.Run("verify", "--strict", "--from", bundle)).Exits(0);
        await link.IsUnchanged();
        // A transit gateway that others are attached to cannot be deleted: they move out first.
        (await Shell.Run("sandbox", "break", link.Spec, "--heal", $"--sandbox={link.Sandbox}")).Exits(0);
        (await link.Destroy()).Exits(0);
    }
}
