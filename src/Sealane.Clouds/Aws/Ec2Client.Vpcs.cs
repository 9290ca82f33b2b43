namespace Sealane.Clouds.Aws;

public sealed partial class Ec2Client
{
    public async Task<Ec2Vpc?> FindVpc(string vpcId, CancellationToken ct) =>
        (await Pages("DescribeVpcs", new QueryForm().Filter("vpc-id", vpcId), "vpcSet", Ec2Vpc.Read, ct)
            .ConfigureAwait(false))
            .FirstOrNull();

    public Task<IReadOnlyList<Ec2Subnet>> DescribeSubnets(string vpcId, CancellationToken ct) =>
        Pages("DescribeSubnets", new QueryForm().Filter("vpc-id", vpcId), "subnetSet", Ec2Subnet.Read, ct);

    /// <summary>All route tables of a VPC with their routes.</summary>
    public Task<IReadOnlyList<VpcRouteTable>> DescribeRouteTables(string vpcId, CancellationToken ct) =>
        Pages("DescribeRouteTables", new QueryForm().Filter("vpc-id", vpcId), "routeTableSet", VpcRouteTable.Read, ct);

    public Task CreateRoute(string tableId, string destination, string transitGatewayId, CancellationToken ct) =>
        Write("CreateRoute", NewRoute(tableId, destination, transitGatewayId), ct);

    private static QueryForm NewRoute(string tableId, string destination, string transitGatewayId) => new QueryForm()
        .Add("RouteTableId", tableId).Add("DestinationCidrBlock", destination)
        .Add("TransitGatewayId", transitGatewayId);

    public Task DeleteRoute(string tableId, string destination, CancellationToken ct) => Write("DeleteRoute",
        new QueryForm().Add("RouteTableId", tableId).Add("DestinationCidrBlock", destination), ct);
}
