using System.Text.Json.Nodes;

namespace Sealane.Tests.EndToEnd;

/// <summary>
/// Each setting of each object of a link is changed, one at a time, as the sandbox keeps them: the plan shows it, apply
/// repairs it in place where the clouds can, and destroy takes the link away in one run. What is not compared is
/// written down with its reason, and changes nothing that verify sees. A sample; all of them: SEALANE_LONG=1.
/// </summary>
public sealed class DriftTests
{
    private static readonly int Step = Environment.GetEnvironmentVariable("SEALANE_LONG") == "1" ? 1 : 40;

    /// <summary>Members that are not compared, and why a change of them neither stops nor leaks anything.</summary>
    private static readonly Dictionary<string, string> Harmless = new(StringComparer.Ordinal)
    {
        ["transitGateways.dnsSupport"] = Names,
        ["transitGateways.autoAcceptSharedAttachments"] = "without default tables an attachment is in no table",
        ["transitGateways.securityGroupReferencingSupport"] = Names,
        ["transitGateways.multicastSupport"] = "fixed when it is made, and no multicast is sent",
        ["attachments.dnsSupport"] = Names,
        ["attachments.securityGroupReferencingSupport"] = Names,
        ["attachments.ipv6Support"] = "the link carries IPv4",
        ["attachments.applianceModeSupport"] = "chooses a zone, and all zones lead to the tunnels",
        ["vpnConnections.enableAcceleration"] = "not to be had with private addresses",
        ["vpnConnections.tunnelBandwidth"] = "a larger tunnel carries what the smaller one does",
        ["vpnConnections.tunnels.options.rekeyMarginTimeSeconds"] = Rekeying,
        ["vpnConnections.tunnels.options.rekeyFuzzPercentage"] = Rekeying,
        ["vpnConnections.tunnels.options.replayWindowSize"] = "packets that come late are dropped sooner or later",
        ["vpnConnections.tunnels.options.enableTunnelLifecycleControl"] = "who may choose the time of maintenance",
        ["connections.rateMbps"] = "of the hosted connection: Megaport's to set, and compared there",
        ["vifs.siteLink"] = "others' prefixes do not pass the router's import filter",
        ["mcrs.marketplaceVisibility"] = "who sees it in a catalogue",
        ["vxcs.interfaces.bgpConnections.medIn"] = OneWay,
        ["vxcs.interfaces.bgpConnections.medOut"] = OneWay,
        ["vxcs.interfaces.bgpConnections.asOverride"] = "no prefix comes back with its own AS in its path",
        ["vxcs.interfaces.ipMtu"] = "both clouds carry less than the router does",
        ["vxcs.termMonths"] = "a longer contract stays as it is",
        ["vxcs.azure.peer.peerAsn"] = "what was ordered: the session's own is compared",
        ["prefixLists.entries.ge"] = OneAddress,
        ["prefixLists.entries.le"] = OneAddress,
        ["expressRouteCircuits.properties.allowClassicOperations"] = "of a management that is no more",
        ["expressRouteCircuits.properties.globalReachEnabled"] = "Azure's answer; joined circuits are looked for",
        ["publicIPAddresses.properties.idleTimeoutInMinutes"] = Unused,
        ["publicIPAddresses.properties.dnsSettings"] = Unused,
        ["subnets.properties.privateEndpointNetworkPolicies"] = "no private endpoint is in it",
        ["subnets.properties.privateLinkServiceNetworkPolicies"] = "no private link service is in it",
        ["virtualNetworkGateways.properties.sku.tier"] = "Azure takes it from the name, which is compared",
        ["virtualNetworkGateways.properties.disableIPSecReplayProtection"] = "a packet that comes twice passes twice",
        ["virtualNetworkGateways.properties.enableBgpRouteTranslationForNat"] = "without NAT rules there is none",
        ["virtualNetworkGateways.properties.allowRemoteVnetTraffic"] = "lets other VNets in, and none is connected",
        ["virtualNetworkGateways.properties.allowVirtualWanTraffic"] = "lets hubs in, and none is connected",
        ["virtualNetworkGateways.properties.customRoutes"] = "for clients of a point-to-site VPN",
        ["virtualNetworkGateways.properties.enableHighBandwidthVpnGateway"] = "more tunnels to be had",
        ["virtualNetworkGateways.properties.enableBgp"] = OfVpn,
        ["virtualNetworkGateways.properties.activeActive"] = OfVpn,
        ["virtualNetworkGateways.properties.enablePrivateIpAddress"] = OfVpn,
        ["peerings.properties.sharedKey"] = "Azure shows none, and the session's state tells",
        ["connections.properties.routingWeight"] = "chooses between ways to one network, and BGP has chosen",
        ["connections.properties.enableBgp"] = OfVpn,
        ["connections.properties.expressRouteGatewayBypass"] = "not to be had with this gateway's size",
        ["connections.properties.enablePrivateLinkFastPath"] = "not to be had with this gateway's size",
        ["connections.properties.trafficSelectorPolicies"] = "of an IPsec connection it is compared",
        ["localNetworkGateways.properties.bgpSettings.peerWeight"] = "prefers a tunnel, and either carries",
    };

    /// <summary>What no plan compares, and verify says: an answer that leaves it out says nothing to a plan.</summary>
    private static readonly HashSet<string> VerifySays =
    [
        "vxcs.interfaces.addresses, one less", "vxcs.interfaces.bgpConnections, one less", "vxcs.interfaces, one less",
        "vxcs.interfaces.vlan", "vifs.peers, one less",
    ];

    private const string Names = "is about names and groups, and no packet goes by it";
    private const string Rekeying = "chooses the moment of a new key";
    private const string OneWay = "chooses between ways, and there is one";
    private const string OneAddress = "an entry is one address, which has nothing longer in it";
    private const string Unused = "no tunnel uses the address";
    private const string OfVpn = "means something with a VPN only, and is compared there";

    [Fact]
    public async Task Every_setting_that_a_hand_can_change_is_seen_and_put_back()
    {
        using var link = await Evidence.Sight.Sydney();
        var file = Path.Combine(link.WorldDirectory, "world.json");
        var built = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        var all = Drift.Of(JsonNode.Parse(built)!);
        var before = Inventory.Of(Sealane.Cli.Rehearsal.New(link.Design, null));
        var (bad, repaired, seen, told, harmless, destroyed) = (new List<string>(), 0, 0, 0, 0, 0);
        var sample = all.Where((_, index) => index % Step == 0).ToList();
        foreach (var drift in sample)
        {
            await Start(drift);
            var plan = await link.Run("plan", "--format", "json");
            var steps = plan.ExitCode == 2 || plan.Output.Length == 0 ? [] : plan.Json["steps"]!.AsArray()
                .Where(step => (string?)step!["action"] is not ("keep" or "wait")).Select(step => step!).ToList();
            if (steps.Count == 0 && plan.ExitCode == 0 && plan.Json["steps"]!.AsArray().Any(step =>
                step!["differences"]!.AsArray().Count > 0))
            {
                told++;
            }
            else if (steps.Count == 0)
            {
                harmless++;
                var verify = await link.Verify();
                if (VerifySays.Contains(drift.Name) ? verify.ExitCode == 0
                    : !Harmless.ContainsKey(drift.Name) || verify.ExitCode != 0)
                {
                    bad.Add($"{drift.Name} ({drift.Place}) is not seen: plan {plan.ExitCode}, verify "
                        + $"{verify.ExitCode}");
                }
            }
            else if (steps.TrueForAll(step => (string?)step["action"] == "update"))
            {
                repaired++;
                var apply = await link.Run("apply", "--yes");
                var again = await link.Run("plan", "--exit-code");
                var verify = await link.Verify();
                if ((apply.ExitCode, again.ExitCode, verify.ExitCode) != (0, 0, 0))
                {
                    bad.Add($"{drift.Name} ({drift.Place}) is not repaired: {apply.ExitCode} {again.ExitCode} "
                        + $"{verify.ExitCode}\n{apply.Error}\n{again.Output}");
                }
            }
            else
            {
                seen++;
            }
            await Start(drift);
            var destroy = await link.Run("destroy", "--yes");
            if (destroy.ExitCode == 0 && !Inventory.Of(link.World()).Except(before).Any())
            {
                destroyed++;
            }
            else
            {
                bad.Add($"{drift.Name} ({drift.Place}) stops destroy: {destroy.ExitCode}\n{destroy.Error}");
            }
        }
        Counts.Say($"{sample.Count} of {all.Count} settings: {repaired} repaired in place, {seen} shown that no call "
            + $"changes in place, {told} told, {harmless} not compared, with a reason; {destroyed} of {sample.Count} "
            + "destroyed in one run");
        Assert.True(bad.Count == 0, string.Join("\n", bad));

        async Task Start(Drift drift)
        {
            foreach (var left in Directory.GetFiles(link.WorldDirectory))
            {
                File.Delete(left);
            }
            var world = JsonNode.Parse(built)!;
            drift.Apply(world);
            await File.WriteAllTextAsync(file, world.ToJsonString());
        }
    }
}
