using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Sealane.Cli.Output;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;
using Sealane.Sandbox.World;

namespace Sealane.Cli.Commands;

/// <summary><c>sealane sandbox serve FILE</c>: the three clouds on loopback, for any client.</summary>
internal static class SandboxCommand
{
    /// <summary>How often a served world is stored though nobody changed it: its time goes on.</summary>
    private static readonly TimeSpan SaveEvery = TimeSpan.FromSeconds(5);

    public static Command Create()
    {
        var command = new Command("sandbox", "The three simulated clouds");
        command.Subcommands.Add(CreateServe());
        command.Subcommands.Add(BreakCommand.Create());
        command.Subcommands.Add(ReplayCommand.Create());
        command.Subcommands.Add(CompareCommand.Create());
        command.Subcommands.Add(RecordReportCommand.Create());
        command.Subcommands.Add(SoakCommand.Create());
        return command;
    }

    private static Command CreateServe()
    {
        var file = new Argument<string>("FILE") { Description = "The spec: the world starts with what it presupposes" };
        var world = new Option<string>("--world")
        {
            Description = "Directory of the world",
            HelpName = "DIR",
            DefaultValueFactory = _ => LinkOptions.DefaultSandbox
        };
        var speed = new Option<double>("--speed")
        {
            Description = "Virtual seconds a second",
            HelpName = "N",
            DefaultValueFactory = _ => 1
        };
        var seed = new Option<long?>("--seed") { Description = "Chance of a new world", HelpName = "N" };
        var format = new Option<string>("--format") { Description = "How to print", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        var chaos = new Option<string?>("--chaos") { Description = Chaos.Help, HelpName = "SPEC" };
        speed.Validators.Add(result =>
        {
            // Text that is no number at all is refused by the parser itself; asking for its value would throw.
            if (result.Tokens is [var token]
                && double.TryParse(token.Value, CultureInfo.InvariantCulture, out var speed)
                && speed is not (> 0 and <= 100_000))
            {
                result.AddError("--speed takes a number above 0, at most 100000");
            }
        });
        var command = new Command("serve", "Serve them on loopback ports until told to stop") { file, world, speed,
            seed, chaos, format };
        command.SetAction((parsed, ct) => Serve(
            parsed.GetRequiredValue(file), parsed.GetRequiredValue(world), parsed.GetRequiredValue(speed),
            parsed.GetValue(seed), CommonOptions.ReadChaos(parsed.GetValue(chaos), sandbox: true),
            parsed.GetRequiredValue(format), ct));
        return command;
    }

    private static async Task<int> Serve(string file, string root, double speed, long? seed, Chaos? chaos,
        string format, CancellationToken ct)
    {
        var design = Designer.Design(SpecFile.Load(file));
        var directory = Path.Combine(root, design.Name);
        var clock = speed == 1 ? TimeProvider.System : new ScaledClock(speed, TimeProvider.System);
        using var lease = Lease.OfWorld(directory, $"sealane sandbox serve {file}");
        var world = Rehearsal.Load(directory, design, seed).Wake(clock);
        chaos?.Arm(world);
        await using var host = await SandboxHost.Start(
            world, Rehearsal.Faces(world, TimeProvider.System.GetUtcNow),
            Path.GetFullPath(Path.Combine(directory, "certificate.pem")),
            TimeProvider.System, faults: chaos?.Faults, keep: () => Keep(directory, world),
            clear: new ClearWatch(world), cancellation: ct).ConfigureAwait(false);
        using var stop = new StopSignal(ct);
        Announce(host, world, design, speed, format);
        try
        {
            for (var wait = SaveEvery; ;)
            {
                await Task.Delay(wait, TimeProvider.System, stop.Token).ConfigureAwait(false);
                var began = TimeProvider.System.GetTimestamp();
                Keep(directory, world);
                // Nobody is answered meanwhile: a twentieth of the time at most goes into a large world's file.
                var took = TimeProvider.System.GetElapsedTime(began) * 20;
                wait = took > SaveEvery ? took : SaveEvery;
            }
        }
        catch (OperationCanceledException)
        {
            WorldFile.Save(directory, world);
            return ExitCode.Done;
        }
    }

    /// <summary>Clients are answered also while the world cannot be stored; whoever serves it is told.</summary>
    private static void Keep(string directory, SandboxWorld world)
    {
        try
        {
            WorldFile.Save(directory, world, durably: false);
        }
        catch (Exception error) when (DiskTrouble.Is(error))
        {
            Console.Error.Line($"error: the world in {directory} cannot be stored: {error.Message}");
        }
    }

    /// <param name="design">Null for a replay, which serves whatever was recorded.</param>
    public static void Announce(SandboxHost host, SandboxWorld world, NetworkDesign? design, double speed,
        string format)
    {
        var env = Variables(host, world, design, speed);
        foreach (var (usual, profile) in NamedCredentials.Of(design))
        {
            env[NamedCredentials.Variable(usual, profile)] = env[usual];
        }
        if (Profiles(host, design) is { } profiles)
        {
            env["AWS_SHARED_CREDENTIALS_FILE"] = profiles;
        }
        if (format == "json")
        {
            Console.Out.Line(new JsonObject
            {
                ["aws"] = Text(host.Aws),
                ["azure"] = Text(host.Azure),
                ["megaport"] = Text(host.Megaport),
                ["tokens"] = new JsonObject
                {
                    ["azure"] = Text(host.AzureLogin),
                    ["megaport"] = Text(host.MegaportToken) + "/oauth2/token"
                },
                ["certificate"] = host.PemPath,
                ["env"] = new JsonObject(env.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value))),
            }.ToJsonString(Json.Line));
            return;
        }
        Console.WriteLine("# Three simulated clouds on loopback. Paste these lines into another shell; then any "
            + "client, and sealane itself");
        Console.WriteLine("# without --sandbox, talks to them. Ctrl-C stops; the world is kept.");
        Console.WriteLine("# AWS CLI before 2.13 and boto3 before 1.28 do not read AWS_ENDPOINT_URL:");
        Console.WriteLine("# give them --endpoint-url \"$AWS_ENDPOINT_URL\".");
        foreach (var (name, value) in env)
        {
            Console.Out.Line($"export {name}='{value}'");
        }
    }

    /// <summary>What the usual clients read, and what Sealane reads.</summary>
    private static Dictionary<string, string> Variables(SandboxHost host, SandboxWorld world, NetworkDesign? design,
        double speed) => new(OfTheLink(design))
        {
            ["AWS_ACCESS_KEY_ID"] = SandboxIdentity.AwsAccessKeyId,
            ["AWS_SECRET_ACCESS_KEY"] = SandboxIdentity.AwsSecretAccessKey,
            ["AWS_ENDPOINT_URL"] = Text(host.Aws),
            ["AWS_EC2_METADATA_DISABLED"] = "true",
            ["AWS_PAGER"] = "",
            ["AZURE_TENANT_ID"] = world.Azure.Tenant,
            ["AZURE_CLIENT_ID"] = SandboxIdentity.AzureClientId,
            ["AZURE_CLIENT_SECRET"] = SandboxIdentity.AzureClientSecret,
            ["AZURE_AUTHORITY_HOST"] = Text(host.AzureLogin),
            ["NODE_EXTRA_CA_CERTS"] = host.PemPath,
            ["REQUESTS_CA_BUNDLE"] = host.PemPath,
            ["MEGAPORT_ACCESS_KEY"] = SandboxIdentity.MegaportAccessKey,
            ["MEGAPORT_SECRET_KEY"] = SandboxIdentity.MegaportSecretKey,
            [Endpoints.ArmVariable] = Text(host.Azure),
            [Endpoints.MegaportVariable] = Text(host.Megaport),
            [Endpoints.MegaportTokenVariable] = Text(host.MegaportToken) + "/oauth2/token",
            [Endpoints.AwsPricesVariable] = Text(host.Aws),
            [Endpoints.AzurePricesVariable] = Text(host.Azure),
            [Endpoints.AuthorityVariable] = host.PemPath,
            [Endpoints.SpeedVariable] = speed.ToString(CultureInfo.InvariantCulture),
            ["SEALANE_LINK_KEY"] = Secrets.RehearsalKey,
        };

    /// <summary>A file of profiles where a link has several accounts; its keys open nothing but a sandbox.</summary>
    private static string? Profiles(SandboxHost host, NetworkDesign? design)
    {
        if (design is null
            || (design.Spec.Aws.Profile is null && design.Vpcs.All(vpc => vpc.Account is null)))
        {
            return null;
        }
        var path = Path.Combine(Path.GetDirectoryName(host.PemPath) ?? "", "aws-credentials");
        static string Lines(string? name, string key) => $"[{name}]\naws_access_key_id = {key}\n"
            + $"aws_secret_access_key = {SandboxIdentity.AwsSecretAccessKey}";
        File.WriteAllLines(path, design.Vpcs.Where(vpc => vpc.Account is not null)
            .Select(vpc => Lines(vpc.Profile, SandboxIdentity.AwsAccessKeyOf(vpc.Account!)))
            .Prepend(Lines(design.Spec.Aws.Profile ?? "default", SandboxIdentity.AwsAccessKeyId)).Distinct());
        return path;
    }

    private static Dictionary<string, string> OfTheLink(NetworkDesign? design) => design is null ? [] :
        new(Secrets.Served(design))
        {
            ["AWS_DEFAULT_REGION"] = design.Aws.Region,
            ["AWS_REGION"] = design.Aws.Region,
            ["AZURE_SUBSCRIPTION_ID"] = design.Azure.Subscription,
        };

    private static string Text(Uri address) => address.GetLeftPart(UriPartial.Authority);
}
