using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Megaport;

/// <summary>A key with which another company may order a VXC to a port of this one's.</summary>
public sealed record ServiceKey(string Key, string ProductUid, DateTimeOffset CreatedAt)
{
    public string Description { get; set; } = "";
    public int? Vlan { get; init; }
    public int MaxSpeedMbps { get; init; }
    public bool PreApproved { get; init; }
    public bool SingleUse { get; init; }
    public bool Active { get; init; }
    public DateTimeOffset? Start { get; init; }
    public DateTimeOffset? End { get; init; }
}

/// <summary>Service keys of the company's own ports; the link uses none.</summary>
/// <remarks>github.com/megaport/megaportgo service_keys.go, service_keys_test.go.</remarks>
internal sealed class ServiceKeyCalls(SandboxWorld world)
{
    private const int CompanyNumber = 41950;

    private MegaportState State => world.Megaport;

    public (string Message, JsonNode? Data) Read(Dictionary<string, string> query)
    {
        if (query.TryGetValue("key", out var key))
        {
            return ("Found service key", Write(Find(key)));
        }
        var product = query.GetValueOrDefault("productIdOrUid");
        var found = State.ServiceKeys.Where(one => product is null || MegaportState.SameUid(one.ProductUid, product)
            || Number(one) == product).ToList();
        return ($"Found [{found.Count}] service keys for company [{CompanyNumber}]",
            new JsonArray([.. found.Select(Write)]));
    }

    public (string Message, JsonNode? Data) Create(JsonElement body)
    {
        var product = Product(body) ?? throw new Refusal(400, "Bad Request", "productUid or productId is required");
        var single = body.Flag("singleUse") ?? false;
        var vlan = body.SmallNumber("vlan");
        if (single && vlan is null)
        {
            throw new Refusal(400, "Bad Request", "vlan is required for a single-use key");
        }
        var key = Changed(new(world.Uuid($"megaport/service-key/{State.NextNumber()}"), product.Id, world.Now)
        {
            Description = body.Text("description") ?? "",
            Vlan = vlan,
            MaxSpeedMbps = body.SmallNumber("maxSpeed") ?? 0,
            PreApproved = body.Flag("preApproved") ?? false,
        }, body);
        State.ServiceKeys.Add(key);
        world.Touch();
        return ($"New service key [{key.Key}] generated", Write(key));
    }

    public (string Message, JsonNode? Data) Update(JsonElement body)
    {
        var key = Find(body.Text("key") ?? throw new Refusal(400, "Bad Request", "key is required"));
        State.ServiceKeys[State.ServiceKeys.IndexOf(key)] = key = Changed(key, body);
        world.Touch();
        return ("Service key updated", Write(key));
    }

    private static ServiceKey Changed(ServiceKey key, JsonElement body) => key with
    {
        SingleUse = body.Flag("singleUse") ?? false,
        Active = body.Flag("active") ?? false,
        Start = Time(body, "start") ?? key.Start,
        End = Time(body, "end") ?? key.End,
    };

    private static DateTimeOffset? Time(JsonElement body, string name) =>
        body.Object("validFor")?.Number(name) is >= 0 and < 253402300800000 and var milliseconds
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;

    private Product? Product(JsonElement body) => body.Text("productUid") is { } uid
        ? ProductCalls.McrOf(State, uid)
        : body.Number("productId") is { } number ? State.Mcrs.Find(mcr => mcr.Number == number) : null;

    private ServiceKey Find(string key) => State.ServiceKeys.Find(one => MegaportState.SameUid(one.Key, key))
        ?? throw new Refusal(400, $"Could not find service key [{key}]", "");

    private string? Number(ServiceKey key) =>
        State.FindMcr(key.ProductUid)?.Number.ToString(CultureInfo.InvariantCulture);

    private JsonObject Write(ServiceKey key)
    {
        var product = State.FindMcr(key.ProductUid);
        var expired = key.End < world.Now;
        return new()
        {
            ["key"] = key.Key,
            ["createDate"] = InterfaceWriting.Epoch(key.CreatedAt),
            ["companyId"] = CompanyNumber,
            ["companyUid"] = State.CompanyUid,
            ["companyName"] = State.CompanyName,
            ["description"] = key.Description,
            ["productId"] = product?.Number,
            ["productUid"] = key.ProductUid,
            ["productName"] = product?.Name,
            ["vlan"] = key.Vlan,
            ["maxSpeed"] = key.MaxSpeedMbps,
            ["preApproved"] = key.PreApproved,
            ["singleUse"] = key.SingleUse,
            ["lastUsed"] = null,
            ["active"] = key.Active,
            ["validFor"] = key.Start is null && key.End is null ? null : new JsonObject
            {
                ["start"] = InterfaceWriting.Epoch(key.Start),
                ["end"] = InterfaceWriting.Epoch(key.End),
            },
            ["expired"] = expired,
            ["valid"] = key.Active && !expired,
            ["promoCode"] = null,
        };
    }
}
