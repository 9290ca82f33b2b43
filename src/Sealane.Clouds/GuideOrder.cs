using Sealane.Clouds.Azure;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds;

/// <summary>
/// The manual guide's order, step after step: https://github.com/Mark-Austen/mcr-aws-azure-private-ip-vpn. It shows
/// what the
/// order by locks is for: from step 12 to step 19 the guide's link carries traffic in the clear.
/// </summary>
/// <remarks>
/// Left out is what the guide does not have: both import lists, and the transit gateway's second route table. The guide
/// shares the gateway's default table among all attachments; here that is the workload table. The VPN gateway has its
/// private
/// addresses at once, which spares the guide's second 20 minutes (step 15) and makes the window here shorter than the
/// guide's.
/// </remarks>
public static class GuideOrder
{
    public static IReadOnlyList<string> Steps { get; } =
    [
        // What the guide presupposes.
        "aws/vpc", "azure/resource-group", "azure/vnet",
        /* 1 */ "aws/dx-gateway",
        /* 2 */ "aws/transit-gateway", "aws/workload-route-table",
        /* 3 */ "aws/dx-association", "aws/dx-attachment-routing",
        /* 4 */ "aws/vpc-attachment", "aws/vpc-attachment-routing", "aws/vpc-routes",
        /* 5 */ "megaport/mcr",
        /* 6 */ "megaport/aws-vxc",
        /* 7 */ "aws/hosted-connection", "aws/transit-vif",
        /* 9 */ "azure/circuit",
        /* 10 */ "megaport/azure-vxc", "azure/private-peering",
        // The public IP is step 14's; it bears the note that the subnet is Sealane's own.
        /* 11 */ "azure/public-ip", "azure/gateway-subnet", "azure/er-gateway",
        /* 12 */ "azure/er-connection",
        /* 14, 15 */ "azure/vpn-gateway",
        /* 16 */ "aws/customer-gateway",
        /* 17 */ "aws/vpn-connection", "aws/vpn-attachment-routing",
        /* 18 */ "megaport/aws-routes", "megaport/azure-routes",
        /* 19 */ "megaport/azure-export", "megaport/azure-export-entries", "megaport/aws-export",
        "megaport/aws-export-entries",
        "megaport/aws-filters", "megaport/azure-filters",
        /* 20, 21 */ "azure/local-gateway-1", "azure/local-gateway-2",
        /* 22, 23 */ "azure/vpn-connection-1", "azure/vpn-connection-2",
        /* 24 */ "aws/tunnels",
    ];

    /// <summary>A used VPN gateway has a public IP of its own, and settings are made on it.</summary>
    private static IEnumerable<string> OnUsedGateway => Steps.Where(id => id != "azure/public-ip")
        .SelectMany(id => id == VpnGateway.Ref.Id ? [VpnGatewaySettings.Ref.Id, id] : new[] { id });

    /// <summary>The resources of the guide one after the other.</summary>
    public static ResourceGraph Graph(IReadOnlyList<Resource> resources)
    {
        var byId = resources.ToDictionary(resource => resource.Id, StringComparer.Ordinal);
        return ResourceGraph.InSequence([.. (byId.ContainsKey(VpnGatewaySettings.Ref.Id) ? OnUsedGateway : Steps)
            .Select(id => byId[id])]);
    }
}
