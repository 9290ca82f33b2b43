namespace Sealane.Core.Spec;

// What the owner of the file has decided, and says so.

/// <summary>What the link may cost a month in one currency.</summary>
public sealed record BudgetSpec(string Currency, long Monthly);

/// <summary>A part that was made as <paramref name="From"/> and is <paramref name="To"/> in the file.</summary>
public sealed record MovedSpec(string From, string To);

/// <summary>A check that the owner of the file has decided to live with, and why.</summary>
public sealed record SilenceSpec(string Check, string Reason);

/// <summary>A hole in what can be read that the owner of the file lives with until a day.</summary>
/// <param name="Until">The first moment, in UTC, at which it counts again.</param>
public sealed record AcceptSpec(string Hole, string Reason, DateTimeOffset Until);
