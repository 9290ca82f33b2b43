using Sealane.Clouds.Aws;
using Sealane.Core;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Evidence.Aws;

/// <summary>
/// A transit gateway route table to its last row: a reply holds so many, says that there are more, and has no page to
/// turn, so the address space is halved until every half fits.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SearchTransitGatewayRoutes.html</remarks>
internal static class AllRows
{
    private static readonly (string Name, string Value)[] States = [("state", "active"), ("state", "blackhole")];

    public static async Task<IReadOnlyList<TransitGatewayRoute>> Read(
        Ec2Client ec2, string tableId, CancellationToken ct)
    {
        var whole = await ec2.SearchRoutes(tableId, States, ct).ConfigureAwait(false);
        if (!whole.Truncated)
        {
            return whole.Routes;
        }
        var rows = new Dictionary<string, TransitGatewayRoute>(StringComparer.Ordinal);
        await Halve(ec2, tableId, Prefix.Default, rows, ct).ConfigureAwait(false);
        return [.. rows.Values];
    }

    private static async Task Halve(
        Ec2Client ec2, string tableId, Prefix space, Dictionary<string, TransitGatewayRoute> rows, CancellationToken ct)
    {
        var part = await Search("route-search.subnet-of-match", space).ConfigureAwait(false);
        foreach (var row in part.Routes)
        {
            rows[row.Destination] = row;
        }
        if (!part.Truncated)
        {
            return;
        }
        if (space.Length == 32)
        {
            throw new CloudError(Cloud.Aws, "ec2:SearchTransitGatewayRoutes", CloudErrorKind.Unavailable, 200, null,
                $"the routes of {tableId} at {space} do not fit into one reply");
        }
        // The halves do not hold the space itself.
        foreach (var row in (await Search("route-search.exact-match", space).ConfigureAwait(false)).Routes)
        {
            rows[row.Destination] = row;
        }
        await Halve(ec2, tableId, new(space.Network, space.Length + 1), rows, ct).ConfigureAwait(false);
        await Halve(ec2, tableId, new(space.Host(space.Size / 2), space.Length + 1), rows, ct).ConfigureAwait(false);

        Task<RouteSearch> Search(string filter, Prefix prefix) =>
            ec2.SearchRoutes(tableId, [.. States, (filter, prefix.ToString())], ct);
    }
}
