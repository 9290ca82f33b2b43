using System.Text.Json;
using System.Text.Json.Nodes;
using Sealane.Clouds.Ahead;
using Sealane.Clouds.Http;
using Sealane.Clouds.Megaport.Wire;
using Sealane.Core;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Megaport;

/// <summary>Megaport's REST API, the part that a link uses. Throws <see cref="CloudError"/> and nothing else.</summary>
/// <remarks>https://dev.megaport.com; shapes checked against github.com/megaport/megaportgo.</remarks>
public sealed class MegaportClient : IDisposable
{
    /// <summary>Data centres change rarely and the list is large.</summary>
    private static readonly TimeSpan LocationsLifetime = TimeSpan.FromHours(24);

    private readonly MegaportTransport _transport;
    private (DateTimeOffset Until, IReadOnlyList<Location> All)? _locations;

    public MegaportClient(CloudContext context, MegaportSettings settings)
    {
        _transport = new(context, settings);
        LookingGlass = new(_transport);
    }

    public LookingGlass LookingGlass { get; }

    public void Dispose() => _transport.Dispose();

    /// <summary>Gets the token that the next call would get.</summary>
    /// <exception cref="CloudError">Denied: there is no key, or it is not taken.</exception>
    public Task Authenticate(CancellationToken ct) => _transport.Authenticate(ct);

    internal TimeProvider Clock => _transport.Clock;

    /// <summary>All services of the account; VXCs stand inside the products that they start from.</summary>
    public async Task<IReadOnlyList<Product>> Products(CancellationToken ct) =>
        await _transport.Data<IReadOnlyList<Product>>(MegaportCall.Get("v2/products", "GET products", ReplyShape.List),
            ct)
            .ConfigureAwait(false) ?? [];

    /// <summary>The same as they are written.</summary>
    public Task<JsonElement> All(CancellationToken ct) => _transport.Data<JsonElement>(
        MegaportCall.Get("v2/products", "GET products", ReplyShape.List), ct);

    /// <summary>One service of any kind, or null where Megaport knows none (it says so with 400 or 404).</summary>
    public async Task<Product?> Product(string uid, CancellationToken ct)
    {
        try
        {
            return await _transport.Data<Product>(MegaportCall.Get($"v2/product/{uid}", "GET product",
                ReplyShape.Object), ct)
                .ConfigureAwait(false);
        }
        catch (CloudError error) when (error.Kind == CloudErrorKind.NotFound)
        {
            return null;
        }
    }

    /// <summary>The same as it was written, with all that we do not know: the base of an update that replaces
    /// it.</summary>
    public async Task<JsonObject?> Document(string uid, CancellationToken ct)
    {
        try
        {
            return await _transport.Document(MegaportCall.Get($"v2/product/{uid}", "GET product", ReplyShape.Object),
                ct)
                .ConfigureAwait(false);
        }
        catch (CloudError error) when (error.Kind == CloudErrorKind.NotFound)
        {
            return null;
        }
    }

    /// <summary>The VXCs that start from an MCR: they are listed nowhere else.</summary>
    public async Task<IReadOnlyList<Product>> VxcsOf(string mcrUid, CancellationToken ct)
    {
        var shape = ReplyShape.Object with { Member = "associatedVxcs" };
        var call = MegaportCall.Get($"v2/product/{mcrUid}", "GET product", shape);
        try
        {
            return (await _transport.Data<Product>(call, ct).ConfigureAwait(false))!.AssociatedVxcs;
        }
        catch (CloudError error) when (error.Kind == CloudErrorKind.NotFound)
        {
            return [];
        }
    }

    public async Task<IReadOnlyList<ResourceTag>> Tags(string uid, CancellationToken ct) =>
        (await _transport.Data<ResourceTags>(MegaportCall.Get($"v2/product/{uid}/tags", "GET product/tags",
            ReplyShape.ObjectOrNull), ct)
            .ConfigureAwait(false))?.Tags ?? [];

    /// <summary>All tags of a service; what is left out is taken away (github.com/megaport/megaportgo,
    /// product.go).</summary>
    public Task SetTags(string uid, IReadOnlyList<ResourceTag> tags, CancellationToken ct) => _transport.Do(
        MegaportCall.Put($"v2/product/{uid}/tags", "PUT product/tags", new ResourceTags { Tags = tags }), ct);

    /// <summary>Asks whether an order would be accepted, and at what price; buys nothing.</summary>
    public async Task<OrderPrice> Validate(object order, IReadOnlyList<Secret?> hide, CancellationToken ct)
    {
        var call = MegaportCall.Post("v3/networkdesign/validate", "POST networkdesign/validate", new[] { order });
        call = call with { Writes = false, Hide = hide, Expects = ReplyShape.List };
        var lines = await _transport.Data<IReadOnlyList<ValidatedLine>>(call, ct).ConfigureAwait(false);
        if (lines?.Select(line => line.Error).FirstOrDefault(text => !string.IsNullOrWhiteSpace(text)) is { } refusal)
        {
            var (kind, advice) = MegaportErrors.Classify(400, refusal, writes: false);
            throw new CloudError(Cloud.Megaport, call.Operation, kind, 200, null, refusal, advice: advice);
        }
        var price = lines is [var line] ? line.Price : null;
        return new(price?.MonthlyRate, price?.Currency);
    }

    /// <summary>What a product would cost this account a month; orders nothing.</summary>
    public Task<JsonObject> Price(JsonObject product, CancellationToken ct) => _transport.Document(
        MegaportCall.Post("v4/pricebook/product", "POST pricebook/product", product)
            with
        { Writes = false, Expects = ReplyShape.Object }, ct);

    /// <summary>Places an order of one element and gives its uid. There is no idempotency key: look before, and look
    /// after a doubt.</summary>
    public async Task<string> Buy(object order, IReadOnlyList<Secret?> hide, CancellationToken ct)
    {
        var call = MegaportCall.Post("v4/networkdesign/buy", "POST networkdesign/buy", new Purchase([order]))
            with
        { Hide = hide };
        var lines = await _transport.Data<IReadOnlyList<Purchased>>(call, ct).ConfigureAwait(false);
        var bought = lines is [var first, ..] ? first : null;
        return bought?.VxcUid ?? bought?.TechnicalServiceUid ?? throw new CloudError(
            Cloud.Megaport, call.Operation, CloudErrorKind.Uncertain, 200, null,
            "the order was accepted without a service uid");
    }

    public Task UpdateMcr(string uid, McrUpdate update, CancellationToken ct) =>
        _transport.Do(MegaportCall.Put($"v2/product/mcr2/{uid}", "PUT product/mcr2", update), ct);

    /// <summary>The reply may still show the old values: read again.</summary>
    public Task UpdateVxc(string uid, VxcUpdate update, CancellationToken ct) =>
        _transport.Do(MegaportCall.Put($"v3/product/vxc/{uid}", "PUT product/vxc", update) with
        {
            Hide = [.. (update.AEndConfig?.Interfaces ?? []).SelectMany(MegaportJson.Keys)],
        }, ct);

    /// <summary>Ends a service now.</summary>
    /// <param name="safeDelete">Refuse while something is attached: without it an MCR takes its VXCs along.</param>
    public Task CancelNow(string uid, bool safeDelete, CancellationToken ct) =>
        _transport.Do(MegaportCall.Post(
            $"v3/product/{uid}/action/CANCEL_NOW{(safeDelete ? "?safeDelete=true" : "")}",
            "POST product/action/CANCEL_NOW"), ct);

    /// <summary>The lists of an MCR without their entries.</summary>
    public async Task<IReadOnlyList<PrefixFilterList>> PrefixLists(string mcrUid, CancellationToken ct) =>
        await _transport.Data<IReadOnlyList<PrefixFilterList>>(
            MegaportCall.Get($"v2/product/mcr2/{mcrUid}/prefixLists", "GET mcr2/prefixLists", ReplyShape.List),
                ct).ConfigureAwait(false)
                ?? [];

    public Task<PrefixFilterList?> PrefixList(string mcrUid, int id, CancellationToken ct) =>
        _transport.Data<PrefixFilterList>(MegaportCall.Get($"v2/product/mcr2/{mcrUid}/prefixList/{id}",
            "GET mcr2/prefixList", ReplyShape.Object), ct);

    public Task CreatePrefixList(string mcrUid, PrefixFilterList list, CancellationToken ct) =>
        _transport.Do(MegaportCall.Post($"v2/product/mcr2/{mcrUid}/prefixList", "POST mcr2/prefixList", list), ct);

    /// <summary>Replaces the list, but for members that only Megaport knows; live sessions that use it
    /// follow.</summary>
    public async Task UpdatePrefixList(string mcrUid, int id, PrefixFilterList list, CancellationToken ct)
    {
        var path = $"v2/product/mcr2/{mcrUid}/prefixList/{id}";
        var read = await _transport.Document(MegaportCall.Get(path, "GET mcr2/prefixList", ReplyShape.Object),
            ct).ConfigureAwait(false);
        var seen = read.Deserialize(MegaportJson.Of<PrefixFilterList>())!;
        var body = CarriedBack.Over(read, MegaportJson.Object(list), MegaportJson.Object(seen));
        // The address names it.
        body.Remove("id");
        await _transport.Do(MegaportCall.Put(path, "PUT mcr2/prefixList", body), ct).ConfigureAwait(false);
    }

    /// <summary>Busy (409) while a session refers to it, and for a minute or two after its VXC ended.</summary>
    public Task DeletePrefixList(string mcrUid, int id, CancellationToken ct) =>
        _transport.Do(MegaportCall.Delete($"v2/product/mcr2/{mcrUid}/prefixList/{id}", "DELETE mcr2/prefixList"), ct);

    public async Task<IReadOnlyList<Location>> Locations(CancellationToken ct)
    {
        if (_locations is { } kept && kept.Until > Clock.GetUtcNow())
        {
            return kept.All;
        }
        var all = await _transport.Data<IReadOnlyList<Location>>(MegaportCall.Get("v3/locations", "GET locations",
            ReplyShape.List), ct)
            .ConfigureAwait(false) ?? [];
        _locations = (Clock.GetUtcNow() + LocationsLifetime, all);
        return all;
    }

    /// <summary>Ports of AWS that take hosted connections. Filtered again by the caller: the query is only a hint to
    /// the API.</summary>
    public async Task<IReadOnlyList<PartnerPort>> AwsHostedConnectionPorts(CancellationToken ct) =>
        await _transport.Data<IReadOnlyList<PartnerPort>>(
            MegaportCall.Get("v2/dropdowns/partner/megaports?connectType=AWSHC&vxcPermitted=true",
                "GET partner/megaports", ReplyShape.List), ct)
            .ConfigureAwait(false) ?? [];

    /// <summary>Work that is announced to this account, of all its services.</summary>
    /// <param name="state"><c>Scheduled</c>, <c>Running</c>, <c>Completed</c> or <c>Cancelled</c>.</param>
    public async Task<IReadOnlyList<MaintenanceEvent>> Maintenance(string state, CancellationToken ct) =>
        await _transport.Data<IReadOnlyList<MaintenanceEvent>>(MegaportCall.Get(
            $"ens/v1/status/maintenance?state={state}", "GET status/maintenance", ReplyShape.List), ct)
            .ConfigureAwait(false) ?? [];

    /// <summary>Faults that touch this account.</summary>
    /// <param name="state"><c>Ongoing</c> or <c>Resolved</c>.</param>
    public async Task<IReadOnlyList<OutageEvent>> Outages(string state, CancellationToken ct) =>
        await _transport.Data<IReadOnlyList<OutageEvent>>(MegaportCall.Get(
            $"ens/v1/status/outage?state={state}", "GET status/outage", ReplyShape.List), ct)
            .ConfigureAwait(false) ?? [];

    /// <summary>What Megaport knows of an ExpressRoute circuit; the key authenticates us, so it is in no error
    /// text.</summary>
    public async Task<AzureKeyLookup> AzureKey(Secret serviceKey, CancellationToken ct) =>
        await _transport.Data<AzureKeyLookup>(
            MegaportCall.Get(
                $"v2/secure/azure/{Uri.EscapeDataString(serviceKey.Reveal())}", "GET secure/azure", ReplyShape.Object)
                with
            { Hide = [serviceKey] },
            ct).ConfigureAwait(false) ?? new();
}
