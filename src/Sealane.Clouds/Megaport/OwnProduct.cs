using Sealane.Clouds.Megaport.Wire;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Megaport;

/// <summary>
/// Finds a service that belongs to this link: by exact name, confirmed by its tag. There is no look-up by tag and names
/// are not unique, so a name alone proves nothing. The uid is remembered: one call instead of three while waiting.
/// </summary>
internal sealed class OwnProduct(MegaportClient api, string what)
{
    /// <summary>Tags of an order may show a little later than the service itself.</summary>
    private static readonly TimeSpan TagLag = TimeSpan.FromMinutes(3);

    private string? _uid;

    /// <summary>Called with the uid of an order, before anything else can fail.</summary>
    public void Remember(string uid) => _uid = uid;

    /// <param name="candidates">The services among which it would be.</param>
    public async Task<(string Uid, Product Product)?> Find(
        string name, string link, Func<CancellationToken, Task<IReadOnlyList<Product>>> candidates, CancellationToken ct)
    {
        if (_uid is { } known)
        {
            if (await api.Product(known, ct).ConfigureAwait(false) is { } product
                && !ProvisioningStatus.IsGone(product.ProvisioningStatus))
            {
                return (known, product);
            }
            // Gone, or too new to be served by its uid: the list decides.
        }
        var named = (await candidates(ct).ConfigureAwait(false))
            .Where(product => product.ProductName == name && product.ProductUid is { Length: > 0 }
                && !ProvisioningStatus.IsGone(product.ProvisioningStatus))
            .DistinctBy(product => product.ProductUid)
            .ToList();
        var ours = new List<Product>();
        Product? untagged = null;
        foreach (var product in named)
        {
            var tags = await api.Tags(product.ProductUid!, ct).ConfigureAwait(false);
            var tag = tags.FirstOrDefault(tag => tag.Key == LinkTag.Key)?.Value;
            if (tag == link || product.ProductUid == _uid)
            {
                ours.Add(product);
            }
            else if (tag is null)
            {
                untagged = product;
            }
        }
        switch (ours)
        {
            case [var one]:
                _uid = one.ProductUid;
                return await api.Product(one.ProductUid!, ct).ConfigureAwait(false) is { } full
                    && !ProvisioningStatus.IsGone(full.ProvisioningStatus) ? (one.ProductUid!, full) : null;
            case [_, _, ..]:
                throw Stop(
                    CloudErrorKind.Invalid, $"{ours.Count} services are named {name} and tagged for this link: "
                    + string.Join(", ", ours.Select(product => product.ProductUid)),
                    $"cancel all but one {what} in the Megaport portal");
        }
        if (untagged is null)
        {
            return null;
        }
        var fresh = untagged.CreateDate is { } created && api.Clock.GetUtcNow() - created < TagLag;
        throw Stop(
            fresh ? CloudErrorKind.Busy : CloudErrorKind.Invalid,
            $"{untagged.ProductUid} is named {name} but does not carry the tag {LinkTag.Key}={link}",
            $"to let Sealane keep this {what}, give it the resource tag {LinkTag.Key}={link} in the Megaport portal; otherwise "
            + "choose another name in the spec");
    }

    private static CloudError Stop(CloudErrorKind kind, string message, string advice) =>
        new(Cloud.Megaport, "GET products", kind, null, null, message, advice: advice);
}
