using Sealane.Core;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Aws.Ec2;

/// <summary>ModifyTransitGateway: everything is checked first, then all of it is changed.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyTransitGateway.html</remarks>
internal static class TransitGatewayChange
{
    public static TransitGateway Make(Ec2Call call)
    {
        var gateway = call.Find(call.State.TransitGateways, call.Parameters.Required("TransitGatewayId"),
            Ec2Id.TransitGateway);
        var options = call.Parameters.At("Options");
        if (gateway.State != "available")
        {
            throw AwsRefusal.State($"{gateway.Id} is in invalid state.");
        }
        var asn = Asn(call, gateway, options);
        var cidrs = Cidrs(call, gateway, options);
        var association = DefaultTable(call, gateway, options, "DefaultRouteTableAssociation",
            "AssociationDefaultRouteTableId",
            gateway.AssociationDefaultRouteTableId);
        var propagation = DefaultTable(call, gateway, options, "DefaultRouteTablePropagation",
            "PropagationDefaultRouteTableId",
            gateway.PropagationDefaultRouteTableId);

        gateway.AmazonSideAsn = asn;
        gateway.Cidrs = cidrs;
        gateway.AssociationDefaultRouteTableId = association;
        gateway.PropagationDefaultRouteTableId = propagation;
        gateway.Description = call.Parameters.Text("Description") ?? gateway.Description;
        gateway.VpnEcmpSupport = options.Text("VpnEcmpSupport") ?? gateway.VpnEcmpSupport;
        gateway.DnsSupport = options.Text("DnsSupport") ?? gateway.DnsSupport;
        gateway.AutoAcceptSharedAttachments = options.Text("AutoAcceptSharedAttachments")
            ?? gateway.AutoAcceptSharedAttachments;
        gateway.SecurityGroupReferencingSupport =
            options.Text("SecurityGroupReferencingSupport") ?? gateway.SecurityGroupReferencingSupport;
        gateway.EncryptionSupport = options.Text("EncryptionSupport") ?? gateway.EncryptionSupport;
        call.World.Enter(gateway, "modifying");
        call.World.Then(gateway, call.World.Take(Durations.TransitGatewayModify, gateway.Id), "available");
        return gateway;
    }

    /// <summary>The ASN can change only while no VPN and no Direct Connect gateway is attached.</summary>
    private static long Asn(Ec2Call call, TransitGateway gateway, Ec2Parameters options)
    {
        var asn = options.Long("AmazonSideAsn") ?? gateway.AmazonSideAsn;
        if (asn == gateway.AmazonSideAsn)
        {
            return asn;
        }
        var inUse = call.State.Attachments.Any(a => a.TransitGatewayId == gateway.Id && a.State != "deleted"
            && a.ResourceType != TransitGatewayAttachment.VpcType);
        return inUse
            ? throw AwsRefusal.State($"{gateway.Id} has non-deleted VPN or DirectConnect Gateway Attachments: its ASN "
                + $"cannot be changed.")
            : TransitGatewayCalls.CheckAsn(asn);
    }

    private static List<string> Cidrs(Ec2Call call, TransitGateway gateway, Ec2Parameters options)
    {
        var removed = options.List("RemoveTransitGatewayCidrBlocks");
        foreach (var block in removed)
        {
            if (!gateway.Cidrs.Contains(block))
            {
                throw AwsRefusal.Value(block, "RemoveTransitGatewayCidrBlocks");
            }
            // A block in use cannot go; AWS's own words for it are not published.
            if (call.State.VpnConnections.Any(vpn => vpn.TransitGatewayId == gateway.Id && vpn.IsLive
                && vpn.Tunnels.Any(t =>
                Ipv4.TryParse(t.OutsideAddress, out var address) && Prefix.TryParse(block, out var prefix)
                    && prefix.Contains(address))))
            {
                throw AwsRefusal.State($"The CIDR block {block} of {gateway.Id} is in use.");
            }
        }
        return TransitGatewayCalls.CheckCidrs(
            [.. gateway.Cidrs.Except(removed), .. options.List("AddTransitGatewayCidrBlocks")]);
    }

    /// <summary>Switching a default off drops its table id; switching it on needs to know the table.</summary>
    private static string? DefaultTable(
        Ec2Call call, TransitGateway gateway, Ec2Parameters options, string option, string idName, string? present)
    {
        var named = options.Text(idName);
        switch (options.Text(option) ?? (named is null ? "" : "enable"))
        {
            case "disable" when named is not null:
                throw AwsRefusal.Ec2("InvalidParameterCombination",
                    $"disable {option} conflicts with {idName} {named}");
            case "disable":
                return null;
            case "enable" when (named ?? present) is { } id:
                var table = call.Find(call.State.RouteTables, id, Ec2Id.TransitGatewayRouteTable);
                return table.TransitGatewayId == gateway.Id ? table.Id : throw AwsRefusal.Value(id, idName);
            case "enable":
                throw AwsRefusal.Missing($"Options.{idName}");
            default:
                return present;
        }
    }
}
