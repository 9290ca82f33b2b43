using Sealane.Clouds.Drills;
using Sealane.Clouds.Megaport;
using Sealane.Core.Design;

namespace Sealane.Tests.Clouds.Megaport;

public sealed class SessionShutdownTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_put_that_carries_everything_shuts_a_session_down_and_one_gives_it_back()
    {
        var key = Link.Keys.AzureBgp(PartKey.None);
        var put = Contract.Read("shut-vxc-session", ("secret", key.Reveal()));
        using var fake = new FakeMegaport().Says(Contract.Read("get-azure-vxc", ("secret", Link.ServiceKey.Reveal()),
            ("secret2", key.Reveal()))).Says(put);
        var session = new SessionShutdown(
            fake.Client, VxcLeg.Of(Link.Design().AzureVxcs[0], Link.Keys), Link.AzureVxc with
            {
                Interfaces =
                [
                    new() { BgpConnections = [new() { PeerIpAddress = "192.168.101.2" }] },
                ],
            });
        await session.Fail(TimeSpan.FromMinutes(4), Stop);
        put.IsSaidBy(fake.Writes.Single());
        await session.Restore(Stop);
        (put with
        {
            RequestBody = put.RequestBody.Replace("\"shutdown\":true", "\"shutdown\":false", StringComparison.Ordinal),
        }).IsSaidBy(fake.Writes.Last());
    }
}
