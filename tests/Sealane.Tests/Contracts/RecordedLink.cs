using System.Text.Json;
using System.Text.RegularExpressions;
using Sealane.Clouds.Ahead;
using Sealane.Clouds.Aws;
using Sealane.Clouds.Azure;
using Sealane.Clouds.Evidence;
using Sealane.Clouds.Http;
using Sealane.Clouds.Megaport;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;
using Sealane.Core.Spec;
using Sealane.Sandbox.Replay;
using Sealane.Sandbox.World;
using Sealane.Tests.Reconcile;
using Rehearsal = Sealane.Cli.Rehearsal;

namespace Sealane.Tests.Contracts;

/// <summary>An exchange of a run, and the world as it was when the request came.</summary>
internal sealed record Moment(Exchange Exchange, byte[] World)
{
    public StoredWorld Wake() => JsonSerializer.Deserialize<StoredWorld>(World, WorldJson.Options)!;
}

/// <summary>
/// One life of the guide's link, in process: apply, verify, a change, new keys, destroy. Every request is kept that is
/// new, or
/// whose answer says something new, with the world in which it was asked.
/// </summary>
internal sealed partial class RecordedLink
{
    private static readonly Lazy<Task<RecordedLink>> OnlyOne = new(Live);

    public List<Exchange> Exchanges { get; } = [];
    public List<Moment> Moments { get; } = [];

    public static NetworkDesign Design { get; } = DesignOf(spec => spec);

    public static Task<RecordedLink> Sydney => OnlyOne.Value;

    private static NetworkDesign DesignOf(Func<NetworkSpec, NetworkSpec> change)
    {
        var path = Repository.PathOf("examples", "sydney.yaml");
        return Designer.Design(change(SpecReader.Read(path, File.ReadAllText(path)).Spec!));
    }

    private static async Task<RecordedLink> Live()
    {
        var link = new RecordedLink();
        var stored = Rehearsal.New(Design, null);
        var clock = new VirtualClock(stored.Now);
        var world = stored.Wake(clock);
        using var transport =
            new Recorder(link, world, new InProcessClouds(world, Rehearsal.Faces(world, () => world.Now)));

        await Run(transport, clock, world, Design, generation: 1, Apply);
        await Run(transport, clock, world, Design, 1,
            async (graph, _, _, observer, _) => await observer.Observe(graph, default));
        var changed = DesignOf(spec => spec with
        {
            Aws = spec.Aws with { TransitVif = spec.Aws.TransitVif with { Mtu = 8500 } },
        });
        // One after the other: with another key the interface is made anew, and not changed.
        await Run(transport, clock, world, changed, 1, Apply);
        await Run(transport, clock, world, changed, 2, Apply);
        await Run(transport, clock, world, changed, 2, async (_, _, known, _, engine) =>
            Assert.Equal([], (await engine.Destroy(known, default)).Failures));
        return link;
    }

    private static async Task Apply(ResourceGraph graph, NetworkDesign design, Known known, LinkObserver observer,
        Engine engine) =>
        Assert.Equal([], (await engine.Apply(Plan.Of(graph, known), default)).Failures);

    private static async Task Run(
        HttpMessageHandler transport, VirtualClock clock, SandboxWorld world, NetworkDesign design, int generation,
        Func<ResourceGraph, NetworkDesign, Known, LinkObserver, Engine, Task> act)
    {
        var context = new CloudContext(clock, transport);
        var aws = new AwsClients(
            context, AwsCredentialSource.Given(SandboxIdentity.AwsAccessKeyId, new(SandboxIdentity.AwsSecretAccessKey)),
            new() { Region = design.Aws.Region, ConnectionRegion = design.Aws.ConnectionRegion });
        var azure = new ArmClient(context, AzureCredentialSource.ClientSecret(
            transport, world.Azure.Tenant, SandboxIdentity.AzureClientId, new(SandboxIdentity.AzureClientSecret),
            new("https://login.microsoftonline.com/")), null);
        var megaport = new MegaportClient(context, MegaportSettings.Of(
            design, SandboxIdentity.MegaportAccessKey, new(SandboxIdentity.MegaportSecretKey)));
        var keys = LinkKeys.Derive(new("rehearsal: not a secret"), design.Name, generation);
        var graph = new ResourceGraph(
            [.. MegaportResources.All(design, megaport, keys), .. AwsResources.All(design, aws, keys),
                .. AzureResources.All(design, azure, keys)]);
        Known known;
        // A turn of its own: who holds one while the engine runs keeps time from moving.
        using (clock.Enter())
        {
            await aws.RequireAccount(design, default);
            known = await Survey.Take(graph, default);
            var made = Plan.Of(graph, known).Steps.Where(step => step.Action == StepAction.Create)
                .Select(step => step.Resource).ToList();
            Assert.Empty((await new Questions(aws, azure, megaport, design).Ask(known, made, default)).Unasked);
        }
        await act(graph, design, known, new(aws, azure, megaport, clock, design),
            new(graph, clock, new ToyJournal(), new Reconcile.Recorder(), new LinkClaim(
                aws, design, clock, "rehearsal", "sealane apply in a rehearsal", takeOver: false)));
    }

    private static byte[] Bytes(SandboxWorld world)
    {
        lock (world.Gate)
        {
            return JsonSerializer.SerializeToUtf8Bytes(StoredWorld.Of(world), WorldJson.Options);
        }
    }

    private sealed partial class Recorder(RecordedLink link, SandboxWorld world, HttpMessageHandler inner)
        : DelegatingHandler(inner)
    {
        private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request,
            CancellationToken cancellationToken)
        {
            var host = request.RequestUri!.Host;
            var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
            var asked = new Exchange
            {
                Place = $"run:{link.Exchanges.Count + 1}",
                Cloud = host.EndsWith("amazonaws.com", StringComparison.Ordinal) ? "aws"
                    : host.EndsWith("megaport.com", StringComparison.Ordinal) ? "megaport" : "azure",
                Status = "recorded",
                Method = request.Method.Method,
                Target = request.RequestUri.PathAndQuery,
                Headers = [.. request.Headers.Concat(request.Content?.Headers.AsEnumerable() ?? [])
                    .Select(h => (h.Key, string.Join(", ", h.Value)))],
                Body = body,
                ReplyStatus = 0,
                ReplyHeaders = [],
                ReplyBody = "",
            };
            var reads = asked.Method == "GET" || Reading().IsMatch(asked.Operation);
            var before = reads ? null : Bytes(world);
            var response = await base.SendAsync(request, cancellationToken);
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            var exchange = asked with
            {
                ReplyStatus = (int)response.StatusCode,
                ReplyHeaders = [.. response.Headers.Concat(response.Content.Headers)
                    .Select(h => (h.Key, string.Join(", ", h.Value)))],
                ReplyBody = await response.Content.ReadAsStringAsync(cancellationToken),
            };
            var shape = BodyShape.Read(exchange.ReplyBody);
            var says = $"{RequestKey.Of(exchange)}\n{exchange.ReplyStatus} {string.Join(' ', BodyShape.Words(shape))} "
                + string.Join(' ', BodyShape.Everything(shape).Distinct());
            // Evidence is read many questions at a time.
            lock (_asked)
            {
                link.Exchanges.Add(exchange);
                // What a read answered, it would answer again; what a write asked was asked of the world before.
                if (_asked.Add(says))
                {
                    link.Moments.Add(new(exchange, before ?? Bytes(world)));
                }
            }
            return response;
        }

        [GeneratedRegex(":(Describe|Get|List|Search|Simulate)")]
        private static partial Regex Reading();
    }
}
