using System.Text.Json.Nodes;
using Sealane.Core;

namespace Sealane.Sandbox.Aws.DirectConnect;

/// <summary>BGP sessions of a VIF: one of each address family.</summary>
/// <remarks>https://docs.aws.amazon.com/directconnect/latest/APIReference/API_CreateBGPPeer.html</remarks>
internal static class BgpPeerCalls
{
    private static readonly DxShape NewPeer = new(
        "asn:integer asnLong:long authKey:string addressFamily:string amazonAddress:string customerAddress:string");

    public static IReadOnlyList<DxOperation> All { get; } =
    [
        new("CreateBGPPeer", "virtualInterfaceId:string newBGPPeer:object", Create),
        new("DeleteBGPPeer",
            "virtualInterfaceId:string asn:integer asnLong:long customerAddress:string bgpPeerId:string", Delete),
    ];

    /// <summary>Checks what is said of a session and fills in what is not.</summary>
    public static DxBgpPeer Make(DxCall call, DxInput asked, string name)
    {
        var family = asked.Text("addressFamily") ?? "ipv4";
        if (family is not ("ipv4" or "ipv6"))
        {
            throw AwsRefusal.DirectConnect($"Address family {family} is invalid.");
        }
        var asn = Asn(asked);
        var key = asked.Text("authKey");
        if (key is { Length: < 6 or > 80 })
        {
            throw AwsRefusal.DirectConnect("BGP authentication key must have length between 6 and 80.");
        }
        var (amazon, customer) = family == "ipv4" ? Ipv4Pair(call, asked, name) : Ipv6Pair(call, asked, name);
        return new()
        {
            Id = call.State.NewDxId(call.World, "dxpeer-", $"{name}/{family}"),
            AddressFamily = family,
            Asn = asn,
            AuthKey = key ?? $"0x{call.World.Alphanumeric($"aws/bgp-key/{name}/{family}", 22)}",
            AmazonAddress = amazon,
            CustomerAddress = customer,
        };
    }

    /// <summary>asnLong wins. A 32-bit number in asn overflows, and the message says so in its own way.</summary>
    public static long Asn(DxInput asked)
    {
        if (asked.Number("asnLong") is { } wide)
        {
            return wide is >= 1 and <= 4294967294
                ? wide
                : throw AwsRefusal.DirectConnect(
                    $"BGP ASN {wide} must have value greater than or equal to 1 and at most 4294967294");
        }
        var asn = asked.Number("asn") ?? throw AwsRefusal.DirectConnect("BGP ASN must be provided.");
        return unchecked((int)asn) is var narrow && narrow == asn && narrow >= 1
            ? asn
            : throw AwsRefusal.DirectConnect(
                $"BGP ASN {unchecked((int)asn)} must have value greater than or equal to 1");
    }

    private static JsonObject Create(DxCall call)
    {
        var vif = call.Vif(call.Input.Required("virtualInterfaceId"));
        if (!call.Input.Has("newBGPPeer"))
        {
            throw AwsRefusal.DirectConnect("newBGPPeer must be provided.");
        }
        var asked = call.Input.At("newBGPPeer", NewPeer);
        if (vif.Peers.Any(p => p.AddressFamily == (asked.Text("addressFamily") ?? "ipv4")))
        {
            throw AwsRefusal.DirectConnect(
                $"Virtual Interface {vif.Id} already has a BGP peer of this address family.");
        }
        vif.Peers.Add(Make(call, asked, vif.Name));
        return DxJson.Of(("virtualInterface", VifJson.Of(call, vif)));
    }

    private static JsonObject Delete(DxCall call)
    {
        var vif = call.Vif(call.Input.Required("virtualInterfaceId"));
        var (id, address) = (call.Input.Text("bgpPeerId"), call.Input.Text("customerAddress"));
        var asn = call.Input.Has("asn") || call.Input.Has("asnLong") ? Asn(call.Input) : (long?)null;
        var peer = vif.Peers.FirstOrDefault(p => id is not null ? p.Id == id
            : asn is not null && p.Asn == asn && (address is null || p.CustomerAddress == address))
            ?? throw AwsRefusal.DirectConnect($"The BGP peer does not exist on Virtual Interface {vif.Id}.");
        // "You cannot delete the last BGP peer from a virtual interface": API_DeleteBGPPeer; the wording is ours.
        if (vif.Peers is [_])
        {
            throw AwsRefusal.DirectConnect($"The last BGP peer of Virtual Interface {vif.Id} cannot be deleted.");
        }
        vif.Peers.Remove(peer);
        return DxJson.Of(("virtualInterface", VifJson.Of(call, vif)));
    }

    /// <summary>Both with their mask, in one /30 or /31, neither the network's own address; or both left to
    /// AWS.</summary>
    private static (string Amazon, string Customer) Ipv4Pair(DxCall call, DxInput asked, string name)
    {
        var (amazonText, customerText) = (asked.Text("amazonAddress"), asked.Text("customerAddress"));
        if (amazonText is null && customerText is null)
        {
            var block = new Prefix(Prefix.Parse("169.254.64.0/18")
                .Host((long)(call.World.Chance($"aws/vif-address/{name}") * 16384)), 30);
            return ($"{block.Host(1)}/30", $"{block.Host(2)}/30");
        }
        if (!InterfaceAddress.TryParse(amazonText, out var amazon)
            || !InterfaceAddress.TryParse(customerText, out var customer))
        {
            throw AwsRefusal.DirectConnect("Amazon Address and Customer Address must both be given in CIDR notation.");
        }
        if (amazon.Network != customer.Network)
        {
            throw AwsRefusal.DirectConnect("Amazon Address and Customer Address must be in the same CIDR");
        }
        if (amazon.Length > 31)
        {
            throw AwsRefusal.DirectConnect($"Prefix length {amazon.Length} is not supported.");
        }
        if (amazon.Length < 31)
        {
            CheckHost("Amazon", amazon);
            CheckHost("Customer", customer);
        }
        return amazon.Address != customer.Address
            ? (amazonText!, customerText!)
            : throw AwsRefusal.DirectConnect("Amazon Address and Customer Address must be different.");
    }

    private static void CheckHost(string whose, InterfaceAddress address)
    {
        if (address.Address == address.Network.Network)
        {
            throw AwsRefusal.DirectConnect($"{whose} Address is address 0 on its subnet.");
        }
        if (address.Address == address.Network.Last)
        {
            throw AwsRefusal.DirectConnect($"{whose} Address is the broadcast address on its subnet.");
        }
    }

    /// <summary>IPv6 peer addresses are Amazon's own and cannot be chosen.</summary>
    private static (string Amazon, string Customer) Ipv6Pair(DxCall call, DxInput asked, string name)
    {
        if (asked.Text("amazonAddress") is not null || asked.Text("customerAddress") is not null)
        {
            throw AwsRefusal.DirectConnect("IPv6 addresses are assigned by Amazon.");
        }
        var digits = call.World.Hex($"aws/vif-ipv6/{name}", 4);
        return ($"2406:da30:{digits}::1/125", $"2406:da30:{digits}::2/125");
    }
}
