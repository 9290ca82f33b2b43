using System.Globalization;

namespace Sealane.Core;

/// <summary>An IPv4 address as a number, so that routing tables compare and sort it cheaply.</summary>
public readonly record struct Ipv4(uint Value) : IComparable<Ipv4>
{
    /// <summary>Reads four decimal octets. Leading zeros and shortened forms are refused: tools disagree on
    /// them.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Ipv4 address)
    {
        address = default;
        uint value = 0;
        var octets = 0;
        foreach (var range in text.Split('.'))
        {
            var octet = text[range];
            if (octets == 4 || octet.IsEmpty || octet.Length > 3 || (octet.Length > 1 && octet[0] == '0')
                || !byte.TryParse(octet, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return false;
            }
            value = (value << 8) | number;
            octets++;
        }
        address = new(value);
        return octets == 4;
    }

    public static Ipv4 Parse(string text) =>
        TryParse(text, out var address) ? address : throw new FormatException($"'{text}' is not an IPv4 address");

    public Prefix ToPrefix() => new(this, 32);

    public int CompareTo(Ipv4 other) => Value.CompareTo(other.Value);

    public static bool operator <(Ipv4 a, Ipv4 b) => a.Value < b.Value;
    public static bool operator >(Ipv4 a, Ipv4 b) => a.Value > b.Value;
    public static bool operator <=(Ipv4 a, Ipv4 b) => a.Value <= b.Value;
    public static bool operator >=(Ipv4 a, Ipv4 b) => a.Value >= b.Value;

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture,
            $"{Value >> 24}.{(Value >> 16) & 255}.{(Value >> 8) & 255}.{Value & 255}");
}

/// <summary>An IPv4 prefix with no host bits set, such as <c>10.2.0.0/16</c>.</summary>
public readonly record struct Prefix : IComparable<Prefix>
{
    /// <summary>Host bits are cut off: use <see cref="TryParse"/> where they must be refused.</summary>
    public Prefix(Ipv4 address, int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, 32);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Length = length;
        Network = new(address.Value & Mask(length));
    }

    public Ipv4 Network { get; }
    public int Length { get; }

    public static Prefix Default { get; } = new(new Ipv4(0), 0);

    /// <summary>How many addresses the prefix holds.</summary>
    public long Size => 1L << (32 - Length);

    public Ipv4 Last => new(Network.Value | ~Mask(Length));

    public static bool TryParse(ReadOnlySpan<char> text, out Prefix prefix) =>
        InterfaceAddress.TryParse(text, out var both) & (prefix = both.Network).Network == both.Address;

    public static Prefix Parse(string text) =>
        TryParse(text, out var prefix) ? prefix : throw new FormatException($"'{text}' is not an IPv4 prefix");

    public bool Contains(Ipv4 address) => (address.Value & Mask(Length)) == Network.Value;

    /// <summary>Whether <paramref name="other"/> lies inside this prefix or equals it.</summary>
    public bool Contains(Prefix other) => other.Length >= Length && Contains(other.Network);

    public bool Overlaps(Prefix other) => Contains(other) || other.Contains(this);

    /// <summary>The n-th address of the prefix; 0 is the network address itself.</summary>
    public Ipv4 Host(long n) =>
        n >= 0 && n < Size ? new((uint)(Network.Value + n)) : throw new ArgumentOutOfRangeException(nameof(n));

    public int CompareTo(Prefix other) =>
        Network.CompareTo(other.Network) is var order && order != 0 ? order : Length.CompareTo(other.Length);

    public static bool operator <(Prefix a, Prefix b) => a.CompareTo(b) < 0;
    public static bool operator >(Prefix a, Prefix b) => a.CompareTo(b) > 0;
    public static bool operator <=(Prefix a, Prefix b) => a.CompareTo(b) <= 0;
    public static bool operator >=(Prefix a, Prefix b) => a.CompareTo(b) >= 0;

    public override string ToString() => $"{Network}/{Length.ToString(CultureInfo.InvariantCulture)}";

    private static uint Mask(int length) => length == 0 ? 0 : uint.MaxValue << (32 - length);
}

/// <summary>An address together with its mask, as routers write an interface: <c>192.168.100.1/30</c>.</summary>
public readonly record struct InterfaceAddress(Ipv4 Address, int Length)
{
    public Prefix Network => new(Address, Length);

    public static bool TryParse(ReadOnlySpan<char> text, out InterfaceAddress address)
    {
        address = default;
        var slash = text.IndexOf('/');
        if (slash < 0 || !Ipv4.TryParse(text[..slash], out var ip)
            || !int.TryParse(text[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            || length > 32 || (text.Length - slash > 2 && text[slash + 1] == '0'))
        {
            return false;
        }
        address = new(ip, length);
        return true;
    }

    public static InterfaceAddress Parse(string text) =>
        TryParse(text, out var address) ? address
            : throw new FormatException($"'{text}' is not an address with a mask");

    public override string ToString() => $"{Address}/{Length.ToString(CultureInfo.InvariantCulture)}";
}
