using System.CommandLine;
using Sealane.Sandbox.Azure;
using Sealane.Sandbox.Megaport;
using Sealane.Sandbox.Replay;
using Sealane.Sandbox.World;

namespace Sealane.Cli.Commands;

/// <summary>
/// <c>sealane sandbox replay RECORDING…</c>: serves what was recorded with <c>--wire-log</c> on loopback ports, so that
/// a recording of somebody's account becomes a test on anybody's laptop. Keys are hidden in a recording and shown as
/// stars, of which Sealane does not say that they differ from its own.
/// </summary>
internal static class ReplayCommand
{
    /// <summary>For recordings of a link that never logged in to Azure.</summary>
    private const string AnyTenant = "00000000-0000-4000-8000-000000000001";

    /// <summary>A recording has no time of its own: Sealane's waits between two answers need not be real.</summary>
    private const double Speed = 200;

    public static Command Create()
    {
        var recordings = new Argument<string[]>("RECORDING")
        {
            Description = "Wire logs, or a directory of them",
            Arity = ArgumentArity.OneOrMore
        };
        var format = new Option<string>("--format") { Description = "How to print", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        var command = new Command("replay", "Serve a recording on loopback ports until told to stop") { recordings,
            format };
        command.SetAction((parsed, ct) =>
            Serve(parsed.GetRequiredValue(recordings), parsed.GetRequiredValue(format), ct));
        return command;
    }

    public static IReadOnlyList<Exchange> Load(string[] paths)
    {
        try
        {
            return Recording.Load(paths);
        }
        catch (RecordingError error)
        {
            throw new UsageError($"error: {error.Message}");
        }
    }

    private static async Task<int> Serve(string[] paths, string format, CancellationToken ct)
    {
        var recording = Load(paths);
        // Only its tokens are asked for.
        var world = new SandboxWorld(
            TimeProvider.System, 1, TimeProvider.System.GetUtcNow(), new(),
            new AzureState { Tenant = TenantOf(recording) }, new MegaportState());
        var tokens = Rehearsal.Faces(world, () => TimeProvider.System.GetUtcNow());
        ReplayFace Face(string cloud) => new(cloud, recording, Console.Error.WriteLine);
        var directory = Directory.CreateTempSubdirectory("sealane-replay-");
        try
        {
            await using var host = await SandboxHost.Start(
                world, tokens with { Aws = Face("aws"), Arm = Face("azure"), Megaport = Face("megaport") },
                Path.Combine(directory.FullName, "certificate.pem"), TimeProvider.System, cancellation: ct)
                    .ConfigureAwait(false);
            using var stop = new StopSignal(ct);
            SandboxCommand.Announce(host, world, null, Speed, format);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return ExitCode.Done;
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static string TenantOf(IReadOnlyList<Exchange> recording) =>
        recording.FirstOrDefault(exchange => exchange is { Cloud: "azure", IsLogin: true, Method: "POST" })
            ?.Path.Split('/')[1] ?? AnyTenant;
}
