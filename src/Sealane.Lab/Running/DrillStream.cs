using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Sealane.Lab.Capture;
using Sealane.Lab.Namespaces;

namespace Sealane.Lab.Running;

/// <summary>
/// Numbered datagrams from one host to another, a hundred a second over several ports; what a tap at the other host
/// sees
/// has arrived.
/// </summary>
internal sealed class DrillStream : IDisposable
{
    /// <summary>So long without a loss is quiet.</summary>
    public static readonly TimeSpan QuietTime = TimeSpan.FromSeconds(2);

    private const int Port = 4791;
    private const int Senders = 16;
    private const uint Mark = 0x5ea1a9e0;
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(10);

    // What is younger may still be on its way.
    private static readonly TimeSpan s_underway = TimeSpan.FromMilliseconds(400);
    private readonly TimeProvider _time;
    private readonly List<Socket> _sockets;
    private readonly IPEndPoint _to;
    private readonly Tap _tap;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private readonly List<long> _sent = [];
    private readonly HashSet<int> _arrived = [];

    public DrillStream(LabRun lab, string from, string to)
    {
        _time = lab.Time;
        var target = lab.Address(to);
        _to = new(IPAddress.Parse(target.ToString()), Port);
        _sockets = NetNs.Run(lab.Space(from), () => Enumerable.Range(0, Senders).Select(_ =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            socket.Bind(new IPEndPoint(IPAddress.Any, 0));
            return socket;
        }).ToList());
        _tap = new(lab.Space(to), frame => See(frame, target), lab.Time);
        _timer = lab.Time.CreateTimer(_ => Send(), null, TimeSpan.Zero, s_step);
    }

    public bool Quiet => Losses().All(at => _time.GetElapsedTime(at) > QuietTime + s_underway);

    public int Lost => Losses().Count;

    /// <summary>Seconds from a moment to the last loss.</summary>
    public double Window(long since) =>
        Losses() is { Count: > 0 } lost ? Math.Max(0, _time.GetElapsedTime(since, lost[^1]).TotalSeconds) : 0;

    public void Dispose()
    {
        _timer.Dispose();
        _tap.Dispose();
        _sockets.ForEach(socket => socket.Dispose());
    }

    private List<long> Losses()
    {
        lock (_gate)
        {
            return [.. _sent.Where((at, number) => !_arrived.Contains(number)
                && _time.GetElapsedTime(at) > s_underway)];
        }
    }

    private void Send()
    {
        Span<byte> payload = stackalloc byte[8];
        lock (_gate)
        {
            var number = _sent.Count;
            BinaryPrimitives.WriteUInt32BigEndian(payload, Mark);
            BinaryPrimitives.WriteInt32BigEndian(payload[4..], number);
            _sent.Add(_time.GetTimestamp());
            try
            {
                _sockets[number % Senders].SendTo(payload, _to);
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
                // An unreachable that an earlier packet met is told to the next: this one was not sent, so it is lost.
            }
        }
    }

    private void See(Frame frame, Core.Ipv4 target)
    {
        const int payload = 14 + 20 + 8;
        if (frame.Outgoing || !frame.IsIpv4 || frame.Protocol != 17 || frame.Destination != target
            || frame.Bytes.Length < payload + 8
            || BinaryPrimitives.ReadUInt32BigEndian(frame.Bytes.AsSpan(payload)) != Mark)
        {
            return;
        }
        lock (_gate)
        {
            _arrived.Add(BinaryPrimitives.ReadInt32BigEndian(frame.Bytes.AsSpan(payload + 4)));
        }
    }
}
