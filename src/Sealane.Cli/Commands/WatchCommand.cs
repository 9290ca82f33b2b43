using System.CommandLine;
using System.Globalization;
using Sealane.Cli.Watch;
using Sealane.Core;

namespace Sealane.Cli.Commands;

/// <summary><c>sealane watch FILE…</c>: verifies again and again, and says what has changed.</summary>
internal static class WatchCommand
{
    /// <summary>Where the key of the webhook's signature comes from.</summary>
    public const string SecretVariable = "SEALANE_WEBHOOK_SECRET";

    private static readonly string[] Words = ["encrypted", "degraded", "clear", "unproven", "down", "stale"];
    private static readonly TimeSpan Longest = TimeSpan.FromDays(40);

    public static Command Create()
    {
        var common = new CommonOptions("text", "json");
        var files = new Argument<string[]>("FILE")
        {
            Description = "Specs, one a link",
            Arity = ArgumentArity.OneOrMore,
        };
        var full = Time("--interval", "15m", "All evidence is read so often at least; only that gives or renews a "
            + "verdict");
        var bulk = Time("--bulk-interval", "2m", "The link's own objects are read so often; what changed takes the "
            + "verdict away and has all evidence read at once");
        var stale = Time("--stale-after", "1h", "A verdict whose oldest evidence is older is unproven (stale)");
        var jitter = new Option<int>("--jitter")
        {
            Description = "By up to so many per cent a wait is shorter, by chance",
            HelpName = "PERCENT",
            DefaultValueFactory = _ => 10,
        };
        var until = new Option<string[]>("--until")
        {
            Description = "End with 0 as soon as the verdict is this; once for each: " + string.Join(", ", Words),
            HelpName = "WORD",
            DefaultValueFactory = _ => [],
        };
        until.AcceptOnlyFromAmong(Words);
        var time = new Option<string?>("--for") { Description = "End after this time", HelpName = "TIME" };
        var once = new Option<bool>("--once") { Description = "End after one look at all evidence" };
        var metrics = new Option<int?>("--metrics")
        {
            Description = "Serve figures in the Prometheus format on this port of the loopback address",
            HelpName = "PORT",
        };
        var host = new Option<string>("--metrics-host")
        {
            Description = "With --metrics: the name of this machine under which it may be asked",
            HelpName = "HOST",
            DefaultValueFactory = _ => "localhost",
        };
        var webhook = new Option<string?>("--webhook")
        {
            Description = $"Send each change there, signed with the key in {SecretVariable}",
            HelpName = "URL",
        };
        var command = new Command("watch", "Verify again and again, and say what has changed since");
        command.Arguments.Add(files);
        common.AddOptionsTo(command);
        foreach (var option in new Option[] { full, bulk, stale, jitter, until, time, once, metrics, host, webhook })
        {
            command.Options.Add(option);
        }
        command.SetAction((parsed, ct) => Run(
            [.. parsed.GetRequiredValue(files).Select(file => common.Read(parsed, file))],
            new(Parse("--interval", parsed.GetRequiredValue(full)),
                Parse("--bulk-interval", parsed.GetRequiredValue(bulk)),
                Parse("--stale-after", parsed.GetRequiredValue(stale)), Share(parsed.GetValue(jitter))),
            new(parsed.GetValue(until) ?? [],
                parsed.GetValue(time) is { } written ? Parse("--for", written) : null, parsed.GetValue(once)),
            parsed.GetValue(metrics) is { } port ? (parsed.GetRequiredValue(host), port) : null,
            parsed.GetValue(webhook), ct));
        return command;
    }

    private static async Task<int> Run(
        IReadOnlyList<LinkOptions> options, WatchPace pace, WatchEnd end, (string Host, int Port)? metrics,
        string? webhook, CancellationToken ct)
    {
        Require(options, pace, end);
        using var stop = new StopSignal(ct);
        var links = new List<LinkSession>();
        try
        {
            links.AddRange(options.Select(one => LinkSession.Open(one)));
            await using var hook = webhook is null ? null : Hook(webhook, links[0].Clock);
            var told = new WatchTold(Console.Out, options[0].Format == "json", hook);
            var watchers = links.Select(link => (Link: new LinkUnderWatch(link), Session: link)).Select(link =>
                (link.Link, link.Session, Watcher: new Watcher(link.Link, pace, end, Chance(link.Session), told.Tell)))
                .ToList();
            using var served = metrics is { } at
                ? Serve([.. watchers.Select(each => ((IWatched)each.Link, each.Watcher.State))], at.Host, at.Port)
                    : null;
            try
            {
                await Task.WhenAll(watchers.Select(each => each.Watcher.Run(stop.Token))).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
            {
                return ExitCode.Interrupted;
            }
            finally
            {
                foreach (var (_, session, watcher) in watchers)
                {
                    told.End(session, watcher.State);
                }
            }
            return end.Until.Count > 0
                ? watchers.TrueForAll(each => each.Watcher.Met) ? ExitCode.Done : ExitCode.No
                : watchers.Max(each => Code(each.Watcher.State));
        }
        finally
        {
            links.ForEach(link => link.Dispose());
        }
    }

    /// <summary>As <c>verify</c> would end, of what is known last.</summary>
    private static int Code(WatchState state) => state.Last is not { } last || state.Verdict.EndsWith(')')
        && !state.Verdict.EndsWith("(accepted)", StringComparison.Ordinal)
            ? state.Last is null ? ExitCode.Cloud : ExitCode.No
        : last.Verification.Judgement.NothingJudged ? ExitCode.Cloud
        : last.Verification.Judgement.IsGood() ? ExitCode.Done : ExitCode.No;

    private static void Require(IReadOnlyList<LinkOptions> options, WatchPace pace, WatchEnd end)
    {
        if (options[0].SandboxDirectory is not null && end is { For: null, Once: false })
        {
            throw new UsageError("error: time jumps in a rehearsal, and a watch without an end would never wait\n"
                + "  fix: say how long: --for 1d, or --once");
        }
        Require(pace);
    }

    internal static void Require(WatchPace pace)
    {
        if (pace.Bulk > pace.Full || pace.Stale < pace.Full * 2)
        {
            throw new UsageError("error: --bulk-interval is at most --interval, and --stale-after at least twice as "
                + "long: one look that fails is no reason to know nothing\n"
                + "  fix: for instance --bulk-interval 2m --interval 15m --stale-after 1h");
        }
    }

    private static WatchMetrics Serve(
        IReadOnlyList<(IWatched Link, WatchState State)> links, string host, int port)
    {
        try
        {
            return new(links, host, port);
        }
        catch (Exception error) when (error is System.Net.HttpListenerException or InvalidOperationException
            or System.Net.Sockets.SocketException or ArgumentException)
        {
            throw new UsageError($"error: --metrics {port}: {host} cannot be served: {Plain.Line(error.Message)}\n"
                + "  fix: take a free port");
        }
    }

    private static WatchHook Hook(string webhook, TimeProvider clock)
    {
        var secret = Environment.GetEnvironmentVariable(SecretVariable) is { Length: >= 16 } value ? new Secret(value)
            : throw new UsageError($"error: --webhook is signed, and {SecretVariable} holds no key of 16 characters or "
                + $"more\n  fix: export {SecretVariable}=$(openssl rand -hex 32), and give it to whoever receives");
        var address = Uri.TryCreate(webhook, UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback)) ? uri
            : throw new UsageError("error: --webhook takes an https address, or an http one of this machine");
        // Its own clock: a rehearsal's jumps, and the receiver's does not.
        return new(address, secret, new SocketsHttpHandler { AllowAutoRedirect = false }, TimeProvider.System,
            clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), Console.Error);
    }

    private static Random Chance(LinkSession link) => new(HashCode.Combine(
        link.Options.Seed ?? 0, link.Reach.InProcess is null ? Environment.ProcessId : 0));

    internal static Option<string> Time(string name, string usual, string description) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        DefaultValueFactory = _ => usual,
    };

    private static double Share(int percent) => percent is >= 0 and <= 50 ? percent / 100.0
        : throw new UsageError($"error: --jitter {percent}: from 0 to 50 per cent");

    /// <summary><c>90s</c>, <c>15m</c>, <c>2h</c>, <c>7d</c>.</summary>
    internal static TimeSpan Parse(string option, string written) =>
        written.Length > 1 && double.TryParse(written[..^1], NumberStyles.None, CultureInfo.InvariantCulture,
            out var count)
        && (written[^1] switch
        {
            's' => TimeSpan.FromSeconds(count),
            'm' => TimeSpan.FromMinutes(count),
            'h' => TimeSpan.FromHours(count),
            'd' => TimeSpan.FromDays(count),
            _ => TimeSpan.Zero,
        }) is var time && time > TimeSpan.Zero && time <= Longest * (option == "--for" ? 100 : 1) ? time
            : throw new UsageError($"error: {option} {Plain.Line(written)} is not a time\n  fix: write 90s, 15m, 2h "
                + "or 7d");
}
