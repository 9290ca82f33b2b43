using System.Xml.Linq;
using Sealane.Clouds.Http;
using Sealane.Core;

namespace Sealane.Clouds.Aws;

/// <summary>A virtual private gateway: a VPC's own way to VPNs and private virtual interfaces, past any transit
/// gateway.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VpnGateway.html</remarks>
public sealed record Ec2VpnGateway(string Id, string State, long? Asn, IReadOnlyList<string> VpcIds)
{
    internal static Ec2VpnGateway Read(XElement item) => new(
        item.Text("vpnGatewayId") ?? "", item.Text("state") ?? "unknown", item.Number("amazonSideAsn"),
        [.. item.Items("attachments").Where(one => one.Text("state") is not ("detached" or "detaching"))
            .Select(one => one.Text("vpcId")).OfType<string>()]);
}

/// <summary>A prefix list in a transit gateway route table: each of its entries is a static route.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_TransitGatewayPrefixListReference.html</remarks>
public sealed record TablePrefixList(string PrefixListId, string State, bool Blackhole, string? AttachmentId)
{
    internal static TablePrefixList Read(XElement item) => new(
        item.Text("prefixListId") ?? "", item.Text("state") ?? "unknown", item.Flag("blackhole"),
        item.Child("transitGatewayAttachment").Text("transitGatewayAttachmentId"));
}

/// <summary>A peering between two VPCs with the prefixes of both ends. It carries packets for the other VPC
/// only.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VpcPeeringConnection.html</remarks>
public sealed record Ec2VpcPeering(string Id, string State, Ec2VpcPeeringEnd Requester, Ec2VpcPeeringEnd Accepter)
{
    internal static Ec2VpcPeering Read(XElement item) => new(
        item.Text("vpcPeeringConnectionId") ?? "", item.Child("status").Text("code") ?? "unknown",
        Ec2VpcPeeringEnd.Read(item.Child("requesterVpcInfo")), Ec2VpcPeeringEnd.Read(item.Child("accepterVpcInfo")));

    /// <summary>The end that is not this VPC.</summary>
    public Ec2VpcPeeringEnd Other(string vpcId) => Requester.VpcId == vpcId ? Accepter : Requester;
}

public sealed record Ec2VpcPeeringEnd(string? VpcId, string? OwnerId, IReadOnlyList<Prefix> Prefixes)
{
    internal static Ec2VpcPeeringEnd Read(XElement? item) => new(
        item.Text("vpcId"), item.Text("ownerId"),
        [.. item.Items("cidrBlockSet").Select(block => block.Text("cidrBlock"))
            .Append(item.Text("cidrBlock")).OfType<string>()
            .Select(text => PrefixText.Read(text, "cidrBlock")).Distinct().Order()]);
}
