using Sealane.Core;
using Sealane.Core.Design;
using Sealane.Sandbox.Aws;
using Sealane.Sandbox.Azure;
using Sealane.Sandbox.Azure.Kinds;
using Sealane.Sandbox.Megaport;

namespace Sealane.Sandbox.World.Mistakes;

/// <summary>The objects of one link in a world, found as a person finds them: by their names.</summary>
/// <exception cref="MistakeError">Every member: it is not there.</exception>
public sealed class LinkInWorld(SandboxWorld world, NetworkDesign design)
{
    public SandboxWorld World => world;
    public NetworkDesign Design => design;

    internal Vxc AwsVxc => Vxc(design.AwsVxcs[0]);
    internal Vxc AzureVxc => Vxc(design.AzureVxcs[0]);

    internal Vxc Vxc(AwsVxcDesign vxc) => Vxc(vxc.Name, VxcKind.AwsHostedConnection);

    internal Vxc Vxc(AzureVxcDesign vxc) => Vxc(vxc.Name, VxcKind.Azure);

    internal DxVif Vif(AwsVxcDesign vxc) =>
        There(world.Aws.Vifs.Find(vif => vif.IsProvisioned && vif.Name == vxc.VifName), vxc.VifName);

    internal Mcr Mcr(RouterDesign router) => There(
        world.Megaport.Mcrs.Find(mcr => mcr.Ready && mcr.Name == router.Name), router.Name);

    internal ArmResource Circuit(CircuitDesign circuit) =>
        design.Link.Existing.GetValueOrDefault(circuit.Key.On("azure/circuit")) is { } id
            ? There(world.Azure.Find(id), id) : Azure("expressRouteCircuits", circuit.Name);

    /// <summary>The one that the link's connection redeemed.</summary>
    internal ArmResource Authorization(CircuitDesign circuit) => There(
        CircuitAuthorizations.Of(world.Azure, Circuit(circuit))
            .FirstOrDefault(one => ResourceId.Same(one.Facts.Text("usedBy"), Connection(circuit).Id)),
        $"redeemed authorization of {circuit.Name}");

    internal ArmResource Connection(CircuitDesign circuit) => Azure("connections", circuit.ConnectionName);

    internal ArmResource Peering(VnetDesign near, VnetDesign far) => There(world.Azure.Resources.Find(each =>
        ResourceId.Same(each.ParentId, IdOf(near))
        && ResourceId.Same(each.Properties.Text("remoteVirtualNetwork", "id"), IdOf(far))), $"peering of {near.Name}");

    private string IdOf(VnetDesign vnet) => StartingAzure.IdOf(design.Azure, vnet).ToString();

    internal ArmResource VpnGateway => Azure("virtualNetworkGateways", design.VpnGateway.Name);

    internal TransitGateway TransitGateway => There(
        world.Aws.TransitGateways.Find(gateway => gateway.IsLive && (design.TransitGateway.ExistingId is { } id
            ? gateway.Id == id
            : gateway.Tags.GetValueOrDefault("Name") == design.TransitGateway.Name)), "transit gateway");

    internal TransitGatewayAttachment VpcAttachment => Attachment(design.Vpcs[0]);

    internal TransitGatewayAttachment Attachment(VpcDesign vpc) =>
        Attachment(TransitGatewayAttachment.VpcType, each => each.ResourceId == vpc.Id);

    internal TransitGatewayAttachment DxAttachment => Attachment(TransitGatewayAttachment.DxGatewayType);

    internal DxGatewayAssociation DxAssociation => There(
        world.Aws.DxAssociations.Find(each => each.IsUsable && each.TransitGatewayId == TransitGateway.Id),
        "gateway association");

    /// <summary>The table that routes what comes from the VPC.</summary>
    internal TransitGatewayRouteTable WorkloadTable =>
        There(world.Aws.AssociatedTable(VpcAttachment.Id), "route table of the VPC attachment");

    internal IReadOnlyList<Prefix> VpcPrefixes =>
        There(world.Aws.Vpcs.Find(vpc => vpc.Id == design.Vpcs[0].Id), "VPC").Prefixes;

    internal IReadOnlyList<Prefix> VnetPrefixes => There(
        world.Azure.ReadVnets()
            .FirstOrDefault(vnet => ResourceId.Same(vnet.Id, IdOf(design.Vnets[0]))),
        "VNet").Prefixes;

    internal VpnTunnel AwsTunnel(int number) => There(
        world.Aws.VpnConnections.Where(vpn => vpn.IsUsable && vpn.TransitGatewayId == TransitGateway.Id)
            .SelectMany(vpn => vpn.Tunnels)
                .FirstOrDefault(tunnel => tunnel.Options.InsidePrefix == Tunnel(number).InsideCidr),
        $"tunnel {number} of the VPN connection");

    internal ArmResource AzureConnection(int number) => Azure("connections", Tunnel(number).ConnectionName);

    internal ArmResource LocalGateway(int number) => Azure("localNetworkGateways", Tunnel(number).LocalGatewayName);

    private TunnelDesign Tunnel(int number) => design.Tunnels.Single(tunnel => tunnel.Number == number);

    private Vxc Vxc(string name, VxcKind kind) =>
        There(world.Megaport.Vxcs.Find(vxc => vxc.Ready && vxc.Kind == kind && vxc.Name == name), $"VXC {name}");

    private TransitGatewayAttachment Attachment(
        string type, Func<TransitGatewayAttachment, bool>? isMeant = null) => There(
        world.Aws.Attachments.Find(each => each.IsUsable && each.ResourceType == type
            && each.TransitGatewayId == TransitGateway.Id && isMeant?.Invoke(each) != false),
        $"{type} attachment");

    private ArmResource Azure(string type, string name) => There(
        world.Azure.Resources.Find(each => ResourceId.Same(each.Type, $"{ResourceId.Provider}/{type}")
            && ResourceId.Same(each.Name, name)), name);

    private static T There<T>(T? found, string what)
        where T : class => found ?? throw new MistakeError($"the world has no {what}");
}
