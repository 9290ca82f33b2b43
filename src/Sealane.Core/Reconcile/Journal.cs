namespace Sealane.Core.Reconcile;

/// <summary>
/// Intents written down before they are carried out. It protects orders in flight and nothing else: without it a run
/// still finds everything by name. An intent left open means that a create may have happened whose answer was lost.
/// </summary>
public interface IJournal
{
    /// <summary>Creates that were begun and never confirmed, and when each was begun last.</summary>
    IReadOnlyDictionary<string, DateTimeOffset> Open { get; }

    /// <summary>Must be on disk before the call goes out.</summary>
    void Begin(string id, StepAction action, DateTimeOffset at);

    /// <summary>The object was seen, or the order was clearly refused; says nothing where no intent is open.</summary>
    void End(string id, DateTimeOffset at);
}
