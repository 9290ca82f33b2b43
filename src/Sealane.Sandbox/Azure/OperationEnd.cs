using Sealane.Sandbox.Azure.Actions;
using Sealane.Sandbox.Azure.Kinds;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Azure;

/// <summary>What happens to the resource when an operation on it ends.</summary>
internal static class OperationEnd
{
    public static void Reach(SandboxWorld world, ArmOperation operation)
    {
        var state = world.Azure;
        if (operation.Verb == OperationVerb.Action)
        {
            ActionResults.Complete(world, operation);
        }
        else if (state.ResourceGroups.Find(group => ResourceId.Same(group.Id, operation.ResourceId)) is { } group)
        {
            EndGroup(world, operation, group);
        }
        else if (state.Find(operation.ResourceId) is { } resource)
        {
            if (operation.Verb == OperationVerb.Put)
            {
                EndPut(world, operation, resource);
            }
            else
            {
                EndDelete(world, operation, resource);
            }
        }
    }

    private static void EndPut(SandboxWorld world, ArmOperation operation, ArmResource resource)
    {
        var good = operation.State == ArmOperation.Succeeded;
        foreach (var written in Family(world.Azure, resource)
            .Where(member => member == resource || member.State == "Updating"))
        {
            written.State = good ? "Succeeded" : operation.State;
            written.Works |= good;
            world.Azure.Stamp(world, written);
        }
        if (good)
        {
            AllKinds.Of(resource).Ready(world, resource);
        }
    }

    private static void EndDelete(SandboxWorld world, ArmOperation operation, ArmResource resource)
    {
        if (operation.State == ArmOperation.Succeeded
            && AllKinds.Of(resource).RefusesInTheEnd(world.Azure, resource) is { } error)
        {
            operation.State = "Failed";
            (operation.ErrorCode, operation.ErrorMessage) = (error.Code, error.Message);
        }
        if (operation.State == ArmOperation.Succeeded)
        {
            Drop(world, resource);
        }
        else
        {
            // A deletion that failed leaves the resource as it was, so that it can be tried again.
            resource.State = operation.StateBefore;
            world.Azure.Stamp(world, resource);
        }
    }

    private static void EndGroup(SandboxWorld world, ArmOperation operation, ArmResource group)
    {
        var inside = world.Azure.Resources.Where(resource => AzureState.IsIn(resource, group.Id)).ToList();
        var refusal = inside.Select(resource => AllKinds.Of(resource).RefusesInTheEnd(world.Azure, resource))
            .FirstOrDefault(error => error is not null);
        if (refusal is not null)
        {
            operation.State = "Failed";
            (operation.ErrorCode, operation.ErrorMessage) = (refusal.Code, refusal.Message);
        }
        if (operation.State != ArmOperation.Succeeded)
        {
            group.State = "Succeeded";
            return;
        }
        world.Azure.Resources.RemoveAll(inside.Contains);
        world.Azure.ResourceGroups.Remove(group);
    }

    /// <summary>Removes a resource and its children at once.</summary>
    public static void Drop(SandboxWorld world, ArmResource resource)
    {
        foreach (var member in Family(world.Azure, resource).ToList())
        {
            AllKinds.Of(member).Leaves(world, member);
            world.Azure.Remove(member);
        }
    }

    private static IEnumerable<ArmResource> Family(AzureState state, ArmResource resource) =>
        state.Resources.Where(member => member == resource || ResourceId.Same(member.ParentId, resource.Id));
}
