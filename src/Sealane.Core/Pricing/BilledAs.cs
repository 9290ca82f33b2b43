namespace Sealane.Core.Pricing;

/// <summary>What the price of an object goes by, as its cloud shows it; null where an answer leaves it out.</summary>
public sealed record BilledAs
{
    /// <summary>Speed of an MCR, rate of a VXC, bandwidth of a circuit.</summary>
    public int? Mbps { get; init; }

    /// <summary>Of a contract with Megaport.</summary>
    public int? TermMonths { get; init; }

    /// <summary>Of a gateway.</summary>
    public string? Sku { get; init; }

    /// <summary><c>Standard</c> or <c>Premium</c>, of a circuit.</summary>
    public string? Tier { get; init; }

    /// <summary><c>MeteredData</c> or <c>UnlimitedData</c>, of a circuit.</summary>
    public string? Family { get; init; }
}

/// <summary>An observed object whose price depends on more than that it is there.</summary>
public interface IBilledAs
{
    BilledAs BilledAs { get; }
}
