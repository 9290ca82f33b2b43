using System.Text.Json.Nodes;

namespace Sealane.Clouds.Aws;

public sealed partial class DirectConnectClient
{
    /// <param name="id">Null: all of the account; names are not unique and there is no search by name.</param>
    public Task<IReadOnlyList<DirectConnectGateway>> Gateways(string? id, CancellationToken ct) => Pages(
        "DescribeDirectConnectGateways", id is null ? [] : new() { ["directConnectGatewayId"] = id },
        DirectConnectJson.Default.DirectConnectGatewaysReply, reply => reply.DirectConnectGateways,
        reply => reply.NextToken, ct);

    public Task CreateGateway(ObjectTags tags, long asn, CancellationToken ct) =>
        Write("CreateDirectConnectGateway", new()
        {
            ["directConnectGatewayName"] = tags.Name,
            ["amazonSideAsn"] = asn,
            ["tags"] = Tags(tags.All),
        }, ct);

    public Task DeleteGateway(string id, CancellationToken ct) =>
        Write("DeleteDirectConnectGateway", new() { ["directConnectGatewayId"] = id }, ct);

    public Task RenameGateway(string id, string name, CancellationToken ct) => Write("UpdateDirectConnectGateway",
        new() { ["directConnectGatewayId"] = id, ["newDirectConnectGatewayName"] = name }, ct);

    /// <summary>Overwrites, so it may be repeated.</summary>
    public Task Tag(string arn, IEnumerable<(string Key, string Value)> tags, CancellationToken ct) =>
        Write("TagResource", new() { ["resourceArn"] = arn, ["tags"] = Tags(tags) }, ct);

    /// <summary>Tags of an object whose own record does not show them.</summary>
    public async Task<IReadOnlyList<DirectConnectTag>> TagsOf(string arn, CancellationToken ct) =>
        (await Read("DescribeTags", new() { ["resourceArns"] = new JsonArray(arn) },
            DirectConnectJson.Default.TagsReply,
            reply => reply.ResourceTags, ct)
            .ConfigureAwait(false)).ResourceTags?.FirstOrNull()?.Tags ?? [];

    /// <param name="transitGatewayId">Null: all associations of the gateway.</param>
    public Task<IReadOnlyList<DirectConnectGatewayAssociation>> Associations(
        string gatewayId, string? transitGatewayId, CancellationToken ct)
    {
        var input = new JsonObject { ["directConnectGatewayId"] = gatewayId };
        if (transitGatewayId is not null)
        {
            input["associatedGatewayId"] = transitGatewayId;
        }
        return Pages("DescribeDirectConnectGatewayAssociations", input, DirectConnectJson.Default.AssociationsReply,
            reply => reply.DirectConnectGatewayAssociations, reply => reply.NextToken, ct);
    }

    /// <summary>Must be sent to the transit gateway's region. The prefixes are announced to the MCR verbatim.</summary>
    public Task CreateAssociation(
        string gatewayId, string transitGatewayId, IEnumerable<string> allowedPrefixes, CancellationToken ct) =>
        Write("CreateDirectConnectGatewayAssociation", new()
        {
            ["directConnectGatewayId"] = gatewayId,
            ["gatewayId"] = transitGatewayId,
            ["addAllowedPrefixesToDirectConnectGateway"] = Prefixes(allowedPrefixes),
        }, ct);

    /// <summary>By the owner of the transit gateway, in its region, to that of a Direct Connect gateway in another
    /// account.</summary>
    /// <remarks>https://docs.aws.amazon.com/directconnect/latest/UserGuide/multi-account-associate-vgw.html</remarks>
    public Task ProposeAssociation(string gatewayId, string owner, string transitGatewayId,
        IEnumerable<string> allowedPrefixes, CancellationToken ct) =>
        Write("CreateDirectConnectGatewayAssociationProposal", new()
        {
            ["directConnectGatewayId"] = gatewayId,
            ["directConnectGatewayOwnerAccount"] = owner,
            ["gatewayId"] = transitGatewayId,
            ["addAllowedPrefixesToDirectConnectGateway"] = Prefixes(allowedPrefixes),
        }, ct);

    /// <summary>Those that wait for an answer.</summary>
    public async Task<IReadOnlyList<AssociationProposal>> OpenProposals(
        string gatewayId, string transitGatewayId, CancellationToken ct) =>
        [.. (await Pages("DescribeDirectConnectGatewayAssociationProposals", new()
            {
                ["directConnectGatewayId"] = gatewayId,
                ["associatedGatewayId"] = transitGatewayId,
            }, DirectConnectJson.Default.ProposalsReply, reply => reply.DirectConnectGatewayAssociationProposals,
            reply => reply.NextToken, ct).ConfigureAwait(false)).Where(one => one.ProposalState == "requested")];

    /// <summary>By the owner of the Direct Connect gateway, whose prefixes count whatever was proposed.</summary>
    public Task AcceptProposal(string gatewayId, string proposalId, string proposer,
        IEnumerable<string> allowedPrefixes, CancellationToken ct) =>
        Write("AcceptDirectConnectGatewayAssociationProposal", new()
        {
            ["directConnectGatewayId"] = gatewayId,
            ["proposalId"] = proposalId,
            ["associatedGatewayOwnerAccount"] = proposer,
            ["overrideAllowedPrefixesToDirectConnectGateway"] = Prefixes(allowedPrefixes),
        }, ct);

    /// <summary>By the one who made it.</summary>
    public Task WithdrawProposal(string proposalId, CancellationToken ct) => Write(
        "DeleteDirectConnectGatewayAssociationProposal", new() { ["proposalId"] = proposalId }, ct);

    /// <summary>Differences only; a new association would change the attachment's id (terraform-provider-aws #30085,
    /// #44035).</summary>
    public Task UpdateAssociation(
        string associationId, IReadOnlyCollection<string> add, IReadOnlyCollection<string> remove, CancellationToken ct)
    {
        var input = new JsonObject { ["associationId"] = associationId };
        if (add.Count > 0)
        {
            input["addAllowedPrefixesToDirectConnectGateway"] = Prefixes(add);
        }
        if (remove.Count > 0)
        {
            input["removeAllowedPrefixesToDirectConnectGateway"] = Prefixes(remove);
        }
        return Write("UpdateDirectConnectGatewayAssociation", input, ct);
    }

    public Task DeleteAssociation(string associationId, CancellationToken ct) =>
        Write("DeleteDirectConnectGatewayAssociation", new() { ["associationId"] = associationId }, ct);

    /// <summary>Virtual interfaces of a gateway, or the gateway's side of one of them.</summary>
    public Task<IReadOnlyList<DirectConnectGatewayAttachment>> Attachments(
        string gatewayId, string? virtualInterfaceId, CancellationToken ct)
    {
        var input = new JsonObject { ["directConnectGatewayId"] = gatewayId };
        if (virtualInterfaceId is not null)
        {
            input["virtualInterfaceId"] = virtualInterfaceId;
        }
        return Pages("DescribeDirectConnectGatewayAttachments", input, DirectConnectJson.Default.AttachmentsReply,
            reply => reply.DirectConnectGatewayAttachments, reply => reply.NextToken, ct);
    }

    private static JsonArray Prefixes(IEnumerable<string> prefixes) =>
        [.. prefixes.Select(prefix => (JsonNode)new JsonObject { ["cidr"] = prefix })];
}
