using System.Text.Json.Nodes;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Azure.Kinds;

/// <summary>
/// What is particular about one resource type: its members, its rules, its life. Everything that all types have in
/// common
/// (preconditions, references, locks, operations) is <see cref="ResourceWriter"/>'s.
/// </summary>
internal abstract class ResourceKind
{
    /// <summary><c>virtualNetworks/subnets</c>.</summary>
    public abstract string Type { get; }

    /// <summary>As in <c>PutVirtualNetworkOperation</c>.</summary>
    public abstract string Noun { get; }

    /// <summary>Members of <c>properties</c>.</summary>
    public abstract MemberSchema Members { get; }

    public string FullType => $"{ResourceId.Provider}/{Type}";

    public bool IsChild => Type.Contains('/', StringComparison.Ordinal);

    /// <summary>Children that can stand in the parent's body, by the name of the member.</summary>
    public virtual IReadOnlyDictionary<string, ResourceKind> Inline => new Dictionary<string, ResourceKind>();

    /// <summary>Whether PATCH of tags runs as an operation or is done at once.</summary>
    public virtual bool PatchIsOperation => false;

    public virtual IEnumerable<Reference> References(PutRequest put) => [];

    /// <summary>What is wrong with the request, worst first: the service names one.</summary>
    public virtual IEnumerable<ArmError> Problems(PutRequest put) => [];

    /// <summary>Properties to keep: what was sent, with the service's defaults.</summary>
    public virtual JsonObject Accept(PutRequest put) => Members.Copy(put.Properties);

    /// <summary>After the resource took its new body, before the operation runs.</summary>
    public virtual void Written(PutRequest put, ArmResource resource)
    {
    }

    /// <summary>The operation succeeded.</summary>
    public virtual void Ready(SandboxWorld world, ArmResource resource)
    {
    }

    /// <summary>Adds read-only members and takes away what is never shown.</summary>
    public virtual void Show(ShowCall show, ArmResource resource, JsonObject properties)
    {
    }

    /// <summary>Everything that one write of this resource keeps other writes away from.</summary>
    public virtual IEnumerable<string> Locks(ResourceId id, JsonNode? properties) => [(id.Parent ?? id).ToString()];

    public abstract Duration WriteTakes(PutRequest put);

    public virtual Duration DeleteTakes(ArmResource resource) => Durations.ArmQuick;

    /// <summary>Why it cannot be deleted now, or null.</summary>
    public virtual ArmError? RefusesDelete(AzureState state, ArmResource resource) => null;

    /// <summary>Why its deletion, once accepted, fails in the end, or null.</summary>
    public virtual ArmError? RefusesInTheEnd(AzureState state, ArmResource resource) => null;

    /// <summary>It is about to go.</summary>
    public virtual void Leaves(SandboxWorld world, ArmResource resource)
    {
    }
}

/// <summary>An id in a body.</summary>
/// <param name="Type">What it must lead to: <c>virtualNetworks/subnets</c>.</param>
internal sealed record Reference(string Path, string? Id, string Type);

/// <summary>A PUT, checked for its form, of a resource or of a child inside its parent's body.</summary>
internal sealed record PutRequest(ArmCall Call, ResourceId Id, ArmResource? Existing, JsonObject Body)
{
    public SandboxWorld World => Call.World;
    public AzureState State => Call.State;
    public JsonObject Properties => Body.At("properties") as JsonObject ?? [];
    public Region? Region { get; init; }

    /// <summary>Of a child: the properties that its parent has or gets by the same request.</summary>
    public JsonObject ParentProperties { get; init; } = [];

    /// <summary>Of a child: its brothers and sisters, as <c>{name, properties}</c>.</summary>
    public IReadOnlyList<JsonObject> Siblings { get; init; } = [];

    public bool IsCreate => Existing is null;

    /// <summary>A fully qualified reference to what this request makes.</summary>
    public string Self => Id.ToString();

    public ArmResource? Lookup(params ReadOnlySpan<string> path) => State.Find(Properties.Text(path));
}
