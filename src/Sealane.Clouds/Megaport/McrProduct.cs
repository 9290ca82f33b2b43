using System.Globalization;
using Sealane.Clouds.Megaport.Wire;
using Sealane.Core.Pricing;

namespace Sealane.Clouds.Megaport;

/// <summary>The observed MCR (<c>megaport/mcr</c>).</summary>
/// <param name="Asn">Null while it is being provisioned.</param>
/// <param name="LocationName">As Megaport writes it; null where it does not say.</param>
/// <param name="DiversityZone"><c>red</c> or <c>blue</c>; can be missing for a while after the order.</param>
public sealed record McrProduct(
    string Uid, string Name, string Status, int? SpeedMbps, long? Asn, int? LocationId, string? LocationName,
    string? DiversityZone,
    int? TermMonths, string CostCentre, bool Locked, IReadOnlyList<string> VxcNames)
    : IBilledAs
{
    BilledAs IBilledAs.BilledAs => new() { Mbps = SpeedMbps, TermMonths = TermMonths };

    public DateTimeOffset? Created { get; init; }

    /// <summary>
    /// The end of a contract term. Whoever cancels before owes an early termination fee; how it is reckoned is not
    /// confirmed, so no sum is told. A term of one month binds nobody.
    /// </summary>
    internal static DateTimeOffset? BoundUntil(DateTimeOffset? created, int? months) =>
        months > 1 ? created?.AddMonths(months.Value) : null;

    public static McrProduct Of(string uid, Product product) => new(
        product.ProductUid ?? uid, product.ProductName ?? "", product.ProvisioningStatus ?? "", product.PortSpeed,
        product.Resources?.VirtualRouter?.McrAsn, product.LocationId, product.LocationDetail?.Name,
        product.DiversityZone is { Length: > 0 } zone ? zone : null, product.ContractTermMonths,
        product.CostCentre ?? "",
        product.Locked == true || product.AdminLocked == true,
        [.. product.AssociatedVxcs.Where(vxc => !ProvisioningStatus.IsGone(vxc.ProvisioningStatus))
            .Select(vxc => vxc.ProductName ?? "")])
    {
        Created = product.CreateDate,
    };

    /// <summary>Whether a location written in the spec, by name or number, is where the MCR stands.</summary>
    public bool StandsAt(string location) =>
        location == LocationId?.ToString(CultureInfo.InvariantCulture)
        || LocationName is null
        || location.Equals(LocationName, StringComparison.OrdinalIgnoreCase);
}
