using System.Net;
using Npgsql;
using Sealane.Cli.Watch;
using Sealane.Service.Security;

namespace Sealane.Service;

/// <summary>How the service was started.</summary>
internal sealed record ServeOptions
{
    public required string Data { get; init; }

    /// <summary>Null: the real clouds. A service is a rehearsal as a whole or not at all.</summary>
    public string? SandboxDirectory { get; init; }

    /// <summary>0: a free one.</summary>
    public int Port { get; init; } = 7420;

    /// <summary>Null: one process, its records in <see cref="Data"/>.</summary>
    public NpgsqlConnectionStringBuilder? Postgres { get; init; }

    /// <summary>Where the other silos reach this one; port 0: a free one.</summary>
    public IPEndPoint Silo { get; init; } = new(IPAddress.Loopback, 0);

    /// <summary>Null: the silos of this machine alone, by a loopback address.</summary>
    public Cluster.SiloCertificate? SiloCertificate { get; init; }

    /// <summary>The address of this machine that is listened on.</summary>
    public IPAddress Listen { get; init; } = IPAddress.Loopback;

    /// <summary>Null: no TLS, and the loopback address alone.</summary>
    public ServerCertificate? Certificate { get; init; }

    /// <summary>Whoever asked for something may approve it too.</summary>
    public bool SingleOperator { get; init; }

    /// <summary>Calls a minute of everybody who is not known, together: who guesses tokens does not do it
    /// fast.</summary>
    public int CallsOfUnknown { get; init; } = 600;

    public Records.Keep Keep { get; init; } = new(
        TimeSpan.FromDays(Records.Keep.HistoryDays), TimeSpan.FromDays(Records.Keep.AuditDays));

    public required WatchPace Pace { get; init; }
}
