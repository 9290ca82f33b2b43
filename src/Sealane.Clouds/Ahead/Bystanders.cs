using System.Text.Json.Nodes;
using Sealane.Clouds.Aws;
using Sealane.Clouds.Azure;
using Sealane.Clouds.Megaport;
using Sealane.Clouds.Used;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Ahead;

/// <param name="Id">What is to be deleted.</param>
/// <param name="What">Who uses it, or who has locked it.</param>
/// <param name="WayOut">Who can lift that, and how.</param>
public sealed record Bystander(string Id, string What, string WayOut);

/// <summary>
/// What others have hung on objects of the link: attachments, virtual interfaces, cross connects, connections, spokes;
/// and what somebody has locked. The clouds would refuse the deletion in its turn, half way down, with the link gone
/// and the bill not: it is asked before the first one.
/// </summary>
public sealed class Bystanders(AwsClients aws, ArmClient azure, MegaportClient megaport, NetworkDesign design)
{
    private const string Delete = "have its owner delete that connection, then run the command again";
    private const string Detach = "have its owner detach it, then run the command again";
    private readonly AzureIds _ids = new(design);

    /// <param name="known">A fresh survey.</param>
    /// <param name="going">What is to be deleted.</param>
    public async Task<IReadOnlyList<Bystander>> Find(Known known, IReadOnlySet<string> going, CancellationToken ct) =>
    [
        .. await OnTransitGateway(known, going, ct).ConfigureAwait(false),
        .. await OnDxGateway(known, going, ct).ConfigureAwait(false),
        .. await OnRouters(known, going, ct).ConfigureAwait(false),
        .. design.Circuits.Where(circuit => Goes(circuit, going)).SelectMany(circuit => OnCircuit(circuit, known)),
        .. await OnAzureGateways(known, going, ct).ConfigureAwait(false),
    ];

    /// <summary>With its peering goes what a used circuit carries, where that was made with the link's cross
    /// connect.</summary>
    private bool Goes(CircuitDesign circuit, IReadOnlySet<string> going) => going.Contains(
        design.Link.Existing.ContainsKey(ExpressRouteCircuit.Ref(circuit).Id) ? PrivatePeering.Ref(circuit).Id
            : ExpressRouteCircuit.Ref(circuit).Id);

    /// <summary>Gateways of other subscriptions by authorization, circuits by Global Reach.</summary>
    private IEnumerable<Bystander> OnCircuit(CircuitDesign circuit, Known known)
    {
        var id = ExpressRouteCircuit.Ref(circuit).Id;
        if (known.Find(ExpressRouteCircuit.Ref(circuit))?.Envelope.Properties is not { } found)
        {
            yield break;
        }
        foreach (var used in found.Items("authorizations").Where(one => ExpressRouteCircuit.IsRedeemed(one)
            // The link's own connection redeemed it, and goes before.
            && !_ids.ExpressRouteConnection(circuit).Equals(
                one.Text("properties", "connectionResourceUri"), StringComparison.OrdinalIgnoreCase)))
        {
            yield return new(id, $"the circuit is used by another subscription, by authorization {used.Text("name")}",
                Detach);
        }
        foreach (var joined in found.Items("peerings").SelectMany(peering => peering.Items("properties", "connections")
            .Concat(peering.Items("properties", "peeredConnections"))))
        {
            yield return new(id, $"the circuit is joined with another one by Global Reach: {joined.Text("name")}",
                "have that connection deleted, then run the command again");
        }
    }

    private async Task<IReadOnlyList<Bystander>> OnTransitGateway(
        Known known, IReadOnlySet<string> going, CancellationToken ct)
    {
        if (!going.Contains(TransitGateway.Ref.Id) || known.Find(TransitGateway.Ref) is not { } gateway)
        {
            return [];
        }
        var ours = FormerParts.Of(design).Vpcs.Select(vpc => vpc.Id)
            .Concat(design.VpnConnections.Select(vpn => known.Find(VpnConnection.Ref(vpn))?.Id))
            .Append(known.Find(DxGateway.Ref)?.DirectConnectGatewayId).ToHashSet();
        // Whose VPN connection it is cannot be told while ours is doubtful.
        var doubtful = known.Doubts.Keys.Any(id => id.StartsWith("aws/vpn-connection", StringComparison.Ordinal));
        return
        [
            .. (await aws.Ec2.AttachmentsOfTransitGateway(gateway.Id, ct).ConfigureAwait(false))
                .Where(attachment => !ours.Contains(attachment.ResourceId)
                    && !(attachment.ResourceType == "vpn" && doubtful))
                .Select(attachment => new Bystander(TransitGateway.Ref.Id,
                    $"{gateway.Id} is used by {attachment.ResourceType} {attachment.ResourceId} ({attachment.Id})",
                    Detach)),
        ];
    }

    private async Task<IReadOnlyList<Bystander>> OnDxGateway(
        Known known, IReadOnlySet<string> going, CancellationToken ct)
    {
        if (!going.Contains(DxGateway.Ref.Id) || known.Find(DxGateway.Ref) is not { } gateway)
        {
            return [];
        }
        var id = gateway.DirectConnectGatewayId;
        var vifs = design.AwsVxcs.Select(vxc => known.Find(TransitVif.Ref(vxc))?.Vif.VirtualInterfaceId).ToHashSet();
        var direct = aws.Of(design.DxGateway).DirectConnect;
        // Which gateway is the link's own cannot be told while it is doubtful.
        var doubtful = known.Doubts.ContainsKey(TransitGateway.Ref.Id);
        var transit = known.Find(TransitGateway.Ref)?.Id;
        return
        [
            .. (await direct.Associations(id, null, ct).ConfigureAwait(false))
                .Where(association => !doubtful && association.AssociationState is not "disassociated"
                    && association.AssociatedGateway?.Id is { } other && other != transit)
                .Select(association => new Bystander(DxGateway.Ref.Id,
                    $"{id} is used by gateway {association.AssociatedGateway!.Id}", Detach)),
            .. (await direct.Attachments(id, null, ct).ConfigureAwait(false))
                .Where(attachment => attachment.AttachmentState is "attaching" or "attached"
                    && !vifs.Contains(attachment.VirtualInterfaceId)
                    && attachment.VirtualInterfaceOwnerAccount is { } owner && owner != design.DirectConnectAccount)
                .Select(attachment => new Bystander(DxGateway.Ref.Id,
                    $"{id} is used by virtual interface {attachment.VirtualInterfaceId} of account "
                        + $"{attachment.VirtualInterfaceOwnerAccount}", Detach)),
        ];
    }

    private async Task<IReadOnlyList<Bystander>> OnRouters(
        Known known, IReadOnlySet<string> going, CancellationToken ct)
    {
        var found = new List<Bystander>();
        var names = design.AwsVxcs.Select(vxc => vxc.Name).Concat(design.AzureVxcs.Select(vxc => vxc.Name))
            .ToHashSet(StringComparer.Ordinal);
        var ours = design.AwsVxcs.Select(vxc => known.Find(VxcLeg.Aws(vxc)))
            .Concat(design.AzureVxcs.Select(vxc => known.Find(VxcLeg.Azure(vxc))))
            .OfType<VxcProduct>().ToDictionary(vxc => vxc.Uid);
        found.AddRange(ours.Values.Where(vxc => vxc.Locked).Select(vxc => Locked("megaport/vxc", vxc.Uid)));
        foreach (var router in design.Routers.Where(router => going.Contains(Mcr.Ref(router).Id)))
        {
            if (known.Find(Mcr.Ref(router)) is not { } mcr)
            {
                continue;
            }
            found.AddRange(mcr.Locked ? [Locked(Mcr.Ref(router).Id, mcr.Uid)] : []);
            found.AddRange((await megaport.VxcsOf(mcr.Uid, ct).ConfigureAwait(false))
                .Where(vxc => vxc.ProductUid is { Length: > 0 } uid && !ours.ContainsKey(uid)
                    && !ProvisioningStatus.IsGone(vxc.ProvisioningStatus) && !names.Contains(vxc.ProductName ?? ""))
                .Select(vxc => new Bystander(Mcr.Ref(router).Id,
                    $"{mcr.Uid} is used by VXC {vxc.ProductUid} ({vxc.ProductName})",
                    "have its owner move or cancel that VXC, then run the command again")));
        }
        return found;
    }

    private async Task<IReadOnlyList<Bystander>> OnAzureGateways(
        Known known, IReadOnlySet<string> going, CancellationToken ct)
    {
        var gateways = new[] { VpnGateway.Ref.Id, ExpressRouteGateway.Ref.Id }
            .Where(id => going.Contains(id) && known[id] is not null).ToList();
        var circuits = design.Circuits.Where(circuit => Goes(circuit, going)
            && known.Find(ExpressRouteCircuit.Ref(circuit)) is not null).ToList();
        if (gateways.Count + circuits.Count == 0)
        {
            return [];
        }
        var theirs = (await azure.List($"{_ids.ResourceGroup}/providers/Microsoft.Network/connections", ct)
            .ConfigureAwait(false)).Where(connection => connection.Text("tags", LinkTag.Key) != design.Name
                && connection.Text("id") is { } id && !_ids.Named.Contains(id, StringComparer.OrdinalIgnoreCase))
            .ToList();
        var found = theirs.Where(connection => gateways.Count > 0 && _ids.OwnGateways.Contains(
                connection.Text("properties", "virtualNetworkGateway1", "id"), StringComparer.OrdinalIgnoreCase))
            .Select(connection => new Bystander(gateways[0],
                $"a gateway of the link carries the connection {connection.Text("name")}", Delete))
            .Concat(from circuit in circuits
                    from connection in theirs
                    where _ids.Circuit(circuit).Equals(
                        connection.Text("properties", "peer", "id"), StringComparison.OrdinalIgnoreCase)
                    select new Bystander(ExpressRouteCircuit.Ref(circuit).Id,
                        $"the circuit carries the connection {connection.Text("name")} of another gateway", Delete))
            .ToList();
        if (gateways.Count == 0)
        {
            return found;
        }
        // What the link switched on itself it takes back first.
        var restored = design.Vnets.Where(vnet => !vnet.Key.IsNone)
            .Select(vnet => known.Find(UsedSettings.RefOf(SpokePeering.Ref(vnet).Id)))
            .OfType<UsedSettings.Observed>().Where(seen => seen.Own.Count > 0).Select(seen => seen.Look.Id).ToList();
        found.AddRange(await Spokes(design.Vnets[0], gateways[0], restored, ct).ConfigureAwait(false));
        return found;
    }

    /// <summary>VNets that reach the link through this one's gateways: their own side of the peering says so.</summary>
    private async Task<IReadOnlyList<Bystander>> Spokes(
        VnetDesign vnet, string gateway, IReadOnlyList<string> restored, CancellationToken ct)
    {
        var id = _ids.Vnet(vnet);
        var found = new List<Bystander>();
        var ours = FormerParts.Of(design).Vnets.Select(spoke => _ids.Peering(vnet, spoke)).ToList();
        foreach (var peering in (await azure.Get(id, ct).ConfigureAwait(false))
            .Items("properties", "virtualNetworkPeerings")
            .Where(peering => peering.Flag("properties", "allowGatewayTransit")
                && !ours.Contains($"{id}/virtualNetworkPeerings/{peering.Text("name")}",
                    StringComparer.OrdinalIgnoreCase)))
        {
            var remote = peering.Text("properties", "remoteVirtualNetwork", "id");
            if (remote is not null && await Reads(remote, ct).ConfigureAwait(false) is { } spoke
                && spoke.Items("properties", "virtualNetworkPeerings").Any(back =>
                    back.Flag("properties", "useRemoteGateways")
                    && !restored.Contains(back.Text("id"), StringComparer.OrdinalIgnoreCase) && string.Equals(
                        back.Text("properties", "remoteVirtualNetwork", "id"), id,
                        StringComparison.OrdinalIgnoreCase)))
            {
                found.Add(new(gateway, $"the VNet {AzureIds.NameOf(remote)} uses the gateways over its peering",
                    "have its owner switch 'use remote gateways' off, then run the command again"));
            }
        }
        return found;
    }

    /// <summary>A spoke of somebody else's may not be ours to read; then Azure tells when its turn comes.</summary>
    private async Task<JsonNode?> Reads(string id, CancellationToken ct)
    {
        try
        {
            return await azure.Get(id, ct).ConfigureAwait(false);
        }
        catch (CloudError error) when (error.Kind == CloudErrorKind.Denied)
        {
            return null;
        }
    }

    private static Bystander Locked(string id, string uid) => new(id, $"{uid} is locked",
        "unlock the service in the Megaport portal, then run the command again");
}
