using System.Text.Json.Nodes;
using Sealane.Core;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Azure;

/// <summary>A connection of somebody else on a gateway that the link uses: what of the gateway it relies on, or may.
/// </summary>
/// <param name="UsesPrivateAddress">False only where the answer says so.</param>
/// <param name="HasBgp">The same.</param>
/// <param name="BgpAddresses">The gateway's addresses that it names for itself; none: it takes the first.</param>
internal sealed record OthersConnection(
    string Name, bool UsesPrivateAddress, bool HasBgp, IReadOnlyList<string> BgpAddresses)
{
    private const string PrivateAddress = "useLocalAzureIpAddress";
    private const string Bgp = "enableBgp";
    private const string Addresses = "gatewayCustomBgpIpAddresses";

    /// <summary>It is there, and the identity may not look at it: it may rely on anything.</summary>
    public bool IsUnread { get; init; }

    /// <summary>Members of what is asked here that its answer leaves out: it may rely on what they would say.</summary>
    public IReadOnlyList<string> NotShown { get; init; } = [];

    /// <summary>With BGP and without an address of its own it takes the first custom one of the gateway, or the
    /// gateway's default where there is none (learn.microsoft.com/azure/vpn-gateway/vpn-gateway-howto-aws-bgp).
    /// </summary>
    public bool TakesFirst => IsUnread || (HasBgp && BgpAddresses.Count == 0);

    /// <summary>All of a gateway but the link's. A list leaves out the very members that matter, so each is read by
    /// itself.</summary>
    public static async Task<IReadOnlyList<OthersConnection>> On(
        string gatewayId, ArmClient arm, AzureIds ids, CancellationToken ct)
    {
        var found = new List<OthersConnection>();
        foreach (var row in await arm.List($"{gatewayId}/connections", ct).ConfigureAwait(false))
        {
            if (row.Text("id") is not { } id)
            {
                found.Add(Unread(row.Text("name") ?? "without a name"));
            }
            else if (!ids.Named.Contains(id, StringComparer.OrdinalIgnoreCase)
                && await Read(id, arm, ct).ConfigureAwait(false) is { } one)
            {
                found.Add(one);
            }
        }
        return found;
    }

    private static async Task<OthersConnection?> Read(string id, ArmClient arm, CancellationToken ct)
    {
        var name = AzureIds.NameOf(id);
        try
        {
            return await arm.Get(id, ct).ConfigureAwait(false) is not { } one ? null
                : new(name, !IsOff(one, PrivateAddress), !IsOff(one, Bgp),
                    [.. one.Items("properties", Addresses)
                        .Select(each => each.Text("customBgpIpAddress")).OfType<string>()])
                {
                    NotShown = [.. new[] { PrivateAddress, Bgp, Addresses }
                        .Where(member => one.At("properties", member) is null
                            && (member != Addresses || !IsOff(one, Bgp)))],
                };
        }
        catch (CloudError error) when (error.Kind == CloudErrorKind.Denied)
        {
            return Unread(name);
        }
    }

    private static bool IsOff(JsonNode one, string member) =>
        string.Equals(one.Text("properties", member), "false", StringComparison.OrdinalIgnoreCase);

    private static OthersConnection Unread(string name) => new(name, true, true, []) { IsUnread = true };

    /// <param name="isFirst">Of its ipConfiguration.</param>
    public bool ReliesOn(Ipv4 address, bool isFirst) =>
        BgpAddresses.Contains(address.ToString()) || (isFirst && TakesFirst) || IsUnread
            || NotShown.Contains(Addresses);

    /// <summary>Its name, with what of it is not known.</summary>
    public override string ToString() => IsUnread ? $"{Name} (which cannot be read)"
        : NotShown.Count > 0 ? $"{Name} (which does not show {string.Join(", ", NotShown)})" : Name;
}
