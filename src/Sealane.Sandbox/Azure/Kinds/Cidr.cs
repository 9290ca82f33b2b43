using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Sealane.Core;

namespace Sealane.Sandbox.Azure.Kinds;

/// <summary>Prefixes as bodies write them.</summary>
internal static class Cidr
{
    public static ArmError? Problem(string text, string owner) =>
        Prefix.TryParse(text, out _) ? null
        : InterfaceAddress.TryParse(text, out var address)
            ? ArmError.Bad("InvalidCIDRNotation",
                $"The address prefix {text} in resource {owner} has an invalid CIDR notation. For the given prefix "
                    + $"length, the "
                + $"address prefix should be {address.Network}.")
            : ArmError.Bad("InvalidAddressPrefixFormat",
                $"Address prefix {text} of resource {owner} is not formatted correctly. It should follow CIDR "
                    + $"notation, for "
                + "example 10.0.0.0/24.");

    /// <summary>A block of the other family, as the address space of a VNet may have one beside its IPv4.</summary>
    /// <remarks>https://learn.microsoft.com/azure/virtual-network/ip-services/ipv6-overview</remarks>
    public static bool IsIpv6(string text) =>
        IPNetwork.TryParse(text, out var network) && network.BaseAddress.AddressFamily == AddressFamily.InterNetworkV6;

    public static IReadOnlyList<Prefix> Read(IEnumerable<string> texts) =>
        [.. texts.Where(text => Prefix.TryParse(text, out _)).Select(Prefix.Parse)];

    /// <summary><c>addressPrefix</c>, or the first of <c>addressPrefixes</c>; null when neither is an IPv4
    /// prefix.</summary>
    public static Prefix? OfSubnet(JsonNode? properties) =>
        Written(properties) is { } text && Prefix.TryParse(text, out var prefix)
            ? prefix
            : null;

    public static string? Written(JsonNode? subnet) =>
        subnet.Text("addressPrefix") ?? (subnet.Texts("addressPrefixes") is [var first, ..] ? first : null);

    public static Ipv4? Address(string? text) => text is not null && Ipv4.TryParse(text, out var address) ? address
        : null;
}
