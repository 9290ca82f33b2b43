using System.Globalization;
using System.Text.Json.Nodes;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Megaport;

/// <summary>Locations, partner ports, free VLANs, and the ports behind an ExpressRoute service key.</summary>
internal sealed class CatalogueCalls(SandboxWorld world)
{
    private static readonly int[] PortSpeeds = [1000, 10000, 100000];

    private MegaportState State => world.Megaport;

    public (string Message, JsonNode? Data) Locations(IReadOnlyList<string> statuses) =>
        ("List public locations", new JsonArray(
    [
        .. State.Locations
            .Where(l => statuses.Count == 0 || statuses.Contains(l.Status, StringComparer.OrdinalIgnoreCase))
            .Select(l => new JsonObject
            {
                ["id"] = l.Id,
                ["name"] = l.Name,
                ["metro"] = l.Metro,
                ["market"] = l.Market,
                ["status"] = l.Status,
                ["address"] = new JsonObject { ["city"] = l.Metro, ["country"] = l.Country },
                ["latitude"] = 0,
                ["longitude"] = 0,
                ["dataCentre"] = new JsonObject { ["id"] = l.Id, ["name"] = l.Name.Split(' ')[0] },
                ["diversityZones"] = Zones(l),
                ["productAddOns"] = new JsonObject
                {
                    ["crossConnect"] = new JsonObject { ["available"] = true, ["type"] = "STANDARD" },
                },
                ["orderingMessage"] = null,
            }),
    ]));

    public (string Message, JsonNode? Data) PartnerPorts(Dictionary<string, string> query) =>
        ("All Partner Megaports", new JsonArray(
    [
        .. State.PartnerPorts
            .Where(p => !query.TryGetValue("connectType", out var type) || p.ConnectType == type)
            .Where(p => !query.TryGetValue("vxcPermitted", out var permitted)
                || p.VxcPermitted == (permitted == "true"))
            .Select(PartnerPort),
    ]));

    private JsonObject PartnerPort(PartnerPort port)
    {
        var json = new JsonObject
        {
            ["connectType"] = port.ConnectType,
            ["productUid"] = port.Uid,
            ["title"] = port.Title,
            ["companyUid"] = CatalogueUid.Of(port.CompanyName),
            ["companyName"] = port.CompanyName,
            ["diversityZone"] = port.DiversityZone,
            ["locationId"] = port.LocationId,
            ["speed"] = port.SpeedMbps,
            ["maxVxcSpeed"] = port.SpeedMbps,
            ["rank"] = port.Rank,
            [State.Variants.PartnerPortsAreOld ? "vxcpermitted" : "vxcPermitted"] = port.VxcPermitted,
        };
        if (State.Variants.PartnerPortsAreOld)
        {
            (json["lag_id"], json["lag_primary"], json["aggregation_id"]) = (0, false, 0);
        }
        return json;
    }

    public (string Message, JsonNode? Data) AzureKey(string key)
    {
        var circuit = AzureKeys.Find(world, key);
        return ("Successful lookup", new JsonObject
        {
            ["managed"] = true,
            ["connectType"] = "AZURE",
            ["resource_type"] = "csp_connection",
            ["bandwidth"] = circuit.BandwidthMbps,
            ["bandwidths"] = new JsonArray(circuit.BandwidthMbps),
            ["service_key"] = circuit.ServiceKey,
            ["vlan"] = circuit.STag,
            ["megaports"] = new JsonArray([.. AzureKeys.PortsOf(State, circuit).Select(port => Port(circuit, port))]),
            ["peers"] = new JsonArray(
            [
                .. circuit.Peerings.Select(peering => new JsonObject
                {
                    ["type"] = "private",
                    ["peer_asn"] = peering.PeerAsn,
                    ["primary_subnet"] = peering.Primary.ToString(),
                    ["secondary_subnet"] = peering.Secondary.ToString(),
                    ["vlan"] = peering.Vlan,
                }.With("shared_key", State.Variants.PasswordsAreHidden ? null : peering.SharedKey)),
            ]),
        });
    }

    public (string Message, JsonNode? Data) FreeVlans(string uid, Dictionary<string, string> query)
    {
        if (State.PartnerPorts.TrueForAll(p => p.Uid != uid) && State.FindMcr(uid) is null)
        {
            throw ProductCalls.NotFound(State, uid);
        }
        var used = State.Vxcs.Where(vxc => !vxc.Ended).Select(vxc =>
            MegaportState.SameUid(vxc.McrUid, uid) ? vxc.AVlan : MegaportState.SameUid(vxc.BPortUid, uid) ? vxc.BVlan
                : 0).ToHashSet();
        var asked = query.TryGetValue("vlan", out var text)
            ? int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var vlan)
                ? [vlan] : throw new Refusal(400, "Bad Request", "Invalid vlan")
            : Enumerable.Range(2, 4092);
        return ("OK",
            new JsonArray([.. asked.Where(v => v is >= 2 and <= 4093 && !used.Contains(v)).Select(v => (JsonNode)v)]));
    }

    private static JsonObject? Zones(Location location)
    {
        var zones = new JsonObject().With("red", Zone(location.Red)).With("blue", Zone(location.Blue));
        return zones.Count > 0 ? zones : null;
    }

    private static JsonObject? Zone(IReadOnlyList<int>? speeds) => speeds is null ? null : new()
    {
        ["mcrSpeedMbps"] = new JsonArray([.. speeds.Select(speed => (JsonNode)speed)]),
        ["megaportSpeedMbps"] = new JsonArray([.. PortSpeeds.Select(speed => (JsonNode)speed)]),
        ["mveMaxCpuCoreCount"] = null,
        ["mveAvailable"] = true,
    };

    private JsonObject Port(ProviderCircuit circuit, AzurePort port) => new()
    {
        ["port"] = port.PortNumber,
        ["type"] = port.Path,
        ["name"] = $"{port.PeeringLocation} {(port.Path == "primary" ? "Primary" : "Secondary")}",
        ["description"] = $"Azure ExpressRoute at {port.PeeringLocation}",
        ["productId"] = port.ProductNumber,
        ["productUid"] = port.Uid,
        ["nServiceId"] = port.ServiceNumber,
        ["companyId"] = 1354,
        ["companyUid"] = CatalogueUid.Of("azure"),
        ["companyName"] = "Azure ExpressRoute",
        ["portSpeed"] = 10000,
        ["locationId"] = port.LocationId,
        ["state"] = State.LocationOf(port.LocationId)?.Market,
        ["country"] = State.LocationOf(port.LocationId)?.Country,
        ["vxc"] = AzureKeys.TakenBy(State, circuit.ServiceKey, port.Path),
    };
}
