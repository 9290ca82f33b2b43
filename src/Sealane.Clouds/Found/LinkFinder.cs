using System.Text.Json.Nodes;
using Sealane.Clouds.Aws;
using Sealane.Clouds.Azure;
using Sealane.Clouds.Megaport;
using Sealane.Core;

namespace Sealane.Clouds.Found;

/// <summary>
/// Reads a link that was built by hand, from its two networks by what refers to what: names and tags count for nothing.
/// Changes nothing, and guesses nothing.
/// </summary>
public sealed class LinkFinder(AwsClients aws, ArmClient arm, MegaportClient megaport, FoundLink found)
{
    /// <param name="vpcs">The first is the spec's <c>aws.vpc</c>.</param>
    /// <param name="vnets">The full ids of the VNets.</param>
    public async Task Read(IReadOnlyList<string> vpcs, IReadOnlyList<string> vnets, CancellationToken ct)
    {
        var ends = new AzureFinder(arm, found);
        await ends.Read(vnets, ct).ConfigureAwait(false);
        found.Values["aws.account"] = (await aws.Sts.GetCallerIdentity(ct).ConfigureAwait(false)).Account;
        found.Values["aws.region"] = aws.Region;
        Ec2TransitGateway? gateway = null;
        foreach (var (index, vpc) in vpcs.Index())
        {
            gateway = await ReadVpc(vpc, index, gateway, ct).ConfigureAwait(false) ?? gateway;
        }
        if (gateway is null)
        {
            return;
        }
        found.Values["aws.transitGateway.id"] = gateway.Id;
        found.Set("aws.transitGateway.asn", gateway.Asn, "the ASN of the transit gateway");
        var dx = await ReadVpns(gateway, ends, ct).ConfigureAwait(false);
        var association = await ReadDxGateway(gateway, dx, ct).ConfigureAwait(false);
        await ReadTables(gateway, association, vpcs, ct).ConfigureAwait(false);
        await new MegaportFinder(aws, megaport, found).Read(
            association?.DirectConnectGatewayId, ends, ct).ConfigureAwait(false);
    }

    /// <param name="gateway">That of the VPCs before.</param>
    /// <returns>The transit gateway that it is attached to.</returns>
    private async Task<Ec2TransitGateway?> ReadVpc(
        string id, int index, Ec2TransitGateway? gateway, CancellationToken ct)
    {
        var key = FoundLink.Key(index);
        var path = index == 0 ? "aws" : $"aws.vpcs[{key}]";
        found.Values[$"{path}.vpc"] = id;
        if (await aws.Ec2.FindVpc(id, ct).ConfigureAwait(false) is not { } vpc)
        {
            found.Questions.Add($"there is no VPC {id} in {aws.Region} that these credentials see");
            return null;
        }
        found.Values[$"{path}.cidrs"] = string.Join(",", vpc.Prefixes);
        var attachments = (await aws.Ec2.AttachmentsOfVpc(id, ct).ConfigureAwait(false)).Where(each =>
            each.State is "available" or "modifying" && (gateway?.Id ?? each.TransitGatewayId) == each.TransitGatewayId)
            .ToList();
        if (gateway is not null && attachments.Count == 0)
        {
            found.Questions.Add($"{path}.subnets: {id} is not attached to {gateway.Id} yet, and would be");
            return null;
        }
        if (found.One($"attachment of {id} to a transit gateway", attachments, each => each.Id) is not { } attachment
            || await aws.Ec2.FindVpcAttachment(attachment.Id, ct).ConfigureAwait(false) is not { } seen)
        {
            return null;
        }
        found.Use(FoundLink.On("aws/vpc-attachment", key), seen.Id);
        found.Set($"{path}.subnets", string.Join(",", seen.SubnetIds), "where the VPC is attached");
        return gateway ?? await aws.Ec2.FindTransitGateway(seen.TransitGatewayId, ct).ConfigureAwait(false);
    }

    /// <returns>The attachment that the tunnels ride on.</returns>
    private async Task<string?> ReadVpns(Ec2TransitGateway gateway, AzureFinder ends, CancellationToken ct)
    {
        var connections = (await aws.Ec2.VpnConnectionsOfTransitGateway(gateway.Id, ct).ConfigureAwait(false))
            .Where(each => each.State is "available" or "modifying").ToList();
        var customers = await aws.Ec2.CustomerGatewaysById(
            [.. connections.Select(each => each.CustomerGatewayId).OfType<string>().Distinct()], ct)
            .ConfigureAwait(false);
        string? transport = null;
        var tunnels = new List<(VpnTunnel, JsonObject?)>();
        foreach (var (index, address) in ends.PrivateAddresses.Index())
        {
            var key = FoundLink.Key(index);
            var ours = connections.Where(each => customers.Any(customer => customer.Id == each.CustomerGatewayId
                && customer.Address == address)).ToList();
            if (found.One($"VPN connection to {address}", ours, each => each.Id) is not { } vpn)
            {
                continue;
            }
            transport ??= vpn.TransportAttachmentId;
            found.Use(FoundLink.On("aws/vpn-connection", key), vpn.Id);
            found.Use(FoundLink.On("aws/customer-gateway", key), vpn.CustomerGatewayId);
            if (index == 0)
            {
                found.Name("aws.vpnConnection.name", AwsLookup.Name(vpn.Tags));
                found.Name("aws.customerGateway.name", AwsLookup.Name(
                    customers.First(each => each.Id == vpn.CustomerGatewayId).Tags));
            }
            foreach (var (place, tunnel) in vpn.Tunnels.Where(each => each.InsideCidr is not null)
                .OrderBy(each => each.InsideCidr!.Value).Index())
            {
                tunnels.Add((tunnel, ends.ReadTunnel(
                    (2 * index) + place + 1, tunnel.InsideCidr!.Value, tunnel.OutsideAddress)));
            }
            var outside = vpn.Tunnels.Select(each => each.OutsideAddress).OfType<Ipv4>().ToList();
            var block = gateway.CidrBlocks.FirstOrDefault(text => Prefix.TryParse(text, out var prefix)
                && outside.All(prefix.Contains));
            found.Set("aws.transitGateway.cidr", block, "the block that the tunnels' outside addresses are of");
        }
        SuiteFinder.Read(found, tunnels);
        return transport;
    }

    private async Task<DirectConnectGatewayAssociation?> ReadDxGateway(
        Ec2TransitGateway gateway, string? transport, CancellationToken ct)
    {
        var attachments = (await aws.Ec2.AttachmentsOfTransitGateway(gateway.Id, ct).ConfigureAwait(false))
            .Where(each => each.ResourceType == "direct-connect-gateway" && each.State is "available" or "modifying"
                && (transport ?? each.Id) == each.Id);
        if (found.One("Direct Connect gateway of the transit gateway", attachments, each => each.ResourceId)
            is not { } attachment)
        {
            return null;
        }
        var dx = (await aws.DirectConnect.Gateways(attachment.ResourceId, ct).ConfigureAwait(false)).FirstOrNull();
        found.Values["aws.directConnectGateway.id"] = attachment.ResourceId;
        if (dx is null && attachment.ResourceOwnerId is { } owner && owner != found.Values["aws.account"])
        {
            found.Values["aws.directConnectGateway.account"] = owner;
            found.Notes.Add($"Direct Connect is account {owner}'s: name its profile "
                + "(aws.directConnectGateway.profile); its hosted connections and VIFs were not read");
        }
        found.Set("aws.directConnectGateway.asn", dx?.AmazonSideAsn, "the ASN of the Direct Connect gateway");
        var association = (await aws.DirectConnect.Associations(attachment.ResourceId, gateway.Id, ct)
            .ConfigureAwait(false)).FirstOrDefault(each => each.AssociationState is "associated" or "updating");
        found.Use("aws/dx-association", association?.AssociationId);
        return association;
    }

    /// <summary>Where one table serves all, as in the guide, there are no two to use.</summary>
    private async Task ReadTables(Ec2TransitGateway gateway, DirectConnectGatewayAssociation? association,
        IReadOnlyList<string> vpcs, CancellationToken ct)
    {
        var all = await aws.Ec2.AttachmentsOfTransitGateway(gateway.Id, ct).ConfigureAwait(false);
        string? TableOf(Func<TransitGatewayAttachment, bool> which) => all.FirstOrDefault(which)?.AssociatedTableId;
        var workload = TableOf(each => each.Id == found.Existing.Get("aws/vpc-attachment"));
        var transport = TableOf(each => association is not null
            && each.ResourceId == association.DirectConnectGatewayId);
        if (workload is not null && transport is not null && workload != transport)
        {
            found.Use("aws/workload-route-table", workload);
            found.Use("aws/transport-route-table", transport);
        }
        foreach (var other in all.Where(each => each.ResourceType == "vpc" && each.State is "available" or "modifying"
            && !vpcs.Contains(each.ResourceId)))
        {
            found.Notes.Add($"{other.ResourceId} of account {other.ResourceOwnerId} hangs on {gateway.Id} too and is "
                + "not in this file: name it in --from");
        }
    }
}

internal static class Entries
{
    public static string? Get(this IDictionary<string, string> from, string key) =>
        from.TryGetValue(key, out var value) ? value : null;
}
