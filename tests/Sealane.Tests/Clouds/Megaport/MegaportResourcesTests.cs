using Sealane.Clouds.Megaport;
using Sealane.Core.Reconcile;

namespace Sealane.Tests.Clouds.Megaport;

public class MegaportResourcesTests
{
    private static IReadOnlyList<Resource> All
    {
        get
        {
            using var fake = new FakeMegaport();
            return MegaportResources.All(Link.Design(), fake.Client, Link.Keys);
        }
    }

    [Fact]
    public void Megaports_part_of_the_graph_is_complete() => Assert.Equal(
        [
            "megaport/mcr", "megaport/aws-import", "megaport/aws-export", "megaport/azure-import",
            "megaport/azure-export",
            "megaport/aws-vxc", "megaport/azure-vxc", "megaport/aws-filters", "megaport/azure-filters",
            "megaport/aws-import-entries", "megaport/aws-export-entries", "megaport/azure-import-entries",
            "megaport/azure-export-entries",
            "megaport/aws-routes", "megaport/azure-routes",
        ],
        All.Select(resource => resource.Id));

    [Fact]
    public void What_closes_a_lock_waits_for_no_tunnel()
    {
        var all = All.ToDictionary(resource => resource.Id);
        foreach (var resource in all.Values.Where(resource => resource.Closes != Locks.None))
        {
            Assert.DoesNotContain("aws/vpn-connection", Reach(resource));
            Assert.DoesNotContain("azure/vpn-gateway", Reach(resource));
        }

        IEnumerable<string> Reach(Resource from) => from.Needs.Concat(from.After).Select(other => other.Id)
            .SelectMany(id => all.TryGetValue(id, out var next) ? Reach(next).Prepend(id) : [id]);
    }

    [Theory]
    [InlineData(Locks.McrImport, "aws-import aws-filters azure-import azure-filters")]
    [InlineData(Locks.McrExport, "aws-export aws-filters azure-export azure-filters")]
    public void Each_lock_is_closed_by_lists_and_by_the_sessions_that_use_them(Locks which, string ids) => Assert.Equal(
        ids.Split(' ').Order(), All.Where(resource => resource.Closes.HasFlag(which))
            .Select(resource => resource.Id["megaport/".Length..]).Order());

    [Fact]
    public void Guide_steps_of_megaport_all_have_a_resource() =>
        Assert.Equal([5, 6, 10, 18, 19], All.SelectMany(resource => resource.GuideSteps).Distinct().Order());
}
