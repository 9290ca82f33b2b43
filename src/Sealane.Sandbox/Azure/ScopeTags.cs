using System.Text.Json.Nodes;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Azure;

/// <summary>All tags of a resource as an object of their own, which is changed without the resource's writer.</summary>
/// <remarks>
/// https://learn.microsoft.com/rest/api/resources/tags/update-at-scope; of versions after 2021-04-01, which may answer
/// 202, the sandbox has the answer 200 only. Whether a pair with another value is taken away by its name is not
/// documented: here the value counts where there is one.
/// </remarks>
internal static class ScopeTags
{
    private const string Default = "/providers/Microsoft.Resources/tags/default";

    /// <summary>Null where the request is about something else, or about what bears no tags here.</summary>
    public static WireReply? TryAnswer(ArmCall call)
    {
        var path = call.Request.Path.TrimEnd('/');
        if (!path.EndsWith(Default, StringComparison.OrdinalIgnoreCase)
            || ResourceId.Read(path[..^Default.Length]) is not { Parent: null } id)
        {
            return null;
        }
        if (call.State.Find(id.ToString()) is not { } resource)
        {
            return call.Refuse(ArmError.NotFound(id));
        }
        var had = resource.Body.At("tags") as JsonObject ?? [];
        if (call.Method == "GET")
        {
            return call.Reply(200, Show(id, had));
        }
        var body = call.Request.Method == "DELETE" ? [] : Json.ReadObject(call.Request.BodyText);
        if (body is null)
        {
            return call.Refuse(ArmError.Unreadable);
        }
        var asked = body.At("properties", "tags") as JsonObject;
        if (RequestReader.TagsProblem(body.At("properties", "tags")) is { } wrong)
        {
            return call.Refuse(wrong);
        }
        if (Changed(call, body.Text("operation"), had, asked ?? []) is not { } now)
        {
            return call.Request.Method == "PATCH" ? call.Refuse(ArmError.Bad("InvalidTagsPatchOperation",
                    $"The operation '{body.Text("operation")}' is none of Replace, Merge, Delete."))
                : ArmFace.NotAllowed(call);
        }
        if (RequestReader.TagsProblem(now) is { } tooMany)
        {
            return call.Refuse(tooMany);
        }
        resource.Body["tags"] = now;
        call.State.Stamp(call.World, resource);
        call.World.Touch();
        return call.Request.Method == "DELETE" ? call.Reply(200) : call.Reply(200, Show(id, now));
    }

    private static JsonObject? Changed(ArmCall call, string? operation, JsonObject had, JsonObject asked)
    {
        var word = call.Request.Method switch
        {
            "PUT" or "DELETE" => "Replace",
            "PATCH" => operation,
            _ => null,
        };
        return Same(word, "Replace") ? Of(asked)
            : Same(word, "Merge") ? Of(had.Where(tag => !asked.Any(own => Same(own.Key, tag.Key))).Concat(asked))
            : Same(word, "Delete") ? Of(had.Where(tag => !asked.Any(own => Same(own.Key, tag.Key)
                && (own.Value.Text() is not { Length: > 0 } value || value == tag.Value.Text()))))
            : null;
    }

    private static JsonObject Of(IEnumerable<KeyValuePair<string, JsonNode?>> tags) =>
        new(tags.Select(tag => KeyValuePair.Create(tag.Key, tag.Value?.DeepClone())).ToList());

    private static JsonObject Show(ResourceId id, JsonObject tags) => new()
    {
        ["id"] = id + Default,
        ["name"] = "default",
        ["type"] = "Microsoft.Resources/tags",
        ["properties"] = new JsonObject { ["tags"] = tags.DeepClone() },
    };

    private static bool Same(string? a, string? b) => ResourceId.Same(a, b);
}
