using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Text.RegularExpressions;
using Sealane.Clouds.Http;
using Sealane.Core.Reconcile;
using Sealane.Sandbox.World;

namespace Sealane.Cli.Soak;

/// <summary>The first thing that must never happen and did; asked after every change of the world and at every
/// call.</summary>
internal sealed class SoakWatch
{
    private readonly SandboxWorld _world;
    private readonly ClearWatch _clear;
    private string? _violation;
    private long _calls;

    public SoakWatch(SandboxWorld world)
    {
        _world = world;
        _clear = new(world);
        world.Changed += _ => Look();
    }

    public string? Violation => _violation;

    /// <summary>What could have been asked stands against an order.</summary>
    public bool Forewarned { get; set; }

    /// <summary>Every change of the world that was looked at.</summary>
    public long Looks { get; private set; }

    /// <summary>Every call of every run.</summary>
    public long Calls => _calls;

    public void Count() => Interlocked.Increment(ref _calls);

    public void Tell(string violation) => Interlocked.CompareExchange(ref _violation, violation, null);

    private void Look()
    {
        Looks++;
        if (_clear.Windows.Count > 0)
        {
            Tell("a packet could cross the transport in the clear");
        }
        if (SoakStock.Twice(_world) is { } twice)
        {
            Tell($"stands twice: {twice}");
        }
    }
}

/// <summary>The calls of one run: each create must come after a look, and no paid one after a refusal.</summary>
internal sealed partial class SoakCalls(HttpMessageHandler inner, SoakWatch watch) : DelegatingHandler(inner)
{
    /// <summary>Creates that make a second object when they are repeated, and the looks that must come
    /// before.</summary>
    private static readonly Dictionary<string, string[]> Looks = new(StringComparer.Ordinal)
    {
        ["POST networkdesign/buy"] = ["GET products", "GET product"],
        ["POST mcr2/prefixList"] = ["GET mcr2/prefixLists"],
        ["ec2:CreateTransitGateway"] = ["ec2:DescribeTransitGateways"],
        ["ec2:CreateTransitGatewayRouteTable"] = ["ec2:DescribeTransitGatewayRouteTables"],
        ["ec2:CreateCustomerGateway"] = ["ec2:DescribeCustomerGateways"],
        ["ec2:CreateVpnConnection"] = ["ec2:DescribeVpnConnections"],
        ["directconnect:CreateDirectConnectGateway"] = ["directconnect:DescribeDirectConnectGateways"],
        ["directconnect:CreateTransitVirtualInterface"] = ["directconnect:DescribeVirtualInterfaces"],
    };

    private static readonly HashSet<string> Paid =
    [
        "POST networkdesign/buy", "ec2:CreateVpnConnection", "ec2:CreateTransitGatewayVpcAttachment",
        "directconnect:CreateDirectConnectGatewayAssociation", "directconnect:ConfirmConnection",
    ];

    private readonly ConcurrentDictionary<string, long> _looked = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _written = new(StringComparer.Ordinal);
    private long _calls;

    /// <summary>A step of this run was refused for good.</summary>
    public string? Refused { get; set; }

    /// <summary>The cloud did not let this run ask: told, and no reason to stop.</summary>
    public bool Unanswered { get; set; }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        watch.Count();
        var operation = request.Options.TryGetValue(CallOptions.Operation, out var named) ? named : "";
        string? made = null;
        var orders = !await IsDryRun(request, operation, cancellationToken).ConfigureAwait(false);
        if (orders && Looks.TryGetValue(operation, out var looks))
        {
            made = $"{operation} {await NameIn(request, cancellationToken).ConfigureAwait(false)}";
            if (looks.Max(look => _looked.GetValueOrDefault(look)) <= _written.GetValueOrDefault(made))
            {
                watch.Tell($"{made}: not looked for in this run, or not since it was last asked for");
            }
        }
        if (orders && Paid.Contains(operation)
            && (Refused ?? (watch.Forewarned && !Unanswered ? "what could have been asked" : null)) is { } why)
        {
            watch.Tell($"{operation}: paid for although {why} was refused");
        }
        var before = made is null ? 0 : _written.GetValueOrDefault(made);
        if (made is not null)
        {
            _written[made] = Interlocked.Increment(ref _calls);
        }
        var reply = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (made is not null && await MadeNothing(reply, cancellationToken).ConfigureAwait(false))
        {
            _written[made] = before;
        }
        if (reply.IsSuccessStatusCode)
        {
            _looked[operation] = Interlocked.Increment(ref _calls);
        }
        return reply;
    }

    /// <summary>A clear refusal; EC2 throttles with a 503 that says so by its code
    /// (docs.aws.amazon.com/AWSEC2/latest/APIReference, throttling).</summary>
    private static async Task<bool> MadeNothing(HttpResponseMessage reply, CancellationToken ct)
    {
        if (reply.StatusCode != HttpStatusCode.ServiceUnavailable)
        {
            return (int)reply.StatusCode is >= 400 and < 500 and not 408;
        }
        await reply.Content.LoadIntoBufferAsync(ct).ConfigureAwait(false);
        var body = await reply.Content.ReadAsStringAsync(ct).ConfigureAwait(false);
        return body.Contains("RequestLimitExceeded", StringComparison.Ordinal);
    }

    /// <summary>Told by what goes over the wire: such a call makes nothing, and comes before any look.</summary>
    private static async Task<bool> IsDryRun(HttpRequestMessage request, string operation, CancellationToken ct) =>
        operation.StartsWith("ec2:Create", StringComparison.Ordinal) && request.Content is { } content
        && (await content.ReadAsStringAsync(ct).ConfigureAwait(false)).Contains("&DryRun=true",
            StringComparison.Ordinal);

    private static async Task<string> NameIn(HttpRequestMessage request, CancellationToken ct)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(ct).ConfigureAwait(false);
        return NameOf().Match(body) is { Success: true } match ? match.Groups[1].Value : "";
    }

    [GeneratedRegex("(?:(?:productName|description|virtualInterfaceName|directConnectGatewayName)\"\\s*:\\s*\""
        + "|Tag\\.1\\.Value=)([^\"&]+)")]
    private static partial Regex NameOf();
}

/// <summary>Cuts a run at one of its calls.</summary>
internal sealed class SoakCut(HttpMessageHandler inner, CutItem? cut) : DelegatingHandler(inner)
{
    private readonly CancellationTokenSource _stop = new();
    private int _calls;

    public bool IsDead { get; private set; }
    public CancellationToken Stopped => _stop.Token;

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var counts = cut is not null && (!cut.Writes
            || (request.Options.TryGetValue(CallOptions.Writes, out var writes) && writes));
        if (counts && Interlocked.Increment(ref _calls) == cut!.Call)
        {
            if (cut.How == SoakEnd.Stop)
            {
                await _stop.CancelAsync().ConfigureAwait(false);
            }
            else
            {
                IsDead = true;
                if (cut.How == SoakEnd.After)
                {
                    using var unread = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        return IsDead ? throw new SoakDeath() : await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stop.Dispose();
        }
        base.Dispose(disposing);
    }
}

/// <summary>Clouds that are some milliseconds away, there and back.</summary>
internal sealed class SoakFar(HttpMessageHandler inner, TimeProvider clock, TimeSpan latency) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (latency == TimeSpan.Zero)
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        await Task.Delay(latency / 2, clock, cancellationToken).ConfigureAwait(false);
        var reply = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        await Task.Delay(latency / 2, clock, cancellationToken).ConfigureAwait(false);
        return reply;
    }
}

/// <summary>The process of a cut run is no more.</summary>
internal sealed class SoakDeath : Exception;

/// <summary>What a machine's disk keeps between runs.</summary>
internal sealed class SoakJournal(bool remembers) : IJournal
{
    private ImmutableDictionary<string, DateTimeOffset> _open =
        ImmutableDictionary.Create<string, DateTimeOffset>(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, DateTimeOffset> Open => remembers ? _open : _open.Clear();

    public void Begin(string id, StepAction action, DateTimeOffset at) =>
        ImmutableInterlocked.Update(ref _open, open => open.SetItem(id, at));

    public void End(string id, DateTimeOffset at) => ImmutableInterlocked.Update(ref _open, open => open.Remove(id));
}
