using System.Text.Json.Nodes;
using Sealane.Core;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Azure.Actions;

/// <summary>
/// The routes of a NIC: those that win in its subnet, then, as Invalid, those that lose: to a better source of the same
/// prefix, or as a gateway's longer route inside the VNet's own space.
/// </summary>
/// <remarks>https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview</remarks>
internal static class EffectiveRoutes
{
    private static readonly string[] DroppedByDefault =
        ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"];

    public static JsonObject Of(SandboxWorld world, ArmResource nic)
    {
        var subnetId = nic.Properties.Items("ipConfigurations") is [{ } first, ..]
            ? first.Text("properties", "subnet", "id")
            : null;
        if (world.Azure.ReadVnetOf(subnetId) is not { } vnet)
        {
            return GatewayActions.Value([]);
        }
        var subnet = vnet.Subnets.First(subnet => ResourceId.Same(subnet.Id, subnetId));
        var active = world.Net.SubnetRoutes(vnet.Id, subnet.Id);
        var lost = Candidates(world, vnet, subnet).Where(route => !active.Any(row =>
            row.Prefix == route.Prefix && row.Source == route.Source && row.NextHopType == route.NextHopType));
        return GatewayActions.Value(
            active.Select(row => Row(
                row.Source == "User" ? subnet.Routes.FirstOrDefault(route => route.Prefix == row.Prefix)?.Name
                    : null, row.Source, "Active", row.Prefix, row.NextHopType, row.NextHop))
            .Concat(lost.OrderByDescending(route => route.Rank).ThenBy(route => route.Prefix).Select(route =>
                Row(route.Name, route.Source, "Invalid", route.Prefix, route.NextHopType, route.NextHop))));
    }

    private static JsonObject Row(
        string? name, string source, string state, Prefix prefix, string nextHopType, Ipv4? nextHop) => new()
        {
            ["name"] = name,
            ["disableBgpRoutePropagation"] = false,
            ["source"] = source,
            ["state"] = state,
            ["addressPrefix"] = Json.Array([prefix.ToString()]),
            ["nextHopIpAddress"] = Json.Array(nextHop is { } hop ? [hop.ToString()] : []),
            ["nextHopType"] = nextHopType,
        };

    private static IEnumerable<Candidate> Candidates(SandboxWorld world, AzureVnet vnet, AzureSubnet subnet)
    {
        foreach (var route in subnet.Routes)
        {
            yield return new(0, route.Name, "User", route.Prefix, route.NextHopType, route.NextHop);
        }
        foreach (var gateway in subnet.DisableBgpRoutePropagation ? [] : world.Azure.ReadGateways())
        {
            if (gateway.Instances is not [var instance, ..] || !ResourceId.Same(gateway.VnetId, vnet.Id))
            {
                continue;
            }
            var rank = gateway.Type == AzureGatewayType.ExpressRoute ? 1 : 2;
            var hop = instance.PrivateAddress ?? instance.BgpAddress;
            foreach (var prefix in Learned(world, gateway))
            {
                yield return new(rank, null, "VirtualNetworkGateway", prefix, "VirtualNetworkGateway", hop);
            }
        }
        foreach (var prefix in vnet.Prefixes)
        {
            yield return new(3, null, "Default", prefix, "VnetLocal", null);
        }
        foreach (var prefix in vnet.Peerings.Where(peering => peering.Connected)
            .SelectMany(peering => peering.RemotePrefixes))
        {
            yield return new(3, null, "Default", prefix, "VNetPeering", null);
        }
        yield return new(3, null, "Default", Prefix.Default, "Internet", null);
        foreach (var prefix in DroppedByDefault.Select(Prefix.Parse).Where(prefix => !vnet.Prefixes.Contains(prefix)))
        {
            yield return new(3, null, "Default", prefix, "None", null);
        }
    }

    private static IEnumerable<Prefix> Learned(SandboxWorld world, AzureGateway gateway) =>
        world.Net.GatewayLearnedRoutes(gateway.Id).Where(row => row.Origin == "EBgp").Select(row => row.Network)
            .Distinct();

    /// <param name="Rank">Lower wins for an equal prefix.</param>
    private sealed record Candidate(int Rank, string? Name, string Source, Prefix Prefix, string NextHopType,
        Ipv4? NextHop);
}
