using System.CommandLine;
using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Sealane.Cli.Commands;
using Sealane.Cli.Watch;
using Sealane.Service.Cluster;
using Sealane.Service.Records;
using Sealane.Service.Security;

namespace Sealane.Service;

/// <summary>The service's own program: <c>sealane serve</c> starts it.</summary>
public static class Program
{
    public static Task<int> Main(string[] args) => Guard.Run(Root(), args);

    internal static RootCommand Root()
    {
        var arguments = new ServeArguments();
        var root = new RootCommand("Keeps a fleet of links: watches, repairs by policy, applies after approval");
        foreach (var option in arguments.All)
        {
            root.Options.Add(option);
        }
        root.SetAction((parsed, ct) =>
        {
            var folder = parsed.GetRequiredValue(arguments.Data);
            if (parsed.GetValue(arguments.Backup) is { } copy)
            {
                if (parsed.GetValue(arguments.Postgres) is not null)
                {
                    throw new UsageError("error: --backup copies the records of one process\n  fix: pg_dump, for those "
                        + "of --postgres");
                }
                SqliteDatabase.Backup(DataFolder.RecordsIn(Path.GetFullPath(folder)), Path.GetFullPath(copy));
                return Task.FromResult(ExitCode.Done);
            }
            WatchPace pace = new(WatchCommand.Parse("--interval", parsed.GetRequiredValue(arguments.Full)),
                WatchCommand.Parse("--bulk-interval", parsed.GetRequiredValue(arguments.Bulk)),
                WatchCommand.Parse("--stale-after", parsed.GetRequiredValue(arguments.Stale)), 0.1);
            WatchCommand.Require(pace);
            var certificate = Certificate(parsed.GetValue(arguments.Certificate),
                parsed.GetValue(arguments.CertificateKey));
            var address = Listen(parsed.GetRequiredValue(arguments.Listen), certificate is not null);
            var silo = Address(parsed.GetRequiredValue(arguments.Silo));
            var between = Between(silo, parsed.GetValue(arguments.SiloCertificate),
                parsed.GetValue(arguments.SiloCertificateKey), parsed.GetValue(arguments.SiloAuthority));
            return Run(new()
            {
                Data = folder,
                Port = parsed.GetValue(arguments.Port),
                Listen = address,
                Certificate = certificate,
                SandboxDirectory = parsed.GetResult(arguments.Sandbox) is null ? null
                    : Path.GetFullPath(parsed.GetValue(arguments.Sandbox) ?? LinkOptions.DefaultSandbox),
                SingleOperator = parsed.GetValue(arguments.SingleOperator),
                Pace = pace,
                Keep = new(Days(parsed, arguments.KeepHistory), Days(parsed, arguments.KeepAudit)),
                Postgres = parsed.GetValue(arguments.Postgres) is { } reference ? PostgresReference.Read(reference)
                    : null,
                Silo = silo,
                SiloCertificate = between,
            }, ct);
        });
        return root;
    }

    private static ServerCertificate? Certificate(string? chain, string? key) => (chain, key) switch
    {
        (null, null) => null,
        (not null, not null) => new(chain, key),
        _ => throw new UsageError("error: a certificate is used with its key\n  fix: name both, --certificate and "
            + "--certificate-key"),
    };

    private static SiloCertificate? Between(IPEndPoint silo, string? chain, string? key, string? authority) =>
        (chain, key, authority) switch
        {
            (not null, not null, not null) => SiloCertificate.Read(chain, key, authority),
            (null, null, null) when IPAddress.IsLoopback(silo.Address) => null,
            (null, null, null) => throw new UsageError($"error: --silo {silo}: whoever reaches that port could give "
                + $"this silo orders\n  fix: {Missing}, of an authority that signs for the silos and nobody else"),
            _ => throw new UsageError($"error: silos know each other by three files\n  fix: {Missing}"),
        };

    private const string Missing = $"{SiloCertificate.Option}, {SiloCertificate.Option}-key and "
        + $"{SiloCertificate.Option}-authority";

    private static IPAddress Listen(string written, bool secured) => !IPAddress.TryParse(written, out var address)
        ? throw new UsageError($"error: --listen {Core.Plain.Line(written)} is no address\n  fix: one of this machine, "
            + "or 0.0.0.0 for all")
        : secured || IPAddress.IsLoopback(address) ? address
            : throw new UsageError($"error: --listen {address}: tokens would go over the network in the clear\n  fix: "
                + "--certificate and --certificate-key, or the loopback address behind a proxy of this machine");

    private static async Task<int> Run(ServeOptions options, CancellationToken ct)
    {
        // Questions to the records hold a thread while they wait, and the pool grows by one or two a second.
        ThreadPool.GetMinThreads(out _, out var ports);
        ThreadPool.SetMinThreads(64, ports);
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
        if (options.Certificate is { Names: [var name, ..] } && !name.Contains('*'))
        {
            address = new UriBuilder(address) { Host = name }.Uri.GetLeftPart(UriPartial.Authority);
        }
        Console.WriteLine(Core.Plain.Lines(Ready(options, folder, address)));
        await app.WaitForShutdownAsync(CancellationToken.None).ConfigureAwait(false);
        return ExitCode.Done;
    }

    private static TimeSpan Days(ParseResult parsed, Option<int> option) => parsed.GetValue(option) is > 0 and < 36500
        and var days ? TimeSpan.FromDays(days)
        : throw new UsageError($"error: {option.Name} takes a number of days above 0\n  fix: for instance "
            + $"{option.Name} 400");

    private static IPEndPoint Address(string written) => IPEndPoint.TryParse(written, out var silo)
        && !silo.Address.Equals(IPAddress.Any) && !silo.Address.Equals(IPAddress.IPv6Any) ? silo
        : throw new UsageError($"error: --silo {Core.Plain.Line(written)}: an address that the other silos can reach, "
            + "and a port, are wanted\n  fix: for instance --silo 10.0.0.5:7421");

    private static string Ready(ServeOptions options, DataFolder folder, string address) =>
        $"Serving at {address}{(options.SandboxDirectory is { } worlds ? $", a rehearsal kept in {worlds}" : "")}\n"
        + $"Tokens: {folder.Tokens}\nRecords: {(options.Postgres is null ? folder.Records : "PostgreSQL")}\n"
        + "Ctrl-C stops it.";
}
