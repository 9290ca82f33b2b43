using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Aws;

/// <summary>What happens in the account by itself, when something planned is due.</summary>
public sealed partial class AwsState
{
    public void Reached(SandboxWorld world, Entity entity, string state)
    {
        switch (entity, state)
        {
            case (TransitGatewayAttachment attachment, "available"):
                JoinDefaultTables(attachment);
                break;
            case (TransitGatewayAttachment attachment, "deleted"):
                LeaveTables(world, attachment);
                break;
            case (TransitGateway gateway, "deleted"):
                RouteTables.RemoveAll(table => table.TransitGatewayId == gateway.Id);
                break;
            case (VpnConnection vpn, "available"):
                vpn.Tunnels.ForEach(tunnel => tunnel.Replacing = false);
                BeUsable(world, vpn.AttachmentId);
                break;
            case (VpnConnection vpn, "deleted"):
                BeDeleted(world, vpn.AttachmentId);
                break;
            case (DxGatewayAssociation association, "associated"):
                association.AnnouncedPrefixes = [.. association.AllowedPrefixes];
                BeUsable(world, association.AttachmentId);
                break;
            case (DxGatewayAssociation association, "disassociated"):
                association.AnnouncedPrefixes = [];
                LetAttachmentGo(world, association.AttachmentId);
                break;
            case (DxGateway gateway, "available") when gateway.StateChangeError is null && IsInUse(gateway):
                gateway.StateChangeError = "The Direct Connect gateway has associations or attachments and was not "
                    + "deleted.";
                break;
            case (VifTest test, "COMPLETED")
                when Vifs.FirstOrDefault(v => v.Id == test.VirtualInterfaceId) is { State: "testing" } vif:
                world.Enter(vif, "down");
                break;
            default:
                break;
        }
    }

    /// <summary>It is listed as <c>deleted</c> for a while, as the real one, and then forgotten.</summary>
    internal static void Delete(SandboxWorld world, Entity entity, Duration takes)
    {
        world.Enter(entity, "deleting");
        world.Then(entity, world.Take(takes, entity.Id), "deleted");
        Forget(world, entity, Durations.DeletedStaysListed);
    }

    internal static void Forget(SandboxWorld world, Entity entity, Duration after) =>
        world.Then(entity, world.Take(after, entity.Id), Transition.Gone);

    internal bool IsInUse(DxGateway gateway) => AssociationsOf(gateway.Id).Any() || VifsOf(gateway.Id).Any();

    /// <summary>Default association and propagation happen when the attachment becomes usable, as a second step of
    /// AWS's own.</summary>
    private void JoinDefaultTables(TransitGatewayAttachment attachment)
    {
        var gateway = TransitGateways.FirstOrDefault(g => g.Id == attachment.TransitGatewayId);
        if (gateway?.AssociationDefaultRouteTableId is { } table && AssociationOf(attachment.Id) is null)
        {
            RouteTableAssociations.Add(new()
            {
                Id = $"{table}/{attachment.Id}",
                State = "associated",
                RouteTableId = table,
                AttachmentId = attachment.Id,
            });
        }
        if (RouteTables.FirstOrDefault(t => t.Id == gateway?.PropagationDefaultRouteTableId) is { } propagated
            && !propagated.Propagations.Contains(attachment.Id))
        {
            propagated.Propagations.Add(attachment.Id);
        }
    }

    private void LeaveTables(SandboxWorld world, TransitGatewayAttachment attachment)
    {
        RouteTableAssociations.RemoveAll(a => a.AttachmentId == attachment.Id);
        foreach (var table in RouteTables)
        {
            table.Propagations.Remove(attachment.Id);
            foreach (var route in table.StaticRoutes.Where(r => r.AttachmentId == attachment.Id))
            {
                route.AttachmentId = null;
            }
        }
        if (attachment.Coming.Count == 0)
        {
            Forget(world, attachment, Durations.DeletedStaysListed);
        }
    }

    private void BeUsable(SandboxWorld world, string attachmentId)
    {
        if (Attachments.FirstOrDefault(a => a.Id == attachmentId) is { State: "pending" } attachment)
        {
            world.Enter(attachment, "available");
            JoinDefaultTables(attachment);
        }
    }

    private void BeDeleted(SandboxWorld world, string attachmentId)
    {
        if (Attachments.FirstOrDefault(a => a.Id == attachmentId) is { State: not "deleted" } attachment)
        {
            world.Enter(attachment, "deleted");
            LeaveTables(world, attachment);
        }
    }

    /// <summary>
    /// The transit gateway lets go of a Direct Connect gateway a while after the association is gone, and refuses to be
    /// deleted until then (terraform-provider-aws #8490).
    /// </summary>
    private void LetAttachmentGo(SandboxWorld world, string attachmentId)
    {
        if (Attachments.FirstOrDefault(a => a.Id == attachmentId) is { } attachment)
        {
            world.Enter(attachment, "deleting");
            world.Then(attachment, world.Take(Durations.VpcAttachmentDelete, attachment.Id), "deleted");
            Forget(world, attachment, Durations.DeletedStaysListed);
        }
    }
}
