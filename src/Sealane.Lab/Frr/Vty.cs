using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Sealane.Lab.Frr;

/// <summary>
/// A daemon's command line over its unix socket: a command and a NUL; the answer ends with three NULs and a status, 0
/// for good. vtysh does the same with a process a call.
/// </summary>
internal sealed class Vty : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly byte[] _buffer = new byte[1 << 16];

    public Vty(string directory, string daemon)
    {
        try
        {
            _socket.Connect(new UnixDomainSocketEndPoint($"{directory}/{daemon}.vty"));
            Say("enable");
        }
        catch (SocketException error)
        {
            _socket.Dispose();
            throw new LabError($"{daemon} of {Path.GetFileName(directory)} does not answer: {error.Message}");
        }
    }

    /// <summary>The answer and whether the daemon took the command.</summary>
    public (bool Good, string Answer) Say(string command)
    {
        _socket.Send(Encoding.ASCII.GetBytes(command + '\0'));
        using var answer = new MemoryStream();
        while (true)
        {
            var count = _socket.Receive(_buffer);
            if (count == 0)
            {
                throw new LabError($"the daemon ended while it was asked: {command}");
            }
            answer.Write(_buffer, 0, count);
            var all = answer.GetBuffer().AsSpan(0, (int)answer.Length);
            if (all.Length >= 4 && all[^4] == 0 && all[^3] == 0 && all[^2] == 0)
            {
                return (all[^1] == 0, Encoding.UTF8.GetString(all[..^4]));
            }
        }
    }

    /// <summary>An empty answer is an empty table.</summary>
    public JsonElement Json(string command)
    {
        var (_, answer) = Say(command);
        using var document = JsonDocument.Parse(string.IsNullOrWhiteSpace(answer) ? "{}" : answer);
        return document.RootElement.Clone();
    }

    /// <summary>Lines of configuration, in a context; the first refusal throws.</summary>
    public void Configure(IEnumerable<string> lines)
    {
        Say("configure terminal");
        foreach (var line in lines)
        {
            var (good, answer) = Say(line);
            if (!good)
            {
                Say("end");
                var said = line.Contains(" password ", StringComparison.Ordinal) ? line.Split(" password ")[0]
                    + " password …" : line;
                throw new LabError($"FRR refuses '{said}': {answer.Trim()}");
            }
        }
        Say("end");
    }

    public void Dispose() => _socket.Dispose();
}
