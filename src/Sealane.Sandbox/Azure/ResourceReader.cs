using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Sealane.Sandbox.Azure.Kinds;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Azure;

/// <summary>GET of one resource, and lists with pages.</summary>
internal static class ResourceReader
{
    public static WireReply Get(ArmCall call, ResourceId id)
    {
        if (call.State.FindGroup(id) is null)
        {
            return call.Refuse(ArmError.GroupNotFound(id.ResourceGroup));
        }
        if (call.State.Find(id.ToString()) is { } resource && !call.State.IsHidden(resource))
        {
            return call.Reply(200, Show(call, resource, inList: false), ("ETag", resource.Etag));
        }
        var missing = id.Parent is { } parent && call.State.Find(parent.ToString()) is null ? parent : id;
        return call.Refuse(ArmError.NotFound(missing));
    }

    public static WireReply Children(ArmCall call, ResourceId parent, ResourceKind kind) =>
        call.State.FindGroup(parent) is null ? call.Refuse(ArmError.GroupNotFound(parent.ResourceGroup))
        : call.State.Find(parent.ToString()) is not { } found ? call.Refuse(ArmError.NotFound(parent))
        : List(call, call.State.Children(found, kind));

    public static WireReply List(ArmCall call, IEnumerable<ArmResource> resources) =>
        Pages(call, [.. resources], resource => Show(call, resource, inList: true));

    public static WireReply Pages(ArmCall call, IReadOnlyList<JsonObject> all) => Pages(call, all, one => one);

    /// <summary>One page: <c>$top</c> makes it smaller, <c>$skipToken</c> of <c>nextLink</c> goes on.</summary>
    private static WireReply Pages<T>(ArmCall call, IReadOnlyList<T> all, Func<T, JsonObject> show)
        where T : class
    {
        var size = int.TryParse(call.Query.GetValueOrDefault("$top"), out var top) && top > 0
            ? Math.Min(top, call.State.PageSize)
            : call.State.PageSize;
        var start = 0;
        if (call.Query.TryGetValue("$skipToken", out var token) && !TryReadToken(token, all.Count, out start))
        {
            return call.Refuse(ArmError.Bad("InvalidSkipToken", $"The skip token '{token}' is not valid."));
        }
        var page = new JsonObject { ["value"] = new JsonArray([.. all.Skip(start).Take(size).Select(show)]) };
        if (start + size < all.Count)
        {
            page["nextLink"] = NextLink(call, start + size);
        }
        return call.Reply(200, page);
    }

    public static JsonObject Show(ArmCall call, ArmResource resource, bool inList) =>
        Show(new(call.World, call.Since, inList), resource);

    public static JsonObject Show(ShowCall show, ArmResource resource)
    {
        var properties = new JsonObject { ["provisioningState"] = resource.State };
        if (resource.ParentId is null && resource.Facts["resourceGuid"] is { } guid)
        {
            properties["resourceGuid"] = guid.DeepClone();
        }
        foreach (var (name, value) in resource.Properties)
        {
            properties[name] = value?.DeepClone();
        }
        AllKinds.Of(resource).Show(show, resource, properties);
        var shown = new JsonObject
        {
            ["name"] = resource.Name,
            ["id"] = resource.Id,
            ["etag"] = resource.Etag,
            ["type"] = resource.Type,
        };
        if (resource.Location is not null)
        {
            shown["location"] = resource.Location;
        }
        foreach (var member in new[] { "tags", "sku", "zones" })
        {
            if (resource.Body[member] is { } value)
            {
                shown[member] = value.DeepClone();
            }
        }
        shown["properties"] = properties;
        if (show.State.Variants.NamesAreInUpperCase)
        {
            OtherCase.Write(shown, resource.Id, show.InList);
        }
        return shown;
    }

    private static string NextLink(ArmCall call, int next)
    {
        var kept = call.Query.Where(pair => !ResourceId.Same(pair.Key, "$skipToken"))
            .Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}");
        var token = Convert.ToBase64String(Encoding.UTF8.GetBytes(next.ToString(CultureInfo.InvariantCulture)));
        return $"{call.Request.Origin}{call.Request.Path}?{string.Join('&', kept)}"
            + $"&%24skipToken={Uri.EscapeDataString(token)}";
    }

    private static bool TryReadToken(string token, int count, out int start)
    {
        var bytes = new byte[16];
        start = 0;
        return Convert.TryFromBase64String(token, bytes, out var length)
            && int.TryParse(Encoding.UTF8.GetString(bytes, 0, length), NumberStyles.None, CultureInfo.InvariantCulture,
                out start)
            && start <= count;
    }
}

/// <param name="Since">Whether the reader's api-version is at least this date.</param>
/// <param name="InList">Some members are left out of lists.</param>
internal sealed record ShowCall(SandboxWorld World, Func<string, bool> Since, bool InList)
{
    public AzureState State => World.Azure;
}
