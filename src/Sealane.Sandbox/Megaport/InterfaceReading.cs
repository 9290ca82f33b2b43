using System.Text.Json;
using Sealane.Core;

namespace Sealane.Sandbox.Megaport;

/// <summary>
/// Reads the interfaces of a virtual router configuration, from an order or a change, and collects what is wrong with
/// them. Texts as the real API was seen to write them; the others are ours.
/// </summary>
internal sealed class InterfaceReading(MegaportState state, Mcr mcr)
{
    private static readonly string[] PeerTypes = ["NON_CLOUD", "PRIV_CLOUD", "PUB_CLOUD"];

    public List<string> Problems { get; } = [];

    public List<McrInterface> Read(JsonElement config) => [.. config.Objects("interfaces").Select(ReadInterface)];

    private McrInterface ReadInterface(JsonElement element)
    {
        var addresses = new List<InterfaceAddress>();
        foreach (var text in element.Texts("ipAddresses"))
        {
            if (InterfaceAddress.TryParse(text, out var address) && address.Length is > 0 and < 32)
            {
                addresses.Add(address);
            }
            else
            {
                Problems.Add("Invalid subnet mask");
            }
        }
        // A key `bfd` of an interface is dropped without a word: github.com/megaport/terraform-provider-megaport #452.
        var read = new McrInterface
        {
            Addresses = addresses,
            Routes = [.. element.Objects("ipRoutes").Select(route => ReadRoute(route, addresses))
                .OfType<McrStaticRoute>()],
            BgpConnections =
            [
                .. element.Objects("bgpConnections").Select(bgp => ReadSession(bgp, addresses))
                    .OfType<McrBgpConnection>(),
            ],
            NatAddresses = [.. element.Texts("natIpAddresses")],
            Vlan = element.SmallNumber("vlan") is { } vlan and not (0 or -1) ? vlan : null,
            IpMtu = element.SmallNumber("ipMtu"),
            Description = element.Text("description"),
        };
        Expect(read.Vlan is null or (>= 2 and <= 4093), "Invalid inner VLAN");
        Expect(read.IpMtu is null or (>= 68 and <= 9074), "Invalid IP MTU");
        Expect(element.Text("interfaceType") is null or "subInterface", "Invalid interface type");
        return read;
    }

    private McrStaticRoute? ReadRoute(JsonElement element, List<InterfaceAddress> addresses)
    {
        if (!InterfaceAddress.TryParse(element.Text("prefix") ?? "", out var prefix))
        {
            Problems.Add("Invalid subnet mask");
            return null;
        }
        if (!Ipv4.TryParse(element.Text("nextHop") ?? "", out var nextHop)
            || !addresses.Exists(address => address.Network.Contains(nextHop)))
        {
            Problems.Add("Next hop of a static route must be in a subnet of the interface");
            return null;
        }
        return new(prefix.Network, nextHop, element.Text("description"));
    }

    private McrBgpConnection? ReadSession(JsonElement element, List<InterfaceAddress> addresses)
    {
        if (!Ipv4.TryParse(element.Text("localIpAddress") ?? "", out var local)
            || addresses.FindIndex(address => address.Address == local) is var at && at < 0)
        {
            Problems.Add("Invalid customer IP address");
            return null;
        }
        if (!Ipv4.TryParse(element.Text("peerIpAddress") ?? "", out var peer))
        {
            Problems.Add("Invalid Amazon IP address");
            return null;
        }
        if (element.Number("peerAsn") is not (>= 1 and <= uint.MaxValue and var peerAsn))
        {
            Problems.Add("Invalid ASN");
            return null;
        }
        var read = new McrBgpConnection
        {
            PeerAsn = peerAsn,
            LocalAsn = element.Number("localAsn"),
            LocalAddress = local,
            PeerAddress = peer,
            Password = element.Text("password") is { Length: > 0 } password ? password : null,
            Shutdown = element.Flag("shutdown") ?? false,
            Description = element.Text("description"),
            MedIn = element.Number("medIn"),
            MedOut = element.Number("medOut"),
            BfdEnabled = element.Flag("bfdEnabled") ?? false,
            ExportPolicy = element.Text("exportPolicy") ?? "permit",
            PermitExportTo = [.. Addresses(element, "permitExportTo")],
            DenyExportTo = [.. Addresses(element, "denyExportTo")],
            ImportWhitelist = PrefixList(element, "importWhitelist"),
            ImportBlacklist = PrefixList(element, "importBlacklist"),
            ExportWhitelist = PrefixList(element, "exportWhitelist"),
            ExportBlacklist = PrefixList(element, "exportBlacklist"),
            AsPathPrependCount = element.SmallNumber("asPathPrependCount") ?? 0,
            PeerType = element.Text("peerType") ?? "PRIV_CLOUD",
            AsOverride = element.Flag("asOverride") ?? false,
        };
        Expect(addresses[at].Network.Contains(peer) && peer != local, "IP addresses must be in the same network");
        Expect(read.LocalAsn is null or (>= 1 and <= uint.MaxValue), "Invalid ASN");
        Expect(read.MedIn is null or (>= 0 and <= uint.MaxValue), "Invalid MED");
        Expect(read.MedOut is null or (>= 0 and <= uint.MaxValue), "Invalid MED");
        Expect(read.AsPathPrependCount is >= 0 and <= 10, "AS path prepend count must be between 0 and 10");
        Expect(read.ExportPolicy is "permit" or "deny", "Invalid export policy");
        Expect(PeerTypes.Contains(read.PeerType), "Invalid peer type");
        return read;
    }

    private IEnumerable<Ipv4> Addresses(JsonElement element, string name)
    {
        foreach (var text in element.Texts(name))
        {
            if (Ipv4.TryParse(text, out var address))
            {
                yield return address;
            }
            else
            {
                Problems.Add($"Invalid address in {name}");
            }
        }
    }

    private int? PrefixList(JsonElement element, string name)
    {
        var number = element.SmallNumber(name);
        if (number is { } known && state.FindPrefixList(mcr.Id, known) is null)
        {
            Problems.Add($"Prefix list {known} does not exist on this MCR");
        }
        return number;
    }

    private void Expect(bool holds, string problem)
    {
        if (!holds)
        {
            Problems.Add(problem);
        }
    }
}
