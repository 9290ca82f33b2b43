namespace Sealane.Core.Spec;

/// <summary>What may stand behind a key.</summary>
public enum SpecKeyKind
{
    Text,
    Number,

    /// <summary>More keys, one level further in.</summary>
    Section,
    TextList,
    SectionList,

    /// <summary>Names that the writer chooses, each with a text.</summary>
    TextMap,
}

/// <summary>
/// One key of the file. The list of these (<see cref="SpecKeys"/>) is all that the reader, the suggestions for misspelt
/// keys and the JSON Schema know about the file, so they cannot disagree.
/// </summary>
/// <param name="Path">Dotted path; a key of a list's items has <c>[]</c> behind the list:
/// <c>tunnels[].insideCidr</c>.</param>
/// <param name="Doc">One or two sentences for editors and error messages; units and guide step included.</param>
public sealed record SpecKey(string Path, SpecKeyKind Kind, string Doc)
{
    public bool Required { get; init; }

    /// <summary>What the design uses when the key is left out, as one would write it; null where nothing is
    /// assumed.</summary>
    public string? Default { get; init; }

    /// <summary>A value that the reader accepts and that is not the default; list items are separated by
    /// commas.</summary>
    public required string Example { get; init; }

    /// <summary>The form of a text, or of each item of a list.</summary>
    public TextForm? Form { get; init; }

    /// <summary>The form of the names of a map.</summary>
    public TextForm? Names { get; init; }

    /// <summary>The words that are taken. With <see cref="JudgedByCheck"/> only editors know them and a check
    /// judges.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>The numbers that are taken, where not every number of the range is.</summary>
    public IReadOnlyList<long> Numbers { get; init; } = [];

    /// <summary>The reader lets other values pass, because a check has a better story to tell about them.</summary>
    public bool JudgedByCheck { get; init; }
    public long Min { get; init; }
    public long Max { get; init; } = int.MaxValue;
    public int MinItems { get; init; }
    public int MaxItems { get; init; } = 100;

    /// <summary>Editors may also write it as a bare number: ids that are names elsewhere.</summary>
    public bool NumberIsFine { get; init; }

    /// <summary>What stands there may be a key that somebody pasted: it is never repeated in a message.</summary>
    public bool Sensitive { get; init; }

    /// <summary>Last part of the path.</summary>
    public string Name => Path[(Path.LastIndexOf('.') + 1)..];

    /// <summary>Path of the section that holds the key; empty at the top.</summary>
    public string Parent => Path.LastIndexOf('.') is var dot and >= 0 ? Path[..dot] : "";
}
