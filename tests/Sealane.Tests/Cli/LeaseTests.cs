using Sealane.Cli;
using Sealane.Tests.EndToEnd;

namespace Sealane.Tests.Cli;

/// <summary>One writer a link on one machine.</summary>
public sealed class LeaseTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("sealane-lease-");

    private string File => Path.Combine(_directory.FullName, "leases", "sydney.lease");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void The_second_is_told_who_holds_it_since_when_and_what_to_do()
    {
        using (Lease.Take(File, "sealane apply a.yaml", TimeProvider.System))
        {
            var busy = Assert.Throws<LinkBusy>(() => Lease.Take(File, "sealane destroy a.yaml", TimeProvider.System));
            Assert.Contains("sealane apply a.yaml", busy.Message);
            Assert.Contains($"process {Environment.ProcessId}", busy.Message);
            Assert.Contains("since 20", busy.Message);
            Assert.Contains("fix: ", busy.Message);
        }
        Lease.Take(File, "sealane destroy a.yaml", TimeProvider.System).Dispose();
    }

    [Fact]
    public void Copies_of_a_file_share_it_and_other_links_do_not()
    {
        using var link = Link.Sydney;
        using var copy = Link.Sydney;
        var path = Lease.PathOf(link.Design, []);
        Assert.Equal(path, Lease.PathOf(copy.Design, []));
        copy.Edit("vpc: vpc-0a1b2c3d4e5f60718", "vpc: vpc-0a1b2c3d4e5f60719");
        Assert.NotEqual(path, Lease.PathOf(copy.Design, []));
        Assert.NotEqual(path, Lease.PathOf(link.Design, [new("http://127.0.0.1:1")]));
    }
}
