using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Azure;

/// <summary>Somebody else's VPN gateway as the link sees it: the design has to suit it, not the reverse.</summary>
internal static class UsedVpnGateway
{
    private const string OtherVnet = "name the VPN gateway of azure.vnet";

    /// <summary>
    /// Its instances are the ipConfigurations that BGP has a speaker on (with point-to-site a third one serves only
    /// that), in the order of their names, which cannot change; the order of the list is nobody's promise.
    /// </summary>
    public static VpnGateway.Observed Of(VpnGateway.Observed read)
    {
        var speakers = read.Envelope.Properties.Items("bgpSettings", "bgpPeeringAddresses")
            .Select(peer => peer.Text("ipconfigurationId")).OfType<string>().Select(AzureIds.NameOf)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        return read with
        {
            IsUsed = true,
            Configurations =
            [
                .. read.Configurations.Where(each => read.Configurations.Count == 1
                    || (each.Name is { } name && speakers.Contains(name)))
                    .OrderBy(each => each.Name, StringComparer.OrdinalIgnoreCase),
            ],
        };
    }

    /// <summary>What of it does not suit the design: nothing of this is changed, so it is told before anything is
    /// ordered. Settings that are changed in place are <see cref="VpnGatewaySettings"/>.</summary>
    public static Change Fits(VpnGateway.Desired desired, VpnGateway.Observed observed)
    {
        var elsewhere = new Differences()
            .Word("gateway type", "Vpn", observed.GatewayType)
            .Word("region", desired.Region, AzureIds.RegionOf(observed.Envelope.Location ?? ""))
            .Word("subnet", desired.SubnetId, observed.SubnetIds.FirstOrDefault());
        var policyBased = new Differences().Word("vpn type", "RouteBased", observed.VpnType);
        var sku = new Differences().Word("sku", desired.Sku, observed.Sku);
        // An SKU of generation 1 is answered with its generation; only one that was never told has none.
        var generation = new Differences().Word("generation", desired.Generation,
            observed.Generation is "None" ? null : observed.Generation);
        var asn = new Differences().Told("ASN", desired.Asn, observed.Asn);
        var mode = new Differences().Word("mode", Mode(desired.IsActiveActive), Mode(observed.IsActiveActive));
        return Change.Refused(
        [
            .. elsewhere.Lines.Select(line => $"{line}: {OtherVnet}"),
            .. policyBased.Lines.Select(line => $"{line}: only a route-based gateway has BGP; it cannot be changed"),
            .. sku.Lines.Select(line => TakesPrivateAddresses(observed.Sku)
                ? $"{line}: write azure.vpnGateway.sku: {observed.Sku}"
                : $"{line}: IPsec on the private address takes VpnGw1AZ to VpnGw5AZ; have its owner resize it"),
            .. generation.Lines.Select(line => $"{line}: write azure.vpnGateway.generation: {observed.Generation}"),
            .. asn.Lines.Select(line => $"{line}: write azure.vpnGateway.asn: {observed.Asn}"),
            .. mode.Lines.Select(line => $"{line}: write azure.vpnGateway.mode: {Mode(observed.IsActiveActive)}"),
            .. mode.Lines.Count == 0 && observed.Configurations.Count < desired.Instances.Count
                ? [$"it shows {observed.Configurations.Count} of {desired.Instances.Count} instances with a BGP "
                    + "address: ask again, or have its owner look at it"]
                : Array.Empty<string>(),
        ]);
    }

    private static string Mode(bool isActiveActive) => isActiveActive ? "active-active" : "active-standby";

    /// <remarks>https://learn.microsoft.com/azure/vpn-gateway/site-to-site-vpn-private-peering</remarks>
    private static bool TakesPrivateAddresses(string? sku) =>
        sku is ['V', 'p', 'n', 'G', 'w', >= '1' and <= '5', 'A', 'Z'];
}
