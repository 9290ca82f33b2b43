using System.Text.Json.Nodes;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Azure;

/// <summary>
/// One resource: what the customer wrote last (<see cref="Body"/>: a PUT replaces all of it) and what the service
/// decided
/// (<see cref="Facts"/>: kept over every PUT). <see cref="Entity.State"/> is the <c>provisioningState</c>.
/// </summary>
public sealed class ArmResource : Entity
{
    /// <summary><c>Microsoft.Network/virtualNetworks/subnets</c>.</summary>
    public required string Type { get; init; }
    public required string Name { get; init; }
    public required string ResourceGroup { get; init; }

    /// <summary>Null for a resource that stands by itself.</summary>
    public string? ParentId { get; init; }

    /// <summary>Normalised, such as <c>australiaeast</c>; null for a child.</summary>
    public string? Location { get; set; }
    public string Etag { get; set; } = "";

    /// <summary><c>tags</c>, <c>sku</c>, <c>zones</c> and <c>properties</c>.</summary>
    public JsonObject Body { get; set; } = [];
    public JsonObject Facts { get; set; } = [];

    /// <summary>Pre-shared key of a connection, MD5 key of a peering: never part of the resource as read.</summary>
    public string? SharedKey { get; set; }

    /// <summary>Whether it was ready once: it works on while it is updated or deleted.</summary>
    public bool Works { get; set; }

    /// <summary>Such as <c>PutSubnetOperation</c>; error messages name it.</summary>
    public string LastOperation { get; set; } = "";

    internal JsonObject Properties => Body["properties"] as JsonObject ?? [];
}

/// <summary>The next operation on this resource ends badly: the way to rehearse a failed deployment.</summary>
/// <param name="State"><c>Failed</c> or <c>Canceled</c>.</param>
public sealed record Mishap(string ResourceId, string State, string Code, string Message);
