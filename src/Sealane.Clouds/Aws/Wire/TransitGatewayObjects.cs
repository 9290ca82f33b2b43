using System.Xml.Linq;
using Sealane.Clouds.Http;

namespace Sealane.Clouds.Aws;

/// <summary>A transit gateway as EC2 shows it.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_TransitGateway.html</remarks>
/// <param name="State"><c>pending</c>, <c>available</c>, <c>modifying</c>, <c>deleting</c>, <c>deleted</c>.</param>
/// <param name="DefaultAssociation">Null where AWS does not say, as with the other options.</param>
public sealed record Ec2TransitGateway(
    string Id, string State, long? Asn, IReadOnlyList<string> CidrBlocks, bool? DefaultAssociation,
    bool? DefaultPropagation,
    bool? VpnEcmp, IReadOnlyDictionary<string, string> Tags)
{
    /// <summary>Account that owns it: it alone sees the route tables.</summary>
    public string? OwnerId { get; init; }

    internal static Ec2TransitGateway Read(XElement item)
    {
        var options = item.Child("options");
        bool? IsOn(string name) => options.Text(name) is { } word ? word == "enable" : null;
        return new(item.Id("transitGatewayId"), item.Text("state") ?? "unknown",
            options.Number("amazonSideAsn"),
            [.. options.Texts("transitGatewayCidrBlocks")
                .Select(block => PrefixText.Known(block, "transitGatewayCidrBlocks"))],
                    IsOn("defaultRouteTableAssociation"),
            IsOn("defaultRouteTablePropagation"), IsOn("vpnEcmpSupport"), item.Tags())
        {
            OwnerId = item.Text("ownerId"),
        };
    }
}

/// <summary>Any attachment of a transit gateway; those of a VPN and of a Direct Connect gateway are made by AWS
/// itself.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_TransitGatewayAttachment.html</remarks>
/// <param name="AssociatedTableId">The one table that routes what comes in by this attachment, or null.</param>
public sealed record TransitGatewayAttachment(
    string Id, string TransitGatewayId, string ResourceType, string ResourceId, string State,
    string? AssociatedTableId, string? AssociationState, IReadOnlyDictionary<string, string> Tags)
{
    /// <summary>Account that owns what is attached.</summary>
    public string? ResourceOwnerId { get; init; }

    /// <summary>Account that owns the transit gateway.</summary>
    public string? GatewayOwnerId { get; init; }

    internal static TransitGatewayAttachment Read(XElement item) => new(
        item.Id("transitGatewayAttachmentId"), item.Text("transitGatewayId") ?? "",
        item.Text("resourceType") ?? "unknown",
        item.Text("resourceId") ?? "", item.Text("state") ?? "unknown",
        item.Child("association").Text("transitGatewayRouteTableId"), item.Child("association").Text("state"),
        item.Tags())
    {
        ResourceOwnerId = item.Text("resourceOwnerId"),
        GatewayOwnerId = item.Text("transitGatewayOwnerId"),
    };
}

/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_TransitGatewayVpcAttachment.html</remarks>
public sealed record TransitGatewayVpcAttachment(
    string Id, string TransitGatewayId, string VpcId, string State, IReadOnlyList<string> SubnetIds,
    IReadOnlyDictionary<string, string> Tags)
{
    internal static TransitGatewayVpcAttachment Read(XElement item) => new(
        item.Id("transitGatewayAttachmentId"), item.Text("transitGatewayId") ?? "", item.Text("vpcId") ?? "",
        item.Text("state") ?? "unknown", item.Texts("subnetIds"), item.Tags());
}

/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_TransitGatewayRouteTable.html</remarks>
public sealed record TransitGatewayRouteTable(
    string Id, string TransitGatewayId, string State, IReadOnlyDictionary<string, string> Tags)
{
    /// <summary>Routes that somebody wrote into it: Sealane writes none.</summary>
    public IReadOnlyList<TransitGatewayRoute> Statics { get; init; } = [];

    internal static TransitGatewayRouteTable Read(XElement item) => new(
        item.Id("transitGatewayRouteTableId"), item.Text("transitGatewayId") ?? "",
        item.Text("state") ?? "unknown", item.Tags());
}

/// <summary>One row of a table's associations or propagations.</summary>
/// <param name="State"><c>associating</c>, <c>associated</c>, <c>enabling</c>, <c>enabled</c> and their
/// opposites.</param>
public sealed record TableMember(string AttachmentId, string ResourceType, string ResourceId, string State)
{
    internal static TableMember Read(XElement item) => new(
        item.Id("transitGatewayAttachmentId"), item.Text("resourceType") ?? "unknown",
        item.Text("resourceId") ?? "", item.Text("state") ?? "unknown");
}

/// <summary>A table into which an attachment announces its routes.</summary>
public sealed record AttachmentPropagation(string TableId, string State)
{
    internal static AttachmentPropagation Read(XElement item) =>
        new(item.Id("transitGatewayRouteTableId"), item.Text("state") ?? "unknown");
}

/// <summary>The winning route for a prefix; losers are not shown by any call.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SearchTransitGatewayRoutes.html</remarks>
/// <param name="Type"><c>static</c> or <c>propagated</c>.</param>
/// <param name="State"><c>active</c> or <c>blackhole</c>.</param>
/// <param name="Attachments">Several for ECMP, none for a blackhole; the state member of each is empty.</param>
public sealed record TransitGatewayRoute(string Destination, string Type, string State,
    IReadOnlyList<TableMember> Attachments)
{
    /// <summary>The prefix list that the route comes from.</summary>
    public string? PrefixListId { get; init; }

    internal static TransitGatewayRoute Read(XElement item) => new(
        item.Text("destinationCidrBlock") is { } block ? PrefixText.Known(block, "destinationCidrBlock")
            : item.Text("prefixListId") ?? "", item.Text("type") ?? "unknown",
        item.Text("state") ?? "unknown", [.. item.Items("transitGatewayAttachments").Select(TableMember.Read)])
    {
        PrefixListId = item.Text("prefixListId"),
    };
}

/// <param name="Truncated">AWS held routes back: narrow the filter.</param>
public sealed record RouteSearch(IReadOnlyList<TransitGatewayRoute> Routes, bool Truncated);
