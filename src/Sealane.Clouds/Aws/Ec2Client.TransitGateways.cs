namespace Sealane.Clouds.Aws;

public sealed partial class Ec2Client
{
    public async Task<Ec2TransitGateway?> FindTransitGateway(string id, CancellationToken ct) =>
        (await TransitGateways(new QueryForm().Filter("transit-gateway-id", id), ct).ConfigureAwait(false))
            .FirstOrNull();

    public Task<IReadOnlyList<Ec2TransitGateway>> AllTransitGateways(CancellationToken ct) =>
        TransitGateways(new QueryForm(), ct);

    public Task<IReadOnlyList<Ec2TransitGateway>> TransitGatewaysNamed(string name, CancellationToken ct) =>
        TransitGateways(new QueryForm().Filter("tag:Name", name), ct);

    public Task<IReadOnlyList<Ec2TransitGateway>> TransitGatewaysOf(string link, CancellationToken ct) =>
        TransitGateways(new QueryForm().Filter($"tag:{Core.Design.LinkTag.Key}", link), ct);

    private Task<IReadOnlyList<Ec2TransitGateway>> TransitGateways(QueryForm form, CancellationToken ct) =>
        Pages("DescribeTransitGateways", form, "transitGatewaySet", Ec2TransitGateway.Read, ct);

    /// <summary>Without default tables: an attachment then belongs to no table until it is told to.</summary>
    public Task CreateTransitGateway(ObjectTags tags, long asn, string cidr, CancellationToken ct) =>
        Write("CreateTransitGateway", NewTransitGateway(tags, asn, cidr), ct);

    private static QueryForm NewTransitGateway(ObjectTags tags, long asn, string cidr) => new QueryForm()
        .Add("Description", $"Sealane link {tags.Link}")
        .Add("Options.AmazonSideAsn", asn)
        .Add("Options.AutoAcceptSharedAttachments", "disable")
        .Add("Options.DefaultRouteTableAssociation", "disable")
        .Add("Options.DefaultRouteTablePropagation", "disable")
        .Add("Options.VpnEcmpSupport", "enable")
        .Add("Options.DnsSupport", "enable")
        .Add("Options.TransitGatewayCidrBlocks.1", cidr)
        .Tags("TagSpecification", "transit-gateway", tags);

    /// <param name="addCidr">A block to add, or null.</param>
    public Task ModifyTransitGateway(string id, string? addCidr, CancellationToken ct) =>
        Write("ModifyTransitGateway", new QueryForm()
        .Add("TransitGatewayId", id)
        .Add("Options.AddTransitGatewayCidrBlocks.1", addCidr)
        .Add("Options.VpnEcmpSupport", "enable")
        .Add("Options.DefaultRouteTableAssociation", "disable")
        .Add("Options.DefaultRouteTablePropagation", "disable"), ct);

    /// <summary>The same for its blocks alone: everything else of it stays.</summary>
    public Task ChangeCidrBlocks(
        string id, IReadOnlyList<string> add, IReadOnlyList<string> remove, CancellationToken ct) =>
        Write("ModifyTransitGateway", new QueryForm().Add("TransitGatewayId", id)
            .List("Options.AddTransitGatewayCidrBlocks", add)
            .List("Options.RemoveTransitGatewayCidrBlocks", remove), ct);

    public Task DeleteTransitGateway(string id, CancellationToken ct) =>
        Write("DeleteTransitGateway", new QueryForm().Add("TransitGatewayId", id), ct);

    public Task<IReadOnlyList<TransitGatewayVpcAttachment>> VpcAttachments(string transitGatewayId, string vpcId,
        CancellationToken ct) =>
        Pages("DescribeTransitGatewayVpcAttachments",
            new QueryForm().Filter("transit-gateway-id", transitGatewayId).Filter("vpc-id", vpcId),
            "transitGatewayVpcAttachments", TransitGatewayVpcAttachment.Read, ct);

    public async Task<TransitGatewayVpcAttachment?> FindVpcAttachment(string id, CancellationToken ct) =>
        (await Pages("DescribeTransitGatewayVpcAttachments",
            new QueryForm().Filter("transit-gateway-attachment-id", id),
            "transitGatewayVpcAttachments", TransitGatewayVpcAttachment.Read, ct).ConfigureAwait(false)).FirstOrNull();

    public Task CreateVpcAttachment(
        ObjectTags tags, string transitGatewayId, string vpcId, IReadOnlyList<string> subnetIds,
        CancellationToken ct) =>
        Write("CreateTransitGatewayVpcAttachment", NewVpcAttachment(tags, transitGatewayId, vpcId, subnetIds), ct);

    private static QueryForm NewVpcAttachment(
        ObjectTags tags, string transitGatewayId, string vpcId, IReadOnlyList<string> subnetIds) => new QueryForm()
        .Add("TransitGatewayId", transitGatewayId).Add("VpcId", vpcId).List("SubnetIds", subnetIds)
        .Add("Options.DnsSupport", "enable")
        .Tags("TagSpecifications", "transit-gateway-attachment", tags);

    public Task ModifyVpcAttachment(string id, IEnumerable<string> add, IEnumerable<string> remove,
        CancellationToken ct) =>
        Write("ModifyTransitGatewayVpcAttachment", new QueryForm()
            .Add("TransitGatewayAttachmentId", id).List("AddSubnetIds", add).List("RemoveSubnetIds", remove), ct);

    /// <summary>By the owner of the transit gateway.</summary>
    public Task AcceptVpcAttachment(string id, CancellationToken ct) =>
        Write("AcceptTransitGatewayVpcAttachment", new QueryForm().Add("TransitGatewayAttachmentId", id), ct);

    public Task DeleteVpcAttachment(string id, CancellationToken ct) =>
        Write("DeleteTransitGatewayVpcAttachment", new QueryForm().Add("TransitGatewayAttachmentId", id), ct);

    /// <summary>
    /// Attachments that AWS made for an object, without those on the record only: deleted ones stay listed for an hour
    /// (terraform-provider-aws #46716, #39654).
    /// </summary>
    /// <param name="resourceType"><c>vpn</c> or <c>direct-connect-gateway</c>.</param>
    public async Task<IReadOnlyList<TransitGatewayAttachment>> AttachmentsOf(
        string resourceType, IEnumerable<string> resourceIds, string transitGatewayId, CancellationToken ct) =>
        Living(await Attachments(new QueryForm().Filter("resource-type", resourceType)
            .Filter("resource-id", resourceIds)
            .Filter("transit-gateway-id", transitGatewayId), ct).ConfigureAwait(false));

    public async Task<TransitGatewayAttachment?> FindAttachment(string id, CancellationToken ct) =>
        Living(await Attachments(new QueryForm().Filter("transit-gateway-attachment-id", id), ct).ConfigureAwait(false))
            .FirstOrNull();

    private static IReadOnlyList<TransitGatewayAttachment> Living(IEnumerable<TransitGatewayAttachment> all) =>
        [.. all.Where(attachment => attachment.State is not ("deleted" or "failed" or "rejected"))];

    private Task<IReadOnlyList<TransitGatewayAttachment>> Attachments(QueryForm form, CancellationToken ct) =>
        Pages("DescribeTransitGatewayAttachments", form, "transitGatewayAttachments", TransitGatewayAttachment.Read,
            ct);
}
