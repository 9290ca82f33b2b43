using System.Globalization;
using System.Text.Json.Nodes;
using Sealane.Core;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Megaport;

/// <summary>The MCR's looking glass: submit, then poll. Rows come from the world's view of the network.</summary>
internal sealed class LookingGlassCalls(SandboxWorld world, INetworkView net)
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    private MegaportState State => world.Megaport;

    /// <summary>The answer, or null when a result is not ready yet.</summary>
    public (string Message, JsonNode? Data)? Answer(string mcrUid, string[] what, Dictionary<string, string> query)
    {
        if (State.FindMcr(mcrUid) is not { State: ProductStatus.Live } mcr || State.Staging)
        {
            throw new Refusal(404, "MCR not found", "");
        }
        if (what is ["routes", "operation"])
        {
            return Poll(mcr, query.GetValueOrDefault("operationId", ""));
        }
        var kind = what switch
        {
            ["routes", "ip"] => DiagnosticKind.IpRoutes,
            ["routes", "bgp"] => DiagnosticKind.BgpRoutes,
            ["routes", "bgp", "neighbor"] => DiagnosticKind.NeighbourRoutes,
            ["ping"] => DiagnosticKind.Ping,
            ["traceroute"] => DiagnosticKind.Traceroute,
            _ => throw new Refusal(404, "Not Found", ""),
        };
        var asked = Read(mcr, kind, query);
        var immediate = kind is not (DiagnosticKind.Ping or DiagnosticKind.Traceroute)
            && query.GetValueOrDefault("async") != "true";
        if (immediate)
        {
            return ("Diagnostic result retrieved successfully", Result(asked));
        }
        State.Diagnostics.RemoveAll(old => old.ReadyAt + Kept < world.Now);
        State.Diagnostics.Add(asked);
        return ("Please retrieve the result with the operation id", asked.OperationId);
    }

    private (string Message, JsonNode? Data)? Poll(Mcr mcr, string operationId)
    {
        var asked = State.Diagnostics.Find(d => d.OperationId == operationId && d.McrUid == mcr.Id)
            ?? throw new Refusal(404, "Operation not found", "");
        return asked.ReadyAt > world.Now ? null : ("Diagnostic result retrieved successfully", Result(asked));
    }

    private Diagnostic Read(Mcr mcr, DiagnosticKind kind, Dictionary<string, string> query)
    {
        var address = kind switch
        {
            DiagnosticKind.NeighbourRoutes => query.GetValueOrDefault("peer_ip_address"),
            DiagnosticKind.Ping or DiagnosticKind.Traceroute => query.GetValueOrDefault("destination_address"),
            _ => query.GetValueOrDefault("ip_address"),
        };
        var isHost = kind is not (DiagnosticKind.IpRoutes or DiagnosticKind.BgpRoutes);
        if (isHost && !Ipv4.TryParse(address ?? "", out _))
        {
            throw new Refusal(400, "Bad Request", "A valid address is required");
        }
        if (!isHost && address is not null && !Ipv4.TryParse(address, out _) && !Prefix.TryParse(address, out _))
        {
            throw new Refusal(400, "Bad Request", "Invalid ip_address");
        }
        var direction = query.GetValueOrDefault("direction");
        if (kind == DiagnosticKind.NeighbourRoutes && direction is not ("RECEIVED" or "ADVERTISED"))
        {
            throw new Refusal(400, "Bad Request", "direction must be RECEIVED or ADVERTISED");
        }
        var id = world.Uuid($"megaport/diagnostic/{State.NextNumber()}");
        return new()
        {
            OperationId = id,
            McrUid = mcr.Id,
            Kind = kind,
            ReadyAt = world.Now + world.Take(Durations.LookingGlass, id),
            Address = address,
            Advertised = direction == "ADVERTISED",
            PacketCount = Count(query, "packet_count", 5, 1, 60),
            PacketSize = Count(query, "packet_size", 64, 1, 9186),
        };
    }

    private static int Count(Dictionary<string, string> query, string name, int fallback, int least, int most) =>
        !query.TryGetValue(name, out var text) ? fallback
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least
            && number <= most
            ? number : throw new Refusal(400, "Bad Request", $"Invalid {name}");

    private JsonNode Result(Diagnostic asked) => asked.Kind switch
    {
        DiagnosticKind.IpRoutes => new JsonArray(
            [.. Matching(net.McrIpRoutes(asked.McrUid), row => row.Prefix, asked.Address).Select(IpRow)]),
        DiagnosticKind.BgpRoutes => new JsonArray(
            [.. Matching(net.McrBgpRoutes(asked.McrUid), row => row.Prefix, asked.Address).Select(BgpRow)]),
        DiagnosticKind.NeighbourRoutes => new JsonArray(
            [.. net.McrNeighbourRoutes(asked.McrUid, asked.Address!, asked.Advertised).Select(BgpRow)]),
        DiagnosticKind.Ping => Probes.Ping(asked, HopTo(asked)),
        _ => Probes.Traceroute(asked, HopTo(asked)),
    };

    /// <summary>As a router's own table shows: for an address its longest match, for a prefix that prefix.</summary>
    private static IEnumerable<T> Matching<T>(IReadOnlyList<T> rows, Func<T, Prefix> prefixOf, string? asked)
    {
        if (asked is null)
        {
            return rows;
        }
        if (Prefix.TryParse(asked, out var prefix))
        {
            return rows.Where(row => prefixOf(row) == prefix);
        }
        var covering = rows.Where(row => prefixOf(row).Contains(Ipv4.Parse(asked))).ToList();
        return covering.Where(row => prefixOf(row).Length == covering.Max(other => prefixOf(other).Length));
    }

    /// <summary>
    /// The first hop of a packet that gets an answer: the MCR itself, a far end that is there, or one that leads on to
    /// the destination. Null when nobody answers.
    /// </summary>
    private Ipv4? HopTo(Diagnostic asked)
    {
        var destination = Ipv4.Parse(asked.Address!);
        if (State.VxcsOf(asked.McrUid).SelectMany(vxc => vxc.Interfaces).SelectMany(port => port.Addresses)
            .Any(own => own.Address == destination))
        {
            return destination;
        }
        var row = net.McrIpRoutes(asked.McrUid).Where(row => row.Prefix.Contains(destination))
            .MaxBy(row => row.Prefix.Length);
        return row is not null && (row.NextHop ?? destination) is var hop
            && net.McrNeighbour(asked.McrUid, hop) != McrNeighbour.Absent ? hop : null;
    }

    private JsonObject IpRow(McrRouteRow row) => new()
    {
        ["prefix"] = row.Prefix.ToString(),
        ["protocol"] = row.Protocol,
        ["distance"] = row.Protocol switch { "BGP" => 20, "STATIC" => 1, _ => 0 },
        ["metric"] = 0,
        ["nextHop"] = NextHop(row.NextHop, row.VxcUid),
    };

    private JsonObject BgpRow(McrBgpRow row)
    {
        var shown = WholeBgpRow(row);
        if (State.Variants.NoAsPaths)
        {
            shown.Remove("asPath");
        }
        return shown;
    }

    private JsonObject WholeBgpRow(McrBgpRow row) => new JsonObject
    {
        ["prefix"] = row.Prefix.ToString(),
        ["best"] = row.Best,
        ["valid"] = true,
        ["external"] = true,
        ["asPath"] = string.Join(' ', row.AsPath),
        ["origin"] = "IGP",
        ["source"] = row.Source.ToString(),
        ["localPref"] = 100,
        ["weight"] = 0,
        ["communities"] = new JsonArray(),
        // A zone without a colon, as the real one writes it.
        ["since"] = row.Since.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'+0000'", CultureInfo.InvariantCulture),
        ["advertisedTo"] = InterfaceWriting.Texts(row.AdvertisedTo.Select(peer => peer.ToString())),
        ["nextHop"] = NextHop(row.NextHop, row.VxcUid),
    }.With("med", row.Med);

    private JsonObject NextHop(Ipv4? address, string? vxcUid) => new JsonObject()
        .With("ip", address?.ToString())
        .With("vxc", vxcUid is null ? null : new JsonObject
        {
            ["id"] = vxcUid,
            ["name"] = State.FindVxc(vxcUid)?.Name,
        });
}
