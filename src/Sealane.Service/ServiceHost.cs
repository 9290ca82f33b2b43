using System.Threading.RateLimiting;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Npgsql;
using OpenTelemetry.Metrics;
using Sealane.Cli.Watch;
using Sealane.Service.Accounts;
using Sealane.Service.Api;
using Sealane.Service.Cluster;
using Sealane.Service.Links;
using Sealane.Service.Pages;
using Sealane.Service.Records;
using Sealane.Service.Security;

namespace Sealane.Service;

/// <summary>The service of one process, put together: web server, silo, records.</summary>
internal static class ServiceHost
{
    /// <summary>Calls in flight are finished within it; a buy at Megaport may take minutes, and what is not finished is
    /// looked for after the next start.</summary>
    private static readonly TimeSpan ShutdownLasts = TimeSpan.FromSeconds(30);

    /// <summary>Calls a minute of one person; a page that follows a run asks about once a second.</summary>
    private const int KnownMost = 1200;

    /// <summary>Of one metric: most have one a link, some four. Beyond it links would vanish from the
    /// figures.</summary>
    private const int MostLines = 20_000;

    /// <param name="log">Where the log goes besides; null: to the standard output.</param>
    public static WebApplication Build(ServeOptions options, DataFolder folder, ILoggerProvider? log = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = folder.Root });
        builder.Logging.ClearProviders();
        if (log is null)
        {
            builder.Logging.AddJsonConsole(json =>
                (json.TimestampFormat, json.UseUtcTimestamp) = ("yyyy-MM-dd'T'HH:mm:ss'Z'", true));
        }
        else
        {
            builder.Logging.AddProvider(log);
        }
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Orleans", LogLevel.Warning)
            // Orleans places grains by it, and each placement would be two lines.
            .AddFilter("Polly", LogLevel.Warning)
            // Pages are never kept anyway; it says so of each.
            .AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Error)
            // The keys of cookies lie in a folder of the owner's alone; there is no other key to encrypt them with.
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error)
            // It takes the machine's uptime for a pause of its own.
            .AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error);
        builder.Services.Configure<ConsoleLifetimeOptions>(life => life.SuppressStatusMessages = true);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownLasts);
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 2 << 20;
            kestrel.Listen(options.Listen, options.Port, listen =>
            {
                if (options.Certificate is { } certificate)
                {
                    var log = kestrel.ApplicationServices.GetRequiredService<ILogger<ServerCertificate>>();
                    listen.UseHttps(new TlsHandshakeCallbackOptions
                    {
                        OnConnection = _ => ValueTask.FromResult(certificate.Shown(log)),
                    });
                }
            });
        });
        // A page elsewhere whose name is made to lead here gets no answer.
        builder.Services.AddHostFiltering(hosts =>
            hosts.AllowedHosts = ["localhost", "127.0.0.1", .. options.Certificate?.Names ?? []]);
        builder.Services.AddSingleton(options).AddSingleton(folder)
            .AddSingleton(new Tokens(folder.Tokens))
            .AddSingleton<AccountFigures>().AddSingleton<AllAccounts>()
            .AddSingleton<Bell>().AddSingleton<Keeping>().AddSingleton<Fleet>().AddSingleton(provider =>
                new WatchMeter(() => provider.GetRequiredService<Keeping>().Watched))
            .AddSingleton<ServiceMeter>();
        AddRecords(builder.Services, options, folder);
        Silos.Add(builder, options);
        Access.Add(builder.Services, Provider.Read(folder.People));
        builder.Services.AddAntiforgery(tokens =>
            (tokens.Cookie.Name, tokens.Cookie.SecurePolicy) = ("sealane-form", CookieSecurePolicy.SameAsRequest));
        builder.Services.AddRateLimiter(limits =>
        {
            limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limits.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
                RateLimitPartition.GetFixedWindowLimiter(context.User.Identity?.Name ?? "",
                    name => new()
                    {
                        PermitLimit = name.Length > 0 ? KnownMost : options.CallsOfUnknown,
                        Window = TimeSpan.FromMinutes(1),
                    }));
        });
        builder.Services.AddOpenApi("v1");
        builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddMeter(WatchMeter.Name)
            .AddMeter(ServiceMeter.Name).AddMeter("Microsoft.Orleans")
            // Orleans has some five hundred lines of its own; what an operator acts on is few.
            .AddView(instrument => instrument.Meter.Name == "Microsoft.Orleans"
                && instrument.Name != "orleans-catalog-activations" ? MetricStreamConfiguration.Drop
                : new() { CardinalityLimit = MostLines })
            .AddPrometheusExporter());
        builder.Services.AddHostedService<Waker>().AddHostedService<Retention>();
        var app = builder.Build();
        if (options.SiloCertificate is { } between)
        {
            between.Log = app.Services.GetRequiredService<ILogger<SiloCertificate>>();
        }
        return WithRoutes(app);
    }

    private static void AddRecords(IServiceCollection services, ServeOptions options, DataFolder folder)
    {
        var pages = services.AddDataProtection().SetApplicationName("sealane");
        if (options.Postgres is not { } postgres)
        {
            services.AddSingleton(new Store(new SqliteDatabase(folder.Records)));
            pages.PersistKeysToFileSystem(new(folder.Keys));
            return;
        }
        var database = new PostgresDatabase(new NpgsqlDataSourceBuilder(postgres.ConnectionString).Build());
        var store = new Store(database);
        services.AddSingleton(store).AddSingleton(database).AddHostedService<BellOfAll>();
        pages.AddKeyManagementOptions(keys => keys.XmlRepository = new PageKeys(store));
    }

    private static WebApplication WithRoutes(WebApplication app)
    {
        app.Services.GetRequiredService<WatchMeter>();
        app.Services.GetRequiredService<ServiceMeter>();
        if (app.Services.GetService<PostgresDatabase>() is { } shared)
        {
            app.Lifetime.ApplicationStopping.Register(shared.Hurry);
        }
        app.UseHostFiltering();
        app.Use(Headers.Add);
        app.Use(Refusals.Tell);
        app.UseRouting();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.MapGet("/health", () => TypedResults.Text("well")).AllowAnonymous();
        app.MapGet("/ready", (Store store) => store.IsWell() ? Results.Text("ready")
            : Results.Text("the records cannot be written", statusCode: StatusCodes.Status503ServiceUnavailable))
            .AllowAnonymous();
        app.MapOpenApi("/openapi/{documentName}.json").RequireAuthorization(Access.Api(Role.Viewer));
        app.MapPrometheusScrapingEndpoint("/metrics").RequireAuthorization(Access.Api(Role.Viewer));
        ApiRoutes.Map(app);
        PageRoutes.Map(app);
        return app;
    }
}
