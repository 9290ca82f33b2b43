using System.Net;
using System.Net.Sockets;
using Sealane.Lab.Namespaces;

namespace Sealane.Lab.Capture;

/// <summary>
/// Every frame that a box's interfaces receive or send, from a packet socket of the kernel. A forwarded frame is seen
/// twice, coming and going. Started before what is to be seen, because the kernel keeps nothing for later.
/// </summary>
/// <remarks>https://man7.org/linux/man-pages/man7/packet.7.html</remarks>
internal sealed class Tap : IDisposable
{
    // ETH_P_ALL in network order, as the kernel wants it.
    private const int AllProtocols = 0x0300;
    private const int BufferBytes = 8 << 20;
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);
    private static readonly int s_addressBytes = SocketAddress.GetMaximumAddressSize(AddressFamily.Packet);
    private readonly Socket _socket;
    private readonly Thread _reader;
    private readonly Action<Frame> _see;
    private readonly TimeProvider _time;
    private volatile bool _stopped;
    private volatile bool _busy;
    private long _stoppedAt;

    // Where frames never pause, what came after the end is left unread.
    private static readonly TimeSpan s_rest = TimeSpan.FromSeconds(2);

    /// <param name="see">Called on the tap's own thread, in order.</param>
    public Tap(string space, Action<Frame> see, TimeProvider time)
    {
        (_see, _time) = (see, time);
        _socket = NetNs.Run(space, () => new Socket(AddressFamily.Packet, SocketType.Raw, (ProtocolType)AllProtocols)
        {
            ReceiveBufferSize = BufferBytes,
        });
        _reader = new Thread(Read) { IsBackground = true };
        _reader.Start();
    }

    /// <summary>Every frame that the kernel has handed over was shown.</summary>
    public bool IsDrained => !_busy && _socket.Available == 0;

    /// <summary>Reads what has arrived, then ends.</summary>
    public void Dispose()
    {
        if (_stopped)
        {
            return;
        }
        _stoppedAt = _time.GetTimestamp();
        _stopped = true;
        _reader.Join();
        _socket.Dispose();
    }

    private void Read()
    {
        var buffer = new byte[1 << 16];
        var from = new SocketAddress(AddressFamily.Packet, s_addressBytes);
        while (!_stopped || _time.GetElapsedTime(_stoppedAt) < s_rest)
        {
            if (!_socket.Poll(s_pause, SelectMode.SelectRead))
            {
                if (_stopped)
                {
                    return;
                }
                continue;
            }
            // Before the frame is taken from the kernel: between the two it would seem to be nowhere.
            _busy = true;
            // Each receive shrinks it to what it got.
            from.Size = s_addressBytes;
            var length = _socket.ReceiveFrom(buffer, SocketFlags.None, from);
            // struct sockaddr_ll: family, protocol, interface, hardware type, packet type.
            var address = from.Buffer.Span;
            _see(new(_time.GetUtcNow(), BitConverter.ToInt32(address[4..8]), address[10] == 4, buffer[..length]));
            _busy = false;
        }
    }
}
