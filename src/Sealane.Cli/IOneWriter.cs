using Sealane.Core.Reconcile;

namespace Sealane.Cli;

/// <summary>
/// Who keeps a link to one writer where more than this machine may write to it. It stands in the place of the journal's
/// file, and where <see cref="Owner"/> is given, in that of the machine's lease.
/// </summary>
internal interface IOneWriter
{
    /// <summary>Under which the claim in the clouds is held; null: the machine's own name.</summary>
    string? Owner { get; }

    /// <summary>The journal of one session.</summary>
    IJournal Journal();

    /// <summary>Stands before the network, behind everything that may wait.</summary>
    HttpMessageHandler Guard(HttpMessageHandler far);
}
