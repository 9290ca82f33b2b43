using System.Buffers.Binary;
using Sealane.Core;

namespace Sealane.Lab.Capture;

/// <summary>An Ethernet frame as it was seen.</summary>
/// <param name="Interface">Index in the box.</param>
/// <param name="Outgoing">Sent by the box, else received.</param>
internal sealed record Frame(DateTimeOffset At, int Interface, bool Outgoing, byte[] Bytes)
{
    private const int EtherHeader = 14;

    public bool IsArp => EtherType == 0x0806;
    public bool IsIpv4 => EtherType == 0x0800 && Bytes.Length >= EtherHeader + 20;
    public int Protocol => Bytes[EtherHeader + 9];
    public Ipv4 Source => new(BinaryPrimitives.ReadUInt32BigEndian(Bytes.AsSpan(EtherHeader + 12)));
    public Ipv4 Destination => new(BinaryPrimitives.ReadUInt32BigEndian(Bytes.AsSpan(EtherHeader + 16)));

    private int EtherType => Bytes.Length >= EtherHeader ? BinaryPrimitives.ReadUInt16BigEndian(Bytes.AsSpan(12)) : 0;

    private int Payload => EtherHeader + (4 * (Bytes[EtherHeader] & 15));

    /// <summary>Ports of a UDP or TCP packet's first fragment; 0 otherwise.</summary>
    public (int Source, int Destination) Ports => IsIpv4 && Protocol is 6 or 17 && Bytes.Length >= Payload + 4
        ? (BinaryPrimitives.ReadUInt16BigEndian(Bytes.AsSpan(Payload)),
            BinaryPrimitives.ReadUInt16BigEndian(Bytes.AsSpan(Payload + 2)))
        : (0, 0);

    /// <summary>ESP as protocol 50, or in UDP 4500 where IKE is told apart by four zero bytes: RFC 3948.</summary>
    public bool IsEsp => IsIpv4 && (Protocol == 50 || (IsUdp(4500) && !HasIkeMarker));

    public bool IsIke => IsIpv4 && (IsUdp(500) || (IsUdp(4500) && HasIkeMarker));
    public bool IsBgp => IsIpv4 && Protocol == 6 && (Ports.Source == 179 || Ports.Destination == 179);
    public bool IsBfd => IsIpv4 && Protocol == 17 && Ports.Destination is 3784 or 3785;
    public bool IsIcmp => IsIpv4 && Protocol == 1;

    public bool Contains(ReadOnlySpan<byte> mark) => Bytes.AsSpan().IndexOf(mark) >= 0;

    private string ProtocolName => Protocol switch
    {
        1 => "ICMP",
        6 => "TCP",
        17 => "UDP",
        50 => "ESP",
        var other => $"protocol {other}",
    };

    private bool IsUdp(int port) => Protocol == 17 && Ports.Destination == port;

    private bool HasIkeMarker =>
        Bytes.Length >= Payload + 12 && BinaryPrimitives.ReadUInt32BigEndian(Bytes.AsSpan(Payload + 8)) == 0;

    public override string ToString() => IsIpv4
        ? $"{Source} > {Destination} {ProtocolName}"
            + (Ports.Destination > 0 ? $" {Ports.Source} > {Ports.Destination}" : "")
        : IsArp ? "ARP" : $"ethertype {EtherType:x4}";
}
