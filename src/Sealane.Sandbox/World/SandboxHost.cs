using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Sealane.Sandbox.World;

/// <summary>Loopback ports to listen on; 0 takes a free one.</summary>
public sealed record SandboxPorts(int Aws = 0, int Azure = 0, int AzureLogin = 0, int Megaport = 0,
    int MegaportToken = 0);

/// <summary>
/// The three clouds on loopback sockets, for any client. Azure is served over TLS because its clients refuse to send a
/// token over plain HTTP; the certificate is made at start, and clients are given its PEM file to trust.
/// </summary>
public sealed class SandboxHost : IAsyncDisposable
{
    private readonly ServiceProvider _provider;
    private readonly X509Certificate2 _certificate;

    private SandboxHost(
        ServiceProvider provider, X509Certificate2 certificate, string pemPath, IReadOnlyList<Uri> addresses)
    {
        _provider = provider;
        _certificate = certificate;
        PemPath = pemPath;
        (Aws, Azure, AzureLogin, Megaport, MegaportToken) =
            (addresses[0], addresses[1], addresses[2], addresses[3], addresses[4]);
    }

    /// <summary>EC2, Direct Connect and STS.</summary>
    public Uri Aws { get; }

    /// <summary>Azure Resource Manager; gives out tokens as well, for clients that know one address only.</summary>
    public Uri Azure { get; }
    public Uri AzureLogin { get; }
    public Uri Megaport { get; }
    public Uri MegaportToken { get; }

    /// <summary>The certificate of <see cref="Azure"/> and <see cref="AzureLogin"/>, its own authority.</summary>
    public string PemPath { get; }

    /// <param name="pemPath">Where the certificate is written; its directory must exist.</param>
    /// <param name="keep">Stores the world after every call that changed it, before the reply leaves.</param>
    /// <param name="clear">Tells how long clear traffic was possible, at a path of the sandbox's own.</param>
    /// <param name="wallClock">Dates the certificate: real time even when the world's time is not.</param>
    /// <exception cref="IOException">A port is taken, or the PEM file cannot be written.</exception>
    public static async Task<SandboxHost> Start(
        SandboxWorld world, Faces faces, string pemPath, TimeProvider wallClock, SandboxPorts? ports = null,
        FaultPlan? faults = null, Action? keep = null, ClearWatch? clear = null,
        CancellationToken cancellation = default)
    {
        ports ??= new();
        var certificate = LoopbackCertificate.Make(wallClock.GetUtcNow());
        await File.WriteAllTextAsync(pemPath, certificate.ExportCertificatePem() + "\n", cancellation)
            .ConfigureAwait(false);

        // The bare server: neither a settings file in the current directory nor a variable may change what is
        // served, and the command line keeps the handling of signals to itself.
        var services = new ServiceCollection();
        services.AddLogging().AddMetrics().AddSingleton<DiagnosticSource>(new DiagnosticListener("Sealane.Sandbox"));
        new ServerAlone(services).UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // The door counts the bytes itself and says so in a reply; Kestrel would only reset the connection.
            kestrel.Limits.MaxRequestBodySize = null;
            Listen(kestrel, ports.Aws, null);
            Listen(kestrel, ports.Azure, certificate);
            Listen(kestrel, ports.AzureLogin, certificate);
            Listen(kestrel, ports.Megaport, null);
            Listen(kestrel, ports.MegaportToken, null);
        });
        var provider = services.BuildServiceProvider();
        var server = provider.GetRequiredService<IServer>();
        var door = new FrontDoor(world, faults ?? FaultPlan.None, keep, clear);
        Func<WireRequest, IFace>[] answering =
            [r => faces.OfAws(r.Path), r => faces.OfAzure(r.Path), _ => faces.Login, _ => faces.Megaport,
                _ => faces.MegaportToken];
        var byPort = new ConcurrentDictionary<int, Func<WireRequest, IFace>>();
        try
        {
            await server.StartAsync(new Application(context => door.Handle(
                context, byPort.GetValueOrDefault(context.Connection.LocalPort) ?? (_ => null))), cancellation)
                .ConfigureAwait(false);
        }
        catch
        {
            await provider.DisposeAsync().ConfigureAwait(false);
            certificate.Dispose();
            throw;
        }
        // Kestrel lists the addresses in the order of the Listen calls.
        Uri[] addresses =
        [
            .. server.Features.Get<IServerAddressesFeature>()!.Addresses.Select(address => new Uri(address)),
        ];
        foreach (var (address, face) in addresses.Zip(answering))
        {
            byPort[address.Port] = face;
        }
        return new(provider, certificate, pemPath, addresses);
    }

    public async ValueTask DisposeAsync()
    {
        using (var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1)))
        {
            await _provider.GetRequiredService<IServer>().StopAsync(patience.Token).ConfigureAwait(false);
        }
        await _provider.DisposeAsync().ConfigureAwait(false);
        _certificate.Dispose();
    }

    private static void Listen(KestrelServerOptions kestrel, int port, X509Certificate2? certificate) =>
        kestrel.Listen(IPAddress.Loopback, port, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            if (certificate is not null)
            {
                listen.UseHttps(new HttpsConnectionAdapterOptions { ServerCertificate = certificate });
            }
        });

    /// <summary>What Kestrel hands requests to.</summary>
    private sealed class Application(Func<HttpContext, Task> handle) : IHttpApplication<HttpContext>
    {
        public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

        public Task ProcessRequestAsync(HttpContext context) => handle(context);

        public void DisposeContext(HttpContext context, Exception? exception)
        {
        }
    }

    /// <summary>
    /// Takes what Kestrel needs, without the host that is usually built around it: that one reads settings and
    /// variables, catches signals, and is a megabyte of the released program.
    /// </summary>
    private sealed class ServerAlone(IServiceCollection services) : IWebHostBuilder
    {
        public IWebHostBuilder ConfigureServices(Action<IServiceCollection> configureServices)
        {
            configureServices(services);
            return this;
        }

        public IWebHostBuilder ConfigureServices(Action<WebHostBuilderContext, IServiceCollection> configureServices) =>
            ConfigureServices(all => configureServices(new(), all));

        public IWebHostBuilder ConfigureAppConfiguration(
            Action<WebHostBuilderContext, IConfigurationBuilder> configureDelegate) => this;

        public IWebHostBuilder UseSetting(string key, string? value) => this;

        public string? GetSetting(string key) => null;

#pragma warning disable ASPDEPR008 // Of the interface, and never called.
        IWebHost IWebHostBuilder.Build() => throw new NotSupportedException();
#pragma warning restore ASPDEPR008
    }
}
