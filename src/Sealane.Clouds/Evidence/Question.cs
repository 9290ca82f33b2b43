using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Evidence;

/// <summary>
/// One call that evidence is read with: what it shows, where that leads, what the identity needs for it, and what could
/// stay hidden without it. All of them are in <see cref="AllReaders"/>, and docs/proof.md prints them as a table.
/// </summary>
public sealed record Question
{
    /// <summary>The vendor's name of the call: <c>ec2:DescribeRouteTables</c>, <c>GET virtualNetworks</c>.</summary>
    public required string Call { get; init; }
    public required Cloud Cloud { get; init; }
    public required string Permission { get; init; }
    public required string Shows { get; init; }

    /// <summary>Kinds of object that are read next; empty where the walk ends.</summary>
    public string LeadsTo { get; init; } = "";

    /// <summary>
    /// What could carry or hide a packet without this answer: its absence is a hole. Null: a table for comparison or a
    /// state,
    /// whose absence is only told.
    /// </summary>
    public string? Hides { get; init; }

    /// <summary>Such a hole counts only where the protected networks have a way to the object asked about.</summary>
    public bool OnlyWhereEntered { get; init; }
}

/// <summary>How a question was answered. Anything but <see cref="Read"/> means not known, never absent.</summary>
public enum Answer
{
    Read,

    /// <summary>The identity lacks the permission.</summary>
    Refused,

    /// <summary>This environment has no such call, as Megaport's staging has no looking glass.</summary>
    NotOffered,

    /// <summary>The reply, or a row of it, could not be understood, or a member that decides was missing.</summary>
    Unreadable,

    /// <summary>The service shows this only some time after the fact.</summary>
    Lagging,

    /// <summary>The service is unwell or did not answer.</summary>
    Silent,
}

/// <summary>A row of the statement of completeness: what was asked about what, and whether it was answered.</summary>
/// <param name="Subject">The vendor's id of the object asked about.</param>
/// <param name="Why">What the vendor said instead of an answer; empty when it was read.</param>
public sealed record Reading(Question Question, string Subject, Answer Answer, string Why)
{
    public bool IsHole => Answer != Answer.Read && Question.Hides is not null;
}
