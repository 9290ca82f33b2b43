using System.Buffers.Binary;

namespace Sealane.Lab.Capture;

/// <summary>Writes frames in the classic format that every analyser reads.</summary>
/// <remarks>https://www.ietf.org/archive/id/draft-ietf-opsawg-pcap-03.html</remarks>
internal sealed class PcapFile : IDisposable
{
    private readonly FileStream _stream;

    public PcapFile(string path)
    {
        _stream = File.Create(path);
        Span<byte> header = stackalloc byte[24];
        BinaryPrimitives.WriteUInt32LittleEndian(header, 0xa1b2c3d4);
        BinaryPrimitives.WriteUInt16LittleEndian(header[4..], 2);
        BinaryPrimitives.WriteUInt16LittleEndian(header[6..], 4);
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], 65535);
        BinaryPrimitives.WriteUInt32LittleEndian(header[20..], 1);
        _stream.Write(header);
    }

    public void Write(Frame frame)
    {
        Span<byte> header = stackalloc byte[16];
        var micros = frame.At.ToUnixTimeMilliseconds() * 1000 + frame.At.Microsecond;
        BinaryPrimitives.WriteUInt32LittleEndian(header, (uint)(micros / 1_000_000));
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], (uint)(micros % 1_000_000));
        BinaryPrimitives.WriteUInt32LittleEndian(header[8..], (uint)frame.Bytes.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header[12..], (uint)frame.Bytes.Length);
        _stream.Write(header);
        _stream.Write(frame.Bytes);
    }

    public void Dispose() => _stream.Dispose();
}
