using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Sealane.Cli.Commands;

/// <summary>The options of the service, for its own program and for the command that starts it.</summary>
internal sealed class ServeArguments
{
    /// <summary>Where the service keeps its records when nothing else is said.</summary>
    public static string UsualData => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData,
            Environment.SpecialFolderOption.DoNotVerify), "sealane", "service");

    public Option<string> Data { get; } = new("--data")
    {
        Description = "Where records and tokens are kept; for its owner alone",
        HelpName = "DIR",
        DefaultValueFactory = _ => UsualData,
    };

    public Option<int> Port { get; } = new("--port")
    {
        Description = "0 takes a free one",
        HelpName = "PORT",
        DefaultValueFactory = _ => 7420,
    };

    public Option<string> Listen { get; } = new("--listen")
    {
        Description = "The address of this machine to listen on; another than the loopback one only with a certificate",
        HelpName = "ADDRESS",
        DefaultValueFactory = _ => "127.0.0.1",
    };

    public Option<string?> Certificate { get; } = new("--certificate")
    {
        Description = "Serve by TLS: the certificate and those above it, PEM; read again when it has changed",
        HelpName = "FILE",
    };

    public Option<string?> CertificateKey { get; } = new("--certificate-key")
    {
        Description = "Its private key, PEM",
        HelpName = "FILE",
    };

    public Option<string?> Sandbox { get; } = new("--sandbox")
    {
        Description = "Rehearse: all links are of the embedded clouds; their worlds are kept in DIR (--sandbox or "
            + "--sandbox=DIR)",
        HelpName = "DIR",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public Option<bool> SingleOperator { get; } = new("--single-operator")
    {
        Description = "Whoever asked for an apply or a destroy may approve it too",
    };

    public Option<string?> Backup { get; } = new("--backup")
    {
        Description = "Write a whole copy of the records to this new file and end; also while the service runs",
        HelpName = "FILE",
    };

    public Option<string?> Postgres { get; } = new("--postgres")
    {
        Description = "Be one of several: records in PostgreSQL, whose connection string is in env:NAME or file:PATH",
        HelpName = "REFERENCE",
    };

    public Option<string> Silo { get; } = new("--silo")
    {
        Description = "Where the others of --postgres reach this one; only they may; port 0 takes a free one",
        HelpName = "ADDRESS:PORT",
        DefaultValueFactory = _ => "127.0.0.1:0",
    };

    public Option<string?> SiloCertificate { get; } = new("--silo-certificate")
    {
        Description = "What this silo shows the others, PEM; read again when it has changed",
        HelpName = "FILE",
    };

    public Option<string?> SiloCertificateKey { get; } = new("--silo-certificate-key")
    {
        Description = "Its private key, PEM",
        HelpName = "FILE",
    };

    public Option<string?> SiloAuthority { get; } = new("--silo-certificate-authority")
    {
        Description = "Who signs the silos' certificates and nothing else, PEM: no others are let in",
        HelpName = "FILE",
    };

    public Option<int> KeepHistory { get; } = new("--keep-history")
    {
        Description = "Changes, and steps of runs that have ended, are forgotten after so many days",
        HelpName = "DAYS",
        DefaultValueFactory = _ => 400,
    };

    public Option<int> KeepAudit { get; } = new("--keep-audit")
    {
        Description = "Rows of the audit log are cut off after so many days",
        HelpName = "DAYS",
        DefaultValueFactory = _ => 1100,
    };

    public Option<string> Full { get; } = WatchCommand.Time("--interval", "15m",
        "All evidence of a link is read so often at least; only that gives or renews a verdict");

    public Option<string> Bulk { get; } = WatchCommand.Time("--bulk-interval", "2m",
        "The objects of a link are read so often");

    public Option<string> Stale { get; } = WatchCommand.Time("--stale-after", "1h",
        "A verdict whose oldest evidence is older is unproven (stale)");

    public IEnumerable<Option> All =>
    [
        Data, Port, Listen, Certificate, CertificateKey, Sandbox, SingleOperator, Postgres, Silo,
        SiloCertificate, SiloCertificateKey, SiloAuthority, Backup, KeepHistory, KeepAudit, Full, Bulk, Stale,
    ];

    /// <summary>What was said, as it is said to the service.</summary>
    public IReadOnlyList<string> Again(ParseResult parsed) =>
    [
        $"--data={parsed.GetRequiredValue(Data)}",
        $"--port={parsed.GetValue(Port).ToString(CultureInfo.InvariantCulture)}",
        $"--listen={parsed.GetRequiredValue(Listen)}",
        .. Said(parsed, Certificate, CertificateKey, Postgres, SiloCertificate, SiloCertificateKey, SiloAuthority),
        .. parsed.GetResult(Sandbox) is null ? (string[])[]
            : [$"--sandbox={parsed.GetValue(Sandbox) ?? LinkOptions.DefaultSandbox}"],
        .. parsed.GetValue(SingleOperator) ? [SingleOperator.Name] : (string[])[],
        $"--silo={parsed.GetRequiredValue(Silo)}",
        $"--keep-history={parsed.GetValue(KeepHistory).ToString(CultureInfo.InvariantCulture)}",
        $"--keep-audit={parsed.GetValue(KeepAudit).ToString(CultureInfo.InvariantCulture)}",
        .. parsed.GetValue(Backup) is { } copy ? [$"--backup={copy}"] : (string[])[],
        $"--interval={parsed.GetRequiredValue(Full)}",
        $"--bulk-interval={parsed.GetRequiredValue(Bulk)}",
        $"--stale-after={parsed.GetRequiredValue(Stale)}",
    ];

    private static IEnumerable<string> Said(ParseResult parsed, params Option<string?>[] options) =>
        from option in options
        let value = parsed.GetValue(option)
        where value is not null
        select $"{option.Name}={value}";
}

/// <summary><c>sealane serve</c>: starts the service, which is a program of its own beside this one.</summary>
internal static class ServeCommand
{
    /// <summary>Its path, where it is not beside this program.</summary>
    public const string PathVariable = "SEALANE_SERVICE";

    private const string Name = "sealane-service";
    private const int Terminate = 15;

    public static Command Create()
    {
        var arguments = new ServeArguments();
        var command = new Command("serve",
            "Keep a fleet of links: watch them, repair by policy, apply after approval; with a page and an API");
        foreach (var option in arguments.All)
        {
            command.Options.Add(option);
        }
        command.SetAction((parsed, ct) => Run(arguments.Again(parsed), ct));
        return command;
    }

    private static async Task<int> Run(IReadOnlyList<string> arguments, CancellationToken ct)
    {
        var service = Find() ?? throw new UsageError($"error: the service is a program of its own, {Name}, and it is "
            + "not beside this one\n  fix: build it (dotnet publish src/Sealane.Service), and name it: "
            + $"{PathVariable}=PATH");
        using var process = Process.Start(new ProcessStartInfo(service, arguments) { UseShellExecute = false })!;
        // Ctrl-C reaches both of us; what is sent to this process alone is passed on, and the service ends in order.
        using var stop = new StopSignal(ct);
        await using var passOn = stop.Token.Register(() =>
        {
            if (!process.HasExited && !OperatingSystem.IsWindows())
            {
                _ = Kill(process.Id, Terminate);
            }
        });
        await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        return process.ExitCode;
    }

    private static string? Find()
    {
        var file = OperatingSystem.IsWindows() ? $"{Name}.exe" : Name;
        var here = AppContext.BaseDirectory;
        return new[]
        {
            Environment.GetEnvironmentVariable(PathVariable) ?? "",
            Path.Combine(here, file),
            Path.Combine(here, "service", file),
            // In a clone, as the build lays them.
            Path.GetFullPath(Path.Combine(here, "..", "..", "Sealane.Service",
                Path.GetFileName(Path.TrimEndingDirectorySeparator(here)), file)),
        }.FirstOrDefault(File.Exists);
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
