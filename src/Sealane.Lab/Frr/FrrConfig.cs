using System.Text;
using Sealane.Core;

namespace Sealane.Lab.Frr;

/// <summary>A router's whole configuration, in blocks: a header that opens a context, and lines in it.</summary>
/// <param name="Bgp">bgpd's blocks, in file order: lists and maps before the router block, because FRR looks again at
/// routes seconds after a map appears.</param>
/// <param name="Statics">staticd's lines; null: the router has no static routes and no such daemon.</param>
/// <param name="Bfd">bfdd is needed.</param>
public sealed record FrrConfig(long Asn, IReadOnlyList<FrrBlock> Bgp, IReadOnlyList<string>? Statics, bool Bfd)
{
    /// <summary>Addresses of the neighbours.</summary>
    public required IReadOnlyList<Ipv4> Peers { get; init; }

    /// <summary>The file for bgpd.</summary>
    public string BgpFile()
    {
        var text = new StringBuilder();
        foreach (var block in Bgp)
        {
            block.Write(text);
        }
        return text.ToString();
    }

    public string StaticFile() => string.Concat((Statics ?? []).Select(line => line + "\n"));

    /// <summary>
    /// Routes with their next hops in them, not by groups of the kernel's: a group that went with an interface is
    /// thought to be there for ever, and every route by it is refused (seen in FRR 8.4).
    /// </summary>
    public const string ZebraFile = "no zebra nexthop kernel enable\n";

    /// <summary>300 ms and three packets: what AWS and Azure offer on their side.</summary>
    /// <remarks>https://learn.microsoft.com/azure/expressroute/expressroute-bfd</remarks>
    public const string BfdFile = """
        bfd
         profile edge
          transmit-interval 300
          receive-interval 300
          detect-multiplier 3
         exit
        exit

        """;
}

/// <param name="Header">Empty for top-level lines; otherwise the commands that open the context, one a line.</param>
public sealed record FrrBlock(string Header, IReadOnlyList<string> Lines)
{
    public IReadOnlyList<string> Opening => Header.Length == 0 ? [] : Header.Split('\n');

    internal void Write(StringBuilder text)
    {
        var depth = Opening.Count;
        for (var i = 0; i < depth; i++)
        {
            text.Append(' ', i).Append(Opening[i]).Append('\n');
        }
        foreach (var line in Lines)
        {
            text.Append(' ', depth).Append(line).Append('\n');
        }
        for (var i = depth - 1; i >= 0; i--)
        {
            text.Append(' ', i).Append(Opening[i].StartsWith("address-family", StringComparison.Ordinal)
                ? "exit-address-family" : "exit").Append('\n');
        }
    }
}
