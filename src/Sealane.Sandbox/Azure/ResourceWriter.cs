using System.Text.Json.Nodes;
using Sealane.Sandbox.Azure.Kinds;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Azure;

/// <summary>PUT, PATCH and DELETE of a resource: everything that is alike for all types.</summary>
internal sealed class ResourceWriter(ArmCall call, ResourceKind kind, ResourceId path)
{
    private readonly SandboxWorld _world = call.World;
    private readonly AzureState _state = call.State;

    public WireReply Put()
    {
        var existing = _state.Find(path.ToString());
        var (malformed, put) = RequestReader.Read(call, kind, path, existing);
        if (malformed is not null || put is null)
        {
            return call.Refuse(malformed!);
        }
        var inline = InlineChildren.Of(put, kind);
        var locks = kind.Locks(put.Id, put.Properties).ToList();
        var error = PolicyProblem(put)
            ?? ParentProblem(put)
            ?? Busy(locks)
            ?? ReferenceProblem(put, kind)
            ?? kind.Problems(put).FirstOrDefault()
            ?? inline.Problem();
        return error is not null ? call.Refuse(error) : Write(put, inline, locks);
    }

    public WireReply PatchTags()
    {
        if (Existing(out var refusal) is not { } resource)
        {
            return refusal!;
        }
        var body = Json.ReadObject(call.Request.BodyText);
        var error = body is null ? ArmError.Unreadable
            : body.Any(member => !ResourceId.Same(member.Key, "tags")) ? ArmError.Format(body.First(member =>
                !ResourceId.Same(member.Key, "tags")).Key, "Could not find member on object of type 'TagsObject'.")
            : RequestReader.TagsProblem(body.At("tags")) ?? Busy(kind.Locks(path, resource.Properties));
        if (error is not null)
        {
            return call.Refuse(error);
        }
        resource.Body["tags"] = body.At("tags")?.DeepClone() ?? new JsonObject();
        _state.Stamp(_world, resource);
        _world.Touch();
        if (!kind.PatchIsOperation)
        {
            return call.Reply(200, ResourceReader.Show(call, resource, inList: false), ("ETag", resource.Etag));
        }
        var operation = BeginPut(resource, Durations.ArmQuick, [.. kind.Locks(path, resource.Properties)]);
        return call.Reply(200, ResourceReader.Show(call, resource, inList: false),
            call.Follow(operation, withLocation: false));
    }

    public WireReply Delete()
    {
        if (_state.FindGroup(path) is null)
        {
            return call.Refuse(ArmError.GroupNotFound(path.ResourceGroup));
        }
        if (_state.Find(path.ToString()) is not { } resource)
        {
            return call.Reply(204);
        }
        if (resource.State == "Deleting" && Running(resource) is { } already)
        {
            return call.Reply(202, null, call.Follow(already, withLocation: true));
        }
        var locks = kind.Locks(path, resource.Properties).ToList();
        var error = RequestReader.PreconditionProblem(call, resource) ?? Busy(locks)
            ?? kind.RefusesDelete(_state, resource);
        if (error is not null)
        {
            return call.Refuse(error);
        }
        var before = resource.State;
        resource.State = "Deleting";
        resource.LastOperation = $"Delete{kind.Noun}Operation";
        _state.Stamp(_world, resource);
        var operation = Operations.Begin(
            call, OperationVerb.Delete, resource.LastOperation, resource.Id,
            resource.Location ?? _state.Parent(resource)?.Location,
            _world.Take(kind.DeleteTakes(resource), resource.Id), locks, before);
        _world.Touch();
        return call.Reply(202, null, call.Follow(operation, withLocation: true));
    }

    private WireReply Write(PutRequest put, InlineChildren inline, List<string> locks)
    {
        var takes = kind.WriteTakes(put);
        var parent = put.Id.Parent is { } above ? _state.Find(above.ToString()) : null;
        var id = parent is null
            ? put.Id with
            {
                ResourceGroup = _state.FindGroup(put.Id)!.Name,
                Subscription = call.Subscription
            }
            : ResourceId.Read(parent.Id)!.Child(put.Id.Parts[^2], put.Id.Name);
        var body = RequestReader.Kept(put, kind);
        var resource = put.Existing ?? _state.Add(_world, CanonicalType(id), put.Region?.Name, []);
        resource.Body = body;
        kind.Written(put, resource);
        inline.Write(resource);
        _state.Stamp(_world, resource);
        var operation = BeginPut(resource, takes, locks);
        _world.Touch();
        return call.Reply(
            put.IsCreate ? 201 : 200, ResourceReader.Show(call, resource, inList: false),
            [("ETag", resource.Etag), .. call.Follow(operation, withLocation: false)]);
    }

    private ArmOperation BeginPut(ArmResource resource, Duration takes, List<string> locks)
    {
        resource.State = "Updating";
        resource.LastOperation = $"Put{kind.Noun}Operation";
        return Operations.Begin(
            call, OperationVerb.Put, resource.LastOperation, resource.Id,
            resource.Location ?? _state.Parent(resource)?.Location,
            _world.Take(takes, resource.Id), locks);
    }

    /// <summary>Ids carry the type's own spelling, whatever the client's was.</summary>
    private ResourceId CanonicalType(ResourceId id)
    {
        var types = kind.Type.Split('/');
        return id with { Parts = [.. id.Parts.Select((part, index) => index % 2 == 0 ? types[index / 2] : part)] };
    }

    private ArmResource? Existing(out WireReply? refusal)
    {
        var resource = _state.Find(path.ToString());
        refusal = resource is null ? ResourceReader.Get(call, path) : null;
        return resource;
    }

    /// <remarks>https://learn.microsoft.com/azure/azure-resource-manager/management/tag-policies,
    /// https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/error-policy-requestdisallowedbypolicy</remarks>
    private ArmError? PolicyProblem(PutRequest put) =>
        _state.Policies.Find(policy => policy.Denies(kind.FullType, put.Body)) is not { } policy ? null
            : new(403, "RequestDisallowedByPolicy", $"Resource '{path.Name}' was disallowed by policy. Policy "
                + $"identifiers: '[{{\"policyAssignment\":{{\"name\":\"{policy.Name}\"}}}}]'.");

    private ArmError? ParentProblem(PutRequest put) =>
        put.Id.Parent is { } parent && _state.Find(parent.ToString()) is null ? ArmError.NotFound(parent) : null;

    private ArmError? Busy(IEnumerable<string> locks) =>
        _state.Holder(locks) is { } holder ? ArmError.Busy(call.StatusUrl(holder)) : null;

    private ArmOperation? Running(ArmResource resource) => _state.Operations.Find(operation =>
        operation.State == ArmOperation.InProgress && ResourceId.Same(operation.ResourceId, resource.Id));

    /// <summary>Everything that the body refers to must be there, in the same region, and ready.</summary>
    internal static ArmError? ReferenceProblem(PutRequest put, ResourceKind kind)
    {
        foreach (var reference in kind.References(put))
        {
            if (reference.Id is null)
            {
                return new(400, "InvalidRequestFormat", "Cannot parse the request.")
                {
                    Details = [("MissingJsonReferenceId",
                        $"Value for reference id is missing. Path {reference.Path}.")],
                };
            }
            if (ResourceId.Read(reference.Id) is not { } id || !ResourceId.Same(id.Type, reference.Type))
            {
                return new(400, "LinkedInvalidPropertyId",
                    $"Property id '{reference.Id}' at path '{reference.Path}' is invalid. Expect fully qualified "
                        + $"resource Id that "
                    + "start with '/subscriptions/{subscriptionId}' or '/providers/{resourceProviderNamespace}/'.");
            }
            // What stands in a subnet is of its subscription (github.com/Azure/azure-cli #13258).
            if (reference.Type == "virtualNetworks/subnets" && !ResourceId.Same(id.Subscription, put.Id.Subscription))
            {
                return ArmError.BadReference(reference.Id, put.Self);
            }
            var target = put.State.Find(reference.Id);
            var owner = target is null ? null : put.State.Parent(target) ?? target;
            if (target is null || (put.Region is { } region && owner!.Location is { } there && there != region.Name
                && reference.Type != "expressRouteCircuits"))
            {
                return ArmError.BadReference(reference.Id, put.Self);
            }
            if (target.State != "Succeeded")
            {
                return ArmError.NotProvisioned(target, put.Self);
            }
        }
        return null;
    }
}
