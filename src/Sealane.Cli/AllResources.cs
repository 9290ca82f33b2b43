using Sealane.Clouds.Aws;
using Sealane.Clouds.Azure;
using Sealane.Clouds.Http;
using Sealane.Clouds.Megaport;
using Sealane.Clouds.Used;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Cli;

/// <summary>Every object of a link, of all three clouds, in reading order.</summary>
public static class AllResources
{
    public static IReadOnlyList<Resource> Of(
        NetworkDesign design, MegaportClient megaport, AwsClients aws, ArmClient azure, LinkKeys keys) =>
        Resource.Using(
        [
            .. MegaportResources.All(design, megaport, keys),
            .. AwsResources.All(design, aws, keys, new UsedNotes(design, azure, aws)),
            .. AzureResources.All(design, azure, keys),
        ], design.Link.Existing);

    /// <summary>The order of a link that knows what an earlier spec may have left of it.</summary>
    public static ResourceGraph Graph(
        NetworkDesign design, MegaportClient megaport, AwsClients aws, ArmClient azure, LinkKeys keys) =>
        new(Of(design, megaport, aws, azure, keys), Of(FormerParts.Of(design), megaport, aws, azure, keys));

    /// <summary>
    /// The same objects without a way to any cloud, for whoever asks only about ids, order, guide steps and operations.
    /// Observing one of them throws <see cref="InvalidOperationException"/>.
    /// </summary>
    public static ResourceGraph Catalogue() => Offline(Nowhere);

    /// <summary>The same for one design: for prices and pictures, which need no account.</summary>
    public static ResourceGraph Offline(NetworkDesign design)
    {
        var context = new CloudContext(TimeProvider.System, new NoWay());
        var nowhere = new Uri("https://catalogue.invalid/");
        return new(Of(
            design,
            new(context, new(nowhere, nowhere, "", new(""))),
            new(context, AwsCredentialSource.Given("", new("")),
                new() { Region = "nowhere", ConnectionRegion = "nowhere" }),
            new(context,
                AzureCredentialSource.ClientSecret(context.Transport, Guid.Empty.ToString(), Guid.Empty.ToString(),
                    new("-")), nowhere),
            LinkKeys.Derive(new("-"), "catalogue", 1)));
    }

    /// <summary>The smallest spec; nothing in the catalogue depends on its values.</summary>
    private static NetworkDesign Nowhere => Designer.Design(new()
    {
        Name = "catalogue",
        Aws = new() { Account = "", Region = "nowhere", Vpc = "" },
        Azure = new() { Subscription = "", ResourceGroup = "", Region = "", Vnet = "" },
        Megaport = new() { Location = "", Bandwidth = 50 },
    });

    private sealed class NoWay : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request,
            CancellationToken cancellationToken) =>
            throw new InvalidOperationException("the catalogue has no way to a cloud");
    }
}
