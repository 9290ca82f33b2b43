using System.Collections.Concurrent;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Aws;

/// <summary>How the objects of one kind bear the two marks of a link: its name for them, and its tag.</summary>
/// <param name="Operation">That lists them.</param>
/// <param name="Find">By the cloud's own id; null when it is gone, or of another kind.</param>
internal sealed record AwsKind<T>(
    string Operation, Func<T, string> Id, Func<T, string> State, Func<T, string?> Name, Func<T, string?> Link,
    Func<AwsClients, string, CancellationToken, Task<T?>> Find)
    where T : class
{
    /// <summary>One that the spec names by its id, whoever made it and whatever it is called.</summary>
    public async Task<T?> Used(AwsClients clients, string id, CancellationToken ct) =>
        await Find(clients, id, ct).ConfigureAwait(false) is { } found
            && State(found) is not ("deleted" or "deleting") ? found : null;

    /// <summary>How an object of EC2 changes hands.</summary>
    public Handover<T> Handover(AwsClients clients, string link, Func<T, CancellationToken, Task> mark) => new(
        (id, ct) => Used(clients, id, ct), Link, mark,
        (found, ct) => clients.Ec2.CreateTag(Id(found), LinkTag.Key, LinkTag.DisownedBy(link), ct));
}

/// <summary>
/// One mark left is enough: an object without the tag under our name, while others of the link stand, and one with the
/// tag under no name of the link. What was recognized once stays recognized for the run, whatever is deleted meanwhile.
/// </summary>
internal sealed class AwsMarks(AwsClients clients)
{
    private readonly ConcurrentDictionary<string, string> _own = new(StringComparer.Ordinal);

    /// <param name="named">All objects of the kind with the name, whoever made them.</param>
    /// <param name="linked">All objects of the kind with the link's tag, asked only when none has the name.</param>
    /// <param name="siblings">Names of the link's objects of this kind.</param>
    /// <param name="former">Names that an earlier spec may have given: theirs, and not one of these renamed.</param>
    /// <param name="advice">How a foreign object of that name can be handed over.</param>
    /// <exception cref="CloudError">Doubtful: two of a kind, or nobody can say whose it is.</exception>
    public async Task<T?> Find<T>(
        AwsKind<T> kind, ObjectTags tags, IReadOnlyList<T> named, Func<Task<IReadOnlyList<T>>> linked, string advice,
        CancellationToken ct, IReadOnlyList<string>? siblings = null, IReadOnlyList<string>? former = null)
        where T : class
    {
        var key = $"{kind.Operation} {tags.Name}";
        var living = named.Where(item => kind.State(item) is not ("deleted" or "deleting")).ToList();
        var found = living is [var bare] && kind.Link(bare) is null && kind.Name(bare) == tags.Name
            && (_own.GetValueOrDefault(key) == kind.Id(bare) || await Stands(tags.Link, ct).ConfigureAwait(false))
            ? bare
            : AwsLookup.Ours(kind.Operation, tags, named, kind.Id, kind.State, kind.Link, advice)
                ?? Renamed(kind, key, tags, await linked().ConfigureAwait(false), siblings ?? [tags.Name],
                    former ?? []);
        if (found is not null)
        {
            _own[key] = kind.Id(found);
        }
        return found;
    }

    /// <summary>What differs; an answer that shows no tags at all says nothing.</summary>
    public static IReadOnlyList<string> Lost(ObjectTags tags, IReadOnlyDictionary<string, string> seen) =>
        seen.Count == 0 ? [] : Lost(tags, AwsLookup.Name(seen), seen);

    public static IReadOnlyList<string> Lost(
        ObjectTags tags, string? name, IReadOnlyDictionary<string, string> seen) =>
    [
        .. new Differences().Field<string?>("name", tags.Name, name)
            .Field<string?>($"tag {LinkTag.Key}", tags.Link, AwsLookup.Link(seen)).Lines,
        .. LostAsked(tags.Asked, seen),
    ];

    /// <summary>Of those that the spec asks for.</summary>
    public static IEnumerable<string> LostAsked(
        IEnumerable<(string Key, string Value)> asked, IReadOnlyDictionary<string, string> seen) =>
        asked.SelectMany(tag => new Differences()
            .Field<string?>($"tag {tag.Key}", tag.Value, seen.GetValueOrDefault(tag.Key)).Lines);

    public static IReadOnlyDictionary<string, string> Read(IEnumerable<DirectConnectTag> tags) =>
        tags.Where(tag => tag.Key is not null).GroupBy(tag => tag.Key)
            .ToDictionary(same => same.Key, same => same.Last().Value ?? "");

    /// <summary>The tag is there and the name is none of the link's: the one that is missing, if only one is.</summary>
    private T? Renamed<T>(
        AwsKind<T> kind, string key, ObjectTags tags, IReadOnlyList<T> linked, IReadOnlyList<string> siblings,
        IReadOnlyList<string> former)
        where T : class
    {
        var living = linked.Where(item => kind.State(item) is not ("deleted" or "deleting")).ToList();
        var renamed =
            living.Where(item => kind.Name(item) != tags.Name && !siblings.Concat(former).Contains(kind.Name(item))
            && _own.All(own => own.Key == key || own.Value != kind.Id(item))).ToList();
        var others = siblings.Where(name => name != tags.Name && !living.Exists(item => kind.Name(item) == name)
            && !_own.ContainsKey($"{kind.Operation} {name}")).ToList();
        return renamed switch
        {
            [] => null,
            [var one] when others.Count == 0 || _own.GetValueOrDefault(key) == kind.Id(one) => one,
            _ => throw AwsLookup.Doubt(kind.Operation,
                string.Join(", ", renamed.Select(item => $"{kind.Id(item)} ({kind.Name(item) ?? "no name"})"))
                + $" bears the tag {LinkTag.Key}={tags.Link}, and which of {string.Join(", ", [tags.Name, .. others])} "
                + "it is cannot be told",
                "give it its name back, or give it away with sealane disown"),
        };
    }

    /// <summary>
    /// Without either mark, and yet something of the link hangs on it: a second one beside it would be an order placed
    /// twice, and what hangs on it would be lost with it.
    /// </summary>
    public static CloudError Unmarked(string operation, string id, string carries, object seen) => new(
        Cloud.Aws, operation, CloudErrorKind.Doubtful, null, null,
        $"{id} carries {carries} of this link, and does not bear its marks",
        advice: "give it its marks back with sealane adopt, or delete it by hand when nothing hangs on it")
    {
        Seen = seen,
    };

    /// <summary>Whether anything of the link is there that costs money: then a namesake without the tag is no
    /// stranger's.</summary>
    private async Task<bool> Stands(string link, CancellationToken ct) =>
        (await clients.Ec2.VpnConnectionsOf(link, ct).ConfigureAwait(false))
            .Any(each => each.State != "deleted" && AwsLookup.Link(each.Tags) == link)
        || (await clients.Ec2.TransitGatewaysOf(link, ct).ConfigureAwait(false))
            .Any(each => each.State != "deleted" && AwsLookup.Link(each.Tags) == link)
        || (await clients.Ec2.CustomerGatewaysOf(link, ct).ConfigureAwait(false))
            .Any(each => each.State != "deleted" && AwsLookup.Link(each.Tags) == link);
}
