namespace Sealane.Sandbox.World;

/// <summary>
/// Anything of a simulated cloud that has an id and a life. What will become of it is written down as transitions with
/// their times, so that a world can be stored in the middle of everything and go on later.
/// </summary>
public abstract class Entity
{
    public required string Id { get; init; }

    /// <summary>The vendor's own word.</summary>
    public string State { get; set; } = "";
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When <see cref="State"/> or anything else about it last changed.</summary>
    public DateTimeOffset ChangedAt { get; set; }

    /// <summary>Whether its end answers a question and changes nothing that anything follows from.</summary>
    internal virtual bool AnswersOnly => false;

    /// <summary>What will happen to it, soonest first.</summary>
    public List<Transition> Coming { get; set; } = [];
}

/// <param name="At">World time.</param>
/// <param name="State">The state that begins then. The reserved word <c>gone</c> removes the entity.</param>
public sealed record Transition(DateTimeOffset At, string State)
{
    public const string Gone = "gone";
}

/// <summary>The state of one simulated cloud, as stored in the world's file, and its own rules.</summary>
public interface ICloudState
{
    IEnumerable<Entity> Entities { get; }

    /// <summary>Called once when a transition is due, after <see cref="Entity.State"/> was set.</summary>
    void Reached(SandboxWorld world, Entity entity, string state);

    void Remove(Entity entity);
}
