using System.Text.Json.Nodes;
using Sealane.Core;

namespace Sealane.Sandbox.Megaport;

/// <summary>
/// Ping and traceroute from an MCR: an address answers when the MCR has a route to it and somebody is at its next hop.
/// </summary>
internal static class Probes
{
    private const double RoundTripMs = 1.2;

    public static JsonNode Ping(Diagnostic asked, Ipv4? hop)
    {
        var received = hop is null ? 0 : asked.PacketCount;
        var lost = hop is null ? 100 : 0;
        return new JsonObject
        {
            ["rawOutput"] = $"PING {asked.Address} {asked.PacketSize} bytes\n"
                + $"{asked.PacketCount} packets transmitted, {received} received, {lost}% packet loss\n",
            ["statistics"] = new JsonObject
            {
                ["duplicates"] = 0,
                ["errors"] = 0,
                ["packetLossPct"] = lost,
                ["packetsReceived"] = received,
                ["packetsTransmitted"] = asked.PacketCount,
                ["rttAvgMs"] = hop is null ? null : RoundTripMs,
                ["rttMaxMs"] = hop is null ? null : RoundTripMs,
                ["rttMdevMs"] = hop is null ? null : 0.1,
                ["rttMinMs"] = hop is null ? null : RoundTripMs,
                ["totalTimeMs"] = asked.PacketCount * 1000,
            },
        };
    }

    public static JsonNode Traceroute(Diagnostic asked, Ipv4? hop)
    {
        var hosts = hop is not { } first ? ["*"]
            : first.ToString() == asked.Address ? [asked.Address] : new[] { first.ToString(), asked.Address! };
        return new JsonObject
        {
            ["rawOutput"] = $"traceroute to {asked.Address}\n"
                + string.Concat(hosts.Select((host, i) => $" {i + 1}  {host}\n")),
            ["hops"] = new JsonArray(
            [
                .. hosts.Select((host, i) => new JsonObject
                {
                    ["hop"] = InterfaceWriting.Number(i + 1),
                    ["probes"] =
                        new JsonArray(new JsonObject { ["host"] = host, ["rttMs"] = host == "*" ? null : RoundTripMs }),
                }),
            ]),
        };
    }
}
