using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Azure;

/// <summary>
/// For a while the service shows what is no longer, or not yet, true. Seen in the field: a public IP or subnet that
/// seems in
/// use right after its gateway is gone (terraform-provider-azurerm #688), a new circuit that answers 404
/// (azure-rest-api-specs #10148).
/// </summary>
public sealed class Lag : Entity
{
    public required string ResourceId { get; init; }

    /// <summary>Who still seems to use the resource; null: the resource itself cannot be read yet.</summary>
    public string? HeldBy { get; init; }
}

/// <summary>How far behind itself the service is. Off unless a rehearsal asks for it.</summary>
public sealed record Lags
{
    public TimeSpan ReferencesOfDeletedGateways { get; init; }
    public TimeSpan NewCircuits { get; init; }

    /// <summary>
    /// How long after a path's first connection Microsoft's edge says, in place of its table, that it has no sessions:
    /// up to 25 minutes in public labs (github.com/erjosito/net-lab-builder, expressroute-megaport-bgp).
    /// </summary>
    public TimeSpan EdgeTables { get; init; }
}
