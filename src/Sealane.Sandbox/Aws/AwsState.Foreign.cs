using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Aws;

/// <summary>Other teams' objects in the account, and what other accounts do to it.</summary>
public sealed partial class AwsState
{
    public List<VpnGateway> VpnGateways { get; set; } = [];
    public List<InternetGateway> InternetGateways { get; set; } = [];
    public List<NatGateway> NatGateways { get; set; } = [];
    public List<VpcPeering> VpcPeerings { get; set; } = [];
    public List<ManagedPrefixList> PrefixLists { get; set; } = [];
    public List<NetworkInterface> NetworkInterfaces { get; set; } = [];

    private IEnumerable<Entity> ForeignEntities => [.. VpnGateways, .. NatGateways, .. VpcPeerings];

    private IEnumerable<(string Type, AwsObject Object)> ForeignTaggable() =>
    [
        .. VpnGateways.Select(o => ("vpn-gateway", (AwsObject)o)),
        .. InternetGateways.Select(o => ("internet-gateway", (AwsObject)o)),
        .. NatGateways.Select(o => ("natgateway", (AwsObject)o)),
        .. VpcPeerings.Select(o => ("vpc-peering-connection", (AwsObject)o)),
        .. PrefixLists.Select(o => ("prefix-list", (AwsObject)o)),
        .. NetworkInterfaces.Select(o => ("network-interface", (AwsObject)o)),
    ];

    /// <summary>
    /// Another account, with which the transit gateway is shared, attaches a VPC of its own. The owner sees the
    /// attachment with the other's account, and its prefixes where it propagates; not the VPC.
    /// </summary>
    /// <returns>The attachment's id. It waits for acceptance unless the gateway accepts by itself.</returns>
    public string AttachFromAnotherAccount(
        SandboxWorld world, string transitGatewayId, string account, string vpcId, params IEnumerable<string> cidrs)
    {
        ArgumentNullException.ThrowIfNull(world);
        var gateway = TransitGateways.Single(g => g.Id == transitGatewayId);
        var attachment = new TransitGatewayAttachment
        {
            Id = NewId(world, "tgw-attach-", $"{gateway.Id}/{account}/{vpcId}"),
            Region = gateway.Region,
            State = "pendingAcceptance",
            CreatedAt = world.Now,
            ChangedAt = world.Now,
            TransitGatewayId = gateway.Id,
            ResourceType = TransitGatewayAttachment.VpcType,
            ResourceId = vpcId,
            ResourceOwner = account,
            Prefixes = [.. cidrs],
        };
        Attachments.Add(attachment);
        if (gateway.AutoAcceptSharedAttachments == "enable")
        {
            Accept(world, attachment);
        }
        world.Touch();
        return attachment.Id;
    }

    internal static void Accept(SandboxWorld world, TransitGatewayAttachment attachment)
    {
        world.Enter(attachment, "pending");
        world.Then(attachment, world.Take(Durations.VpcAttachmentCreate, attachment.Id), "available");
    }

    /// <summary>
    /// What the virtual private gateways that propagate into a table tell it: the static routes of their VPN
    /// connections. What a private VIF brings is the network's to say.
    /// </summary>
    public IEnumerable<(string Cidr, string GatewayId)> PropagatedInto(VpcRouteTable table) =>
        from gateway in VpnGateways
        where gateway.IsAttached && table.PropagatingVgws.Contains(gateway.Id)
        from vpn in VpnConnections
        where vpn.IsUsable && vpn.VpnGatewayId == gateway.Id
        from cidr in vpn.StaticRoutes
        where table.Routes.TrueForAll(route => route.Destination != cidr)
        select (cidr, gateway.Id);
}
