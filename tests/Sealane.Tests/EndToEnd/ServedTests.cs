using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Sealane.Tests.EndToEnd;

/// <summary>
/// Against sockets: the program as it would be run on real accounts, with a served sandbox in their place, and with
/// credentials or endpoints that are missing, wrong or dead. Processes of their own, because clients read the
/// environment.
/// </summary>
public sealed class ServedTests : IAsyncLifetime
{
    private readonly Link _link = Link.Sydney;
    private Process? _server;
    private Dictionary<string, string> _environment = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = ChildShell.Start(_link.Root, new Dictionary<string, string>(),
            "sandbox", "serve", _link.Spec, "--world", _link.Sandbox, "--speed", "300", "--format", "json");
        var line = await _server.StandardOutput.ReadLineAsync(Token)
            ?? throw new InvalidOperationException(await _server.StandardError.ReadToEndAsync(Token));
        var told = JsonNode.Parse(line)!;
        Assert.All(new[] { "aws", "azure", "megaport", "tokens", "certificate", "env" },
            member => Assert.NotNull(told[member]));
        _environment = told["env"]!.AsObject().ToDictionary(entry => entry.Key, entry => (string)entry.Value!);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            _server.Kill();
            await _server.WaitForExitAsync(CancellationToken.None);
            _server.Dispose();
        }
        _link.Dispose();
    }

    [Fact]
    public async Task The_whole_life_of_a_link_over_real_sockets()
    {
        var up = (await Ends("apply")).Done;
        Assert.Equal("applied", (string?)up["result"]);
        Assert.Equal("encrypted", (string?)(await Sealane("verify", "--format", "json")).Exits(0).Json["verdict"]);
        (await Sealane("plan", "--exit-code")).Exits(0);
        Assert.Equal(0, (int)(await Sealane("apply", "--yes", "--format", "jsonl")).Exits(0).Done["writes"]!);
        var down = (await Ends("destroy")).Done;
        Assert.Equal(("destroyed", 0), ((string?)down["result"], down["stillBilled"]!.AsArray().Count));
    }

    [Fact]
    public async Task Azure_is_spoken_to_over_tls_that_is_looked_at()
    {
        Assert.StartsWith("https://", _environment["SEALANE_ARM_ENDPOINT"]);
        _environment.Remove("SEALANE_CA_FILE");
        var run = (await Sealane("plan")).Exits(3);
        Assert.Matches("(?i)certificate|SSL|TLS", run.Error);
    }

    [Theory]
    [InlineData("AWS_SECRET_ACCESS_KEY", "AWS")]
    [InlineData("AWS_ACCESS_KEY_ID", "AWS")]
    [InlineData("AZURE_CLIENT_SECRET", "AZURE")]
    [InlineData("AZURE_CLIENT_ID", "AZURE")]
    [InlineData("MEGAPORT_SECRET_KEY", "MEGAPORT")]
    [InlineData("MEGAPORT_ACCESS_KEY", "MEGAPORT")]
    public async Task Wrong_or_missing_credentials(string variable, string advice)
    {
        foreach (var value in new[] { "wrong-and-longer-than-sixteen", null })
        {
            var environment = new Dictionary<string, string>(_environment);
            environment.Remove(variable);
            if (value is not null)
            {
                environment[variable] = value;
            }
            var run = (await ChildShell.Run(_link.Root, environment, "apply", _link.Spec, "--yes")).Exits(3);
            Assert.StartsWith("error: ", run.Error);
            Assert.Contains(advice, run.Error, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("fix: ", run.Error);
            Assert.DoesNotContain("wrong-and-longer", variable.Contains("SECRET", StringComparison.Ordinal) ? run.All
                : "");
        }
        await NothingIsThere();
    }

    /// <summary>One of several accounts: the spec names it, and what it names is all that is taken.</summary>
    [Fact]
    public async Task Credentials_of_the_account_that_the_spec_names()
    {
        var spec = Path.Combine(_link.Root, "named.yaml");
        await File.WriteAllTextAsync(spec, (await File.ReadAllTextAsync(_link.Spec, Token))
            .Replace("azure:\n  subscription", "azure:\n  profile: net-1\n  subscription", StringComparison.Ordinal)
            .Replace("  environment: production", "  environment: production\n  profile: net-2",
                StringComparison.Ordinal), Token);
        var environment = _environment.ToDictionary(entry => entry.Key switch
        {
            "AZURE_TENANT_ID" or "AZURE_CLIENT_ID" or "AZURE_CLIENT_SECRET" => $"{entry.Key}_NET_1",
            "MEGAPORT_ACCESS_KEY" or "MEGAPORT_SECRET_KEY" => $"{entry.Key}_NET_2",
            _ => entry.Key,
        }, entry => entry.Value);
        (await ChildShell.Run(_link.Root, environment, "plan", spec)).Exits(0);
        foreach (var variable in new[] { "AZURE_CLIENT_SECRET_NET_1", "MEGAPORT_SECRET_KEY_NET_2" })
        {
            // Those of another account are no stand-in.
            var others = new Dictionary<string, string>(_environment.Concat(environment).DistinctBy(one => one.Key));
            others.Remove(variable);
            Assert.Contains(variable, (await ChildShell.Run(_link.Root, others, "plan", spec)).Exits(2).Error);
        }
    }

    [Theory]
    [InlineData("AWS_ENDPOINT_URL")]
    [InlineData("SEALANE_ARM_ENDPOINT")]
    [InlineData("AZURE_AUTHORITY_HOST")]
    [InlineData("SEALANE_MEGAPORT_ENDPOINT")]
    [InlineData("SEALANE_MEGAPORT_TOKEN_ENDPOINT")]
    public async Task An_endpoint_where_nobody_listens(string variable)
    {
        var scheme = new Uri(_environment[variable]).Scheme;
        var environment =
            new Dictionary<string, string>(_environment) { [variable] = $"{scheme}://127.0.0.1:{ClosedPort()}" };
        var run = (await ChildShell.Run(_link.Root, environment, "apply", _link.Spec, "--yes")).Exits(3);
        // A busy machine says first what it waits for.
        Assert.StartsWith("error: ", run.Error.Split('\n').First(line =>
            !line.StartsWith("asking ", StringComparison.Ordinal)));
        Assert.Contains("refused", run.Error, StringComparison.OrdinalIgnoreCase);
        await NothingIsThere();
    }

    [Fact]
    public async Task An_endpoint_that_is_no_address_and_a_link_key_that_is_none()
    {
        var environment = new Dictionary<string, string>(_environment) { ["AWS_ENDPOINT_URL"] = "localhost:1" };
        Assert.Contains("AWS_ENDPOINT_URL",
            (await ChildShell.Run(_link.Root, environment, "plan", _link.Spec)).Exits(2).Error);
        environment = new(_environment) { ["SEALANE_LINK_KEY"] = "short" };
        Assert.Contains("shorter than 16",
            (await ChildShell.Run(_link.Root, environment, "plan", _link.Spec)).Exits(2).Error);
        environment.Remove("SEALANE_LINK_KEY");
        Assert.Contains("SEALANE_LINK_KEY",
            (await ChildShell.Run(_link.Root, environment, "plan", _link.Spec)).Exits(2).Error);
    }

    [Theory]
    [InlineData("awsBgpKey: env:OWN_KEY", "has-a-hyphen", "secrets.awsBgpKey", "only letters and digits")]
    [InlineData("azureBgpKey: env:OWN_KEY", "abcdefghijklmnopqrstuvwxyz", "secrets.azureBgpKey", "1 to 25 characters")]
    [InlineData("tunnelKeys: [env:OWN_KEY, env:OWN_KEY]", "0startsWithZero", "secrets.tunnelKeys[0]",
        "does not begin with 0")]
    public async Task An_own_key_that_a_cloud_would_refuse(string line, string key, string path, string why)
    {
        _link.Edit("  linkKey: env:SEALANE_LINK_KEY", $"  linkKey: env:SEALANE_LINK_KEY\n  {line}");
        var environment = new Dictionary<string, string>(_environment) { ["OWN_KEY"] = key };
        var run = (await ChildShell.Run(_link.Root, environment, "apply", _link.Spec, "--yes")).Exits(2);
        Assert.Contains($" error: {path}: ", run.Error);
        Assert.Contains(why, run.Error);
        Assert.DoesNotContain(key, run.Error + run.Output);
    }

    /// <summary>What a closed terminal sends, and what a supervisor sends.</summary>
    [Theory]
    [InlineData("HUP")]
    [InlineData("TERM")]
    public async Task A_signal_ends_the_run_in_order(string signal)
    {
        using var run = ChildShell.Start(_link.Root, _environment, "apply", _link.Spec, "--yes");
        var lines = new List<string>();
        while (await run.StandardOutput.ReadLineAsync(Token) is { } line)
        {
            lines.Add(line);
            if (line.Contains("create    azure/vpn-gateway", StringComparison.Ordinal))
            {
                using var kill = Process.Start("kill", [$"-{signal}", $"{run.Id}"]);
                await kill.WaitForExitAsync(Token);
            }
        }
        await run.WaitForExitAsync(Token);
        Assert.True(run.ExitCode == 130, string.Join('\n', lines));
        await Ends("apply");
    }

    /// <summary>On one machine a lease keeps them apart, on two the claim in the clouds; two directories are no two
    /// links.</summary>
    [Theory]
    [InlineData(".", ".")]
    [InlineData("other", "other")]
    public async Task Two_applies_are_one_and_a_word(string directory, string home)
    {
        var runs = await Task.WhenAll(Apply(_link.Root, _link.Root), Apply(Made(directory), Made(home)));
        Assert.Equal([0, 1], runs.Select(run => run.ExitCode).Order());
        Assert.Contains("another run works on ", runs.Single(run => run.ExitCode == 1).Error);
        Whole.Is(_link);
        (await Sealane("plan", "--exit-code")).Exits(0);
        Assert.Equal("destroyed", (string?)(await Sealane("destroy", "--yes", "--format", "jsonl")).Done["result"]);

        string Made(string name) => Directory.CreateDirectory(Path.Combine(_link.Root, name)).FullName;

        Task<Shell> Apply(string where, string user) => ChildShell.Run(
            where, new Dictionary<string, string>(_environment) { ["HOME"] = user }, "apply", _link.Spec, "--yes",
            "--format", "jsonl");
    }

    [Fact]
    public async Task No_credentials_at_all()
    {
        var environment = new Dictionary<string, string> { ["SEALANE_LINK_KEY"] = "0123456789abcdef0123" };
        foreach (var verb in new[] { "plan", "apply", "verify", "status", "destroy" })
        {
            var run = (await ChildShell.Run(_link.Root, environment, verb, _link.Spec)).Exits(3);
            Assert.Contains("fix: ", run.Error);
        }
    }

    private Task<Shell> Sealane(string verb, params string[] options) =>
        ChildShell.Run(_link.Root, _environment, [verb, _link.Spec, .. options]);

    private Task<Shell> Ends(string verb) =>
        ChildShell.ToItsEnd(_link.Root, _environment, verb, _link.Spec, "--yes", "--format", "jsonl");

    private async Task NothingIsThere()
    {
        var objects = (await Sealane("status", "--format", "json")).Exits(0).Json["objects"]!.AsArray();
        var present = objects.Where(it => (string?)it!["state"] != "absent").Select(it => (string)it!["id"]!)
            .Order(StringComparer.Ordinal);
        Assert.Equal(["aws/vpc", "azure/resource-group", "azure/vnet"], present);
    }

    private static int ClosedPort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }
}
