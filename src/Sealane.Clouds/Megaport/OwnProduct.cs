using Sealane.Clouds.Http;
using Sealane.Clouds.Megaport.Wire;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Megaport;

/// <summary>
/// Finds a service that belongs to this link: by exact name, confirmed by its tag. There is no look-up by tag and names
/// are not unique, so a name alone proves nothing. The uid is remembered: one call instead of three while waiting.
/// </summary>
/// <param name="isKind">Whether a service is of the kind looked for: a VXC to AWS, not the one to Azure.</param>
/// <param name="others">Names of the link's other services of this kind.</param>
/// <param name="former">Whether it is looked for because an earlier spec may have left it: then only its own name
/// counts.</param>
/// <param name="carries">Names of the link's services that start from this one.</param>
/// <param name="observed">What a service without marks is observed as, for those.</param>
/// <param name="key">Of the part: a service that bears another key in its place is another part's.</param>
internal sealed class OwnProduct(
    MegaportClient api, string what, Func<Product, bool> isKind, IReadOnlyList<string>? others = null,
    bool former = false, IReadOnlyList<string>? carries = null, Func<string, Product, object>? observed = null,
    PartKey key = default)
{
    /// <summary>Tags of an order may show a little later than the service itself.</summary>
    private static readonly TimeSpan TagLag = TimeSpan.FromMinutes(3);

    private readonly Dictionary<string, IReadOnlyList<ResourceTag>> _seen = new(StringComparer.Ordinal);
    private string? _uid;

    /// <summary>Whether the account's list has shown it: until then another run could not find it.</summary>
    private bool _listed;

    /// <summary>It has our name and stands among the link's, and the tag is gone.</summary>
    private bool _isBare;

    /// <summary>Its tags when it was last found in the list.</summary>
    private IReadOnlyList<ResourceTag> _tags = [];

    /// <summary>The tags of an order: the link's, and those that the spec asks for.</summary>
    public static IReadOnlyList<ResourceTag> TagsOf(LinkDesign link) =>
        [new(LinkTag.Key, link.Name), .. link.AskedTags().Select(tag => new ResourceTag(tag.Key, tag.Value))];

    // Without the link's tag those of the order do not show yet.
    public IReadOnlyList<string> LostMarks(LinkDesign link) => !_isBare && _tags.All(tag => tag.Key != LinkTag.Key) ? []
        : [
            .. TagsOf(link).SelectMany(tag => new Differences().Field($"tag {tag.Key}", tag.Value,
                _tags.FirstOrDefault(seen => seen.Key == tag.Key)?.Value).Lines),
        ];

    public async Task Mark(string uid, LinkDesign link, CancellationToken ct)
    {
        var (tags, ours) = (await api.Tags(uid, ct).ConfigureAwait(false), TagsOf(link));
        await api.SetTags(uid, [.. tags.Where(tag => ours.All(own => own.Key != tag.Key)), .. ours], ct)
            .ConfigureAwait(false);
        (_listed, _isBare) = (false, false);
    }

    /// <param name="rename">Gives the service our name.</param>
    public Handover<Product> Handover(LinkDesign link, Func<Product, CancellationToken, Task> rename) => new(
        async (uid, ct) =>
        {
            var found = await api.Product(uid, ct).ConfigureAwait(false);
            if (found is null || ProvisioningStatus.IsGone(found.ProvisioningStatus) || !isKind(found))
            {
                return null;
            }
            await Tag(found, ct).ConfigureAwait(false);
            return found;
        },
        found => _seen[found.ProductUid!].FirstOrDefault(tag => tag.Key == LinkTag.Key)?.Value,
        async (found, ct) =>
        {
            await rename(found, ct).ConfigureAwait(false);
            await Mark(found.ProductUid!, link, ct).ConfigureAwait(false);
            // What was looked up before it was ours says nothing.
            _uid = null;
        },
        (found, ct) => api.SetTags(found.ProductUid!,
            [.. _seen[found.ProductUid!].Where(tag => tag.Key != LinkTag.Key),
                new(LinkTag.Key, LinkTag.DisownedBy(link.Name))], ct));

    /// <summary>Called with the uid of an order, before anything else can fail.</summary>
    public void Remember(string uid) => (_uid, _listed) = (uid, false);

    /// <param name="candidates">The services among which it would be.</param>
    /// <param name="used">The uid by which the spec names it, whoever made it and whatever it is called.</param>
    public async Task<(string Uid, Product Product)?> Find(
        string name, string link, Func<CancellationToken, Task<IReadOnlyList<Product>>> candidates,
        CancellationToken ct, string? used = null)
    {
        if (used is not null)
        {
            return (await candidates(ct).ConfigureAwait(false)).Any(one => used.Equals(one.ProductUid,
                    StringComparison.OrdinalIgnoreCase))
                && await api.Product(used, ct).ConfigureAwait(false) is { } product
                && !ProvisioningStatus.IsGone(product.ProvisioningStatus) && isKind(product) ? (used, product) : null;
        }
        if (_uid is { } known && _listed)
        {
            if (await api.Product(known, ct).ConfigureAwait(false) is { } product
                && !ProvisioningStatus.IsGone(product.ProvisioningStatus))
            {
                return (known, product);
            }
            // Gone: the list decides.
        }
        var listed = await candidates(ct).ConfigureAwait(false);
        var alive = listed
            .Where(product => product.ProductUid is { Length: > 0 }
                && !ProvisioningStatus.IsGone(product.ProvisioningStatus))
            .DistinctBy(product => product.ProductUid)
            .ToList();
        var ours = new List<Product>();
        Product? untagged = null;
        foreach (var product in alive.Where(product => product.ProductName == name))
        {
            var tag = await Tag(product, ct).ConfigureAwait(false);
            if (tag == link || product.ProductUid == _uid)
            {
                ours.Add(product);
            }
            else if (tag is null)
            {
                untagged = product;
            }
        }
        if (former && ours.Count == 0)
        {
            return null;
        }
        if (ours.Count == 0 && untagged is null)
        {
            ours = await Renamed(name, link, alive, ct).ConfigureAwait(false);
        }
        var fresh = untagged?.CreateDate is { } created && api.Clock.GetUtcNow() - created < TagLag;
        _isBare = ours.Count == 0 && untagged is not null && !fresh
            && await StandsAmongOurs(untagged, link, alive, ct).ConfigureAwait(false);
        if (_isBare)
        {
            ours = [untagged!];
        }
        switch (ours)
        {
            case [var one]:
                (_uid, _listed) = (one.ProductUid, true);
                _tags = _seen.GetValueOrDefault(one.ProductUid!) ?? [];
                var full = await api.Product(one.ProductUid!, ct).ConfigureAwait(false)
                    ?? throw Unknown($"{one.ProductUid} is listed, but Megaport does not show it");
                return ProvisioningStatus.IsGone(full.ProvisioningStatus) ? null : (one.ProductUid!, full);
            case [_, _, ..]:
                throw Stop(
                    CloudErrorKind.Doubtful, $"{ours.Count} services would be {name} of this link: "
                    + string.Join(", ", ours.Select(product => product.ProductUid)),
                    $"cancel all but one {what} in the Megaport portal, or give it away with sealane disown");
        }
        if (untagged is null)
        {
            await RefuseUnmarked(link, alive, ct).ConfigureAwait(false);
            // One that is listed without its uid or its name may be the one: to order another would be to order twice.
            return listed.All(product => product is { ProductUid.Length: > 0, ProductName: not null })
                ? null : throw Unknown("a service is listed without its uid or its name");
        }
        throw Stop(
            fresh ? CloudErrorKind.Busy : CloudErrorKind.Doubtful,
            $"{untagged.ProductUid} is named {name} but does not carry the tag {LinkTag.Key}={link}",
            $"to let Sealane keep this {what}, hand it over with sealane adopt; otherwise choose another name in the "
                + "spec");
    }

    /// <summary>Whether what it carries, or what stands beside it on the same router, has the link's tag.</summary>
    private async Task<bool> StandsAmongOurs(
        Product bare, string link, IReadOnlyList<Product> beside, CancellationToken ct)
    {
        var carried = (await api.Product(bare.ProductUid!, ct).ConfigureAwait(false))?.AssociatedVxcs ?? [];
        foreach (var other in beside.Where(other => other.ProductUid != bare.ProductUid).Concat(carried)
            .Where(other => other.ProductUid is { Length: > 0 }
                && !ProvisioningStatus.IsGone(other.ProvisioningStatus)))
        {
            if (await Tag(other, ct).ConfigureAwait(false) == link)
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>Ours under another name: the spec's name was changed, which must not become a second order.</summary>
    private async Task<List<Product>> Renamed(string name, string link, List<Product> alive, CancellationToken ct)
    {
        var ours = new List<Product>();
        foreach (var product in alive.Where(product => product.ProductName != name
            && others?.Contains(product.ProductName) != true))
        {
            if (await Tag(product, ct).ConfigureAwait(false) == link
                && await api.Product(product.ProductUid!, ct).ConfigureAwait(false) is { } full && isKind(full))
            {
                if (MovedParts.KeyIn(product.ProductName, name, key) is { } other)
                {
                    throw Stop(CloudErrorKind.Doubtful,
                        $"{product.ProductUid} of this link is {product.ProductName}, and no part of the spec has the "
                        + $"key {other}", MovedParts.Advice(other, key));
                }
                ours.Add(product);
            }
        }
        return ours;
    }

    /// <summary>Without either mark, and yet a service of the link starts from it.</summary>
    private async Task RefuseUnmarked(string link, List<Product> alive, CancellationToken ct)
    {
        foreach (var bare in carries is null || former ? [] : alive.Where(product =>
            others?.Contains(product.ProductName) != true))
        {
            foreach (var carried in bare.AssociatedVxcs.Where(vxc => carries!.Contains(vxc.ProductName ?? "")
                && vxc.ProductUid is { Length: > 0 } && !ProvisioningStatus.IsGone(vxc.ProvisioningStatus)))
            {
                if (await Tag(carried, ct).ConfigureAwait(false) == link
                    && await Tag(bare, ct).ConfigureAwait(false) != link)
                {
                    throw new CloudError(Cloud.Megaport, "GET products", CloudErrorKind.Doubtful, null, null,
                        $"{bare.ProductUid} carries {carried.ProductUid} of this link, and does not bear its marks",
                        advice: "give it its marks back with sealane adopt, or cancel it in the Megaport portal when "
                            + "nothing hangs on it")
                    {
                        Seen = observed!(bare.ProductUid!, bare),
                    };
                }
            }
        }
    }

    private async Task<string?> Tag(Product product, CancellationToken ct)
    {
        var tags = await api.Tags(product.ProductUid!, ct).ConfigureAwait(false);
        _seen[product.ProductUid!] = tags;
        return tags.FirstOrDefault(tag => tag.Key == LinkTag.Key)?.Value;
    }

    private static CloudError Unknown(string message) => new(
        Cloud.Megaport, "GET products", CloudErrorKind.Unavailable, 200, null, message, advice: UnreadableReply.Advice);

    private static CloudError Stop(CloudErrorKind kind, string message, string advice) =>
        new(Cloud.Megaport, "GET products", kind, null, null, message, advice: advice);
}
