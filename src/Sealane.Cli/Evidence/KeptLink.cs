using Azure.Core;
using Sealane.Clouds.Aws;
using Sealane.Clouds.Azure;
using Sealane.Clouds.Evidence;
using Sealane.Clouds.Http;
using Sealane.Clouds.Megaport;
using Sealane.Core;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;
using Sealane.Core.Spec;

namespace Sealane.Cli.Evidence;

/// <summary>
/// Works a verdict out again from kept replies: the same clients, walk, model, proof and checks as against living
/// clouds. No network, no credentials, no key: in the place of each key stands its name.
/// </summary>
internal static class KeptLink
{
    public static NetworkDesign Design(BundleContent content) =>
        SpecReader.Read(BundleContent.SpecFile, content.SpecText).Spec is { } spec ? Designer.Design(spec)
            : throw new UsageError($"error: {BundleContent.SpecFile} of the bundle cannot be read as a spec by this "
                + $"Sealane ({BundleContent.OwnVersion}; the bundle is of {content.Version})");

    public static async Task<Verified> Judge(BundleContent content, CancellationToken ct)
    {
        var design = Design(content);
        // Time is when it was read: waits between two polls pass at once, lags and acceptances are judged as then.
        var clock = new VirtualClock(content.At);
        using var clouds = new KeptClouds(content.Replies);
        var context = new CloudContext(clock, clouds);
        var aws = new AwsClients(context, AwsCredentialSource.Given("kept", new("kept")),
            new() { Region = design.Aws.Region, ConnectionRegion = design.Aws.ConnectionRegion },
            _ => AwsCredentialSource.Given("kept", new("kept")));
        var azure = new ArmClient(context, AzureCredentialSource.Of(new NoCredential()));
        using var megaport = new MegaportClient(context, MegaportSettings.Of(design, "kept", new("kept")));
        var graph = new ResourceGraph(AllResources.Of(design, megaport, aws, azure, Names(design)));
        return await Verifying.Read(
            new LinkObserver(aws, azure, megaport, clock, design), graph, ct).ConfigureAwait(false);
    }

    /// <summary>Each key is what stands in its place in the replies.</summary>
    private static LinkKeys Names(NetworkDesign design)
    {
        var none = LinkKeys.Derive(new("kept"), design.Name, 1);
        return LinkKeys.Derive(new("kept"), design.Name, 1, none.Labelled(design)
            .ToDictionary(one => one.Label, one => new Secret(ReplyKeeper.NameOf(one.Label)), StringComparer.Ordinal));
    }

    private sealed class NoCredential : TokenCredential
    {
        private static readonly AccessToken s_kept = new("kept", DateTimeOffset.MaxValue);

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            s_kept;

        public override ValueTask<AccessToken> GetTokenAsync(
            TokenRequestContext requestContext, CancellationToken cancellationToken) => new(s_kept);
    }
}
