using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Sealane.Cli;

namespace Sealane.Tests.Service.Cluster;

/// <summary>Whoever reaches the port between silos is let in only with a certificate of the cluster's own
/// authority.</summary>
public sealed class StrangersTests(PostgresServer server) : IClassFixture<PostgresServer>, IDisposable
{
    /// <summary>Longer than a refusal takes, shorter than the wait for a hello.</summary>
    private static readonly TimeSpan s_quiet = TimeSpan.FromSeconds(2);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sealane-silos-");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>tests/suites/cluster. That silos reach each other so, every other test of the cluster shows.</summary>
    [Fact(Explicit = true)]
    public async Task A_silo_lets_in_nobody_but_those_of_its_cluster()
    {
        Assert.SkipUnless(PostgresServer.Missing.Length == 0, PostgresServer.Missing);
        await using var cluster = await RunningCluster.Start(server, silos: 1);
        var port = cluster.Living[0].Port;
        using var others = new SiloPapers(Path.Combine(_folder.FullName, "others"));
        using (var ours = cluster.Papers.Sign("ours"))
        {
            Assert.True(await IsLetIn(port, ours));
        }
        using (var late = cluster.Papers.Sign("late", days: 0))
        {
            Assert.False(await IsLetIn(port, late));
        }
        using (var theirs = others.Sign("theirs"))
        {
            Assert.False(await IsLetIn(port, theirs));
        }
        Assert.False(await IsLetIn(port, null));
    }

    [Fact]
    public async Task It_does_not_start_where_anybody_could_give_it_orders()
    {
        using var ours = new SiloPapers(Path.Combine(_folder.FullName, "ours"));
        using var others = new SiloPapers(Path.Combine(_folder.FullName, "others"));
        var papers = ours.Of("silo");
        await Refused("whoever reaches that port", "--silo", "192.0.2.1:7421");
        await Refused("by three files", [.. papers[..2]]);
        await Refused("is not signed by", [.. papers[..2], $"--silo-certificate-authority={others.Authority}"]);
        await Refused("its time is over", ours.Of("late", days: 0));
        await Refused("holds no certificate",
            [.. papers[..2], papers[2].Replace("authority.pem", "silo-key.pem", StringComparison.Ordinal)]);
        await Refused("everybody may read the key",
            [papers[0], $"--silo-certificate-key={ours.Authority}", papers[2]]);
        await File.WriteAllTextAsync(papers[1].Split('=')[1], "no key", Stop);
        await Refused("--silo-certificate takes the chain", papers);
    }

    private async Task Refused(string why, params string[] arguments)
    {
        using var said = new StringWriter();
        var parsed = Sealane.Service.Program.Root()
            .Parse(["--data", Path.Combine(_folder.FullName, "data"), .. arguments]);
        var error = await Assert.ThrowsAsync<UsageError>(() => parsed.InvokeAsync(
            new() { EnableDefaultExceptionHandler = false, Output = said, Error = said }, Stop));
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_folder.FullName, "data")));
    }

    /// <summary>Whether the connection stands once the other end has judged who calls: with TLS 1.3 that is after the
    /// caller's handshake.</summary>
    private static async Task<bool> IsLetIn(int port, X509Certificate2? shown)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, port, Stop);
        await using var stream = new SslStream(socket.GetStream(), false, (_, shows, _, _) => shows is not null);
        try
        {
            await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = "sealane",
                LocalCertificateSelectionCallback = (_, _, _, _, _) => shown!,
            }, Stop);
            using var quiet = CancellationTokenSource.CreateLinkedTokenSource(Stop);
            quiet.CancelAfter(s_quiet);
            return await stream.ReadAsync(new byte[1], quiet.Token) > 0;
        }
        catch (Exception error) when (error is IOException or System.Security.Authentication.AuthenticationException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!Stop.IsCancellationRequested)
        {
            return true;
        }
    }
}
