namespace Sealane.Clouds.Megaport.Wire;

/// <summary>A prefix filter list of an MCR. What the portal calls its name is <c>description</c> here.</summary>
/// <remarks>POST /v2/product/mcr2/{uid}/prefixList; https://docs.megaport.com/mcr/route-filter/</remarks>
public sealed record PrefixFilterList
{
    public int? Id { get; init; }
    public string? Description { get; init; }

    /// <summary><c>IPv4</c> or <c>IPv6</c>.</summary>
    public string? AddressFamily { get; init; }
    public IReadOnlyList<PrefixFilterEntry> Entries { get => field ?? []; init; }
}

/// <summary>Bounds are numbers in requests and text in replies; the API drops a bound that equals its
/// default.</summary>
public sealed record PrefixFilterEntry
{
    /// <summary><c>permit</c> or <c>deny</c>.</summary>
    public string? Action { get; init; }
    public string? Prefix { get; init; }
    public int? Ge { get; init; }
    public int? Le { get; init; }
}
