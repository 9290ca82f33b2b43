using System.Text.Json;
using System.Text.Json.Nodes;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Megaport;

/// <summary>Validating and placing orders. Every accepted order is a new service, also under a name that
/// exists.</summary>
internal sealed class OrderCalls(SandboxWorld world)
{
    public static readonly int[] Terms = [1, 12, 24, 36, 48, 60];

    private MegaportState State => world.Megaport;

    public (string Message, JsonNode? Data) Validate(JsonElement elements)
    {
        var orders = Read(elements);
        MarketsOf(orders);
        if (State.Variants.NoCapacityOnValidate)
        {
            throw new Refusal(400, "No available capacity for this request", "");
        }
        return ("Validation passed", new JsonArray([.. orders.Select(order => order.PriceLine(State))]));
    }

    public (string Message, JsonNode? Data) Buy(JsonElement elements)
    {
        var orders = Read(elements);
        MarketsOf(orders);
        if (State.Variants.NoCapacityOnBuy || State.Variants.NoCapacityOnValidate)
        {
            throw new Refusal(400, "No available capacity for this request", "");
        }
        var replies = orders.Select(order => order.Place(world)).ToList();
        world.Touch();
        return (string.Join(' ', replies.Select(reply => reply.Message)),
            new JsonArray([.. replies.Select(reply => reply.Line)]));
    }

    private void MarketsOf(List<IOrder> orders)
    {
        var missing = orders.OfType<McrOrder>().Select(order => order.Location.Country)
            .Where(State.Variants.MissingMarkets.Contains).Distinct().ToList();
        if (missing.Count > 0)
        {
            throw new Refusal(400, "", new JsonArray(new JsonObject
            {
                ["markets"] = new JsonArray(
                    [.. missing.Select(country => (JsonNode)$"MEGAPORT_{country.ToUpperInvariant()}")]),
                ["error"] = $"Missing markets: {string.Join(", ", missing)}",
            }));
        }
    }

    private List<IOrder> Read(JsonElement elements)
    {
        if (elements.ValueKind != JsonValueKind.Array)
        {
            throw new Refusal(400, "Bad Request", "An order is a list");
        }
        var orders = new List<IOrder>();
        foreach (var element in elements.EnumerateArray())
        {
            var cross = element.Objects("associatedVxcs");
            if (cross.Count > 0)
            {
                var mcr = element.Text("productUid") is { } uid && State.FindMcr(uid) is { Ended: false } found
                    ? found : throw ProductCalls.NotFound(State, element.Text("productUid") ?? "");
                orders.AddRange(cross.Select(vxc => VxcOrder.Read(world, mcr, vxc)));
            }
            else
            {
                orders.Add(element.Text("productType") == "MCR2"
                    ? McrOrder.Read(State, element)
                    : throw Refusal.Invalid("Invalid product type"));
            }
        }
        return orders.Count > 0 ? orders : throw Refusal.Invalid("Nothing was ordered");
    }

    /// <summary>Name, term, cost centre and tags, which every order has.</summary>
    public static (string Name, int Term, string CostCentre, List<ResourceTag> Tags) Common(JsonElement element,
        List<string> problems)
    {
        var name = element.Text("productName") ?? "";
        var term = element.SmallNumber("term") ?? 0;
        var costCentre = element.Text("costCentre") ?? "";
        if (name.Length is 0 or > 255)
        {
            problems.Add("Invalid product name");
        }
        if (!Terms.Contains(term))
        {
            problems.Add("Invalid term");
        }
        if (costCentre.Length > 255)
        {
            problems.Add("Invalid cost centre");
        }
        var tags = element.Objects("resourceTags")
            .Select(tag => new ResourceTag(tag.Text("key") ?? "", tag.Text("value") ?? "")).ToList();
        if (tags.Exists(tag => tag.Key.Length == 0))
        {
            problems.Add("Resource tag keys must not be empty");
        }
        return (name, term, costCentre, tags);
    }
}

/// <summary>An order that holds together.</summary>
internal interface IOrder
{
    JsonNode PriceLine(MegaportState state);

    (string Message, JsonNode Line) Place(SandboxWorld world);
}
