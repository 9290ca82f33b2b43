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
    string Of, Cloud Cloud, string Title, string Key, string Place, PriceUnit Unit, decimal Quantity);

/// <summary>What one unit costs, where that was read and when.</summary>
/// <param name="Confirmed">False where one second-hand source stands behind it.</param>
public sealed record Quote(decimal Amount, string Currency, string Source, DateOnly Date, bool Confirmed);

/// <summary>An item with its price.</summary>
/// <param name="Quote">Null: nobody knows, and then the sum is 'at least'.</param>
public sealed record PriceLine(PriceItem Item, Quote? Quote)
{
    public decimal? Monthly => Quote is null ? null : Quote.Amount * Item.Quantity;
}
