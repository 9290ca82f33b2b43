using System.Net;
using System.Net.Sockets;
using Sealane.Cli;
using Sealane.Sandbox.World;

namespace Sealane.Tests.EndToEnd;

/// <summary>
/// Against sockets, with credentials or endpoints that are missing, wrong or dead: nothing is made, so that one sandbox
/// serves all. Processes of their own, because clients read the environment.
/// </summary>
public sealed class ServedRefusalTests(ServedSandbox clouds) : IClassFixture<ServedSandbox>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Azure_is_spoken_to_over_tls_that_is_looked_at()
    {
        Assert.StartsWith("https://", clouds.Environment["SEALANE_ARM_ENDPOINT"]);
        var environment = new Dictionary<string, string>(clouds.Environment);
        environment.Remove("SEALANE_CA_FILE");
        var run = (await Run(environment, "plan")).Exits(3);
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
            var environment = new Dictionary<string, string>(clouds.Environment);
            environment.Remove(variable);
            if (value is not null)
            {
                environment[variable] = value;
            }
            var run = (await Run(environment, "apply", "--yes")).Exits(3);
            Assert.StartsWith("error: ", run.Error);
            Assert.Contains(advice, run.Error, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("fix: ", run.Error);
            Assert.DoesNotContain("wrong-and-longer", variable.Contains("SECRET", StringComparison.Ordinal) ? run.All
                : "");
        }
        NothingIsThere();
    }

    /// <summary>One of several accounts: the spec names it, and what it names is all that is taken.</summary>
    [Fact]
    public async Task Credentials_of_the_account_that_the_spec_names()
    {
        var spec = Path.Combine(clouds.Link.Root, "named.yaml");
        await File.WriteAllTextAsync(spec, (await File.ReadAllTextAsync(clouds.Link.Spec, Token))
            .Replace("azure:\n  subscription", "azure:\n  profile: net-1\n  subscription", StringComparison.Ordinal)
            .Replace("  environment: production", "  environment: production\n  profile: net-2",
                StringComparison.Ordinal), Token);
        var environment = clouds.Environment.ToDictionary(entry => entry.Key switch
        {
            "AZURE_TENANT_ID" or "AZURE_CLIENT_ID" or "AZURE_CLIENT_SECRET" => $"{entry.Key}_NET_1",
            "MEGAPORT_ACCESS_KEY" or "MEGAPORT_SECRET_KEY" => $"{entry.Key}_NET_2",
            _ => entry.Key,
        }, entry => entry.Value);
        (await Of(spec, environment, "plan")).Exits(0);
        foreach (var variable in new[] { "AZURE_CLIENT_SECRET_NET_1", "MEGAPORT_SECRET_KEY_NET_2" })
        {
            // Those of another account are no stand-in.
            var others = clouds.Environment.Concat(environment).DistinctBy(one => one.Key).ToDictionary();
            others.Remove(variable);
            Assert.Contains(variable, (await Of(spec, others, "plan")).Exits(2).Error);
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
        var scheme = new Uri(clouds.Environment[variable]).Scheme;
        var environment =
            new Dictionary<string, string>(clouds.Environment) { [variable] = $"{scheme}://127.0.0.1:{ClosedPort()}" };
        var run = (await Run(environment, "apply", "--yes")).Exits(3);
        // A busy machine says first what it waits for.
        Assert.StartsWith("error: ", run.Error.Split('\n').First(line =>
            !line.StartsWith("asking ", StringComparison.Ordinal)));
        Assert.Contains("refused", run.Error, StringComparison.OrdinalIgnoreCase);
        NothingIsThere();
    }

    [Fact]
    public async Task An_endpoint_that_is_no_address_and_a_link_key_that_is_none()
    {
        var environment = new Dictionary<string, string>(clouds.Environment) { ["AWS_ENDPOINT_URL"] = "localhost:1" };
        Assert.Contains("AWS_ENDPOINT_URL",
            (await Run(environment, "plan")).Exits(2).Error);
        environment = new(clouds.Environment) { ["SEALANE_LINK_KEY"] = "short" };
        Assert.Contains("shorter than 16",
            (await Run(environment, "plan")).Exits(2).Error);
        environment.Remove("SEALANE_LINK_KEY");
        Assert.Contains("SEALANE_LINK_KEY",
            (await Run(environment, "plan")).Exits(2).Error);
    }

    [Theory]
    [InlineData("awsBgpKey: env:OWN_KEY", "has-a-hyphen", "secrets.awsBgpKey", "only letters and digits")]
    [InlineData("azureBgpKey: env:OWN_KEY", "abcdefghijklmnopqrstuvwxyz", "secrets.azureBgpKey", "1 to 25 characters")]
    [InlineData("tunnelKeys: [env:OWN_KEY, env:OWN_KEY]", "0startsWithZero", "secrets.tunnelKeys[0]",
        "does not begin with 0")]
    public async Task An_own_key_that_a_cloud_would_refuse(string line, string key, string path, string why)
    {
        const string Key = "  linkKey: env:SEALANE_LINK_KEY";
        using var own = Link.Sydney.Edit(Key, $"{Key}\n  {line}");
        var environment = new Dictionary<string, string>(clouds.Environment) { ["OWN_KEY"] = key };
        var run = (await Of(own.Spec, environment, "apply", "--yes")).Exits(2);
        Assert.Contains($" error: {path}: ", run.Error);
        Assert.Contains(why, run.Error);
        Assert.DoesNotContain(key, run.Error + run.Output);
    }

    [Fact]
    public async Task No_credentials_at_all()
    {
        var environment = new Dictionary<string, string> { ["SEALANE_LINK_KEY"] = "0123456789abcdef0123" };
        foreach (var verb in new[] { "plan", "apply", "verify", "status", "destroy" })
        {
            var run = (await Run(environment, verb)).Exits(3);
            Assert.Contains("fix: ", run.Error);
        }
    }

    private Task<Shell> Run(IReadOnlyDictionary<string, string> environment, string verb, params string[] options) =>
        Of(clouds.Link.Spec, environment, verb, options);

    private Task<Shell> Of(
        string spec, IReadOnlyDictionary<string, string> environment, string verb, params string[] options) =>
        ChildShell.Run(clouds.Link.Root, environment, [verb, spec, .. options]);

    /// <summary>The server keeps a world as soon as something in it has changed.</summary>
    private void NothingIsThere()
    {
        if (WorldFile.Read(clouds.Link.WorldDirectory) is { } world)
        {
            Assert.Equal(Inventory.Of(Rehearsal.New(clouds.Link.Design, null)), Inventory.Of(world));
        }
    }

    private static int ClosedPort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }
}
