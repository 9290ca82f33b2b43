using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Ahead;

/// <summary>A resource whose order the vendor judges and prices without placing it.</summary>
public interface IPaidOrder
{
    /// <summary>Null while what the order refers to does not exist: a VXC cannot be judged before its router.</summary>
    /// <exception cref="CloudError">The order would be refused, or the cloud cannot be asked.</exception>
    Task<OrderPrice?> Quote(IKnown known, CancellationToken ct);
}

/// <param name="Monthly">Null where the answer names no price.</param>
public sealed record OrderPrice(decimal? Monthly, string? Currency);
