using System.Globalization;
using System.Text.RegularExpressions;

namespace Sealane.Sandbox.Prices;

/// <summary>The filter of Azure's retail prices: <c>eq</c>, <c>and</c>, <c>or</c>, brackets, <c>contains</c>,
/// <c>startswith</c>, <c>endswith</c>. Names of members do not mind their case, values do.</summary>
internal sealed partial class RetailFilter
{
    private readonly List<string> _words;
    private int _at;

    private RetailFilter(string text) => _words = [.. Word().Matches(text).Select(match => match.Value)];

    /// <exception cref="FormatException">It is no filter.</exception>
    public static Func<RetailRow, bool> Read(string text)
    {
        if (Word().Replace(text, "").Trim().Length > 0)
        {
            throw new FormatException($"Invalid OData parameters supplied: {text}");
        }
        var filter = new RetailFilter(text);
        var fits = filter.Any();
        return filter._at == filter._words.Count ? fits : throw filter.Wrong();
    }

    private Func<RetailRow, bool> Any()
    {
        var fits = All();
        while (Next("or"))
        {
            var (left, right) = (fits, All());
            fits = row => left(row) || right(row);
        }
        return fits;
    }

    private Func<RetailRow, bool> All()
    {
        var fits = One();
        while (Next("and"))
        {
            var (left, right) = (fits, One());
            fits = row => left(row) && right(row);
        }
        return fits;
    }

    private Func<RetailRow, bool> One()
    {
        if (Next("("))
        {
            var inner = Any();
            Expect(")");
            return inner;
        }
        var name = Take();
        if (name.ToLowerInvariant() is "contains" or "startswith" or "endswith")
        {
            Expect("(");
            var of = Member(Take());
            Expect(",");
            var part = Value(Take());
            Expect(")");
            return name.ToLowerInvariant() switch
            {
                "contains" => row => of(row).Contains(part, StringComparison.Ordinal),
                "startswith" => row => of(row).StartsWith(part, StringComparison.Ordinal),
                _ => row => of(row).EndsWith(part, StringComparison.Ordinal),
            };
        }
        var member = Member(name);
        Expect("eq");
        var value = Value(Take());
        return row => member(row) == value;
    }

    private Func<RetailRow, string> Member(string name) => name.ToLowerInvariant() switch
    {
        "servicename" => row => row.Service,
        "productname" => row => row.Product,
        "skuname" => row => row.Sku,
        "metername" => row => row.Meter,
        "armregionname" => row => row.Region,
        "pricetype" => row => row.Type,
        "servicefamily" => _ => "Networking",
        _ => throw Wrong(),
    };

    private string Value(string word) => word is ['\'', .., '\'']
        ? word[1..^1].Replace("''", "'", StringComparison.Ordinal) : throw Wrong();

    private bool Next(string word)
    {
        var found = _at < _words.Count && _words[_at].Equals(word, StringComparison.OrdinalIgnoreCase);
        _at += found ? 1 : 0;
        return found;
    }

    private void Expect(string word)
    {
        if (!Next(word))
        {
            throw Wrong();
        }
    }

    private string Take() => _at < _words.Count ? _words[_at++] : throw Wrong();

    private FormatException Wrong() => new(string.Create(CultureInfo.InvariantCulture,
        $"Invalid OData parameters supplied: word {_at} of {string.Join(' ', _words)}"));

    [GeneratedRegex(@"'(?:[^']|'')*'|[A-Za-z]+|[(),]")]
    private static partial Regex Word();
}
