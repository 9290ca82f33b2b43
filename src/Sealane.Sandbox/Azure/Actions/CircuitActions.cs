using System.Globalization;
using System.Text.Json.Nodes;
using Sealane.Core;
using Sealane.Core.Design;
using Sealane.Sandbox.Azure.Kinds;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Azure.Actions;

/// <summary>What the Microsoft edge routers of a circuit know.</summary>
/// <remarks>https://learn.microsoft.com/azure/expressroute/expressroute-troubleshooting-arp-resource-manager</remarks>
internal static class CircuitActions
{
    /// <summary>Of a circuit or of its peering, at once.</summary>
    public static WireReply Stats(ArmCall call, ResourceId owner)
    {
        if (call.State.Find(owner.ToString()) is not { } found)
        {
            return ResourceReader.Get(call, owner);
        }
        var circuit = call.State.Parent(found) ?? found;
        long Bytes(string path, int rate) => call.World.Net.MseeSessionUp(circuit.Id, path)
            ? (long)(call.World.Now - circuit.ChangedAt).TotalSeconds * rate
            : 0;
        return call.Method != "GET" ? ArmFace.NotAllowed(call) : call.Reply(200, new JsonObject
        {
            ["primarybytesIn"] = Bytes("primary", 120),
            ["primarybytesOut"] = Bytes("primary", 140),
            ["secondarybytesIn"] = Bytes("secondary", 120),
            ["secondarybytesOut"] = Bytes("secondary", 140),
        });
    }

    /// <summary>The router of the provider answers only where a VXC exists.</summary>
    public static JsonObject Arp(SandboxWorld world, ArmResource peering, string path)
    {
        var lines = new List<JsonObject> { ArpLine(world, peering, "Microsoft", 0, Network(peering, path).Host(2)) };
        if (world.Net.MseeSessionUp(peering.ParentId!, path))
        {
            lines.Insert(0, ArpLine(world, peering, "On-Prem", 9, Network(peering, path).Host(1)));
        }
        return GatewayActions.Value(lines);
    }

    /// <summary>Whether the edge does not show its table yet: <see cref="Lags.EdgeTables"/>.</summary>
    public static bool IsSilent(SandboxWorld world, ArmResource peering, bool primary)
    {
        var path = primary ? "primary" : "secondary";
        var key = world.Azure.Find(peering.ParentId!)?.Facts.Text("serviceKey");
        var vxc = world.Megaport.Vxcs.Find(each => !each.Ended && each.Azure?.ServiceKey == key
            && each.Azure?.Path == path);
        return vxc is not null && world.Now < vxc.CreatedAt + world.Azure.Lags.EdgeTables;
    }

    public static JsonObject Routes(SandboxWorld world, ArmResource peering, string path)
    {
        var rows = world.Net.MseeRoutes(peering.ParentId!, path).ToList();
        var forms = world.Azure.Variants;
        return GatewayActions.Value(rows.Select(row =>
        {
            var line = new JsonObject
            {
                ["network"] = forms.Network(row.Network),
                ["nextHop"] = forms.NextHop(row, rows),
                ["locPrf"] = "100",
                ["weight"] = 0,
                ["path"] = forms.Path(row.AsPath),
            };
            if (forms.NoLocalPreference)
            {
                line.Remove("locPrf");
            }
            return line;
        }));
    }

    public static JsonObject Summary(SandboxWorld world, ArmResource peering, string path)
    {
        var peerAsn = peering.Properties.Number("peerASN") ?? 0;
        var up = world.Net.MseeSessionUp(peering.ParentId!, path);
        var provider = new JsonObject
        {
            ["neighbor"] = Network(peering, path).Host(1).ToString(),
            ["v"] = 4,
            ["as"] = peerAsn,
            ["upDown"] = up ? "00:10:00" : "never",
            ["statePfxRcd"] = up
                ? world.Net.MseeRoutes(peering.ParentId!, path)
                    .Count(row => row.AsPath is [var first, ..] && first == peerAsn)
                    .ToString(CultureInfo.InvariantCulture)
                : "Active",
        };
        var gateways = world.Net.MseeRoutes(peering.ParentId!, path)
            .Where(row => row.AsPath is [Bgp.DefaultGatewayAsn, ..])
            .GroupBy(row => row.NextHop)
            .Select(rows => new JsonObject
            {
                ["neighbor"] = rows.Key.ToString(),
                ["v"] = 4,
                ["as"] = Bgp.DefaultGatewayAsn,
                ["upDown"] = "00:10:00",
                ["statePfxRcd"] = rows.Count().ToString(CultureInfo.InvariantCulture),
            });
        return GatewayActions.Value([provider, .. gateways]);
    }

    private static JsonObject ArpLine(SandboxWorld world, ArmResource peering, string side, int age, Ipv4 address)
    {
        var digits = world.Hex($"mac/{peering.Id}/{address}", 8);
        return new()
        {
            ["age"] = age,
            ["interface"] = side,
            ["ipAddress"] = address.ToString(),
            ["macAddress"] = $"{(side == "Microsoft" ? Msee.Asn % 100 : 2):00}00.{digits[..4]}.{digits[4..]}",
        };
    }

    private static Prefix Network(ArmResource peering, string path) =>
        Prefix.Parse(peering.Properties.Text($"{path}PeerAddressPrefix")!);
}
