using System.Net;
using System.Net.Sockets;

namespace Sealane.Tests.Service.Cluster;

/// <summary>A way to PostgreSQL that loses the answer to a commit when it is told to: the server has carried it out,
/// and the connection is gone.</summary>
internal sealed class Losing : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _server;
    private int _lost;

    public Losing(int server)
    {
        _server = server;
        _listener.Start();
        _ = Accept();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How many answers are to be lost.</summary>
    public int Lose { get; set; }

    public int Lost => Volatile.Read(ref _lost);

    public void Dispose() => _listener.Dispose();

    private async Task Accept()
    {
        while (true)
        {
            _ = Pass(await _listener.AcceptTcpClientAsync());
        }
    }

    private async Task Pass(TcpClient client)
    {
        using var near = client;
        using var far = new TcpClient();
        await far.ConnectAsync(IPAddress.Loopback, _server);
        var (asks, answers) = (near.GetStream(), far.GetStream());
        var back = answers.CopyToAsync(asks);
        var buffer = new byte[8192];
        while (await asks.ReadAsync(buffer) is > 0 and var length)
        {
            // As a whole statement: "read committed" is said at the beginning of each transaction.
            if (Lose > Lost && buffer.AsSpan(0, length).IndexOf("COMMIT\0"u8) >= 0)
            {
                Interlocked.Increment(ref _lost);
                near.Client.Close(0);
                await answers.WriteAsync(buffer.AsMemory(0, length));
                await Task.Delay(200);
                return;
            }
            await answers.WriteAsync(buffer.AsMemory(0, length));
        }
        await back.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
