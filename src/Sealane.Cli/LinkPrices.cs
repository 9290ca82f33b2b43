using Sealane.Core.Checks.Ahead;
using Sealane.Core.Design;
using Sealane.Core.Pricing;
using Sealane.Core.Reconcile;

namespace Sealane.Cli;

/// <summary>What a link costs a month, without traffic: by the book until somebody is asked. Plan, budget and receipts
/// go by the same figures.</summary>
internal sealed class LinkPrices(ResourceGraph graph, NetworkDesign design, CloudReach reach)
{
    private readonly IReadOnlyList<PriceItem> _bill = [.. BillOfMaterials.Of(graph, design, Traffic.None)];
    private PriceSheet? _asked;
    private PriceSheet? _before;

    /// <summary>The same whenever it is worked out, for whatever is held against it later.</summary>
    public PriceSheet Book => PriceSheet.Of(_bill);

    public PriceSheet Sheet => _asked ?? Book;

    /// <summary>Whether the vendors were asked.</summary>
    public bool IsAsked { get; private set; }

    /// <summary>What a plan makes of the bill of a link that stands; null of one that does not.</summary>
    public PriceChange? Change => _before is { Lines.Count: > 0 } before ? PriceChange.Between(before, Sheet) : null;

    /// <param name="book">Nobody is asked.</param>
    public async Task Ask(Plan plan, Known known, bool book, CancellationToken ct)
    {
        List<PriceItem> before = [.. StandingBill.Before(plan, known, design)];
        if (book)
        {
            _before = PriceSheet.Of(before);
            return;
        }
        using var turn = VirtualClock.Enter(reach.Clock);
        var sheet = await reach.Prices.Ask([.. _bill, .. before], ct).ConfigureAwait(false);
        _asked = sheet with { Lines = [.. sheet.Lines.Take(_bill.Count)] };
        _before = sheet with { Lines = [.. sheet.Lines.Skip(_bill.Count)] };
        IsAsked = true;
    }

    /// <summary>What Megaport says of an order itself goes before what its price book says.</summary>
    public void Take(IEnumerable<OrderFound> orders)
    {
        var validated = orders.Where(order => order is { Refusal: null, Monthly: > 0, Currency.Length: 3 })
            .ToDictionary(order => order.Id, StringComparer.Ordinal);
        if (validated.Count > 0)
        {
            _asked = Sheet with { Lines = [.. Sheet.Lines.Select(line => Validated(line, validated))] };
        }
    }

    private PriceLine Validated(PriceLine line, Dictionary<string, OrderFound> orders) =>
        line.Item.Unit == PriceUnit.Month && orders.TryGetValue(line.Item.Of, out var order)
            ? new(line.Item, new(order.Monthly!.Value, order.Currency!,
                "Megaport's validation of the order (v3/networkdesign/validate)",
                DateOnly.FromDateTime(reach.Clock.GetUtcNow().UtcDateTime), true)
            {
                IsLive = true,
            })
            : line;
}
