using Sealane.Clouds.Azure;
using Sealane.Core.Reconcile;

namespace Sealane.Tests.Clouds.Azure;

public sealed class GraphTests
{
    private readonly IReadOnlyList<Resource> _all =
        AzureResources.All(AzureSample.Design, new FakeArm().Client(), AzureSample.Keys);

    [Fact]
    public void Every_object_of_the_guide_is_there_once()
    {
        Assert.Equal(
            [
                "azure/resource-group", "azure/vnet", "azure/circuit", "azure/private-peering", "azure/public-ip",
                "azure/gateway-subnet",
                "azure/er-gateway", "azure/er-connection", "azure/vpn-gateway", "azure/local-gateway-1",
                "azure/local-gateway-2",
                "azure/vpn-connection-1", "azure/vpn-connection-2",
            ],
            _all.Select(resource => resource.Id));
        Assert.Equal([9, 10, 11, 12, 14, 15, 20, 21, 22, 23],
            _all.SelectMany(resource => resource.GuideSteps).Distinct().Order());
        Assert.All(_all, resource => Assert.Equal(Cloud.Azure, resource.Cloud));
        Assert.All(_all, resource => Assert.NotEmpty(resource.Operations));
    }

    [Fact]
    public void The_expressroute_connection_waits_for_both_filters()
    {
        var connection = _all.Single(resource => resource.Id == "azure/er-connection");
        Assert.Equal(Locks.McrImport | Locks.McrExport, connection.GuardedBy);
        Assert.Equal(["azure/circuit", "azure/private-peering", "azure/er-gateway"],
            connection.Needs.Select(need => need.Id));
    }

    [Fact]
    public void Two_connections_of_one_gateway_are_written_one_after_the_other() =>
        Assert.Equal(["azure/vpn-connection-1"],
            _all.Single(resource => resource.Id == "azure/vpn-connection-2").After.Select(other => other.Id));

    [Fact]
    public void The_peering_goes_before_the_vxc_that_megaport_cannot_delete_otherwise() =>
        Assert.Contains("megaport/azure-vxc", _all.Single(resource => resource.Id == "azure/private-peering").Needs
            .Select(need => need.Id));

    [Fact]
    public void Every_edge_inside_azure_leads_to_a_resource()
    {
        var ids = _all.Select(resource => resource.Id).ToHashSet();
        Assert.All(_all.SelectMany(resource => resource.Needs.Concat(resource.After)).Select(other => other.Id)
            .Where(id => id.StartsWith("azure/", StringComparison.Ordinal)),
            id => Assert.Contains(id, ids));
    }

    [Fact]
    public void The_billed_objects_are_known() => Assert.Equal(
        ["azure/circuit", "azure/public-ip", "azure/er-gateway", "azure/vpn-gateway"],
        _all.Where(resource => resource.Billed).Select(resource => resource.Id));
}
