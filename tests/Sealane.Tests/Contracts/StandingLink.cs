using System.Net;
using System.Text;
using Sealane.Cli;
using Sealane.Clouds.Aws;
using Sealane.Clouds.Azure;
using Sealane.Clouds.Evidence;
using Sealane.Clouds.Http;
using Sealane.Clouds.Megaport;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;
using Sealane.Core.Spec;
using Sealane.Sandbox.World;
using Sealane.Tests.Clouds.Aws;
using Sealane.Tests.Reconcile;

namespace Sealane.Tests.Contracts;

/// <summary>
/// The guide's link as it stands, and all that its clouds answer to <c>plan</c> and <c>verify</c>, kept: so the same
/// look can be
/// taken a few thousand times, each time with one thing missing in what is answered.
/// </summary>
internal sealed class StandingLink
{
    private readonly SandboxWorld _world;
    private readonly InProcessClouds _clouds;
    private readonly AzureCredentialSource _login;
    private readonly Dictionary<string, (int Status, string Body, List<(string, string)> Headers)> _kept = [];
    private readonly Dictionary<string, HashSet<string>> _bodies = new(StringComparer.Ordinal);

    private readonly VirtualClock _clock;
    private readonly HashSet<string> _planned = new(StringComparer.Ordinal);
    private Known _standing = new();

    private StandingLink(SandboxWorld world, VirtualClock clock, InProcessClouds clouds)
    {
        _world = world;
        _clock = clock;
        _clouds = clouds;
        _login = AzureCredentialSource.ClientSecret(
            new Wire(this, null), world.Azure.Tenant, SandboxIdentity.AzureClientId,
            new(SandboxIdentity.AzureClientSecret), new("https://login.microsoftonline.com/"));
    }

    public static NetworkDesign Design { get; } = Designer.Design(SpecReader.Read(
        "sydney.yaml", File.ReadAllText(Repository.PathOf("examples", "sydney.yaml"))).Spec!);

    /// <summary>Everything that can be missing in any answer to a reading call, once.</summary>
    public IEnumerable<Amputation> Amputations => _bodies
        .SelectMany(operation => operation.Value.SelectMany(body => Amputation.Of(operation.Key, body))).Distinct();

    public IReadOnlyList<string> Operations => [.. _bodies.Keys.Order(StringComparer.Ordinal)];

    public static async Task<StandingLink> Build()
    {
        var stored = Rehearsal.New(Design, null);
        var clock = new VirtualClock(stored.Now);
        var world = stored.Wake(clock);
        var link = new StandingLink(world, clock, new(world, Rehearsal.Faces(world, () => world.Now)));
        var (graph, _) = link.Graph(clock, link._clouds);
        Known known;
        using (clock.Enter())
        {
            known = await Survey.Take(graph, default);
        }
        var engine = new Engine(graph, clock, new ToyJournal(), new Recorder());
        Assert.Equal([], (await engine.Apply(Plan.Of(graph, known), default)).Failures);
        // Every answer once, whole.
        link._standing = await Survey.Take(link.Graph(new StillClock(world.Now), new Wire(link, null)).Graph, default);
        link._planned.UnionWith(link._bodies.Keys);
        var (plan, seen) = await link.Look(null);
        Assert.True(plan.IsEmpty);
        Assert.NotNull(seen);
        return link;
    }

    /// <summary>What plan and verify see; verify's part is null where it ended with an error of a cloud.</summary>
    /// <exception cref="CloudError">Plan cannot tell.</exception>
    public async Task<(Plan Plan, object? Verify)> Look(Amputation? without)
    {
        var (graph, observer) = Graph(new StillClock(_world.Now), new Wire(this, without));
        // What only verify asks cannot change what plan has seen.
        var known = without is null || _planned.Contains(without.Operation) ? await Survey.Take(graph, default)
            : _standing;
        if (known.Doubts.Count > 0)
        {
            throw known.Doubts.Values.First();
        }
        var plan = Plan.Of(graph, known);
        try
        {
            return (plan, (await observer.Observe(graph, default)).Observation);
        }
        catch (CloudError)
        {
            return (plan, null);
        }
    }

    private (ResourceGraph Graph, LinkObserver Observer) Graph(TimeProvider clock, HttpMessageHandler wire)
    {
        var context = new CloudContext(clock, wire);
        var aws = new AwsClients(
            context,
            AwsCredentialSource.Given(SandboxIdentity.AwsAccessKeyId, new(SandboxIdentity.AwsSecretAccessKey)),
            new() { Region = Design.Aws.Region, ConnectionRegion = Design.Aws.ConnectionRegion });
        var azure = new ArmClient(context, _login);
        var megaport = new MegaportClient(context, MegaportSettings.Of(
            Design, SandboxIdentity.MegaportAccessKey, new(SandboxIdentity.MegaportSecretKey)));
        var keys = LinkKeys.Derive(new("rehearsal: not a secret"), Design.Name, 1);
        return (new(AllResources.Of(Design, megaport, aws, azure, keys)), new(aws, azure, megaport, clock, Design));
    }

    /// <summary>Without the names of objects: <c>GET virtualNetworkGateways</c> is one operation for both
    /// gateways.</summary>
    public static string Of(string operation) => string.Join(' ', operation.Split(' ').Select((word, at) => at == 0
        ? word : string.Join('/', word.Split('/').Where((_, index) => index % 2 == 0))));

    private sealed class Wire(StandingLink link, Amputation? without) : HttpMessageHandler
    {
        private readonly HttpMessageInvoker _inner = new(link._clouds, disposeHandler: false);

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var asked = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
            var operation = request.Options.TryGetValue(CallOptions.Operation, out var name) ? Of(name) : "login";
            Assert.False(request.Options.TryGetValue(CallOptions.Writes, out var writes) && writes,
                $"{operation} writes");
            var key = $"{operation} {request.Method} {request.RequestUri} {asked}";
            if (!link._kept.TryGetValue(key, out var kept))
            {
                using var response = await Ready(request, cancellationToken);
                var body = await response.Content.ReadAsStringAsync(cancellationToken);
                link._kept[key] = kept = ((int)response.StatusCode, body,
                    [.. response.Headers.Select(header => (header.Key, string.Join(", ", header.Value)))]);
                if (without is null && operation != "login" && operation != "POST oauth2/token" && body.Length > 0)
                {
                    (link._bodies.TryGetValue(operation, out var bodies) ? bodies : link._bodies[operation] = []).Add(
                        body);
                }
            }
            var text = operation == without?.Operation ? without.In(kept.Body) : kept.Body;
            var reply = new HttpResponseMessage((HttpStatusCode)kept.Status)
            {
                Content = new StringContent(text, Encoding.UTF8, text.StartsWith('<')
                    ? "text/xml" : "application/json"),
            };
            foreach (var (header, value) in kept.Headers)
            {
                reply.Headers.TryAddWithoutValidation(header, value);
            }
            return reply;
        }

        // What is not ready yet is waited for here, so that the answer that is kept is the last one.
        private async Task<HttpResponseMessage> Ready(HttpRequestMessage request, CancellationToken ct)
        {
            for (; ; )
            {
                var response = await _inner.SendAsync(request, ct);
                if (request.Method != HttpMethod.Get || response.StatusCode != HttpStatusCode.Accepted)
                {
                    return response;
                }
                response.Dispose();
                using (link._clock.Enter())
                {
                    await Task.Delay(TimeSpan.FromSeconds(10), link._clock, ct);
                }
            }
        }
    }
}
