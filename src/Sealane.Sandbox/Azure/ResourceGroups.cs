using System.Text.Json.Nodes;
using Sealane.Sandbox.Azure.Kinds;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Azure;

/// <summary>Resource groups. They are made at once; deleting one deletes all that is in it.</summary>
/// <remarks>https://learn.microsoft.com/rest/api/resources/resource-groups</remarks>
internal static class ResourceGroups
{
    private static readonly string[] Members = ["id", "name", "type", "location", "tags", "managedBy", "properties"];

    public static WireReply Answer(ArmCall call, IReadOnlyList<string> rest) => rest switch
    {
        [] => call.Method == "GET" ? List(call) : ArmFace.NotAllowed(call),
        [var name] => call.Request.Method switch
        {
            "GET" => Find(call, name) is { } group ? call.Reply(200, Show(group))
                : call.Refuse(ArmError.GroupNotFound(name)),
            "HEAD" => call.Reply(Find(call, name) is null ? 404 : 204),
            "PUT" => Put(call, name),
            "PATCH" => Patch(call, name),
            "DELETE" => Delete(call, name),
            _ => ArmFace.NotAllowed(call),
        },
        [var name, var what] when ResourceId.Same(what, "resources") && call.Method == "GET" =>
            Find(call, name) is { } group ? Subscriptions.Resources(call, group)
                : call.Refuse(ArmError.GroupNotFound(name)),
        _ => ArmFace.NotServed(call),
    };

    private static WireReply List(ArmCall call)
    {
        var filter = ResourceFilter.Read(call.Query.GetValueOrDefault("$filter", ""));
        return filter is null
            ? call.Refuse(ArmError.Bad("InvalidFilterInQueryString", "Invalid $filter in the query string."))
            : ResourceReader.Pages(call, [.. call.State.ResourceGroups
                .Where(group => AzureState.IsIn(group, $"/subscriptions/{call.Subscription}") && filter(group))
                .Select(Show)]);
    }

    private static WireReply Put(ArmCall call, string name)
    {
        var existing = Find(call, name);
        if (Problem(call, name, existing, out var body) is { } error)
        {
            return call.Refuse(error);
        }
        var group = existing ?? new ArmResource
        {
            Id = $"/subscriptions/{call.Subscription}/resourceGroups/{name}",
            Type = "Microsoft.Resources/resourceGroups",
            Name = name,
            ResourceGroup = name,
            Location = Region.Find(body.Text("location"))!.Name,
            State = "Succeeded",
            CreatedAt = call.World.Now,
        };
        if (existing is null)
        {
            call.State.ResourceGroups.Add(group);
        }
        group.Body = new() { ["tags"] = body.At("tags")?.DeepClone() ?? new JsonObject() };
        call.World.Touch();
        return call.Reply(existing is null ? 201 : 200, Show(group));
    }

    private static WireReply Patch(ArmCall call, string name)
    {
        if (Find(call, name) is not { } group)
        {
            return call.Refuse(ArmError.GroupNotFound(name));
        }
        var body = Json.ReadObject(call.Request.BodyText);
        if (body is null || RequestReader.TagsProblem(body.At("tags")) is not null)
        {
            return call.Refuse(ArmError.Unreadable);
        }
        group.Body["tags"] = body.At("tags")?.DeepClone() ?? group.Body["tags"]?.DeepClone();
        call.World.Touch();
        return call.Reply(200, Show(group));
    }

    private static WireReply Delete(ArmCall call, string name)
    {
        if (Find(call, name) is not { } group)
        {
            return call.Refuse(ArmError.GroupNotFound(name));
        }
        var inside = call.State.Resources.Where(resource => AzureState.IsIn(resource, group.Id)).ToList();
        var takes = inside.Any(resource => resource.Type == AllKinds.VirtualNetworkGateways.FullType)
            ? Durations.GatewayDelete
            : Durations.ArmQuick;
        var running = call.State.Operations.Find(operation =>
            operation is { State: ArmOperation.InProgress, Verb: OperationVerb.Delete }
            && ResourceId.Same(operation.ResourceId, group.Id));
        group.State = "Deleting";
        var deletion = running ?? Operations.Begin(
            call, OperationVerb.Delete, "DeleteResourceGroup", group.Id, group.Location,
            call.World.Take(takes, group.Id),
            inside.Select(resource => resource.Id));
        call.World.Touch();
        return call.Reply(202, null, call.Follow(deletion, withLocation: true));
    }

    private static ArmError? Problem(ArmCall call, string name, ArmResource? existing, out JsonObject? body)
    {
        body = Json.ReadObject(call.Request.BodyText);
        if (body is null)
        {
            return ArmError.Unreadable;
        }
        if (body.FirstOrDefault(member => !Members.Contains(member.Key, StringComparer.OrdinalIgnoreCase))
            is { Key: { } unknown })
        {
            return ArmError.Bad("InvalidRequestContent",
                $"The request content was invalid and could not be deserialized: 'Could not find member '{unknown}' "
                    + $"on object of "
                + "type 'ResourceGroupDefinition'.'");
        }
        if (name.Length > 90 || name.EndsWith('.')
            || !name.All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '.' or '(' or ')'))
        {
            return ArmError.Bad("InvalidResourceGroup", $"The provided resource group name '{name}' is not valid.");
        }
        var written = body.Text("location");
        var region = Region.Find(written);
        return string.IsNullOrEmpty(written) ? ArmError.NoLocation
            : region is null ? ArmError.Bad("LocationNotAvailableForResourceGroup",
                $"The provided location '{written}' is not available for resource group.")
            : existing?.State == "Deleting" ? new(409, "ResourceGroupBeingDeleted",
                $"The resource group '{name}' is in deprovisioning state and cannot perform this operation.")
            : existing is not null && existing.Location != region.Name ? new(409, "InvalidResourceGroupLocation",
                $"Invalid resource group location '{region.Name}'. The Resource group already exists in location "
                    + $"'{existing.Location}'.")
            : RequestReader.TagsProblem(body.At("tags"));
    }

    private static ArmResource? Find(ArmCall call, string name) => call.State.FindGroup(call.Subscription, name);

    private static JsonObject Show(ArmResource group) => new()
    {
        ["id"] = group.Id,
        ["name"] = group.Name,
        ["type"] = group.Type,
        ["location"] = group.Location,
        ["tags"] = group.Body["tags"]?.DeepClone() ?? new JsonObject(),
        ["properties"] = new JsonObject { ["provisioningState"] = group.State },
    };
}
