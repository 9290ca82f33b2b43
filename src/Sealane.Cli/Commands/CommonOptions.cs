using System.CommandLine;
using Sealane.Core.Design;
using Sealane.Core.Spec;
using Sealane.Sandbox.World;

namespace Sealane.Cli.Commands;

/// <summary>The file and the options that every command about a link shares.</summary>
internal sealed class CommonOptions
{
    public Argument<string> File { get; } =
        new("FILE") { Description = "The spec, a YAML file (- reads standard input)" };

    public Option<string?> Sandbox { get; } = new("--sandbox")
    {
        Description = "Rehearse against the embedded clouds; their world is kept in DIR (--sandbox or --sandbox=DIR)",
        HelpName = "DIR",
        Arity = ArgumentArity.ZeroOrOne,
    };

    /// <summary>For the commands that build.</summary>
    public Option<string> Order { get; } = new("--order")
    {
        Description = "locks: what guards is closed first. guide: the manual's steps one after the other, which "
            + "leaves a window (sandbox only)",
        HelpName = "ORDER",
        DefaultValueFactory = _ => "locks",
    };

    /// <summary>For the commands that run, and for what is drawn again.</summary>
    public Option<string> Progress { get; } = new("--progress")
    {
        Description = "live: a view that is drawn again on a terminal. lines: a line for each thing that happens, "
            + "for screen readers and logs",
        HelpName = "HOW",
        DefaultValueFactory = _ => "live",
    };

    public Option<string> Format { get; }
    public Option<string?> WireLog { get; } =
        new("--wire-log") { Description = "Write every exchange to this file, secrets masked", HelpName = "FILE" };
    public Option<long?> Seed { get; } = new("--seed")
    {
        Description = "Chance of a new sandbox world (default 1)",
        HelpName = "N"
    };

    /// <summary>For the commands that build and delete.</summary>
    public Option<bool> TakeOver { get; } = new("--take-over")
    {
        Description = "Go on although another machine's run holds the link: only when you know that it is no more",
    };

    public Option<string?> Chaos { get; } = new("--chaos")
    {
        Description = $"With --sandbox: {Sealane.Sandbox.World.Chaos.Help}",
        HelpName = "SPEC",
    };

    /// <summary>For what a service does too.</summary>
    public Option<string?> Server { get; } = new("--server")
    {
        Description = "Have the service there do it (sealane serve); FILE may be the link's name",
        HelpName = "URL",
    };

    /// <summary>For the commands that tell prices.</summary>
    public Option<bool> Book { get; } = new("--book")
    {
        Description = "Prices of the built-in book only: no vendor is asked",
    };

    /// <summary>For apply.</summary>
    public Option<string[]> Replace { get; } = new("--replace")
    {
        Description = "Agree that this object is deleted and made anew; once for each",
        HelpName = "ID",
        DefaultValueFactory = _ => [],
    };

    /// <summary>For apply.</summary>
    public Option<int?> Remove { get; } = new("--remove")
    {
        Description = "Agree that so many objects are deleted which the spec no longer has",
        HelpName = "COUNT",
    };

    /// <summary>For apply.</summary>
    public Option<int?> Term { get; } = new("--term")
    {
        Description = "Agree to the spec's contract term, which is billed to its end",
        HelpName = "MONTHS",
    };

    /// <summary>For apply.</summary>
    public Option<bool> KeysAtOnce { get; } = new("--keys-at-once")
    {
        Description = "Agree that tunnels that are up get other keys all at once, which is an outage; sealane rotate "
            + "has "
            + "none",
    };

    public CommonOptions(params string[] formats)
    {
        Format = new("--format") { Description = "How to print", DefaultValueFactory = _ => "text" };
        Format.AcceptOnlyFromAmong(formats);
        Order.AcceptOnlyFromAmong("locks", "guide");
        Progress.AcceptOnlyFromAmong("live", "lines");
    }

    public void AddTo(Command command)
    {
        command.Arguments.Add(File);
        AddOptionsTo(command);
    }

    public void AddOptionsTo(Command command)
    {
        command.Options.Add(Sandbox);
        command.Options.Add(Format);
        command.Options.Add(WireLog);
        command.Options.Add(Seed);
        command.Options.Add(Chaos);
    }

    public LinkOptions Read(ParseResult parsed) =>
        parsed.GetResult(Server) is not null && parsed.GetValue(Server) is not null
            && parsed.GetResult(Sandbox) is not null
            ? throw new UsageError("error: the service says itself whether it rehearses\n"
                + "  fix: leave --sandbox or --server out")
            : Read(parsed, parsed.GetRequiredValue(File));

    /// <summary>The same for a command that takes several files.</summary>
    public LinkOptions Read(ParseResult parsed, string file) => new()
    {
        File = file,
        // The option without a value means the default place.
        SandboxDirectory = parsed.GetResult(Sandbox) is null ? null : parsed.GetValue(Sandbox)
            ?? LinkOptions.DefaultSandbox,
        Format = parsed.GetRequiredValue(Format),
        Server = parsed.GetResult(Server) is null ? null : parsed.GetValue(Server),
        WireLog = parsed.GetValue(WireLog),
        Seed = parsed.GetValue(Seed),
        TakeOver = parsed.GetResult(TakeOver) is not null && parsed.GetValue(TakeOver),
        Remove = parsed.GetResult(Remove) is null ? null : parsed.GetValue(Remove),
        Replace = parsed.GetResult(Replace) is null ? [] : parsed.GetValue(Replace) ?? [],
        Term = parsed.GetResult(Term) is null ? null : parsed.GetValue(Term),
        KeysAtOnce = parsed.GetResult(KeysAtOnce) is not null && parsed.GetValue(KeysAtOnce),
        PlainProgress = parsed.GetResult(Progress) is not null && parsed.GetValue(Progress) == "lines",
        BookPrices = parsed.GetResult(Book) is not null && parsed.GetValue(Book),
        Chaos = ReadChaos(parsed.GetValue(Chaos), parsed.GetResult(Sandbox) is not null),
        Verb = parsed.CommandResult.Command.Name,
        Order = parsed.GetResult(Order) is not null && parsed.GetValue(Order) == "guide" ? BuildOrder.Guide
            : BuildOrder.LocksFirst,
    };

    /// <summary>What goes wrong on purpose, which real clouds cannot be asked for.</summary>
    public static Chaos? ReadChaos(string? written, bool sandbox)
    {
        try
        {
            return written is null ? null : sandbox ? Sealane.Sandbox.World.Chaos.Parse(written)
                : throw new UsageError("error: --chaos is for the sandbox only\n  fix: add --sandbox, or leave "
                    + "--chaos out");
        }
        catch (FormatException error)
        {
            throw new UsageError($"error: --chaos: {error.Message}\n  fix: for instance --chaos "
                + $"lost=0.02,5xx=0.05,lag=90");
        }
    }
}

/// <summary>What the user asked for, read from the command line.</summary>
internal sealed record LinkOptions
{
    public const string DefaultSandbox = ".sealane/sandbox";

    public required string File { get; init; }

    /// <summary>The spec itself, where <see cref="File"/> is only its name.</summary>
    public NetworkSpec? Spec { get; init; }

    /// <summary>Where the journal of a link of real accounts is kept.</summary>
    public string StateDirectory { get; init; } = ".sealane";

    /// <summary>Null: this machine alone.</summary>
    public IOneWriter? OneWriter { get; init; }

    /// <summary>Stands before everything that counts and limits calls, and may wait; null: nobody does.</summary>
    public Func<HttpMessageHandler, HttpMessageHandler>? Paced { get; init; }

    /// <summary>Null: the real clouds.</summary>
    public string? SandboxDirectory { get; init; }
    public string Format { get; init; } = "text";

    /// <summary>Null: this program does it itself.</summary>
    public string? Server { get; init; }
    public string? WireLog { get; init; }

    /// <summary>Every reply is kept in memory, for a bundle of evidence.</summary>
    public bool KeepReplies { get; init; }
    public long? Seed { get; init; }
    public BuildOrder Order { get; init; }
    public Chaos? Chaos { get; init; }

    /// <summary>The run that holds the claim is no more: somebody has looked.</summary>
    public bool TakeOver { get; init; }
    public string Verb { get; init; } = "";

    /// <summary>Objects that may be deleted and made anew.</summary>
    public IReadOnlyList<string> Replace { get; init; } = [];
    public int? Remove { get; init; }

    /// <summary>Months that may be ordered at once.</summary>
    public int? Term { get; init; }

    /// <summary>Keys of tunnels that are up may change all at once.</summary>
    public bool KeysAtOnce { get; init; }

    /// <summary>Prices come from the built-in book, and nobody is asked.</summary>
    public bool BookPrices { get; init; }

    /// <summary>This invocation, for whoever has to wait for it.</summary>
    public string Typed => Again(Verb);

    /// <summary>Lines also where a live view could be drawn.</summary>
    public bool PlainProgress { get; init; }

    /// <summary>How this invocation would be typed again, for advice on what to do next.</summary>
    /// <param name="arguments">That follow the file, each with a space before it.</param>
    public string Again(string verb, string arguments = "") => $"sealane {verb} {File}{arguments}"
        + (SandboxDirectory is null ? "" : SandboxDirectory == DefaultSandbox ? " --sandbox"
            : $" --sandbox={SandboxDirectory}")
        + (Order == BuildOrder.Guide && verb is ("plan" or "apply") ? " --order guide" : "");
}
