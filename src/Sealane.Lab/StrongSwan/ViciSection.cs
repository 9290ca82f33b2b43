using System.Buffers.Binary;
using System.Text;

namespace Sealane.Lab.StrongSwan;

/// <summary>A section of vici: values, lists and sections by name, in order.</summary>
internal sealed class ViciSection
{
    private const byte SectionStart = 1, SectionEnd = 2, KeyValue = 3, ListStart = 4, ListItem = 5, ListEnd = 6;

    public Dictionary<string, string> Values { get; } = [];
    public Dictionary<string, List<string>> Lists { get; } = [];
    public Dictionary<string, ViciSection> Sections { get; } = [];

    public string this[string key] => Values.GetValueOrDefault(key, "");

    public ViciSection Add(string key, string value)
    {
        Values[key] = value;
        return this;
    }

    public ViciSection Add(string key, params List<string> items)
    {
        Lists[key] = items;
        return this;
    }

    public ViciSection Add(string key, ViciSection section)
    {
        Sections[key] = section;
        return this;
    }

    public void Write(Stream to)
    {
        foreach (var (key, value) in Values)
        {
            Named(to, KeyValue, key);
            Text(to, value);
        }
        foreach (var (key, items) in Lists)
        {
            Named(to, ListStart, key);
            foreach (var item in items)
            {
                to.WriteByte(ListItem);
                Text(to, item);
            }
            to.WriteByte(ListEnd);
        }
        foreach (var (key, section) in Sections)
        {
            Named(to, SectionStart, key);
            section.Write(to);
            to.WriteByte(SectionEnd);
        }
    }

    public static ViciSection Read(byte[] body, ref int at)
    {
        var section = new ViciSection();
        List<string>? list = null;
        while (at < body.Length)
        {
            switch (body[at++])
            {
                case SectionStart:
                    section.Sections[Name(body, ref at)] = Read(body, ref at);
                    break;
                case SectionEnd:
                    return section;
                case KeyValue:
                    section.Values[Name(body, ref at)] = Value(body, ref at);
                    break;
                case ListStart:
                    section.Lists[Name(body, ref at)] = list = [];
                    break;
                case ListItem:
                    list?.Add(Value(body, ref at));
                    break;
                default:
                    break;
            }
        }
        return section;
    }

    private static void Named(Stream to, byte type, string name)
    {
        to.WriteByte(type);
        to.WriteByte((byte)name.Length);
        to.Write(Encoding.ASCII.GetBytes(name));
    }

    private static void Text(Stream to, string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        Span<byte> length = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)bytes.Length);
        to.Write(length);
        to.Write(bytes);
    }

    private static string Name(byte[] body, ref int at)
    {
        var length = body[at++];
        at += length;
        return Encoding.ASCII.GetString(body, at - length, length);
    }

    private static string Value(byte[] body, ref int at)
    {
        var length = BinaryPrimitives.ReadUInt16BigEndian(body.AsSpan(at));
        at += 2 + length;
        return Encoding.UTF8.GetString(body, at - length, length);
    }
}
