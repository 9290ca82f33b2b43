using System.Text.Json;
using System.Text.Json.Nodes;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Megaport;

/// <summary>An IPsec add-on of an MCR: bought and listed; its tunnels are not simulated.</summary>
/// <param name="TunnelCount">10, 20 or 30.</param>
public sealed record McrAddOn(string Uid, string Type, int TunnelCount);

/// <summary>Add-ons, in an order of an MCR and afterwards.</summary>
/// <remarks>github.com/megaport/megaportgo mcr.go (UpdateMCRWithAddOn, UpdateMCRIPsecAddOn) and mcr_types.go</remarks>
internal static class McrAddOns
{
    private const string Ipsec = "IP_SEC";
    private const int DefaultTunnelCount = 10;

    /// <summary>Uids are given when the order is placed.</summary>
    public static List<McrAddOn> Read(JsonElement order, List<string> problems) =>
        [.. order.Objects("addOns").Select(addOn => Read(addOn, "", problems))];

    public static JsonArray Write(Mcr mcr) =>
    [
        .. mcr.AddOns.Select(addOn => (JsonNode)new JsonObject
        {
            ["productUid"] = mcr.Id,
            ["addOnUid"] = addOn.Uid,
            ["addOnType"] = addOn.Type,
            ["tunnelCount"] = addOn.TunnelCount,
            ["packCount"] = addOn.TunnelCount / DefaultTunnelCount,
        }),
    ];

    public static (string Message, JsonNode? Data) Add(SandboxWorld world, Mcr mcr, JsonElement body)
    {
        if (mcr.AddOns.Count > 0)
        {
            throw Refusal.Invalid("The MCR has an IPsec add-on already");
        }
        mcr.AddOns = Named(world, mcr.Id, [Valid(body)]);
        return ("Add-on added", null);
    }

    /// <summary>No tunnels: the add-on ends.</summary>
    public static (string Message, JsonNode? Data) Change(Mcr mcr, string uid, JsonElement body)
    {
        var at = mcr.AddOns.FindIndex(addOn => MegaportState.SameUid(addOn.Uid, uid));
        if (at < 0)
        {
            throw new Refusal(404, "Add-on not found", "");
        }
        if (body.SmallNumber("tunnelCount") == 0)
        {
            mcr.AddOns.RemoveAt(at);
        }
        else
        {
            mcr.AddOns[at] = Valid(body) with { Uid = mcr.AddOns[at].Uid };
        }
        return ("Add-on updated", null);
    }

    public static List<McrAddOn> Named(SandboxWorld world, string mcrUid, IEnumerable<McrAddOn> addOns) =>
        [.. addOns.Select((addOn, at) => addOn with { Uid = world.Uuid($"megaport/add-on/{mcrUid}/{at}") })];

    private static McrAddOn Valid(JsonElement body)
    {
        var problems = new List<string>();
        var read = Read(body, "", problems);
        return problems.Count == 0 ? read : throw Refusal.Invalid(problems);
    }

    private static McrAddOn Read(JsonElement addOn, string uid, List<string> problems)
    {
        var (type, tunnels) = (addOn.Text("addOnType"), addOn.SmallNumber("tunnelCount") ?? DefaultTunnelCount);
        if (type != Ipsec)
        {
            problems.Add($"Invalid add-on type {type}");
        }
        if (tunnels is not (10 or 20 or 30))
        {
            problems.Add($"Invalid tunnel count {tunnels}");
        }
        return new(uid, type ?? "", tunnels);
    }
}
