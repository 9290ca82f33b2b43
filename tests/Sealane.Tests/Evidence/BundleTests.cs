using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Sealane.Cli;
using Sealane.Core;
using Sealane.Sandbox.World;
using Sealane.Tests.EndToEnd;

namespace Sealane.Tests.Evidence;

/// <summary>The auditor's bundle: the same verdict from it anywhere, and nothing in it altered unnoticed.</summary>
public sealed class BundleTests
{
    [Theory]
    [InlineData("encrypted")]
    [InlineData("degraded")]
    [InlineData("unproven")]
    [InlineData("down")]
    [InlineData("clear")]
    public async Task The_verdict_is_worked_out_again_without_clouds_or_keys(string world)
    {
        using var link = await Sight.Sydney();
        await Sight.Change(link, it => Make(it, world));
        var bundle = Path.Combine(link.Root, "bundle");
        var live = await link.Run("verify", "--format", "json", "--evidence", bundle);
        var again = await Shell.Run("verify", "--from", bundle, "--format", "json");
        Assert.Equal(live.ExitCode, again.ExitCode);
        var (one, two) = (live.Json, again.Json);
        one.Remove("evidence");
        one.Remove("calls");
        two.Remove("bundle");
        Assert.Equal(one.ToJsonString(), two.ToJsonString());
        Assert.Equal(world == "degraded" ? "encrypted" : world, (string?)two["verdict"]);
    }

    [Theory]
    [InlineData("minimal")]
    [InlineData("tokyo")]
    [InlineData("two-paths")]
    public async Task So_it_is_for_every_example(string example)
    {
        using var link = await Link.Built(example);
        await link.Later(TimeSpan.FromMinutes(10));
        var bundle = Path.Combine(link.Root, "bundle");
        (await link.Run("verify", "--strict", "--evidence", bundle)).Exits(0);
        Assert.Contains(": encrypted, as then.", (await Shell.Run("verify", "--strict", "--from",
            bundle)).Exits(0).Output);
    }

    [Fact]
    public async Task On_another_machine_it_needs_the_directory_and_nothing_else()
    {
        using var link = await Sight.Sydney();
        var bundle = Path.Combine(link.Root, "bundle");
        var digest = Digest((await link.Run("verify", "--evidence", bundle)).Exits(0).Output);
        var elsewhere = Directory.CreateTempSubdirectory("sealane-auditor-");
        try
        {
            var moved = Path.Combine(elsewhere.FullName, "b");
            Directory.Move(bundle, moved);
            // No credentials, another home, and a proxy that nobody answers at: a call to any cloud would fail.
            var run = (await ChildShell.Run(elsewhere.FullName,
                new Dictionary<string, string> { ["HTTPS_PROXY"] = "http://127.0.0.1:9" },
                "verify", "--from", "b", "--digest", digest)).Exits(0);
            Assert.Contains("encrypted, as then.", run.Output);
            Assert.Contains(", as given", run.Output);
        }
        finally
        {
            elsewhere.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Whatever_is_altered_taken_away_or_added_is_named()
    {
        using var link = await Sight.Sydney();
        var bundle = Path.Combine(link.Root, "bundle");
        var digest = Digest((await link.Run("verify", "--evidence", bundle)).Exits(0).Output);
        var files = Directory.GetFiles(bundle, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(bundle, file)).Order(StringComparer.Ordinal).ToList();
        Assert.True(files.Count > 50);
        // One of each kind, and every fifth; all with SEALANE_LONG=1.
        var share = Environment.GetEnvironmentVariable("SEALANE_LONG") == "1" ? 1 : 5;
        foreach (var name in files.Index().Where(each => each.Index % share == 0).Select(each => each.Item)
            .Union(files.DistinctBy(file => (Path.GetDirectoryName(file), Path.GetExtension(file)))))
        {
            var path = Path.Combine(bundle, name);
            var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
            var changed = bytes.ToArray();
            changed[changed.Length / 2] ^= 1;
            await File.WriteAllBytesAsync(path, changed, TestContext.Current.CancellationToken);
            Assert.Contains($"altered: {name}",
                (await Shell.Run("verify", "--from", bundle, "--digest", digest)).Exits(1).Error);
            await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);
        }
        var reply = files.First(name => name.StartsWith("replies", StringComparison.Ordinal));
        File.Move(Path.Combine(bundle, reply), Path.Combine(bundle, "replies", "9999-aws.json"));
        var error = (await Shell.Run("verify", "--from", bundle)).Exits(1).Error;
        Assert.Contains($"missing: {reply}", error);
        Assert.Contains("added: replies/9999-aws.json", error);
    }

    [Fact]
    public async Task A_signature_tells_whose_it_is()
    {
        using var link = await Sight.Sydney();
        var bundle = Path.Combine(link.Root, "bundle");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var other = RSA.Create(2048);
        var (mine, signer, another) = (Path.Combine(link.Root, "key.pem"), Path.Combine(link.Root, "signer.pem"),
            Path.Combine(link.Root, "another.pem"));
        await File.WriteAllTextAsync(mine, key.ExportPkcs8PrivateKeyPem(), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(signer, key.ExportSubjectPublicKeyInfoPem(),
            TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(another, other.ExportSubjectPublicKeyInfoPem(),
            TestContext.Current.CancellationToken);
        (await link.Run("verify", "--evidence", bundle, "--sign", mine)).Exits(0);
        Assert.Contains("signed by the given key", (await Shell.Run("verify", "--from", bundle, "--signer", signer))
            .Exits(0).Output);
        Assert.Contains("the signature is not of this key",
            (await Shell.Run("verify", "--from", bundle, "--signer", another)).Exits(1).Error);
        Assert.Contains("it is signed", (await Shell.Run("verify", "--from", bundle)).Exits(0).Output);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Nobody_else_opens_it_and_no_key_is_in_it()
    {
        using var link = await Sight.Sydney();
        var bundle = Path.Combine(link.Root, "bundle");
        (await link.Run("verify", "--evidence", bundle)).Exits(0);
        Assert.Equal("drwx------", Mode(bundle));
        Assert.All(Directory.GetFiles(bundle, "*", SearchOption.AllDirectories),
            file => Assert.Equal("-rw-------", Mode(file)));
        Assert.Contains("not an empty directory", (await link.Run("verify", "--evidence", bundle)).Exits(2).Error);
        List<Secret> keys =
        [
            .. Secrets.Rehearsal(link.Design.Spec).Of(link.Design),
            new((string)link.World().Azure.Resources.Single(it => it.Name == "sydney-er").Facts["serviceKey"]!),
            new(SandboxIdentity.AwsSecretAccessKey), new(SandboxIdentity.AzureClientSecret),
            new(SandboxIdentity.MegaportSecretKey),
        ];
        foreach (var file in Directory.GetFiles(bundle, "*", SearchOption.AllDirectories))
        {
            var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
            Assert.All(keys, key => Assert.DoesNotContain(key.Reveal(), text, StringComparison.OrdinalIgnoreCase));
        }
        var statement = JsonNode.Parse(await File.ReadAllTextAsync(
            Path.Combine(bundle, "statement.json"), TestContext.Current.CancellationToken))!;
        Assert.NotEmpty(statement["read"]!.AsArray());
        Assert.Empty(statement["notRead"]!.AsArray());
        Assert.True(statement["assumptions"]!.AsArray().Count > 20);
        Assert.Contains("10.2.0.6: a tunnel's endpoint", (string)statement["exclusions"]![0]!);
        Assert.Equal("111122223333", (string?)statement["accounts"]!["aws"]);
    }

    [Fact]
    public async Task Names_of_other_teams_are_left_out_on_request()
    {
        using var link = await Sight.Sydney();
        await Sight.Change(link, world =>
        {
            world.PeeredVnet("10.3.0.0/16", gatewayTransit: true);
            world.SecondWay();
            world.Aws.Vpcs[0].Tags["Owner"] = "Jane Roe of Payments";
        });
        var bundle = Path.Combine(link.Root, "bundle");
        var live = (await link.Run("verify", "--format", "json", "--evidence", bundle, "--redact")).Exits(1).Json;
        Assert.Equal("clear", (string?)live["verdict"]);
        foreach (var file in Directory.GetFiles(bundle, "*", SearchOption.AllDirectories))
        {
            var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
            Assert.DoesNotContain("vnet-spoke", text);
            Assert.DoesNotContain("Jane Roe", text);
            Assert.DoesNotContain("other-team", text);
        }
        Assert.Equal("clear", (string?)(await Shell.Run("verify", "--from", bundle, "--format", "json")).Exits(1)
            .Json["verdict"]);
    }

    private static void Make(SandboxWorld world, string what)
    {
        switch (what)
        {
            case "degraded":
                world.Aws.VpnConnections[0].Tunnels[0].Replacing = true;
                break;
            case "unproven":
                world.RouteTable("workload", "10.1.0.0/16", "VirtualAppliance", "10.9.9.9");
                break;
            case "down":
                world.Azure("connections", "sydney-tunnel-1").SharedKey = "someOtherKey1234567890";
                world.Azure("connections", "sydney-tunnel-2").SharedKey = "someOtherKey1234567890";
                break;
            case "clear":
                world.SecondWay();
                break;
        }
    }

    private static string Digest(string output) => output.Split('\n')
        .Single(line => line.StartsWith("Manifest SHA-256: ", StringComparison.Ordinal)).Split(": ")[1];

    [UnsupportedOSPlatform("windows")]
    private static string Mode(string path)
    {
        var mode = File.GetUnixFileMode(path);
        const string letters = "rwxrwxrwx";
        return (Directory.Exists(path) ? "d" : "-") + string.Concat(letters.Select((letter, index) =>
            ((int)mode >> (8 - index) & 1) == 1 ? letter : '-'));
    }
}
