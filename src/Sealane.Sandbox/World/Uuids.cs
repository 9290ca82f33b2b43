namespace Sealane.Sandbox.World;

/// <summary>Identifiers as the clouds make them: version 4. Strict readers refuse any other digits.</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-4</remarks>
internal static class Uuids
{
    /// <param name="chance">At least sixteen bytes.</param>
    public static string Of(ReadOnlySpan<byte> chance)
    {
        Span<byte> bytes = stackalloc byte[16];
        chance[..16].CopyTo(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString();
    }
}
