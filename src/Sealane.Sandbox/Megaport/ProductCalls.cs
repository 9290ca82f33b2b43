using System.Text.Json;
using System.Text.Json.Nodes;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Megaport;

/// <summary>Reading, changing, tagging and ending services.</summary>
internal sealed class ProductCalls(SandboxWorld world)
{
    private readonly ProductWriting _writing = new(world);

    private MegaportState State => world.Megaport;

    public static Refusal NotFound(MegaportState state, string uid) =>
        new(state.Variants.NotFoundIs404 ? 404 : 400, $"Could not find a service with UID {uid}", "");

    /// <summary>The MCR of a path that takes nothing else.</summary>
    public static Mcr McrOf(MegaportState state, string uid) => state.FindMcr(uid) switch
    {
        { Ended: false } mcr => mcr,
        null when state.FindVxc(uid) is not null => throw new Refusal(400, "Not supported service type", ""),
        _ => throw NotFound(state, uid),
    };

    public (string Message, JsonNode? Data) List(Dictionary<string, string> query) => ("Products", new JsonArray(
    [
        .. State.Mcrs
            .Where(mcr => _writing.Listed(mcr))
            .Where(mcr => !query.TryGetValue("provisioningStatus", out var status)
                || status.Split(',').Contains(mcr.State))
            .Select(_writing.Write),
    ]));

    public (string Message, JsonNode? Data) Get(string uid) => ($"Found Product {uid}", _writing.Write(Find(uid)));

    public (string Message, JsonNode? Data) Tags(string uid) => ("Resource tags", new JsonObject
    {
        ["resourceTags"] = new JsonArray(
            [.. Find(uid).Tags.Select(tag => new JsonObject { ["key"] = tag.Key, ["value"] = tag.Value })]),
    });

    public (string Message, JsonNode? Data) SetTags(string uid, JsonElement body)
    {
        var product = Find(uid);
        if (body.Get("resourceTags") is null)
        {
            throw Refusal.Invalid("resourceTags is required");
        }
        var tags = body.Objects("resourceTags")
            .Select(tag => new ResourceTag(tag.Text("key") ?? "", tag.Text("value") ?? "")).ToList();
        if (tags.Exists(tag => tag.Key.Length == 0))
        {
            throw Refusal.Invalid("Resource tag keys must not be empty");
        }
        product.Tags = tags;
        return ("Resource tags updated", null);
    }

    public (string Message, JsonNode? Data) Lock(string uid, bool locked)
    {
        var product = Find(uid);
        product.Locked = locked;
        return (locked ? "Service locked" : "Service unlocked", _writing.Write(product));
    }

    public (string Message, JsonNode? Data) UpdateMcr(string uid, JsonElement body)
    {
        var mcr = McrOf(State, uid);
        MustBeOpen(mcr);
        var asn = body.Number("asn");
        if (asn is not null && asn != mcr.Asn && State.VxcsOf(mcr.Id).Any())
        {
            throw new Refusal(
                400,
                "Cannot update ASN while VXCs are attached to this MCR. Please remove all VXC connections before "
                    + "changing the ASN.",
                "");
        }
        if (asn is < 1 or > uint.MaxValue)
        {
            throw Refusal.Invalid("Invalid ASN");
        }
        var term = Term(body);
        mcr.Name = body.Text("name") is { Length: > 0 } name ? name : mcr.Name;
        // A cost centre that an update leaves out is erased.
        mcr.CostCentre = body.Text("costCentre") ?? "";
        mcr.MarketplaceVisibility = body.Flag("marketplaceVisibility") ?? mcr.MarketplaceVisibility;
        mcr.TermMonths = term ?? mcr.TermMonths;
        mcr.Asn = asn ?? mcr.Asn;
        world.Touch();
        return ($"Product [{mcr.Id}] has been updated", new JsonObject
        {
            ["serviceName"] = mcr.Name,
            ["technicalServiceUid"] = mcr.Id,
            ["productType"] = mcr.ProductType,
            ["provisioningStatus"] = mcr.State,
        });
    }

    public (string Message, JsonNode? Data) UpdateVxc(string uid, JsonElement body)
    {
        var vxc = State.FindVxc(uid) is { Ended: false } found ? found : throw NotFound(State, uid);
        MustBeOpen(vxc);
        VxcChange.Apply(world, vxc, body, Term(body));
        world.Touch();
        // The router has the change later, and this reply still shows what was.
        return ($"Product [{vxc.Id}] has been updated", _writing.Write(vxc));
    }

    public (string Message, JsonNode? Data) Act(string uid, string action, bool safeDelete)
    {
        var product = Find(uid);
        switch (action)
        {
            case "CANCEL_NOW":
                MustBeOpen(product);
                CancelNow(product, safeDelete);
                break;
            case "CANCEL" when product is Vxc { State: ProductStatus.Live or ProductStatus.Configured }:
                MustBeOpen(product);
                product.StateBeforeCancel = product.State;
                product.State = ProductStatus.Cancelled;
                break;
            case "UN_CANCEL" when product is { State: ProductStatus.Cancelled, StateBeforeCancel: { } before }:
                product.State = before;
                break;
            case "CANCEL" or "UN_CANCEL":
                throw new Refusal(409, $"Action [{action}] not allowed for product type: {product.ProductType}", "");
            default:
                throw new Refusal(400, $"Unknown action [{action}]", "");
        }
        world.Touch();
        return ($"Action [{action} Service {product.Id}] has been done.", null);
    }

    private void CancelNow(Product product, bool safeDelete)
    {
        if (product.Ended)
        {
            throw new Refusal(409, $"Service {product.Id} has already been cancelled", "");
        }
        if (State.Variants.FirstCancelRollsBack && !State.Variants.RolledBack.Contains(product.Id))
        {
            State.Variants.RolledBack.Add(product.Id);
            throw new Refusal(500, "Transaction silently rolled back because it has been marked as rollback-only",
                null);
        }
        if (product is Vxc vxc)
        {
            if (Provisioning.HeldBy(world, vxc) is { } held)
            {
                throw new Refusal(400, held, "");
            }
            Provisioning.End(world, vxc);
            return;
        }
        var attached = State.VxcsOf(product.Id).ToList();
        if (safeDelete && attached.Count > 0)
        {
            throw new Refusal(
                409, "Service has attached services and cannot be deleted safely",
                string.Join(", ", attached.Select(other => other.Id)));
        }
        attached.ForEach(other => Provisioning.End(world, other));
        State.PrefixLists.RemoveAll(list => list.McrUid == product.Id);
        world.Enter(product, ProductStatus.Decommissioned);
        product.EndedAt = world.Now;
    }

    private Product Find(string uid)
    {
        var product = (Product?)State.FindMcr(uid) ?? State.FindVxc(uid);
        return product is not null && _writing.Listed(product) ? product : throw NotFound(State, uid);
    }

    private static int? Term(JsonElement body) => body.SmallNumber("term") is { } term
        ? OrderCalls.Terms.Contains(term) ? term : throw Refusal.Invalid("Invalid term")
        : null;

    private static void MustBeOpen(Product product)
    {
        if (product.Locked)
        {
            throw new Refusal(403, "Service is locked", $"{product.Name} is locked");
        }
    }
}
