namespace Sealane.Core.Spec;

internal enum YamlKind
{
    Scalar,
    List,
    Map,

    /// <summary>Already reported (an alias, for instance): nothing more is said about it.</summary>
    Refused,
}

/// <summary>A YAML value with its place; keys of a map may repeat, the reader reports it.</summary>
internal sealed record YamlValue(YamlKind Kind, SourceMark Mark)
{
    /// <summary>Text of a scalar.</summary>
    public string Text { get; init; } = "";

    /// <summary>A scalar without quotes: only such a one is a number, a truth value or nothing.</summary>
    public bool Plain { get; init; }
    public IReadOnlyList<YamlValue> Items { get; init; } = [];
    public IReadOnlyList<(YamlValue Key, YamlValue Value)> Entries { get; init; } = [];

    public bool IsNothing => Kind == YamlKind.Scalar && Plain && Text is "" or "~" or "null" or "Null" or "NULL";

    /// <summary>For messages: <c>a list</c>, <c>text</c> …</summary>
    public string What => Kind switch
    {
        YamlKind.List => "a list",
        YamlKind.Map => "a section of keys",
        _ => IsNothing ? "nothing" : "a single value",
    };
}
