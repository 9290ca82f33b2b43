using System.Globalization;
using Sealane.Cli.Commands;
using Sealane.Cli.Output;
using Sealane.Clouds.Aws;
using Sealane.Clouds.Azure;
using Sealane.Clouds.Evidence;
using Sealane.Clouds.Http;
using Sealane.Clouds.Megaport;
using Sealane.Clouds.Pricing;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;
using Sealane.Sandbox.World;

namespace Sealane.Cli;

/// <summary>
/// The way to the three clouds: the real ones, a served sandbox by environment variables, or the embedded sandbox. The
/// clients are the same in all three cases.
/// </summary>
internal sealed class CloudReach : IDisposable
{
    /// <summary>A buy at Megaport can take minutes; nothing else should.</summary>
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(15);

    private readonly HttpMessageHandler _transport;
    private readonly WireLog? _wireLog;
    private readonly CallWatch? _watch;
    private readonly WaitLines? _waits;
    private readonly Lease? _lease;
    private readonly string? _owner;

    private CloudReach(
        NetworkDesign design, TimeProvider clock, LinkKeys keys, HttpMessageHandler transport, WireLog? wireLog,
        string stateDirectory, Rehearsal? rehearsal, Lease? lease, DiskTrouble disk, LinkOptions options)
    {
        Clock = clock;
        Keys = keys;
        InProcess = rehearsal;
        StateDirectory = stateDirectory;
        _wireLog = wireLog;
        // Public lists of prices are megabytes that nobody wrote for us: they pass by what counts and records calls.
        var lists = transport;
        if (rehearsal is null)
        {
            // The embedded clouds answer at once; on a network somebody wants to know what is being waited for.
            transport = _watch = new(transport, TimeProvider.System);
            _waits = new(() => _watch.Waiting ?? Doing, Console.Error, !Console.IsErrorRedirected && !Terminals.IsDumb,
                TimeProvider.System);
        }
        (_lease, _owner) = (lease, rehearsal is null ? options.OneWriter?.Owner : null);
        Disk = disk;
        _transport = new WireTap(transport, Calls, wireLog is null ? null : new LastingLog(wireLog, disk));
        _transport = options.KeepReplies ? Keeper = new(_transport) : _transport;
        _transport = options.Paced?.Invoke(_transport) ?? _transport;
        var context = new CloudContext(clock, _transport) { Calls = Calls };
        Look = context.Look;
        var endpoints = rehearsal is null ? Endpoints.Of(design) : Endpoints.Vendors;
        Where = rehearsal is not null ? "a rehearsal"
            : endpoints.All.Any(one => one is not null) ? string.Join(' ', endpoints.All.OfType<Uri>().Distinct())
            : "the vendors' own";
        Aws = new(context, AwsCredentials(design), new()
        {
            Region = design.Aws.Region,
            ConnectionRegion = design.Aws.ConnectionRegion,
            Ec2 = endpoints.Ec2,
            DirectConnect = endpoints.DirectConnect,
            Sts = endpoints.Sts,
            Iam = endpoints.Iam,
        }, rehearsal is not null ? Rehearsal.AwsCredentials
            : account => FormerParts.Of(design).ProfileOf(account) is { } other ? AwsCredentialSource.Profile(other)
                : AwsCredentialSource.None);
        Azure = new(context, AzureCredentials(design, endpoints), endpoints.Arm);
        Megaport = new(context, MegaportCredentials(design, endpoints));
        Prices = new(lists, endpoints.ForPrices(Megaport), clock,
            rehearsal is null ? LivePrices.UsualLimit : LivePrices.InProcessLimit);
    }

    public TimeProvider Clock { get; }
    public LinkKeys Keys { get; }
    public CallCount Calls { get; } = new();
    public SameLook Look { get; }
    public AwsClients Aws { get; }
    public ArmClient Azure { get; }
    public MegaportClient Megaport { get; }
    public LivePrices Prices { get; }

    /// <summary>Tells this machine from others that work on the same link.</summary>
    public string Owner => InProcess is not null ? "rehearsal" : _owner ?? _lease?.Owner ?? "";

    /// <summary>Where this run runs, for whoever has to wait for it.</summary>
    public string Place => InProcess is not null ? " in a rehearsal"
        : $" on {Environment.MachineName}, process {Environment.ProcessId}";

    /// <summary>Which clouds these are.</summary>
    public string Where { get; }

    /// <summary>Where the journal is kept.</summary>
    public string StateDirectory { get; }

    /// <summary>What of this run could not be written down.</summary>
    public DiskTrouble Disk { get; }

    /// <summary>Null unless <c>--sandbox</c>.</summary>
    public Rehearsal? InProcess { get; }

    /// <summary>Null unless a served sandbox tells.</summary>
    public ServedClear? Served { get; private init; }

    /// <summary>What is being asked for longer than a moment; null when nothing is.</summary>
    public string? Waiting => _watch?.Waiting;

    /// <summary>Keeps every reply, when the options say so.</summary>
    public ReplyKeeper? Keeper { get; }

    /// <summary>What the command is doing while no single call is worth a word; null: nothing.</summary>
    public string? Doing { get; set; }

    /// <summary>From now on somebody else shows <see cref="Waiting"/>.</summary>
    public void HushWaits() => _waits?.Hush();

    /// <param name="writer">Whether the command may change the link: of those there is one at a time.</param>
    /// <param name="keyless">Nothing is made or compared, so no key is asked for.</param>
    public static CloudReach Open(LinkOptions options, NetworkDesign design, bool writer, bool keyless = false)
    {
        var keys = options.SandboxDirectory is null && !keyless ? Secrets.Real(design.Spec)
            : Secrets.Rehearsal(design.Spec);
        // Dated by the clock of the run, so that the distances between exchanges can be kept when they are played
        // again.
        WireLog? Log(TimeProvider clock) => options.WireLog is null ? null
            : WireLog.ToFile(options.WireLog, keys.Of(design), clock);
        HttpMessageHandler Guarded(HttpMessageHandler far) => options.OneWriter?.Guard(far) ?? far;
        if (options.SandboxDirectory is null)
        {
            var clock = RealClock();
            var lease = writer && options.OneWriter?.Owner is null
                ? Lease.Of(design, Endpoints.Of(design), options.Typed) : null;
            return new(design, clock, keys, Guarded(Sockets()), Log(clock), options.StateDirectory, null, lease, new(),
                options)
            {
                Served = ServedClear.Of(design),
            };
        }
        if (Endpoints.Ignored(design) is { Count: > 0 } ignored)
        {
            Console.Error.Line($"note: a rehearsal goes to no network; not used: {string.Join(", ", ignored)}");
        }
        // A world for each link: two specs name two accounts, and one cannot spoil the other's rehearsal.
        var directory = Path.Combine(options.SandboxDirectory, design.Name);
        var isNew = !File.Exists(Path.Combine(directory, WorldFile.Name));
        Rehearsal.TellOfANewOne(options, design.Name, directory, isNew, writer);
        // Whoever only looks at a world that there is not leaves none, unless he said where it is to be. Whoever reads
        // one that there is stores it again, so it is one command's at a time.
        var kept = writer || !isNew || options.SandboxDirectory != LinkOptions.DefaultSandbox;
        var held = kept ? Lease.OfWorld(directory, options.Typed) : null;
        try
        {
            var disk = new DiskTrouble();
            var rehearsal = Rehearsal.Open(directory, design, options, kept, disk);
            return new(design, rehearsal.Clock, keys, Guarded(rehearsal.Transport), Log(rehearsal.Clock), directory,
                rehearsal, held, disk, options);
        }
        catch
        {
            held?.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _waits?.Dispose();
        try
        {
            Unless(Disk.First is not null, () => InProcess?.Save());
            Unless(Disk.First is not null, () => _wireLog?.Dispose());
        }
        finally
        {
            _transport.Dispose();
            _lease?.Dispose();
            Disk.Dispose();
        }
    }

    /// <summary>What could not be written has been told once, with how to go on.</summary>
    private static void Unless(bool told, Action write)
    {
        try
        {
            write();
        }
        catch (Exception again) when (told && DiskTrouble.Is(again))
        {
        }
    }

    private AwsCredentialSource AwsCredentials(NetworkDesign design) =>
        InProcess is not null
            ? Rehearsal.AwsCredentials(null)
        : design.Spec.Aws.Profile is { } profile ? AwsCredentialSource.Profile(profile)
        : AwsCredentialSource.Default();

    private AzureCredentialSource AzureCredentials(NetworkDesign design, Endpoints endpoints) =>
        InProcess is not null
            ? AzureCredentialSource.ClientSecret(_transport, InProcess.World.Azure.Tenant,
                SandboxIdentity.AzureClientId,
                new(SandboxIdentity.AzureClientSecret), new("https://login.microsoftonline.com/"))
            : NamedCredentials.Azure(design, _transport, endpoints.Login);

    private MegaportSettings MegaportCredentials(NetworkDesign design, Endpoints endpoints)
    {
        var (access, secret) = (InProcess is not null ? PriceReach.RehearsalKey
            : NamedCredentials.NeededOfMegaport(design)) ?? ("", "");
        return endpoints.OfMegaport(design, access, secret);
    }

    /// <summary>With a served sandbox that runs faster than real time, waits here are as much shorter.</summary>
    internal static TimeProvider RealClock() =>
        double.TryParse(Environment.GetEnvironmentVariable(Endpoints.SpeedVariable), NumberStyles.Float,
            CultureInfo.InvariantCulture, out var speed)
        && speed > 0 && speed != 1
            ? new ScaledClock(speed, TimeProvider.System)
            : TimeProvider.System;

    internal static SocketsHttpHandler Sockets()
    {
        var sockets = new SocketsHttpHandler
        {
            ConnectTimeout = ConnectTimeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            AllowAutoRedirect = false,
        };
        if (Environment.GetEnvironmentVariable(Endpoints.AuthorityVariable) is { Length: > 0 } pem)
        {
            sockets.SslOptions.RemoteCertificateValidationCallback = ServerTrust.Load(pem).Accepts;
        }
        return sockets;
    }
}
