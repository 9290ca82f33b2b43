using System.Net;
using System.Text;
using Sealane.Clouds.Aws;
using Sealane.Clouds.Http;
using Sealane.Core;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;
using Sealane.Core.Spec;

namespace Sealane.Tests.Clouds.Aws;

/// <summary>A request as the wire saw it.</summary>
internal sealed record SentRequest(string Operation, string Host, string Body,
    IReadOnlyDictionary<string, string> Headers, bool Writes)
{
    /// <summary>The form's fields, decoded; the action and the version included.</summary>
    public IReadOnlyDictionary<string, string> Form => Body.Split('&').Select(pair => pair.Split('='))
        .ToDictionary(pair => Uri.UnescapeDataString(pair[0]), pair => Uri.UnescapeDataString(pair[1]));
}

/// <summary>Answers by operation from prepared replies, and records what was asked. The last reply of an operation
/// repeats.</summary>
internal sealed class FakeAws : HttpMessageHandler
{
    private readonly Dictionary<string, Queue<Func<HttpResponseMessage>>> _replies = [];

    /// <summary>What is asked for the link's other objects, when one of them is missing or lacks a mark.</summary>
    private static readonly Dictionary<string, string> NothingOfTheLink = new()
    {
        ["ec2:DescribeVpnConnections"] = "<DescribeVpnConnectionsResponse><vpnConnectionSet/>"
            + "</DescribeVpnConnectionsResponse>",
        ["ec2:DescribeTransitGateways"] = "<DescribeTransitGatewaysResponse><transitGatewaySet/>"
            + "</DescribeTransitGatewaysResponse>",
        ["ec2:DescribeCustomerGateways"] = "<DescribeCustomerGatewaysResponse><customerGatewaySet/>"
            + "</DescribeCustomerGatewaysResponse>",
        ["directconnect:DescribeVirtualInterfaces"] = """{"virtualInterfaces":[]}""",
    };

    public List<SentRequest> Sent { get; } = [];
    public StillClock Clock { get; } = new();

    public IEnumerable<string> Writes => Sent.Where(request => request.Writes).Select(request => request.Operation);

    public AwsClients Clients(AwsSettings? settings = null, Secret? token = null) => new(
        new CloudContext(Clock, this),
        AwsCredentialSource.Given("AKIDEXAMPLE", new("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"), token),
        settings ?? new() { Region = "us-east-1", ConnectionRegion = "us-east-1" });

    /// <summary>The link's resource of a type, on this cloud.</summary>
    public T The<T>(NetworkDesign? design = null)
        where T : Resource => AwsResources.All(design ?? Guide.Design, Clients(), Guide.Keys).OfType<T>().First();

    /// <param name="operation">With its service: <c>ec2:DescribeVpcs</c>.</param>
    public FakeAws On(string operation, string body, int status = 200, DateTimeOffset? date = null) =>
        On(operation, () =>
    {
        var reply = new HttpResponseMessage((HttpStatusCode)status)
        {
            Content =
            new StringContent(body, Encoding.UTF8, "text/xml")
        };
        reply.Headers.Date = date;
        return reply;
    });

    public FakeAws On(string operation, Func<HttpResponseMessage> reply)
    {
        if (!_replies.TryGetValue(operation, out var queue))
        {
            _replies[operation] = queue = new();
        }
        queue.Enqueue(reply);
        return this;
    }

    /// <summary>An EC2 reply around its members.</summary>
    public FakeAws Ec2(string action, string members = "<return>true</return>") => On($"ec2:{action}",
        $"""<?xml version="1.0" encoding="UTF-8"?><{action}Response xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>r-1</requestId>{members}</{action}Response>""");

    public FakeAws Ec2Error(string action, string code, string message = "no", int status = 400) => On($"ec2:{action}",
        $"""<?xml version="1.0" encoding="UTF-8"?><Response><Errors><Error><Code>{code}</Code><Message>{message}</Message></Error></Errors><RequestID>r-9</RequestID></Response>""",
        status);

    public FakeAws Dx(string operation, string json = "{}", int status = 200) =>
        On($"directconnect:{operation}", json, status);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request,
        CancellationToken cancellationToken)
    {
        request.Options.TryGetValue(CallOptions.Operation, out var operation);
        request.Options.TryGetValue(CallOptions.Writes, out var writes);
        Assert.True(request.Options.TryGetValue(CallOptions.Cloud, out var cloud) && cloud == Cloud.Aws);
        var headers = request.Headers.Concat(request.Content!.Headers).ToDictionary(
            header => header.Key.ToLowerInvariant(), header => string.Join(", ", header.Value));
        Sent.Add(new(operation!, request.RequestUri!.Authority,
            await request.Content.ReadAsStringAsync(cancellationToken), headers, writes));
        if (!_replies.TryGetValue(operation!, out var queue))
        {
            if (NothingOfTheLink.TryGetValue(operation!, out var nothing))
            {
                return new(HttpStatusCode.OK) { Content = new StringContent(nothing, Encoding.UTF8) };
            }
            throw new InvalidOperationException($"nobody expected {operation}");
        }
        return (queue.Count > 1 ? queue.Dequeue() : queue.Peek())();
    }
}

/// <summary>A clock whose timers fire at once and move it on: retries take no time, and their length can be
/// read.</summary>
internal sealed class StillClock(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset _now = start;

    public StillClock()
        : this(new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero))
    {
    }

    public TimeSpan Waited { get; private set; }

    public override DateTimeOffset GetUtcNow() => _now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime > TimeSpan.Zero)
        {
            _now += dueTime;
            Waited += dueTime;
        }
        return System.CreateTimer(callback, state, dueTime == Timeout.InfiniteTimeSpan ? dueTime : TimeSpan.Zero,
            period);
    }
}

/// <summary>What a run has seen, as a dictionary.</summary>
internal sealed class Seen : IKnown
{
    private readonly Dictionary<string, object> _objects = [];

    public Seen With(string id, object observed)
    {
        _objects[id] = observed;
        return this;
    }

    public object? Observed(ObjectRef of) => _objects.GetValueOrDefault(of.Id);
}

/// <summary>The guide's link.</summary>
internal static class Guide
{
    public static NetworkSpec Spec { get; } = new()
    {
        Name = "sydney",
        Aws = new()
        {
            Account = "111122223333",
            Region = "ap-southeast-2",
            Vpc = "vpc-1",
            Subnets = ["subnet-a", "subnet-b"]
        },
        Azure = new() { Subscription = "s", ResourceGroup = "rg", Region = "australiaeast", Vnet = "vnet-app" },
        Megaport = new() { Location = "Equinix SY1", Bandwidth = 50 },
    };

    public static NetworkDesign Design { get; } = Designer.Design(Spec);

    public static LinkKeys Keys { get; } = LinkKeys.Derive(new("0123456789abcdef"), "sydney", 1);

    public static NetworkDesign With(Func<AwsSpec, AwsSpec> change) =>
        Designer.Design(Spec with { Aws = change(Spec.Aws) });

    public static string TagSet(string name, string? link = "sydney") => link is null
        ? $"<tagSet><item><key>Name</key><value>{name}</value></item></tagSet>"
        : $"<tagSet><item><key>Name</key><value>{name}</value></item><item><key>sealane</key><value>{link}</value></item></tagSet>";
}
