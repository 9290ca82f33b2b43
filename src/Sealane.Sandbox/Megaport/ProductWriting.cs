using System.Text.Json.Nodes;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Megaport;

/// <summary>Writes MCRs and VXCs as <c>GET /v2/product/{uid}</c> shows them.</summary>
internal sealed class ProductWriting(SandboxWorld world)
{
    private const string Partner = "623cb950-0000-4000-8000-000000000001";

    private MegaportState State => world.Megaport;

    public JsonObject Write(Product product) => product is Mcr mcr ? Write(mcr) : Write((Vxc)product);

    public JsonObject Write(Mcr mcr)
    {
        var json = Common(mcr);
        json["portSpeed"] = mcr.SpeedMbps;
        json["maxVxcSpeed"] = mcr.SpeedMbps;
        json["locationId"] = mcr.LocationId;
        json["locationDetail"] = LocationDetail(mcr.LocationId);
        json["lagPrimary"] = false;
        json["lagId"] = null;
        json["aggregationId"] = null;
        json["market"] = State.LocationOf(mcr.LocationId)?.Market;
        json["usageAlgorithm"] = "POST_PAID_HOURLY_SPEED_MCR2";
        json["marketplaceVisibility"] = mcr.MarketplaceVisibility;
        json["vxcPermitted"] = true;
        json["vxcAutoApproval"] = false;
        json["virtual"] = true;
        json["buyoutPort"] = false;
        json["connectType"] = "VROUTER";
        json["diversityZone"] = mcr.DiversityZone;
        json["associatedVxcs"] = new JsonArray(
            [.. State.Vxcs.Where(vxc => MegaportState.SameUid(vxc.McrUid, mcr.Id) && Listed(vxc)).Select(Write)]);
        json["associatedIxs"] = new JsonArray();
        json["resources"] = new JsonObject
        {
            ["interface"] = new JsonObject
            {
                ["demarcation"] = "",
                ["description"] = "",
                ["id"] = mcr.Number,
                ["loa_template"] = "",
                ["media"] = "",
                ["name"] = "",
                ["port_speed"] = mcr.SpeedMbps,
                ["resource_name"] = "interface",
                ["resource_type"] = "interface",
                ["up"] = mcr.State == ProductStatus.Live ? 1 : 0,
            },
            ["virtual_router"] = new JsonObject
            {
                ["id"] = mcr.Number + 1_000_000,
                ["mcrAsn"] = mcr.Asn,
                ["name"] = mcr.Name,
                ["resource_name"] = "virtual_router",
                ["resource_type"] = "virtual_router",
                ["speed"] = mcr.SpeedMbps,
            },
        };
        json["addOns"] = McrAddOns.Write(mcr);
        return json;
    }

    public JsonObject Write(Vxc vxc)
    {
        var mcr = State.FindMcr(vxc.McrUid);
        var json = Common(vxc);
        json["nServiceId"] = ServiceNumber(vxc);
        json["rateLimit"] = vxc.RateMbps;
        json["distanceBand"] = mcr?.LocationId == vxc.BLocationId ? "ZONE" : "METRO";
        json["usageAlgorithm"] = "POST_PAID_HOURLY_SPEED_LONG_HAUL_VXC";
        json["shutdown"] = vxc.Shutdown;
        json["vxcApproval"] = new JsonObject
        {
            ["status"] = null,
            ["message"] = null,
            ["uid"] = null,
            ["type"] = null,
            ["newSpeed"] = null,
        };
        json["resources"] = Resources(vxc, mcr);
        json["aEnd"] = End(State.CompanyUid, vxc.McrUid, mcr?.Name ?? "", mcr?.LocationId ?? 0, vxc.AVlan);
        json["bEnd"] = End(Partner, vxc.BPortUid, vxc.BPortName, vxc.BLocationId, vxc.BVlan);
        return json;
    }

    /// <summary>New products appear a while after their order, by variant.</summary>
    public bool Listed(Product product) =>
        world.Now >= product.CreatedAt + TimeSpan.FromSeconds(State.Variants.ListLagSeconds);

    /// <summary>The number of a VXC in the network, unlike that of the product.</summary>
    public static int ServiceNumber(Vxc vxc) => vxc.Number - 142_000;

    private JsonObject Resources(Vxc vxc, Mcr? mcr)
    {
        if (vxc.Ended)
        {
            return new() { ["vll"] = new JsonArray() };
        }
        return new()
        {
            ["csp_connection"] = InterfaceWriting.Listed(
                vxc.Interfaces.Count > 0 ? [RouterEnd(vxc, mcr), CloudEnd(vxc)] : [CloudEnd(vxc)], State.Variants),
            ["vll"] = new JsonObject
            {
                ["a_vlan"] = vxc.AVlan,
                ["b_vlan"] = vxc.BVlan,
                ["rate_limit_mbps"] = vxc.RateMbps,
                ["resource_name"] = "vll",
                ["resource_type"] = "vll",
                ["up"] = vxc.State == ProductStatus.Live && !vxc.Shutdown ? 1 : 0,
                ["shutdown"] = vxc.Shutdown,
            },
        };
    }

    private JsonObject RouterEnd(Vxc vxc, Mcr? mcr) => new()
    {
        ["connectType"] = "VROUTER",
        ["resource_name"] = "a_csp_connection",
        ["resource_type"] = "csp_connection",
        ["vlan"] = vxc.AVlan,
        ["virtualRouterName"] = mcr?.Name,
        ["ip_addresses"] =
            InterfaceWriting.Texts(vxc.Interfaces.SelectMany(i => i.Addresses).Select(a => a.ToString())),
        ["bgp_peers"] = InterfaceWriting.Texts(Sessions(vxc).Select(session => session.PeerAddress.ToString())),
        ["bgp_status"] = new JsonObject(Sessions(vxc).DistinctBy(session => session.PeerAddress).Select(session =>
            KeyValuePair.Create(session.PeerAddress.ToString(), (JsonNode?)Established(vxc, session)))),
        ["interfaces"] = InterfaceWriting.Write(vxc.Interfaces, State.Variants),
    };

    private static IEnumerable<McrBgpConnection> Sessions(Vxc vxc) =>
        vxc.Interfaces.SelectMany(port => port.BgpConnections);

    /// <summary>
    /// 1 is established, seen in a public transcript of a live router; what else the real API says is not known.
    /// </summary>
    private int Established(Vxc vxc, McrBgpConnection session) =>
        !session.Shutdown && world.Net.McrNeighbour(vxc.McrUid, session.PeerAddress) == McrNeighbour.Established ? 1
            : 0;

    private JsonObject CloudEnd(Vxc vxc)
    {
        var json = new JsonObject
        {
            ["connectType"] = vxc.Kind switch
            {
                VxcKind.AwsHostedConnection => "AWSHC",
                VxcKind.AwsHostedVif => "AWS",
                _ => "AZURE",
            },
            ["resource_name"] = "b_csp_connection",
            ["resource_type"] = "csp_connection",
            ["bandwidth"] = vxc.RateMbps,
        };
        if (vxc.Aws is { } aws)
        {
            json["bandwidths"] = new JsonArray(vxc.RateMbps);
            json["name"] = aws.ConnectionName;
            json["ownerAccount"] = aws.OwnerAccount;
            return json.With(
                vxc.Kind == VxcKind.AwsHostedVif ? "vif_id" : "connectionId",
                world.Now >= aws.ConnectionIdShownAt ? aws.ConnectionId : null);
        }
        var azure = vxc.Azure!;
        var port = State.AzurePorts.Find(port => port.Uid == vxc.BPortUid);
        json["managed"] = true;
        json["vlan"] = vxc.BVlan;
        json["service_key"] = azure.ServiceKey;
        json["megaports"] = new JsonArray(
            new JsonObject { ["port"] = port?.PortNumber, ["type"] = azure.Path, ["vxc"] = vxc.Number });
        json["ports"] = new JsonArray(new JsonObject
        {
            ["service_id"] = port?.ServiceNumber,
            ["type"] = azure.Path,
            ["vxc_service_ids"] = new JsonArray(ServiceNumber(vxc)),
        });
        json["peers"] = new JsonArray(azure.Peer is { } peer ? [Peer(peer)] : []);
        return json;
    }

    private JsonObject Peer(AzurePeer peer) => new JsonObject
    {
        ["type"] = "private",
        ["peer_asn"] = peer.PeerAsn,
        ["primary_subnet"] = peer.Primary.ToString(),
        ["secondary_subnet"] = peer.Secondary.ToString(),
        ["vlan"] = peer.Vlan,
    }.With("shared_key", State.Variants.PasswordsAreHidden ? null : peer.SharedKey);

    private JsonObject Common(Product product) => new()
    {
        ["productId"] = product.Number,
        ["productUid"] = product.Id,
        ["productName"] = product.Name,
        ["secondaryName"] = null,
        ["productType"] = product.ProductType,
        ["provisioningStatus"] = product.State,
        ["createDate"] = InterfaceWriting.Epoch(product.CreatedAt),
        ["createdBy"] = CatalogueUid.Of("user"),
        ["liveDate"] = InterfaceWriting.Epoch(product.LiveAt),
        ["terminateDate"] = InterfaceWriting.Epoch(product.EndedAt),
        ["contractStartDate"] = InterfaceWriting.Epoch(product.CreatedAt),
        ["contractEndDate"] = InterfaceWriting.Epoch(product.CreatedAt.AddMonths(product.TermMonths)),
        ["contractTermMonths"] = product.TermMonths,
        ["companyUid"] = State.CompanyUid,
        ["companyName"] = State.CompanyName,
        ["costCentre"] = product.CostCentre,
        ["locked"] = product.Locked,
        ["adminLocked"] = false,
        ["attributeTags"] = new JsonObject(),
        ["up"] = product.State == ProductStatus.Live,
        ["cancelable"] = !product.Ended && !product.Locked,
    };

    private JsonObject End(string owner, string uid, string name, int location, int vlan) => new()
    {
        ["ownerUid"] = owner,
        ["productUid"] = uid,
        ["productName"] = name,
        ["locationId"] = location,
        ["location"] = State.LocationOf(location)?.Name,
        ["locationDetail"] = LocationDetail(location),
        ["vlan"] = vlan,
        ["innerVlan"] = null,
        ["secondaryName"] = null,
    };

    private JsonObject? LocationDetail(int id) => State.LocationOf(id) is { } location
        ? new()
        {
            ["name"] = location.Name,
            ["city"] = location.Metro,
            ["metro"] = location.Metro,
            ["country"] = location.Country,
        }
        : null;
}
