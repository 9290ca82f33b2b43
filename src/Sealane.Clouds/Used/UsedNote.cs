using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Used;

/// <summary>
/// What a used object was before the link changed it: it was without these. It stands as two tags on a circuit
/// of the link's, or on the object where the link has none: what we have in memory or on a disk is gone with the
/// machine (docs/adr/0016).
/// </summary>
/// <param name="ObjectId">Which object.</param>
/// <param name="Added">What the link gave it, each a word without a comma: <c>10.254.1.0/24</c>.</param>
public sealed record UsedNote(string ObjectId, IReadOnlyList<string> Added)
{
    private const string Prefix = "sealane-used-";
    private const string Was = "sealane-was-";
    private const string Without = "without=";
    private const string Subscriptions = "/subscriptions/";
    private const string Group = "/resourceGroups/";
    private const string Network = "/providers/Microsoft.Network";

    public bool IsOf(string id) => ObjectId.Equals(id, StringComparison.OrdinalIgnoreCase);

    /// <param name="key">What its bearer calls it.</param>
    public static IReadOnlyList<string> TagsOf(string key) =>
        [Prefix + key.Replace('/', '-'), Was + key.Replace('/', '-')];

    /// <summary>The objects of which something is written, as plan and status name them.</summary>
    public static IEnumerable<string> Remembered(IReadOnlyDictionary<string, string> tags) =>
        from start in new[] { Prefix, Was }
        from key in tags.Keys
        where key.StartsWith(start, StringComparison.OrdinalIgnoreCase)
        let name = key[start.Length..].ToLowerInvariant()
        let cloud = name.IndexOf('-', StringComparison.Ordinal)
        where cloud > 0
        group name by $"{name[..cloud]}/{name[(cloud + 1)..]}" into same
        select same.Key;

    /// <summary><c>SUBSCRIPTION/GROUP/virtualNetworkGateways/NAME</c>: a whole id can be longer than a tag's value may
    /// be.</summary>
    public IReadOnlyDictionary<string, string> Tags(string key) => new Dictionary<string, string>
    {
        [TagsOf(key)[0]] = ObjectId.StartsWith(Subscriptions, StringComparison.OrdinalIgnoreCase)
            ? ObjectId[Subscriptions.Length..].Replace(Group, "/", StringComparison.OrdinalIgnoreCase)
                .Replace(Network, "", StringComparison.OrdinalIgnoreCase) : ObjectId,
        [TagsOf(key)[1]] = Without + string.Join(',', Added.Distinct().Order(StringComparer.Ordinal)),
    };

    /// <summary>Null where nothing is written.</summary>
    /// <param name="knows">Whether a value can be one of this object.</param>
    /// <exception cref="CloudError">Doubtful: what is written there cannot be read.</exception>
    public static UsedNote? Read(
        string key, NoteBearer bearer, IReadOnlyDictionary<string, string> tags, Func<string, bool>? knows = null)
    {
        var (used, was) = (TagsOf(key)[0], TagsOf(key)[1]);
        var id = tags.GetValueOrDefault(used);
        var added = tags.GetValueOrDefault(was);
        if (id is null && added is null)
        {
            return null;
        }
        return id is { Length: > 0 } && added?.StartsWith(Without, StringComparison.Ordinal) == true
            && Whole(key, id) is { } whole
            && added[Without.Length..].Split(',', StringSplitOptions.RemoveEmptyEntries) is var values
            && values.All(knows ?? (_ => true))
            ? new(whole, values)
            : throw new CloudError(bearer.Cloud, $"GET {bearer.Name}", CloudErrorKind.Doubtful, null, null,
                $"its tags {used} and {was} say what a used object was before, and cannot be read",
                advice: "put them right, or remove both when the object is as its owner wants it");
    }

    private static string? Whole(string key, string id) =>
        !key.StartsWith("azure/", StringComparison.OrdinalIgnoreCase) ? id
        : id.Split('/', 3) is [var subscription, var group, var rest] && rest.Contains('/', StringComparison.Ordinal)
            ? $"{Subscriptions}{subscription}{Group}{group}{Network}/{rest}" : null;
}
