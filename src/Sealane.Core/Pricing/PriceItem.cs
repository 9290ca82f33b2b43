using Sealane.Core.Reconcile;

namespace Sealane.Core.Pricing;

public enum PriceUnit
{
    Hour,
    Month,

    /// <summary>As the vendor bills it; AWS counts 2^30 bytes in its examples.</summary>
    Gigabyte,
}

/// <summary>Something that a vendor bills, before anybody has looked up what it costs.</summary>
/// <param name="Of">The resource that causes it: <c>aws/vpn-connection</c>.</param>
/// <param name="Key">What the price books call it: <c>dx-hosted-port/50</c>.</param>
/// <param name="Place">What its price depends on: an AWS region, an ExpressRoute zone, a country.</param>
/// <param name="Quantity">Hours, months or gigabytes a month.</param>
public sealed record PriceItem(
    string Of, Cloud Cloud, string Title, string Key, string Place, PriceUnit Unit, decimal Quantity)
{
    /// <summary>Months of the contract that the price depends on; null where nothing is signed.</summary>
    public int? TermMonths { get; init; }

    /// <summary>
    /// Where it is handed over, as the vendor names it: the site of a router, the two ends of a VXC, the Direct Connect
    /// locations (by code) of which it is one.
    /// </summary>
    public IReadOnlyList<string> Sites { get; init; } = [];
}

/// <summary>What one unit costs, where that was read and when.</summary>
/// <param name="Confirmed">False where one second-hand source stands behind it.</param>
public sealed record Quote(decimal Amount, string Currency, string Source, DateOnly Date, bool Confirmed)
{
    /// <summary>The vendor was asked on that day; else it is from the book.</summary>
    public bool IsLive { get; init; }
}

/// <summary>An item with its price.</summary>
/// <param name="Quote">Null: nobody knows, and then the sum is 'at least'.</param>
/// <param name="Why">Why nobody knows, where the vendor was asked.</param>
public sealed record PriceLine(PriceItem Item, Quote? Quote, string? Why = null)
{
    public decimal? Monthly => Quote is null ? null : Quote.Amount * Item.Quantity;
}
