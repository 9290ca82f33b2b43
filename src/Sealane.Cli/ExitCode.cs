namespace Sealane.Cli;

/// <summary>What the shell is told.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>The answer is no: findings, not encrypted, changes pending.</summary>
    public const int No = 1;

    /// <summary>Wrong usage or unreadable input.</summary>
    public const int Usage = 2;

    /// <summary>A cloud refused or failed.</summary>
    public const int Cloud = 3;

    /// <summary>A defect of Sealane itself.</summary>
    public const int Defect = 4;

    /// <summary>Stopped by the user; the same command goes on.</summary>
    public const int Interrupted = 130;

    /// <summary>All of them, in words.</summary>
    public static IReadOnlyList<(int Code, string Means)> All { get; } =
    [
        (Done, "Yes, or done."),
        (No, "The answer is no: findings, not encrypted, refused changes, another run at work, changes pending with "
            + "plan --exit-code."),
        (Usage, "Wrong usage or unreadable input."),
        (Cloud, "A cloud refused or failed."),
        (Defect, "A defect of Sealane itself."),
        (Interrupted, "Interrupted; the same command goes on."),
    ];
}

/// <summary>Wrong usage or input that a command found out by itself; printed as it is (nothing when all was said), exit
/// code 2.</summary>
internal sealed class UsageError(string message) : Exception(message);
