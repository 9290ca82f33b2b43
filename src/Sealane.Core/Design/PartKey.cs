namespace Sealane.Core.Design;

/// <summary>
/// What tells a part from the others of its kind. Exactly one part of a kind may be without a key, and an empty key
/// adds nothing to an id, a name, a tag or a label: so the singular is the list of one. Position in the file means
/// nothing.
/// </summary>
public readonly record struct PartKey
{
    private readonly string? _text;
    private readonly string? _made;

    /// <param name="made">The key that it was made with, where the spec has moved it since.</param>
    public PartKey(string text, string? made = null)
    {
        _text = text.Length == 0 ? null : text;
        _made = made;
    }

    public static PartKey None => default;

    /// <summary>Of what a preset adds beside the part without key.</summary>
    public static PartKey Second { get; } = new("second");

    public bool IsNone => _text is null;

    /// <summary>What names, networks and derived keys are made from: another key in the file changes none of
    /// them.</summary>
    public PartKey Made => _made is null ? this : new(_made);

    public bool Equals(PartKey other) => _text == other._text;

    public override int GetHashCode() => _text?.GetHashCode(StringComparison.Ordinal) ?? 0;

    /// <summary><c>aws/transit-vif</c>, or <c>aws/transit-vif-blue</c>.</summary>
    public string On(string name) => _text is null ? name : $"{name}-{_text}";

    /// <summary>The same for a title: <c>Transit VIF</c>, or <c>Transit VIF blue</c>.</summary>
    public string After(string title) => _text is null ? title : $"{title} {_text}";

    public override string ToString() => _text ?? "";
}
