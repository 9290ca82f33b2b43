namespace Sealane.Clouds.Aws;

/// <summary>Reads of what stands beside the link: whatever can carry a packet of the protected networks.</summary>
public sealed partial class Ec2Client
{
    /// <summary>A filter takes at most 200 values.</summary>
    /// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/Query-Requests.html</remarks>
    private const int FilterValuesMax = 200;

    /// <summary>VPCs of this account and region among these ids; those of others are left out by AWS.</summary>
    public Task<IReadOnlyList<Ec2Vpc>> VpcsById(IEnumerable<string> ids, CancellationToken ct) =>
        InChunks(ids, some => Pages("DescribeVpcs", new QueryForm().Filter("vpc-id", some), "vpcSet", Ec2Vpc.Read, ct));

    /// <summary>All attachments of a VPC, to whichever transit gateway and whoever owns that.</summary>
    public async Task<IReadOnlyList<TransitGatewayAttachment>> AttachmentsOfVpc(string vpcId, CancellationToken ct) =>
        Living(await Attachments(new QueryForm().Filter("resource-type", "vpc").Filter("resource-id", vpcId), ct)
            .ConfigureAwait(false));

    /// <summary>All attachments of a transit gateway, those of other accounts too.</summary>
    public async Task<IReadOnlyList<TransitGatewayAttachment>> AttachmentsOfTransitGateway(
        string id, CancellationToken ct) =>
        Living(await Attachments(new QueryForm().Filter("transit-gateway-id", id), ct).ConfigureAwait(false));

    /// <summary>Its VPC attachments, those of other accounts too.</summary>
    public async Task<IReadOnlyList<TransitGatewayAttachment>> VpcAttachmentsOfTransitGateway(
        string id, CancellationToken ct) => Living(await Attachments(
            new QueryForm().Filter("resource-type", "vpc").Filter("transit-gateway-id", id), ct).ConfigureAwait(false));

    public Task<IReadOnlyList<Ec2VpnConnection>> VpnConnectionsOfTransitGateway(string id, CancellationToken ct) =>
        VpnConnections(new QueryForm().Filter("transit-gateway-id", id), ct);

    public Task<IReadOnlyList<Ec2VpnConnection>> VpnConnectionsOfVpnGateway(string id, CancellationToken ct) =>
        VpnConnections(new QueryForm().Filter("vpn-gateway-id", id), ct);

    public Task<IReadOnlyList<Ec2CustomerGateway>> CustomerGatewaysById(
        IEnumerable<string> ids, CancellationToken ct) =>
        InChunks(ids, some => CustomerGateways(new QueryForm().Filter("customer-gateway-id", some), ct));

    /// <summary>The virtual private gateway of a VPC; it has at most one.</summary>
    public Task<IReadOnlyList<Ec2VpnGateway>> VpnGatewaysOf(string vpcId, CancellationToken ct) =>
        Pages("DescribeVpnGateways", new QueryForm().Filter("attachment.vpc-id", vpcId), "vpnGatewaySet",
            Ec2VpnGateway.Read, ct);

    /// <summary>References of a table to prefix lists: each of them is many static routes.</summary>
    public Task<IReadOnlyList<TablePrefixList>> PrefixListReferences(string tableId, CancellationToken ct) =>
        Pages("GetTransitGatewayPrefixListReferences", Of(tableId), "transitGatewayPrefixListReferenceSet",
            TablePrefixList.Read, ct);

    public Task<IReadOnlyList<string>> PrefixListEntries(string prefixListId, CancellationToken ct) =>
        Pages("GetManagedPrefixListEntries", new QueryForm().Add("PrefixListId", prefixListId), "entrySet",
            item => item.Text("cidr") ?? "", ct);

    /// <summary>Peerings of a VPC, whichever end it is.</summary>
    public async Task<IReadOnlyList<Ec2VpcPeering>> VpcPeerings(string vpcId, CancellationToken ct)
    {
        async Task<IReadOnlyList<Ec2VpcPeering>> As(string end) => await Pages("DescribeVpcPeeringConnections",
            new QueryForm().Filter($"{end}-vpc-info.vpc-id", vpcId), "vpcPeeringConnectionSet", Ec2VpcPeering.Read, ct)
            .ConfigureAwait(false);

        return [.. await As("requester").ConfigureAwait(false), .. await As("accepter").ConfigureAwait(false)];
    }

    private static async Task<IReadOnlyList<T>> InChunks<T>(
        IEnumerable<string> ids, Func<string[], Task<IReadOnlyList<T>>> read)
    {
        var all = new List<T>();
        foreach (var some in ids.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Chunk(FilterValuesMax))
        {
            all.AddRange(await read(some).ConfigureAwait(false));
        }
        return all;
    }
}
