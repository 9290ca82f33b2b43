using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace Sealane.Lab.StrongSwan;

/// <summary>
/// charon's control protocol: a length of four bytes, a type, a name, then nested sections, lists and values.
/// </summary>
/// <remarks>https://github.com/strongswan/strongswan/blob/master/src/libcharon/plugins/vici/README.md</remarks>
internal sealed class Vici : IDisposable
{
    private const byte Request = 0, Response = 1, Unknown = 2, Register = 3, Unregister = 4, Confirm = 5, Event = 7;
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    public Vici(string directory)
    {
        try
        {
            _socket.Connect(new UnixDomainSocketEndPoint(directory + "/charon.vici"));
        }
        catch (SocketException error)
        {
            _socket.Dispose();
            throw new LabError($"charon of {Path.GetFileName(directory)} does not answer: {error.Message}");
        }
    }

    /// <summary>A command; events of the given name that come meanwhile are collected.</summary>
    public (ViciSection Answer, List<ViciSection> Events) Call(
        string command, ViciSection? arguments = null, string? events = null)
    {
        if (events is not null)
        {
            Send(Register, events, null);
            Expect(Confirm);
        }
        Send(Request, command, arguments);
        List<ViciSection> heard = [];
        while (true)
        {
            var (type, body) = Receive();
            if (type == Event)
            {
                var at = 1 + body[0];
                heard.Add(ViciSection.Read(body, ref at));
                continue;
            }
            var start = 0;
            var answer = type == Response ? ViciSection.Read(body, ref start)
                : throw new LabError(type == Unknown ? $"charon knows no '{command}'"
                    : $"charon answered '{command}' with type {type}");
            if (events is not null)
            {
                Send(Unregister, events, null);
                Expect(Confirm);
            }
            return (answer, heard);
        }
    }

    public void Dispose() => _socket.Dispose();

    private void Expect(byte wanted)
    {
        byte type;
        do
        {
            (type, _) = Receive();
        }
        while (type == Event);
        if (type != wanted)
        {
            throw new LabError($"charon answered with type {type} instead of {wanted}");
        }
    }

    private void Send(byte type, string name, ViciSection? arguments)
    {
        using var body = new MemoryStream();
        body.WriteByte(type);
        body.WriteByte((byte)name.Length);
        body.Write(Encoding.ASCII.GetBytes(name));
        arguments?.Write(body);
        var frame = new byte[4 + body.Length];
        BinaryPrimitives.WriteUInt32BigEndian(frame, (uint)body.Length);
        body.ToArray().CopyTo(frame, 4);
        _socket.Send(frame);
    }

    private (byte Type, byte[] Body) Receive()
    {
        var length = BinaryPrimitives.ReadUInt32BigEndian(Exactly(4));
        var packet = Exactly((int)length);
        return (packet[0], packet[1..]);
    }

    private byte[] Exactly(int count)
    {
        var buffer = new byte[count];
        for (var got = 0; got < count;)
        {
            var read = _socket.Receive(buffer, got, count - got, SocketFlags.None);
            got += read > 0 ? read : throw new LabError("charon ended while it was asked");
        }
        return buffer;
    }
}
