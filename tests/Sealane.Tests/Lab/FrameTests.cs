using Sealane.Core;
using Sealane.Lab.Capture;

namespace Sealane.Tests.Lab;

/// <summary>The rule for captures on an MCR, frame by frame.</summary>
public sealed class FrameTests
{
    public static TheoryData<string, string, string, int, int, bool, FrameKind> Rows => new()
    {
        { "ESP in UDP", "10.254.1.18", "10.2.0.6", 17, 4500, false, FrameKind.Esp },
        { "ESP itself", "10.2.0.6", "10.254.1.80", 50, 0, false, FrameKind.Esp },
        { "IKE", "10.254.1.18", "10.2.0.6", 17, 500, false, FrameKind.Ike },
        { "IKE on port 4500", "10.254.1.18", "10.2.0.6", 17, 4500, true, FrameKind.Ike },
        { "an echo between the ends", "10.254.1.18", "10.2.0.6", 1, 0, false, FrameKind.Icmp },
        { "TCP between the ends is nothing of the link's", "10.254.1.18", "10.2.0.6", 6, 443, false, FrameKind.Other },
        { "BGP of the transport", "192.168.100.1", "192.168.100.2", 6, 179, false, FrameKind.Bgp },
        { "BFD of the transport", "192.168.100.1", "192.168.100.2", 17, 3784, false, FrameKind.Bfd },
        { "the inner flow", "10.1.0.10", "10.2.1.10", 1, 0, false, FrameKind.Clear },
        { "the inner flow's answer", "10.2.1.10", "10.1.0.10", 1, 0, false, FrameKind.Clear },
        { "ESP from elsewhere to a workload", "192.168.100.1", "10.1.0.10", 50, 0, false, FrameKind.Clear },
        { "a workload to a tunnel's end", "10.1.0.10", "10.2.0.6", 1, 0, false, FrameKind.ToEndpoint },
        { "a stranger", "172.16.0.1", "172.16.0.2", 17, 53, false, FrameKind.Other },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_frame_is_what_it_is(
        string reason, string source, string destination, int protocol, int port, bool marker, FrameKind kind)
    {
        Assert.NotEmpty(reason);
        Assert.Equal(kind, new Rule(Labs.Sydney).KindOf(Packet(source, destination, protocol, port, marker)));
    }

    [Fact]
    public void A_packet_to_a_tunnels_end_passes_only_where_the_tables_let_it()
    {
        var isolated = Labs.Sydney;
        var propagated = isolated with { TransitGateway = isolated.TransitGateway with { Propagates = true } };
        Assert.False(new Rule(isolated).Allows(FrameKind.ToEndpoint));
        Assert.True(new Rule(propagated).Allows(FrameKind.ToEndpoint));
        Assert.False(new Rule(propagated).Allows(FrameKind.Clear));
    }

    private static Frame Packet(string source, string destination, int protocol, int port, bool marker)
    {
        var bytes = new byte[60];
        (bytes[12], bytes[13], bytes[14], bytes[23]) = (8, 0, 0x45, (byte)protocol);
        Put(bytes, 26, Ipv4.Parse(source).Value);
        Put(bytes, 30, Ipv4.Parse(destination).Value);
        (bytes[34], bytes[35], bytes[36], bytes[37]) = (0xc0, 0, (byte)(port >> 8), (byte)port);
        bytes[45] = marker ? (byte)0 : (byte)1;
        return new(DateTimeOffset.UnixEpoch, 1, Outgoing: false, bytes);
    }

    private static void Put(byte[] bytes, int at, uint value) =>
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(at), value);
}
