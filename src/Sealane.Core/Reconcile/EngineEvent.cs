namespace Sealane.Core.Reconcile;

/// <summary>What a step does with its resource.</summary>
public enum StepAction
{
    /// <summary>As wanted already.</summary>
    Keep,

    /// <summary>Exists as wanted, but is not ready yet.</summary>
    Wait,
    Create,
    Update,
    Replace,
    Delete,

    /// <summary>The change that the spec asks for cannot be made, or not without harm.</summary>
    Refuse,
}

/// <summary>One thing that happened in a run. Progress display, plain lines and JSON lines are readers of this one
/// stream.</summary>
public abstract record EngineEvent(DateTimeOffset At, string? Id);

/// <summary>A step begins to act.</summary>
public sealed record StepStarted(DateTimeOffset At, string Id, StepAction Action, TimeSpan Expected,
    IReadOnlyList<string> Differences)
    : EngineEvent(At, Id);

/// <summary>The object was looked at and is not there yet.</summary>
/// <param name="State">The vendor's word, or <c>absent</c>.</param>
public sealed record StepWaiting(DateTimeOffset At, string Id, string State, TimeSpan Waited, TimeSpan Expected)
    : EngineEvent(At, Id);

/// <summary>Something worth telling that is neither progress nor failure.</summary>
public sealed record StepNote(DateTimeOffset At, string Id, string Text) : EngineEvent(At, Id);

/// <param name="LastSeenUnready">The last look at which it was not ready, or not gone; with <c>At</c> it brackets when
/// it became so.</param>
public sealed record StepDone(
    DateTimeOffset At, string Id, StepAction Action, TimeSpan Took, DateTimeOffset? LastSeenUnready, ResourceView? View)
    : EngineEvent(At, Id);

/// <summary>What this or an earlier run ordered was seen for the first time.</summary>
public sealed record StepOrdered(DateTimeOffset At, string Id, ResourceView View) : EngineEvent(At, Id);

public sealed record StepFailed(DateTimeOffset At, string Id, string Reason, CloudError? Error) : EngineEvent(At, Id);

/// <summary>A step that could not begin because something it waits for failed or the run was stopped.</summary>
public sealed record StepSkipped(DateTimeOffset At, string Id, string Because) : EngineEvent(At, Id);

public interface IEventSink
{
    void Emit(EngineEvent happened);
}
