using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sealane.Sandbox.Azure.Kinds;

namespace Sealane.Sandbox.Azure;

/// <summary>From the text of a PUT to a request whose form is right.</summary>
internal static partial class RequestReader
{
    private static readonly string[] TopLevel =
    [
        "id", "name", "type", "etag", "location", "tags", "sku", "zones", "properties", "extendedLocation", "identity",
        "kind",
        "managedBy", "systemData",
    ];

    public static (ArmError? Error, PutRequest? Put) Read(ArmCall call, ResourceKind kind, ResourceId id,
        ArmResource? existing)
    {
        var group = call.State.FindGroup(id);
        if (group is null)
        {
            return (ArmError.GroupNotFound(id.ResourceGroup), null);
        }
        if (group.State == "Deleting")
        {
            return (new(409, "ResourceGroupBeingDeleted",
                $"The resource group '{group.Name}' is in deprovisioning state and cannot perform this operation."),
                    null);
        }
        if (!call.State.RegisteredProviders.Contains(ResourceId.Provider))
        {
            return (new(409, "MissingSubscriptionRegistration",
                $"The subscription is not registered to use namespace '{ResourceId.Provider}'. See "
                + "https://aka.ms/rps-not-found for how to register subscriptions."), null);
        }
        if (Json.ReadObject(call.Request.BodyText) is not { } body)
        {
            return (ArmError.Unreadable, null);
        }
        var region = kind.IsChild ? null : Region.Find(body.Text("location"));
        var put = new PutRequest(call, id, existing, body)
        {
            Region = region,
            ParentProperties = call.State.Find(id.Parent?.ToString())?.Properties ?? [],
            Siblings = kind.IsChild && call.State.Find(id.Parent?.ToString()) is { } parent
                ? [.. call.State.Children(parent, kind).Where(child => child != existing).Select(Brother)]
                : [],
        };
        return (FormProblem(put, kind) ?? LocationProblem(put, kind) ?? PreconditionProblem(call, existing), put);
    }

    /// <summary>What a PUT leaves of its body: the writable members.</summary>
    public static JsonObject Kept(PutRequest put, ResourceKind kind)
    {
        var kept = new JsonObject();
        foreach (var member in new[] { "tags", "sku", "zones" })
        {
            if (put.Body.At(member) is { } value)
            {
                kept[member] = value.DeepClone();
            }
        }
        kept["properties"] = kind.Accept(put);
        return kept;
    }

    /// <summary>Name and members of one resource or inline child.</summary>
    public static ArmError? FormProblem(PutRequest put, ResourceKind kind)
    {
        if (!NameForm().IsMatch(put.Id.Name))
        {
            return ArmError.Bad("InvalidResourceName",
                $"Resource name {put.Id.Name} is invalid. The name can be up to 80 characters long. It must begin "
                    + $"with a word "
                + "character, and it must end with a word character or with '_'. The name may contain word characters "
                    + "or '.', '-', '_'.");
        }
        foreach (var (name, _) in put.Body)
        {
            if (!TopLevel.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                return ArmError.Format(name, $"Could not find member '{name}' on object of type '{kind.Noun}'.");
            }
        }
        if (put.Body.At("properties") is { } sent and not JsonObject)
        {
            return ArmError.Format("properties",
                $"Error converting value {sent.ToJsonString()} to type '{kind.Noun}Properties'.");
        }
        return TagsProblem(put.Body.At("tags"))
            ?? kind.Members.Check(put.Properties, put.Call.Since("2025-07-01") ? [] : ["summarizedGatewayPrefixes"]);
    }

    /// <remarks>https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources</remarks>
    public static ArmError? TagsProblem(JsonNode? tags) => tags switch
    {
        null => null,
        not JsonObject => ArmError.Format("tags", "Error converting value to a dictionary of strings."),
        JsonObject map when map.Any(tag => tag.Value.Text() is null) =>
            ArmError.Format("tags", "Error converting value to a dictionary of strings."),
        JsonObject { Count: > 50 } =>
            ArmError.Bad("InvalidTagCount", "The maximum number of tags on a resource is 50."),
        _ => null,
    };

    public static ArmError? PreconditionProblem(ArmCall call, ArmResource? existing)
    {
        var match = call.Request.Header("If-Match");
        var failed = (match is not null && (existing is null || (match != "*" && match != existing.Etag)))
            || (call.Request.Header("If-None-Match") is { } none && existing is not null
                && (none == "*" || none == existing.Etag));
        return failed
            ? new(412, "PreconditionFailed",
                $"Precondition failed. Etag provided in {(match is null ? "if-none-match" : "if-match")} header does "
                    + $"not match etag "
                + $"{existing?.Etag} of the resource in NRP database.")
            : null;
    }

    private static ArmError? LocationProblem(PutRequest put, ResourceKind kind)
    {
        var written = put.Body.Text("location");
        return kind.IsChild ? null
            : string.IsNullOrEmpty(written) ? ArmError.NoLocation
            : put.Region is null ? ArmError.Bad("LocationNotAvailableForResourceType",
                $"The provided location '{written}' is not available for resource type '{kind.FullType}'.")
            : put.Existing is { } existing && existing.Location != put.Region.Name ? new(409, "InvalidResourceLocation",
                $"The resource '{existing.Name}' already exists in location '{existing.Location}' in resource group "
                + $"'{existing.ResourceGroup}'. A resource with the same name cannot be created in location "
                    + $"'{put.Region.Name}'. "
                + "Please select a new resource name.")
            : null;
    }

    private static JsonObject Brother(ArmResource resource) =>
        new() { ["name"] = resource.Name, ["properties"] = resource.Properties.DeepClone() };

    [GeneratedRegex(@"\A[A-Za-z0-9]([A-Za-z0-9._-]{0,78}[A-Za-z0-9_])?\z")]
    private static partial Regex NameForm();
}
