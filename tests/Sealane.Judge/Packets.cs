using System.Net;
using System.Net.Sockets;
using System.Text;
using Sealane.Core;
using Sealane.Lab.Capture;
using Sealane.Lab.Namespaces;
using Sealane.Lab.Running;

namespace Sealane.Judge;

/// <summary>
/// Flows by real packets: datagrams from several ports between hosts, with a mark that taps at the hosts and on every
/// MCR find.
/// </summary>
internal sealed class Packets : IDisposable
{
    private const int Ports = 8;
    private const string Mark = "SEALANE-JUDGE:";
    private static readonly byte[] s_mark = Encoding.ASCII.GetBytes(Mark);
    private readonly List<Tap> _taps = [];
    private readonly Dictionary<string, List<Socket>> _senders = [];
    private readonly Dictionary<string, (int Arrived, int Clear)> _seen = [];
    private readonly Lock _gate = new();
    private int _next;

    public Packets(LabRun lab)
    {
        foreach (var mcr in lab.Plan.Mcrs)
        {
            _taps.Add(new(lab.Space(mcr.Name), frame => Note(frame, frame.Outgoing ? (0, 0) : (0, 1)), lab.Time));
        }
        foreach (var host in Hosts(lab))
        {
            var own = lab.Address(host);
            _taps.Add(new(lab.Space(host), frame =>
                Note(frame, !frame.Outgoing && frame.Destination == own ? (1, 0) : (0, 0)), lab.Time));
            _senders[host] = NetNs.Run(lab.Space(host), () => Enumerable.Range(0, Ports).Select(_ =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
                socket.Bind(new IPEndPoint(IPAddress.Any, 0));
                return socket;
            }).ToList());
        }
    }

    public static IEnumerable<string> Hosts(LabRun lab) =>
        lab.Plan.Boxes.Select(box => box.Name).Where(name => name.Contains("-host", StringComparison.Ordinal));

    /// <summary>What the packets show: <c>encrypted</c>, <c>clear</c>, <c>down</c>, or <c>down, exposed</c>.</summary>
    public async Task<string> Send(LabRun lab, string from, Ipv4 to, bool expected, CancellationToken ct)
    {
        var id = $"{Mark}{_next++};";
        lock (_gate)
        {
            _seen[id] = (0, 0);
        }
        var payload = Encoding.ASCII.GetBytes(id);
        foreach (var socket in _senders[from])
        {
            try
            {
                socket.SendTo(payload, new IPEndPoint(IPAddress.Parse(to.ToString()), 9));
            }
            catch (SocketException)
            {
                // The answer to an earlier packet (unreachable) is told to the next call; the packet was not sent.
                socket.SendTo(payload, new IPEndPoint(IPAddress.Parse(to.ToString()), 9));
            }
        }
        await lab.Until(() => Of(id).Arrived >= Ports, TimeSpan.FromMilliseconds(expected ? 1500 : 120), ct)
            .ConfigureAwait(false);
        // An MCR's tap may be behind the host's: what has arrived has passed it, and waits to be shown.
        await lab.Until(() => _taps.TrueForAll(tap => tap.IsDrained), TimeSpan.FromSeconds(2), ct)
            .ConfigureAwait(false);
        var (arrived, clear) = Of(id);
        return clear > 0 && arrived > 0 ? "clear" : clear > 0 ? "down, exposed" : arrived >= Ports ? "encrypted"
            : arrived == 0 ? "down" : $"{arrived} of {Ports} arrive";
    }

    public void Dispose()
    {
        _taps.ForEach(tap => tap.Dispose());
        _senders.Values.SelectMany(list => list).ToList().ForEach(socket => socket.Dispose());
    }

    private (int Arrived, int Clear) Of(string id)
    {
        lock (_gate)
        {
            return _seen[id];
        }
    }

    private void Note(Frame frame, (int Arrived, int Clear) what)
    {
        if (what == (0, 0) || !frame.IsIpv4 || frame.Protocol != 17)
        {
            return;
        }
        var at = frame.Bytes.AsSpan().IndexOf(s_mark);
        if (at < 0)
        {
            return;
        }
        var end = frame.Bytes.AsSpan(at).IndexOf((byte)';');
        var id = Encoding.ASCII.GetString(frame.Bytes, at, end + 1);
        lock (_gate)
        {
            if (_seen.TryGetValue(id, out var seen))
            {
                _seen[id] = (seen.Arrived + what.Arrived, seen.Clear + what.Clear);
            }
        }
    }
}
