using System.Collections.Concurrent;
using System.Web;
using Amazon;
using Amazon.EC2;
using Amazon.Runtime;
using Sealane.Sandbox.Aws;
using Sealane.Sandbox.World;
using Sealane.Tests.Sandbox.World;

namespace Sealane.Tests.Foreign;

/// <summary>
/// AWS's own EC2 client for .NET in front of a sandbox in this process: its serialiser, its parser, its signature over
/// the wall clock. Nothing of Sealane's client is in the way.
/// </summary>
internal sealed class Ec2Sdk : IDisposable
{
    /// <summary>Every operation that any test asked for, once a call.</summary>
    private static readonly ConcurrentBag<string> All = [];
    private readonly InProcessClouds _clouds;
    private readonly Counter _counter;

    public Ec2Sdk(
        SandboxWorld world, AwsCredentials key, string region, INetworkView? net = null, string? secret = null)
    {
        var aws = new AwsFace(world, key, TimeProvider.System.GetUtcNow, net);
        _clouds = new(world, Worlds.Echoes() with { Aws = aws });
        _counter = new(_clouds);
        Client = new(
            new BasicAWSCredentials(key.AccessKeyId, secret ?? key.SecretAccessKey.Reveal()),
            new AmazonEC2Config
            {
                RegionEndpoint = RegionEndpoint.GetBySystemName(region),
                HttpClientFactory = new InProcess(_counter),
                MaxErrorRetry = 0,
            });
    }

    public AmazonEC2Client Client { get; }

    /// <summary>Told when all tests have ended.</summary>
    public static void Count()
    {
        if (!All.IsEmpty)
        {
            Counts.Client("AWS SDK for .NET", All, Judged.Count);
        }
    }

    public void Dispose()
    {
        Client.Dispose();
        _counter.Dispose();
        _clouds.Dispose();
    }

    private sealed class InProcess(HttpMessageHandler clouds) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(clouds, disposeHandler: false);

        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;
    }

    /// <summary>Which operations were asked for.</summary>
    private sealed class Counter(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var form = HttpUtility.ParseQueryString(await request.Content!.ReadAsStringAsync(cancellationToken));
            All.Add(form["Action"]!);
            // The SDK's address is of the kind that keeps every character, which the test server cannot take apart.
            request.RequestUri = new(request.RequestUri!.OriginalString);
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
