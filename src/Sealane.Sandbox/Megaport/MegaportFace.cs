using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Megaport;

/// <summary>Megaport's API as far as a link needs it, in the envelope and with the errors of the real one.</summary>
/// <remarks>https://docs.megaport.com/api/ and the public clients megaportgo and terraform-provider-megaport.</remarks>
public sealed class MegaportFace : IFace
{
    private const string Terms =
        "This data is subject to the Acceptable Use Policy https://www.megaport.com/legal/acceptable-use-policy";

    private readonly SandboxWorld _world;
    private readonly Func<DateTimeOffset> _wallClock;
    private readonly CatalogueCalls _catalogue;
    private readonly CompanyCalls _company;
    private readonly ServiceKeyCalls _serviceKeys;
    private readonly ServiceEventCalls _events;
    private readonly OrderCalls _orders;
    private readonly ProductCalls _products;
    private readonly PrefixListCalls _prefixLists;
    private readonly LookingGlassCalls _lookingGlass;
    private long _requests;

    /// <param name="world">What is simulated.</param>
    /// <param name="wallClock">The clients' time, in which tokens expire; the world's own when nothing else is
    /// said.</param>
    public MegaportFace(SandboxWorld world, Func<DateTimeOffset>? wallClock = null)
    {
        _world = world;
        _wallClock = wallClock ?? (() => world.Now);
        _catalogue = new(world);
        _company = new(world);
        _serviceKeys = new(world);
        _events = new(world);
        _orders = new(world);
        _products = new(world);
        _prefixLists = new(world);
        _lookingGlass = new(world, world.Net);
        var watched = -1L;
        world.Changed += _ =>
        {
            if (watched != world.Version)
            {
                watched = world.Version;
                Provisioning.WatchPeerings(world);
            }
        };
    }

    public WireReply Answer(WireRequest request)
    {
        if (!MegaportTokens.IsValid(_world, request.Header("authorization"), _wallClock()))
        {
            return Error(new(401, "Bad session token", "Access token is missing, invalid or expired"));
        }
        try
        {
            using var body = ReadBody(request);
            return Route(request, body?.RootElement);
        }
        catch (Refusal refusal)
        {
            return Error(refusal);
        }
    }

    public WireReply Say(Fault fault, WireRequest request) => SayFault(fault, _world);

    internal static WireReply SayFault(Fault fault, SandboxWorld world) => fault == Fault.Throttled
        ? new()
        {
            Status = 429,
            ContentType = "application/json",
            Headers =
            [
                ("Retry-After", world.Megaport.Variants.RetryAfterIsDate
                    ? world.Now.AddSeconds(5).ToString("R", CultureInfo.InvariantCulture) : "5"),
            ],
            Body = """{"message":"Too many requests","data":null,"terms":""}""",
        }
        : new() { Status = 502, ContentType = "text/plain", Body = "Bad Gateway\n" };

    private WireReply Route(WireRequest request, JsonElement? body)
    {
        var method = request.Method == "HEAD" ? "GET" : request.Method;
        var segments = request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var query = Form.Read(request.Query);
        if (_world.Megaport.Variants.KeyOnlyReads && method != "GET")
        {
            throw new Refusal(403, "Forbidden", "You do not have permission to perform this action.");
        }
        return (method, segments) switch
        {
            ("GET", ["v3", "locations"]) => Ok(_catalogue.Locations(Form.All(request.Query, "locationStatuses"))),
            ("GET", ["v2", "dropdowns", "partner", "megaports"]) => Ok(_catalogue.PartnerPorts(query)),
            ("GET", ["v2", "secure", "azure", var key]) => Ok(_catalogue.AzureKey(Uri.UnescapeDataString(key))),
            ("GET", ["v2", "product", "port", var uid, "vlan"]) => Ok(_catalogue.FreeVlans(uid, query)),
            ("GET", ["v2", "networkRegions"]) => Ok(_company.NetworkRegions()),
            ("GET", ["v2", "market"]) => Ok(_company.Markets()),
            ("GET", ["v2", "locations", "rtt"]) => Ok(_company.RoundTrips(query)),
            ("GET", ["v2", "service", "key"]) => Ok(_serviceKeys.Read(query)),
            ("POST", ["v2", "service", "key"]) => Ok(_serviceKeys.Create(Needed(body))),
            ("PUT", ["v2", "service", "key"]) => Ok(_serviceKeys.Update(Needed(body))),
            ("POST", ["v4", "pricebook", "product"]) => Ok(PriceBook.Price(_world.Megaport, Needed(body))),
            ("GET", ["v3", "order_approvals"]) => NoApprovals(query),
            ("GET", ["ens", "v1", "status", "maintenance"]) => Ok(_events.Maintenance(query)),
            ("GET", ["ens", "v1", "status", "outage"]) => Ok(_events.Outages(query)),
            ("POST", ["v3", "networkdesign", "validate"]) => Ok(_orders.Validate(Needed(body))),
            ("POST", ["v3", "networkdesign", "buy"]) => Ok(_orders.Buy(Needed(body))),
            ("POST", ["v4", "networkdesign", "buy"]) => Ok(_orders.Buy(
                Needed(body).Get("networkDesign")
                    ?? throw new Refusal(400, "Bad Request", "networkDesign is required"))),
            ("GET", ["v2", "products"]) => Ok(_products.List(query)),
            ("GET", ["v2", "product", var uid]) => Ok(_products.Get(uid)),
            ("PUT", ["v2", "product", "mcr2", var uid]) => Approved() ?? Ok(_products.UpdateMcr(uid, Needed(body))),
            ("PUT", ["v3", "product", "vxc", var uid]) => Approved() ?? Ok(_products.UpdateVxc(uid, Needed(body))),
            ("POST", ["v3", "product", var uid, "action", var action]) =>
                Approved() ?? Ok(_products.Act(uid, action, query.GetValueOrDefault("safeDelete") == "true")),
            ("POST", ["v3", "product", var uid, "addon"]) => Approved()
                ?? Ok(McrAddOns.Add(_world, ProductCalls.McrOf(_world.Megaport, uid), Needed(body))),
            ("PUT", ["v3", "product", var uid, "addon", var addOn]) => Approved()
                ?? Ok(McrAddOns.Change(ProductCalls.McrOf(_world.Megaport, uid), addOn, Needed(body))),
            ("POST", ["v2", "product", var uid, "lock"]) => Ok(_products.Lock(uid, true)),
            ("DELETE", ["v2", "product", var uid, "lock"]) => Ok(_products.Lock(uid, false)),
            ("GET", ["v2", "product", var uid, "tags"]) => Ok(_products.Tags(uid)),
            ("PUT", ["v2", "product", var uid, "tags"]) => Ok(_products.SetTags(uid, Needed(body))),
            ("GET", ["v2", "product", "mcr2", var uid, "prefixLists"]) => Ok(_prefixLists.List(uid)),
            ("POST", ["v2", "product", "mcr2", var uid, "prefixList"]) => Ok(_prefixLists.Create(uid, Needed(body))),
            ("GET", ["v2", "product", "mcr2", var uid, "prefixList", var id]) => Ok(_prefixLists.Get(uid, id)),
            ("PUT", ["v2", "product", "mcr2", var uid, "prefixList", var id]) =>
                Ok(_prefixLists.Update(uid, id, Needed(body))),
            ("DELETE", ["v2", "product", "mcr2", var uid, "prefixList", var id]) => Ok(_prefixLists.Delete(uid, id)),
            ("GET", ["v2", "product", "mcr2", var uid, "diagnostics", .. var what]) => LookingGlass(uid, what, query),
            _ => Error(new(404, "Not Found", "")),
        };
    }

    private WireReply LookingGlass(string uid, string[] what, Dictionary<string, string> query) =>
        _world.Megaport.Variants.LookingGlassIsSilent && what is not ["routes", "operation"]
            ? Reply(200, []) with { Body = "" }
            : _lookingGlass.Answer(uid, what, query) is { } ready
            ? Reply(200, new() { ["message"] = ready.Message, ["terms"] = "", ["data"] = ready.Data })
            : Reply(202, new() { ["message"] = "Data result will be available soon", ["terms"] = "" });

    private WireReply? Approved() => _world.Megaport.Variants.ApprovalRequired
        ? Reply(202, new() { ["message"] = "Request accepted and pending for approval", ["terms"] = Terms })
        : null;

    private WireReply NoApprovals(Dictionary<string, string> query)
    {
        var reply = Ok(("Order approvals", new JsonArray()));
        return reply with
        {
            Headers =
            [
                .. reply.Headers,
                ("Pagination-Total-Count", "0"),
                ("Pagination-Page", query.GetValueOrDefault("pageNumber", "1")),
                ("Pagination-Limit", query.GetValueOrDefault("pageSize", "20")),
                ("Pagination-Total-Page", "0"),
            ],
        };
    }

    private WireReply Ok((string Message, JsonNode? Data) answer)
    {
        if (_world.Megaport.Variants.EmptyMembersAreAbsent)
        {
            InterfaceWriting.Shorten(answer.Data);
        }
        var json = new JsonObject { ["message"] = answer.Message, ["terms"] = Terms };
        return Reply(200, json.With("data", answer.Data));
    }

    private WireReply Error(Refusal refusal)
    {
        var details = refusal.Details;
        var message = refusal.Message;
        if (_world.Megaport.Variants.ErrorDataIsList && details is not JsonArray)
        {
            // Then the message says nothing: labs/vwan-dual-er-symmetric/deploy-log.md of erjosito/net-lab-builder.
            var said = details?.ToString() is { Length: > 0 } more ? $"{message}: {more}" : message;
            (message, details) = ("", new JsonArray(new JsonObject { ["error"] = said }));
        }
        var json = new JsonObject { ["message"] = message, ["data"] = details, ["terms"] = Terms };
        var reply = Reply(refusal.Status, json);
        json["trace_id"] = reply.Headers[0].Value;
        return reply with { Body = json.ToJsonString() };
    }

    private WireReply Reply(int status, JsonObject json) => new()
    {
        Status = status,
        ContentType = "application/json",
        Headers = [("Trace-Id", _world.Hex($"megaport/trace/{_world.Now.UtcTicks}/{_requests++}", 32))],
        Body = json.ToJsonString(),
    };

    private static JsonDocument? ReadBody(WireRequest request)
    {
        if (request.Body.Length == 0)
        {
            return null;
        }
        JsonDocument? body = null;
        try
        {
            body = JsonDocument.Parse(request.Body);
            ReadAllText(body.RootElement);
            return body;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            body?.Dispose();
            throw new Refusal(400, "Bad Request", "The body is not JSON");
        }
    }

    /// <summary>Text that is no valid Unicode is found only on reading it: better here than in the middle of an
    /// order.</summary>
    private static void ReadAllText(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                _ = element.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    ReadAllText(item);
                }
                break;
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    _ = member.Name;
                    ReadAllText(member.Value);
                }
                break;
        }
    }

    private static JsonElement Needed(JsonElement? body) => body
        ?? throw new Refusal(400, "Bad Request", "A body is required");
}
