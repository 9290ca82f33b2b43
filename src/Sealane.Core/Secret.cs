using System.Diagnostics;

namespace Sealane.Core;

/// <summary>
/// A key that must reach a cloud and nothing else: a pre-shared key, a BGP key, a service key. It prints as dots in
/// text, logs, exceptions and the debugger; only <see cref="Reveal"/> gives it, at the place that writes the wire.
/// </summary>
[DebuggerDisplay("••••••")]
public sealed class Secret(string value) : IEquatable<Secret>
{
    private readonly string _value = value;

    /// <summary>The characters themselves. Every call is a place that a security review reads.</summary>
    public string Reveal() => _value;

    public int Length => _value.Length;

    public bool Equals(Secret? other) => other is not null
        && string.Equals(_value, other._value, StringComparison.Ordinal);

    public override bool Equals(object? obj) => Equals(obj as Secret);

    public override int GetHashCode() => string.GetHashCode(_value, StringComparison.Ordinal);

    public override string ToString() => "••••••";
}
