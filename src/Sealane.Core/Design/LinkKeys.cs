using System.Security.Cryptography;
using System.Text;

namespace Sealane.Core.Design;

/// <summary>
/// The keys of the link. Each is derived from the one link key by HKDF (RFC 5869) under its own label and the
/// generation number, so nothing needs to be stored: the same spec and link key give the same keys again.
/// </summary>
public sealed class LinkKeys
{
    /// <summary>
    /// Letters and 1-9: inside what AWS (letters, digits, dot, underscore, no leading 0), Azure (no space, hyphen,
    /// tilde)
    /// and Megaport accept. No zero, so that it can stand first.
    /// </summary>
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz123456789";

    /// <summary>AWS takes 8-64 characters, Azure up to 128.</summary>
    private const int PreSharedKeyLength = 32;

    /// <summary>AWS takes 6-80 characters, ExpressRoute at most 25.</summary>
    private const int BgpKeyLength = 20;

    private readonly Func<string, int, Secret> _key;

    private LinkKeys(Func<string, int, Secret> key)
    {
        _key = key;
    }

    /// <summary>The labels of the keys, by what they belong to.</summary>
    public static string LabelOf(AwsVxcDesign vxc) => LabelOf("bgp/aws", vxc.Key);

    public static string LabelOf(CircuitDesign circuit) => LabelOf("bgp/azure", circuit.Key);

    public static string LabelOf(TunnelDesign tunnel) => LabelOfTunnel(tunnel.Number);

    /// <summary>Of the authorization by which a circuit of another subscription is used.</summary>
    public static string LabelOfAuthorization(PartKey circuit) => LabelOf("authorization", circuit);

    private static string LabelOf(string session, PartKey key) => key.Made.On(session);

    private static string LabelOfTunnel(int number) => $"psk/tunnel-{number}";

    /// <summary>MD5 key of the session of a transit VIF, between MCR and Direct Connect gateway.</summary>
    public Secret AwsBgp(PartKey vxc) => _key(LabelOf("bgp/aws", vxc), BgpKeyLength);

    /// <summary>MD5 key of the sessions of a circuit, between MCR and Microsoft edge.</summary>
    public Secret AzureBgp(PartKey circuit) => _key(LabelOf("bgp/azure", circuit), BgpKeyLength);

    /// <summary>What the circuit's owner gave for one connection; null: nothing, for it is never derived.</summary>
    public Secret? Authorization(PartKey circuit) =>
        _key(LabelOfAuthorization(circuit), 0) is { Length: > 0 } given ? given : null;

    /// <summary>Pre-shared key of a tunnel.</summary>
    public Secret Tunnel(int number) => _key(LabelOfTunnel(number), PreSharedKeyLength);

    /// <summary>Every key of a link, for nets that keep them out of logs.</summary>
    public IReadOnlyList<Secret> Of(NetworkDesign design) => [.. Labelled(design).Select(one => one.Key)];

    /// <summary>Every key of a link with its label, such as <c>psk/tunnel-1</c>.</summary>
    public IReadOnlyList<(string Label, Secret Key)> Labelled(NetworkDesign design) =>
    [
        .. design.AwsVxcs.Select(vxc => (LabelOf(vxc), AwsBgp(vxc.Key))),
        .. design.Circuits.Select(circuit => (LabelOf(circuit), AzureBgp(circuit.Key))),
        .. design.Tunnels.Select(tunnel => (LabelOf(tunnel), Tunnel(tunnel.Number))),
        .. design.Circuits.Where(design.Redeems).Select(circuit => (LabelOfAuthorization(circuit.Key),
            Authorization(circuit.Key) ?? new(""))),
    ];

    /// <param name="linkKey">Any text with enough entropy; 32 random bytes in hexadecimal are a good choice.</param>
    /// <param name="own">Keys that the user brought, by the same labels; they win over derived ones.</param>
    public static LinkKeys Derive(
        Secret linkKey, string linkName, int generation, IReadOnlyDictionary<string, Secret>? own = null) =>
        new((label, length) => own?.GetValueOrDefault(label)
            ?? Expand(linkKey, $"sealane/1/{linkName}/{label}/{generation}", length));

    /// <summary>The same keys but for these, by their labels: those that are in use and are not to change
    /// now.</summary>
    public LinkKeys With(IReadOnlyDictionary<string, Secret> inUse) =>
        new((label, length) => inUse.GetValueOrDefault(label) ?? _key(label, length));

    private static Secret Expand(Secret linkKey, string info, int length)
    {
        if (length == 0)
        {
            return new("");
        }
        // 64 bits a character over 61 letters: the bias of the remainder is far below what anyone could use.
        var bytes = HKDF.DeriveKey(
            HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(linkKey.Reveal()), length * 8,
            info: Encoding.UTF8.GetBytes(info));
        return new(string.Create(length, bytes, static (text, source) =>
        {
            for (var i = 0; i < text.Length; i++)
            {
                text[i] = Alphabet[(int)(BitConverter.ToUInt64(source, i * 8) % (ulong)Alphabet.Length)];
            }
        }));
    }
}
