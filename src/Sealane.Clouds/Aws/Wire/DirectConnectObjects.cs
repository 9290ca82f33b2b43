using System.Text.Json;
using System.Text.Json.Serialization;
using Sealane.Core;

namespace Sealane.Clouds.Aws;

// Shapes of https://docs.aws.amazon.com/directconnect/latest/APIReference/API_Types.html, the members that a link
// needs.
// Every member may be absent and every state may be a new word.

public sealed record DirectConnectTag(string Key, string? Value);

/// <param name="DirectConnectGatewayState"><c>pending</c>, <c>available</c>, <c>deleting</c>, <c>deleted</c>.</param>
/// <param name="StateChangeError">Why an asynchronous step failed.</param>
public sealed record DirectConnectGateway(
    string DirectConnectGatewayId, string? DirectConnectGatewayName, long? AmazonSideAsn, string? OwnerAccount,
    string? DirectConnectGatewayState, string? StateChangeError, IReadOnlyList<DirectConnectTag>? Tags);

public sealed record AllowedPrefix(string Cidr);

public sealed record AssociatedGateway(string? Id, string? Type, string? OwnerAccount, string? Region);

/// <param name="AssociationState"><c>associating</c>, <c>associated</c>, <c>updating</c>, <c>disassociating</c>,
/// <c>disassociated</c>.</param>
public sealed record DirectConnectGatewayAssociation(
    string? AssociationId, string? DirectConnectGatewayId, string? AssociationState, string? StateChangeError,
    AssociatedGateway? AssociatedGateway, IReadOnlyList<AllowedPrefix>? AllowedPrefixesToDirectConnectGateway)
{
    public string? DirectConnectGatewayOwnerAccount { get; init; }
}

/// <summary>What the owner of a gateway asks of the owner of a Direct Connect gateway in another account.</summary>
/// <param name="ProposalState"><c>requested</c>, <c>accepted</c>, <c>deleted</c>.</param>
public sealed record AssociationProposal(
    string? ProposalId, string? DirectConnectGatewayId, string? ProposalState, AssociatedGateway? AssociatedGateway);

/// <summary>A virtual interface seen from its Direct Connect gateway.</summary>
/// <param name="AttachmentState"><c>attaching</c>, <c>attached</c>, <c>detaching</c>, <c>detached</c>.</param>
public sealed record DirectConnectGatewayAttachment(
    string? DirectConnectGatewayId, string? VirtualInterfaceId, string? AttachmentState, string? StateChangeError)
{
    public string? VirtualInterfaceRegion { get; init; }
    public string? VirtualInterfaceOwnerAccount { get; init; }
}

/// <summary>A hosted connection: Megaport made it, the customer accepts it.</summary>
/// <param name="ConnectionState"><c>ordering</c> waits for acceptance; <c>pending</c>, <c>available</c>, <c>down</c>,
/// <c>deleting</c>, <c>deleted</c>, <c>rejected</c>.</param>
/// <param name="Vlan">Dictated by the partner; the virtual interface must use it.</param>
public sealed record DirectConnectConnection(
    string ConnectionId, string? ConnectionName, string? ConnectionState, string? Location, string? Bandwidth,
    int? Vlan,
    string? PartnerName, string? AwsDeviceV2)
{
    public string? OwnerAccount { get; init; }

    /// <summary>Null: not shown.</summary>
    public IReadOnlyList<DirectConnectTag>? Tags { get; init; }
}

/// <param name="BgpStatus"><c>up</c>, <c>down</c>, <c>unknown</c>.</param>
public sealed record BgpPeer(
    string? BgpPeerId, long? Asn, long? AsnLong, Secret? AuthKey, string? AddressFamily, string? AmazonAddress,
    string? CustomerAddress, string? BgpPeerState, string? BgpStatus);

/// <summary>A virtual interface. <c>customerRouterConfig</c>, which repeats the BGP key, is never read.</summary>
/// <param name="VirtualInterfaceState"><c>pending</c>, <c>available</c>, <c>down</c> (made, BGP not up yet),
/// <c>deleting</c>, <c>deleted</c>, <c>rejected</c>.</param>
/// <param name="Asn">The customer's; 0 for numbers above 2147483647, which stand in <paramref name="AsnLong"/>.</param>
public sealed record VirtualInterface(
    string VirtualInterfaceId, string? VirtualInterfaceName, string? VirtualInterfaceType,
    string? VirtualInterfaceState,
    string? ConnectionId, string? DirectConnectGatewayId, int? Vlan, long? Asn, long? AsnLong, long? AmazonSideAsn,
    Secret? AuthKey, string? AmazonAddress, string? CustomerAddress, int? Mtu, IReadOnlyList<BgpPeer>? BgpPeers,
    IReadOnlyList<DirectConnectTag>? Tags)
{
    /// <summary>Of a private virtual interface that ends on a virtual private gateway itself.</summary>
    public string? VirtualGatewayId { get; init; }
    public string? OwnerAccount { get; init; }
    public long? CustomerAsn => AsnLong ?? Asn;
    public bool BgpIsUp => BgpPeers?.Any(peer => peer.BgpStatus == "up") == true;
}

/// <summary>A route of a virtual interface, as its Direct Connect endpoint holds it.</summary>
/// <param name="RouteDirection"><c>accepted</c> from the customer's router, or <c>advertised</c> to it.</param>
/// <remarks>https://docs.aws.amazon.com/directconnect/latest/APIReference/API_Route.html</remarks>
public sealed record VirtualInterfaceRoute(
    string? Cidr, string? RouteDirection, string? AddressFamily, IReadOnlyList<AsPathSegment>? AsPath)
{
    /// <summary>Null where the reply does not show it.</summary>
    public IReadOnlyList<long>? Asns => AsPath is null ? null : [.. AsPath.SelectMany(segment => segment.Path ?? [])];
}

/// <param name="PathType"><c>seq</c> or <c>set</c>.</param>
public sealed record AsPathSegment(string? PathType, IReadOnlyList<long>? Path);

internal sealed record DirectConnectGatewayReply(DirectConnectGateway? DirectConnectGateway);
internal sealed record DirectConnectGatewaysReply(IReadOnlyList<DirectConnectGateway>? DirectConnectGateways,
    string? NextToken);
internal sealed record AssociationsReply(
    IReadOnlyList<DirectConnectGatewayAssociation>? DirectConnectGatewayAssociations, string? NextToken);
internal sealed record ProposalsReply(
    IReadOnlyList<AssociationProposal>? DirectConnectGatewayAssociationProposals, string? NextToken);
internal sealed record AttachmentsReply(
    IReadOnlyList<DirectConnectGatewayAttachment>? DirectConnectGatewayAttachments, string? NextToken);
internal sealed record ConnectionsReply(IReadOnlyList<DirectConnectConnection>? Connections, string? NextToken);
internal sealed record VirtualInterfacesReply(IReadOnlyList<VirtualInterface>? VirtualInterfaces, string? NextToken);
internal sealed record VirtualInterfaceRoutesReply(IReadOnlyList<VirtualInterfaceRoute>? Routes, string? NextToken);
internal sealed record ResourceTag(string? ResourceArn, IReadOnlyList<DirectConnectTag>? Tags);
internal sealed record TagsReply(IReadOnlyList<ResourceTag>? ResourceTags);

/// <summary>Keys become secrets at the moment they are read.</summary>
internal sealed class SecretReader : JsonConverter<Secret>
{
    public override Secret? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is { Length: > 0 } text ? new(text) : null;

    public override void Write(Utf8JsonWriter writer, Secret value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.AllowReadingFromString,
    Converters = [typeof(SecretReader)])]
[JsonSerializable(typeof(DirectConnectGatewayReply))]
[JsonSerializable(typeof(DirectConnectGatewaysReply))]
[JsonSerializable(typeof(AssociationsReply))]
[JsonSerializable(typeof(ProposalsReply))]
[JsonSerializable(typeof(AttachmentsReply))]
[JsonSerializable(typeof(ConnectionsReply))]
[JsonSerializable(typeof(VirtualInterfacesReply))]
[JsonSerializable(typeof(VirtualInterfaceRoutesReply))]
[JsonSerializable(typeof(TagsReply))]
internal sealed partial class DirectConnectJson : JsonSerializerContext;
