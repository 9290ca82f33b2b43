using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Sealane.Core.Design;
using Sealane.Sandbox.Azure.Authorization;
using Sealane.Sandbox.Azure.Kinds;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Azure;

/// <summary>The simulated Azure: one tenant, its subscriptions, their resources and the operations on them.</summary>
public sealed partial class AzureState : ICloudState, IExpressRouteProvider
{
    public string Tenant { get; set; } = "";
    public string Subscription { get; set; } = "";

    /// <summary>Further subscriptions of the tenant, in which the identity may do the same.</summary>
    public List<string> OtherSubscriptions { get; set; } = [];

    /// <summary>Namespaces that the subscription is registered for, such as <c>Microsoft.Network</c>.</summary>
    public List<string> RegisteredProviders { get; set; } = [];
    public List<ArmResource> ResourceGroups { get; set; } = [];

    /// <summary>Children stand here beside their parents.</summary>
    public ArmResources Resources { get; set; } = [];
    public List<ArmOperation> Operations { get; set; } = [];
    public List<Mishap> Mishaps { get; set; } = [];
    public List<Lag> Lagging { get; set; } = [];
    public Lags Lags { get; set; } = new();
    public AzureVariants Variants { get; set; } = new();

    /// <summary>Roles that the identity has in the subscription, each a role definition as JSON; null: Owner.</summary>
    public List<string>? Roles { get; set; }

    /// <summary>The same in another subscription, where they are not those above. Empty: the identity has none
    /// there.</summary>
    public Dictionary<string, List<string>> RolesElsewhere { get; set; } = [];

    /// <summary>Policies that deny.</summary>
    public List<DenyPolicy> Policies { get; set; } = [];

    /// <summary>Management locks, wherever they lie.</summary>
    public List<ManagementLock> Locks { get; set; } = [];

    /// <summary>How many static public addresses the subscription may have in a region; null: more than a rehearsal
    /// needs.</summary>
    public int? StaticPublicAddressesMax { get; set; }

    /// <summary>Entries of one page of a list.</summary>
    public int PageSize { get; set; } = 100;

    /// <summary>Counts writes, so that etags and operation ids do not repeat.</summary>
    public long Sequence { get; set; }

    [JsonIgnore]
    public IEnumerable<Entity> Entities => Operations.Concat<Entity>(Lagging);

    /// <summary>Azure as the guide presupposes it: a resource group with a VNet and one workload in it.</summary>
    public static AzureState Of(NetworkDesign design) => StartingAzure.Of(design);

    /// <summary>What a spec names of others' exists as well, also where it names it later.</summary>
    public void Presuppose(NetworkDesign design) => StartingAzure.Presuppose(this, design);

    public void Reached(SandboxWorld world, Entity entity, string state) =>
        OperationEnd.Reach(world, (ArmOperation)entity);

    public void Remove(Entity entity)
    {
        _ = entity switch
        {
            ArmOperation it => Operations.Remove(it),
            ArmResource it => Resources.Remove(it),
            Lag it => Lagging.Remove(it),
            _ => false,
        };
    }

    internal ArmResource? Find(string? id) => id is null ? null : Resources.Find(id);

    internal ArmResource? FindGroup(string subscription, string name) => ResourceGroups.Find(group =>
        ResourceId.Same(group.Id, $"/subscriptions/{subscription}/resourceGroups/{name}"));

    internal ArmResource? FindGroup(ResourceId id) => FindGroup(id.Subscription, id.ResourceGroup);

    /// <summary>Whether a resource lies in a group or a subscription.</summary>
    internal static bool IsIn(ArmResource resource, string scope) =>
        resource.Id.StartsWith($"{scope}/", StringComparison.OrdinalIgnoreCase);

    internal IEnumerable<ArmResource> All(ResourceKind kind) => Resources.OfType(kind.FullType);

    internal IEnumerable<ArmResource> Children(ArmResource parent, ResourceKind kind) =>
        Resources.OfParent(parent.Id).Where(resource => resource.Type == kind.FullType);

    internal ArmResource? Parent(ArmResource child) => Find(child.ParentId);

    /// <summary>The running operation that holds one of these resources, or null.</summary>
    internal ArmOperation? Holder(IEnumerable<string> locks) => Operations.Find(operation =>
        operation.State == ArmOperation.InProgress
        && operation.Locks.Intersect(locks, StringComparer.OrdinalIgnoreCase).Any());

    internal void LagBehind(SandboxWorld world, TimeSpan delay, string resourceId, string? heldBy)
    {
        if (delay > TimeSpan.Zero)
        {
            var lag = new Lag { Id = $"lag-{Sequence++}", ResourceId = resourceId, HeldBy = heldBy };
            world.Then(lag, delay, Transition.Gone);
            Lagging.Add(lag);
        }
    }

    /// <summary>Who seems to use a resource although it is gone.</summary>
    internal IEnumerable<string> Ghosts(ArmResource resource) =>
        Lagging.Where(lag => ResourceId.Same(lag.ResourceId, resource.Id)).Select(lag => lag.HeldBy).OfType<string>();

    internal bool IsHidden(ArmResource resource) =>
        Lagging.Exists(lag => lag.HeldBy is null && ResourceId.Same(lag.ResourceId, resource.Id));

    internal ArmResource Add(SandboxWorld? world, ResourceId id, string? location, JsonObject body)
    {
        var resource = new ArmResource
        {
            Id = id.ToString(),
            Type = $"{ResourceId.Provider}/{id.Type}",
            Name = id.Name,
            ResourceGroup = id.ResourceGroup,
            ParentId = id.Parent?.ToString(),
            Location = location,
            Body = body,
            CreatedAt = world?.Now ?? default,
            ChangedAt = world?.Now ?? default,
        };
        Resources.Add(resource);
        return resource;
    }

    /// <summary>A new version of a resource has a new etag.</summary>
    internal void Stamp(SandboxWorld world, ArmResource resource)
    {
        resource.Etag = $"W/\"{world.Uuid($"etag/{Sequence++}")}\"";
        resource.ChangedAt = world.Now;
        resource.Facts["resourceGuid"] ??= world.Uuid($"guid/{Sequence++}");
    }
}
