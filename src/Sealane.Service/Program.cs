using System.CommandLine;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Sealane.Cli.Commands;
using Sealane.Cli.Watch;
using Sealane.Service.Records;

namespace Sealane.Service;

/// <summary>The service's own program: <c>sealane serve</c> starts it.</summary>
public static class Program
{
    public static Task<int> Main(string[] args) => Guard.Run(Root(), args);

    internal static RootCommand Root()
    {
        var data = new Option<string>("--data")
        {
            Description = "Where records and tokens are kept; for its owner alone",
            HelpName = "DIR",
            DefaultValueFactory = _ => DataFolder.Usual,
        };
        var port = new Option<int>("--port")
        {
            Description = "Of the loopback address; 0 takes a free one",
            HelpName = "PORT",
            DefaultValueFactory = _ => 7420,
        };
        var sandbox = new Option<string?>("--sandbox")
        {
            Description = "Rehearse: all links are of the embedded clouds, their worlds kept in DIR (--sandbox or "
                + "--sandbox=DIR)",
            HelpName = "DIR",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var single = new Option<bool>("--single-operator")
        {
            Description = "Whoever asked for an apply or a destroy may approve it too",
        };
        var backup = new Option<string?>("--backup")
        {
            Description = "Write a whole copy of the records to this new file and end; also while the service runs",
            HelpName = "FILE",
        };
        var full = WatchCommand.Time("--interval", "15m", "All evidence of a link is read so often at least");
        var bulk = WatchCommand.Time("--bulk-interval", "2m", "The objects of a link are read so often");
        var stale = WatchCommand.Time("--stale-after", "1h", "A verdict whose oldest evidence is older is unproven "
            + "(stale)");
        var root = new RootCommand("Keeps a fleet of links: watches, repairs by policy, applies after approval")
        {
            data, port, sandbox, single, backup, full, bulk, stale,
        };
        root.SetAction((parsed, ct) =>
        {
            var folder = parsed.GetRequiredValue(data);
            if (parsed.GetValue(backup) is { } copy)
            {
                Store.Backup(DataFolder.RecordsIn(Path.GetFullPath(folder)), Path.GetFullPath(copy));
                return Task.FromResult(ExitCode.Done);
            }
            WatchPace pace = new(WatchCommand.Parse("--interval", parsed.GetRequiredValue(full)),
                WatchCommand.Parse("--bulk-interval", parsed.GetRequiredValue(bulk)),
                WatchCommand.Parse("--stale-after", parsed.GetRequiredValue(stale)), 0.1);
            WatchCommand.Require(pace);
            return Run(new()
            {
                Data = folder,
                Port = parsed.GetValue(port),
                SandboxDirectory = parsed.GetResult(sandbox) is null ? null
                    : Path.GetFullPath(parsed.GetValue(sandbox) ?? LinkOptions.DefaultSandbox),
                SingleOperator = parsed.GetValue(single),
                Pace = pace,
            }, ct);
        });
        return root;
    }

    private static async Task<int> Run(ServeOptions options, CancellationToken ct)
    {
        using var folder = DataFolder.Open(options.Data);
        await using var app = ServiceHost.Build(options, folder);
        try
        {
            await app.StartAsync(ct).ConfigureAwait(false);
        }
        catch (IOException error) when (error.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            throw new UsageError($"error: port {options.Port} is taken\n  fix: --port 0 takes a free one");
        }
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses
            .First();
        Console.WriteLine(Core.Plain.Lines(Ready(options, folder, address)));
        await app.WaitForShutdownAsync(CancellationToken.None).ConfigureAwait(false);
        return ExitCode.Done;
    }

    private static string Ready(ServeOptions options, DataFolder folder, string address) =>
        $"Serving at {address}{(options.SandboxDirectory is { } worlds ? $", a rehearsal kept in {worlds}" : "")}\n"
        + $"Tokens: {folder.Tokens}\nRecords: {folder.Records}\nCtrl-C stops it.";
}
