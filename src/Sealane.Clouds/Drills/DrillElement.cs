using Sealane.Core.Checks.Live;
using Sealane.Core.Design;

namespace Sealane.Clouds.Drills;

/// <summary>How an element stands, by what the clouds told.</summary>
/// <param name="Words">In the vendors' words.</param>
public sealed record ElementState(bool IsUp, string Words);

/// <summary>One thing of a link that a drill fails by the vendor's own means, and gives back.</summary>
/// <param name="id">As it is typed: that of the object, where there is one.</param>
public abstract class DrillElement(string id)
{
    public string Id => id;

    /// <summary>The call that fails it, with the id in the cloud.</summary>
    public abstract string Means { get; }

    /// <summary>What gives it back.</summary>
    public abstract string WayBack { get; }

    /// <summary>Nothing can be taken back: the cloud goes on by itself.</summary>
    public virtual bool EndsByItself => false;

    /// <summary>Of the sessions that end when it fails without a word.</summary>
    public abstract SessionTimers Timers { get; }

    /// <summary>Those sessions have BFD.</summary>
    public virtual bool HasBfd => true;

    /// <summary>Ids of the model's network that are gone with it.</summary>
    public abstract IReadOnlyList<string> Lost(LinkObservation seen);

    public abstract ElementState State(LinkObservation seen);

    /// <summary>Whether nothing of it stands.</summary>
    public virtual bool IsDown(LinkObservation seen) => !State(seen).IsUp;

    /// <summary>Whether it is down because somebody holds it down by these means.</summary>
    public virtual bool IsHeldDown(LinkObservation seen) => false;

    /// <param name="hold">How long it is meant to be down.</param>
    public abstract Task Fail(TimeSpan hold, CancellationToken ct);

    /// <summary>Gives it back; also when it was never failed, or is back already.</summary>
    public abstract Task Restore(CancellationToken ct);
}
