using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Orleans.Configuration;
using Orleans.Connections.Security;
using Sealane.Service.Records;

namespace Sealane.Service.Cluster;

/// <summary>How grains find each other: in one process, or in several that share PostgreSQL.</summary>
internal static class Silos
{
    /// <summary>A silo that was killed is missed after about a second, one that hangs after about ten.</summary>
    private static readonly TimeSpan Probe = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TableRead = TimeSpan.FromSeconds(2);

    public static void Add(WebApplicationBuilder builder, ServeOptions options)
    {
        builder.Services.AddSingleton<IReminderTable, ReminderTable>();
        var silo = new IPEndPoint(options.Silo.Address,
            options.Silo.Port == 0 ? FreePort(options.Silo.Address) : options.Silo.Port);
        builder.UseOrleans(orleans =>
        {
            orleans.AddReminders()
                .Configure<ReminderOptions>(reminders => reminders.MinimumReminderPeriod = TimeSpan.FromMinutes(1));
            if (options.Postgres is null)
            {
                orleans.UseLocalhostClustering(silo.Port, FreePort(silo.Address), serviceId: "sealane",
                    clusterId: "sealane")
                    // Localhost clustering listens on the loopback address alone.
                    .Configure<EndpointOptions>(ends => ends.AdvertisedIPAddress = IPAddress.Loopback);
                return;
            }
            orleans.Configure<ClusterOptions>(names => (names.ServiceId, names.ClusterId) = ("sealane", "sealane"))
                .Configure<EndpointOptions>(ends =>
                {
                    (ends.AdvertisedIPAddress, ends.SiloPort) = (silo.Address, silo.Port);
                    // Nobody but silos speaks to silos.
                    ends.GatewayPort = 0;
                    ends.SiloListeningEndpoint = silo;
                })
                .Configure<ClusterMembershipOptions>(membership =>
                {
                    membership.ProbeTimeout = Probe;
                    membership.NumMissedProbesLimit = 2;
                    membership.NumVotesForDeathDeclaration = 1;
                    membership.TableRefreshTimeout = TableRead;
                    membership.IAmAliveTablePublishTimeout = TableRead;
                });
            if (options.SiloCertificate is { } certificate)
            {
                orleans.UseTls(tls =>
                {
                    // Asked for where a client's is required, and then the selectors are.
                    tls.LocalCertificate = certificate.Own;
                    tls.LocalServerCertificateSelector = (_, _) => certificate.Own;
                    tls.LocalClientCertificateSelector = (_, _, _, _, _) => certificate.Own;
                    (tls.RemoteCertificateMode, tls.ClientCertificateMode) =
                        (RemoteCertificateMode.RequireCertificate, RemoteCertificateMode.RequireCertificate);
                    tls.RemoteCertificateValidation = (other, chain, _) => certificate.IsOfTheCluster(other, chain);
                    // Silos have addresses and no names; whose they are their authority says.
                    tls.OnAuthenticateAsClient = (_, client) => client.TargetHost = "sealane";
                });
            }
        });
        if (options.Postgres is not null)
        {
            builder.Services.AddSingleton<IMembershipTable>(services => new MembershipTable(
                services.GetRequiredService<Store>(), () => End("its own row is not in the table of the cluster")));
            builder.Services.AddSingleton<IFatalErrorHandler, Dead>();
            builder.Services.AddHostedService<Poke>();
        }
    }

    /// <summary>Ends the process at once, without a word to anybody: whoever is dead to the others must not work, and
    /// an orderly stop would take seconds in which it does.</summary>
    public static void End(string why)
    {
        Console.Error.WriteLine($"error: this silo is dead to the others: {why}; the process ends");
        using var self = Process.GetCurrentProcess();
        self.Kill();
    }

    /// <summary>A port that nobody listens on.</summary>
    private static int FreePort(IPAddress address)
    {
        using var listener = new TcpListener(address, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>What Orleans calls when it learns that the others have declared this silo dead. Its own way writes the
    /// stack of every thread first, and works on meanwhile.</summary>
    private sealed class Dead : IFatalErrorHandler
    {
        public bool IsUnexpected(Exception exception) => exception is not OperationCanceledException;

        public void OnFatalException(object? sender = null, string? context = null, Exception? exception = null) =>
            End(Core.Plain.Line(context ?? exception?.Message ?? "no reason was given"));
    }
}
