using System.Text.Json.Nodes;
using Sealane.Clouds.Aws;
using Sealane.Core.Reconcile;

namespace Sealane.Service.Accounts;

/// <summary>Reads all that the lists of one account show: a call a list and page, however many links it has.</summary>
internal sealed class ListingReader(CloudReach reach, LinkAccounts accounts, string account)
{
    private static readonly (string Action, string Wrapper)[] s_ec2 =
    [
        ("DescribeCustomerGateways", "customerGatewaySet"), ("DescribeTransitGateways", "transitGatewaySet"),
        ("DescribeVpnConnections", "vpnConnectionSet"),
        ("DescribeTransitGatewayAttachments", "transitGatewayAttachments"),
        ("DescribeTransitGatewayVpcAttachments", "transitGatewayVpcAttachments"),
        ("DescribeTransitGatewayRouteTables", "transitGatewayRouteTables"), ("DescribeVpcs", "vpcSet"),
        ("DescribeSubnets", "subnetSet"), ("DescribeRouteTables", "routeTableSet"),
    ];

    private static readonly (string Operation, string List)[] s_gateways =
        [("DescribeDirectConnectGateways", "directConnectGateways")];

    private static readonly (string Operation, string List)[] s_connections =
        [("DescribeConnections", "connections"), ("DescribeVirtualInterfaces", "virtualInterfaces")];

    /// <summary>What Azure lists for a whole subscription; gateways and connections it lists by group.</summary>
    private static readonly (string Kind, string[] Inside)[] s_azure =
    [
        ("virtualNetworks", ["virtualNetworks/subnets", "virtualNetworks/virtualNetworkPeerings"]),
        ("publicIPAddresses", []), ("expressRouteCircuits", ["expressRouteCircuits/peerings"]),
    ];

    /// <summary>Told of a list that may not be read: what it would show is not shown.</summary>
    public Action<string, CloudError> Refused { get; init; } = (_, _) => { };

    /// <exception cref="CloudError">It could not be read.</exception>
    public async Task<ListingIndex> Read(byte[] secret, CancellationToken ct)
    {
        var index = new ListingIndex(secret);
        switch (account.Split('/', '@'))
        {
            case ["megaport", ..]:
                await Megaport(index, ct).ConfigureAwait(false);
                break;
            case ["azure", var subscription, ..]:
                await Azure(index, $"/subscriptions/{subscription}", ct).ConfigureAwait(false);
                break;
            case [_, _, _, var service, ..] when accounts.Find(reach.Aws, account) is var (clients, connections):
                await Aws(index, clients, service, connections, ct).ConfigureAwait(false);
                break;
        }
        return index;
    }

    private async Task Megaport(ListingIndex index, CancellationToken ct)
    {
        foreach (var product in (await reach.Megaport.All(ct).ConfigureAwait(false)).EnumerateArray())
        {
            index.Add(JsonNode.Parse(product.GetRawText())!);
        }
        // VXCs stand inside the products that they start from.
        index.Shown.UnionWith(["GET products", "GET product"]);
    }

    private async Task Azure(ListingIndex index, string subscription, CancellationToken ct)
    {
        foreach (var (kind, inside) in s_azure)
        {
            await Take(index, $"GET {kind}", async () =>
            {
                foreach (var one in await reach.Azure.List($"{subscription}/providers/Microsoft.Network/{kind}", ct)
                    .ConfigureAwait(false))
                {
                    index.Add(one);
                }
                index.Shown.UnionWith(inside.Select(each => $"GET {each}"));
            }).ConfigureAwait(false);
        }
    }

    private async Task Aws(
        ListingIndex index, AwsClients clients, string service, bool connections, CancellationToken ct)
    {
        if (service == "ec2")
        {
            foreach (var (action, wrapper) in s_ec2)
            {
                await Take(index, $"ec2:{action}", async () =>
                {
                    foreach (var one in await clients.Ec2.All(action, wrapper, ct).ConfigureAwait(false))
                    {
                        index.Add(one);
                    }
                }).ConfigureAwait(false);
            }
            return;
        }
        var client = connections ? clients.Connections : clients.DirectConnect;
        // Gateways are of no region; they are read with the connections where these are elsewhere too.
        foreach (var (operation, list) in connections ? [.. s_gateways, .. s_connections] : s_gateways)
        {
            await Take(index, $"directconnect:{operation}", async () =>
            {
                foreach (var one in await client.All(operation, list, ct).ConfigureAwait(false))
                {
                    index.Add(one);
                }
            }).ConfigureAwait(false);
        }
    }

    private async Task Take(ListingIndex index, string operation, Func<Task> read)
    {
        try
        {
            await read().ConfigureAwait(false);
            index.Shown.Add(operation);
        }
        catch (CloudError error) when (error.Kind is CloudErrorKind.Denied or CloudErrorKind.NotFound)
        {
            Refused(operation, error);
        }
    }
}
