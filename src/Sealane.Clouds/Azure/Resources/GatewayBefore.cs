using Sealane.Core;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Azure;

/// <summary>
/// What a used VPN gateway was before the link changed it. It stands as two tags on the link's first circuit: the
/// gateway is not ours to tag, and what we have in memory or on a disk is gone with the machine (docs/adr/0016).
/// </summary>
/// <param name="GatewayId">Which gateway.</param>
/// <param name="PrivateAddressWasOff">The link switched its private address on.</param>
/// <param name="Added">BGP addresses that it did not have, and the link gave it.</param>
internal sealed record GatewayBefore(string GatewayId, bool PrivateAddressWasOff, IReadOnlyList<Ipv4> Added)
{
    /// <summary><c>SUBSCRIPTION/GROUP/NAME</c>: a whole id can be longer than a tag's value may be (256).</summary>
    public const string GatewayTag = "sealane-used-vpn-gateway";

    /// <summary>Such as <c>private-address=off;without=169.254.21.2,169.254.22.2</c>.</summary>
    public const string WasTag = "sealane-used-vpn-gateway-was";

    private const string PrivateAddress = "private-address=";
    private const string Without = "without=";
    private const string Gateways = "providers/Microsoft.Network/virtualNetworkGateways";

    public bool IsOf(string gatewayId) => GatewayId.Equals(gatewayId, StringComparison.OrdinalIgnoreCase);

    public IReadOnlyDictionary<string, string> Tags
    {
        get
        {
            var parts = GatewayId.Split('/');
            return new Dictionary<string, string>
            {
                [GatewayTag] = $"{parts[2]}/{parts[4]}/{parts[^1]}",
                [WasTag] = $"{PrivateAddress}{(PrivateAddressWasOff ? "off" : "on")};"
                    + $"{Without}{string.Join(',', Added.Order())}",
            };
        }
    }

    /// <summary>Null where nothing is written.</summary>
    /// <exception cref="CloudError">Doubtful: what is written there cannot be read.</exception>
    public static GatewayBefore? Read(string circuitId, IReadOnlyDictionary<string, string> tags)
    {
        if (!tags.TryGetValue(GatewayTag, out var gateway) && !tags.ContainsKey(WasTag))
        {
            return null;
        }
        return gateway?.Split('/') is [var subscription, var group, var name]
            && tags.GetValueOrDefault(WasTag)?.Split(';') is [var address, var without]
            && address is $"{PrivateAddress}on" or $"{PrivateAddress}off"
            && without.StartsWith(Without, StringComparison.Ordinal)
            && Addresses(without[Without.Length..]) is { } added
            ? new($"/subscriptions/{subscription}/resourceGroups/{group}/{Gateways}/{name}",
                address == $"{PrivateAddress}off", added)
            : throw new CloudError(Cloud.Azure, $"GET expressRouteCircuits/{AzureIds.NameOf(circuitId)}",
                CloudErrorKind.Doubtful, null, null,
                $"its tags {GatewayTag} and {WasTag} say what the used VPN gateway was before, and cannot be read",
                advice: "put them right, or remove both when the gateway is as its owner wants it");
    }

    private static IReadOnlyList<Ipv4>? Addresses(string list)
    {
        var found = new List<Ipv4>();
        foreach (var text in list.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Ipv4.TryParse(text, out var address))
            {
                return null;
            }
            found.Add(address);
        }
        return found;
    }
}
