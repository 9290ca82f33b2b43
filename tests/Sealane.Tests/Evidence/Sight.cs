using Sealane.Cli;
using Sealane.Clouds.Aws;
using Sealane.Clouds.Azure;
using Sealane.Clouds.Evidence;
using Sealane.Clouds.Http;
using Sealane.Clouds.Megaport;
using Sealane.Core.Checks.Live;
using Sealane.Core.Reconcile;
using Sealane.Core.Routing;
using Sealane.Sandbox.World;
using Sealane.Tests.EndToEnd;

namespace Sealane.Tests.Evidence;

/// <summary>What <c>verify</c> sees of a stored world, over a wire that may answer otherwise than the sandbox
/// does.</summary>
internal sealed record Sight(
    Judgement Judgement, ProofReport Proof, IReadOnlyList<CheckResult> Checks,
    Sealane.Clouds.Evidence.Evidence Evidence)
{
    public required Verification Verification { get; init; }

    private static readonly Lazy<Task<byte[]>> Built = new(async () =>
    {
        using var link = await Link.Built("sydney");
        return await File.ReadAllBytesAsync(Path.Combine(link.WorldDirectory, "world.json"));
    });

    public string Word => Words.Of(Judgement.Word);

    public CheckResult Check(string id) => Checks.Single(check => check.Check.Id == id);

    /// <summary>The guide's link as it stands after <c>apply</c>; built once for all tests.</summary>
    public static async Task<Link> Sydney(Action<SandboxWorld>? hand = null)
    {
        var link = Link.Sydney;
        Directory.CreateDirectory(link.WorldDirectory);
        await File.WriteAllBytesAsync(Path.Combine(link.WorldDirectory, "world.json"), await Built.Value);
        if (hand is not null)
        {
            await Change(link, hand);
        }
        return link;
    }

    /// <summary>What somebody does behind Sealane's back, and an hour for everything to follow from it.</summary>
    public static Task Change(Link link, Action<SandboxWorld> hand) => link.Later(TimeSpan.FromHours(1), hand);

    /// <param name="wire">Stands between Sealane and the sandbox.</param>
    public static async Task<Sight> Of(Link link, Func<HttpMessageHandler, HttpMessageHandler>? wire = null)
    {
        var design = link.Design;
        var stored = link.World();
        var clock = new VirtualClock(stored.Now);
        var world = stored.Wake(clock);
        HttpMessageHandler clouds = new InProcessClouds(world, Rehearsal.Faces(world, () => world.Now));
        using var transport = wire?.Invoke(clouds) ?? clouds;
        var context = new CloudContext(clock, transport);
        var keys = Secrets.Rehearsal(design.Spec);
        var aws = new AwsClients(
            context, Rehearsal.AwsCredentials(null),
            new() { Region = design.Aws.Region, ConnectionRegion = design.Aws.ConnectionRegion },
            Rehearsal.AwsCredentials);
        var azure = new ArmClient(context, AzureCredentialSource.ClientSecret(
            transport, world.Azure.Tenant, SandboxIdentity.AzureClientId, new(SandboxIdentity.AzureClientSecret),
            new("https://login.microsoftonline.com/")));
        using var megaport = new MegaportClient(context, MegaportSettings.Of(
            design, SandboxIdentity.MegaportAccessKey, new(SandboxIdentity.MegaportSecretKey)));
        var graph = new ResourceGraph(AllResources.Of(design, megaport, aws, azure, keys));
        var (seen, evidence) = await new LinkObserver(aws, azure, megaport, clock, design).Observe(graph, default);
        var judged = Verification.Of(seen, clock.GetUtcNow());
        return new(judged.Judgement, judged.Proof, judged.Checks, evidence) { Verification = judged };
    }
}

/// <summary>A wire on which chosen calls are refused, or answered with other words.</summary>
internal sealed class Tampered(
    HttpMessageHandler inner, Func<string, bool>? refuse = null, Func<string, string, string>? edit = null)
    : DelegatingHandler(inner)
{
    private int _refused;

    public int Refused => _refused;

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var call = $"{request.Method} {request.RequestUri!.PathAndQuery} {Target(request)} {body}";
        if (refuse?.Invoke(call) == true)
        {
            Interlocked.Increment(ref _refused);
            return Refusal(request, call);
        }
        var response = await base.SendAsync(request, cancellationToken);
        if (edit is not null && response.IsSuccessStatusCode)
        {
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            var changed = edit(call, text);
            if (changed != text)
            {
                var type = response.Content.Headers.ContentType;
                response.Content = new StringContent(changed);
                response.Content.Headers.ContentType = type;
            }
        }
        return response;
    }

    private static string Target(HttpRequestMessage request) =>
        request.Headers.TryGetValues("X-Amz-Target", out var values) ? values.First() : "";

    private static HttpResponseMessage Refusal(HttpRequestMessage request, string call)
    {
        var text = request.RequestUri!.Host.StartsWith("management.", StringComparison.Ordinal)
            ? """{"error":{"code":"AuthorizationFailed","message":"The client does not have authorization."}}"""
            : request.RequestUri.Host.Contains("megaport", StringComparison.Ordinal)
                ? """{"message":"You do not have permission","data":"","terms":""}"""
            : call.Contains("OvertureService", StringComparison.Ordinal)
                ? """{"__type":"AccessDeniedException","message":"User is not authorized."}"""
            : "<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>You are not authorized."
                + "</Message></Error></Errors><RequestID>r</RequestID></Response>";
        return new(System.Net.HttpStatusCode.Forbidden) { RequestMessage = request, Content = new StringContent(text) };
    }
}
