using System.Globalization;
using System.Text.Json.Nodes;

namespace Sealane.Sandbox.Replay;

/// <summary>
/// All that was ever answered to an operation: statuses, members and their types, states, error codes; each with where
/// it
/// came up first and how often. Grants and refusals are kept apart.
/// </summary>
internal sealed class Vocabulary
{
    private readonly Dictionary<Word, (string Place, int Times)> _said = [];

    /// <summary>By operation, grant or refusal, and path: the types.</summary>
    private readonly Dictionary<(string Operation, bool Granted, string Path), HashSet<string>> _types = [];

    public void Add(string operation, int status, JsonNode? body, string place)
    {
        var granted = status < 400;
        Note(new(operation, granted, Unlikeness.Status, "", status.ToString(CultureInfo.InvariantCulture)), place);
        foreach (var (kind, path, value) in BodyShape.Words(body))
        {
            Note(new(operation, granted, kind, path, value), place);
        }
        foreach (var (path, type) in BodyShape.Everything(body))
        {
            Note(new(operation, granted, Unlikeness.Type, path, type), place);
            if (!_types.TryGetValue((operation, granted, path), out var types))
            {
                _types[(operation, granted, path)] = types = [];
            }
            types.Add(type);
        }
    }

    /// <summary>What was said here and never there, and the members that only the other has.</summary>
    public IEnumerable<Difference> UnlikeIn(Vocabulary other)
    {
        foreach (var (word, (place, times)) in _said)
        {
            if (word.Kind != Unlikeness.Type)
            {
                if (!other._said.ContainsKey(word))
                {
                    yield return new(word.Operation, new(word.Kind, word.Path, word.Value, other.InsteadOf(word)),
                        place, times);
                }
            }
            else if (word.Value != "null" && !other.Has(word) && other.HasParentOf(word))
            {
                yield return new(word.Operation, new(Unlikeness.Missing, word.Path, word.Value, "nothing"), place,
                    times);
            }
            else if (word.Value != "null" && other.TypesOf(word) is { } types && !types.Contains(word.Value)
                && types.Any(type => type != "null"))
            {
                yield return new(word.Operation,
                    new(Unlikeness.Type, word.Path, word.Value, string.Join(" or ", types.Order())), place, times);
            }
        }
        foreach (var (word, (place, times)) in other._said)
        {
            if (word.Kind == Unlikeness.Type && word.Value != "null" && !Has(word) && HasParentOf(word))
            {
                yield return new(word.Operation, new(Unlikeness.Extra, word.Path, "nothing", word.Value), place, times);
            }
        }
    }

    private void Note(Word word, string place) =>
        _said[word] = _said.TryGetValue(word, out var before) ? (before.Place, before.Times + 1) : (place, 1);

    private HashSet<string>? TypesOf(Word word) => _types.GetValueOrDefault((word.Operation, word.Granted, word.Path));

    private bool Has(Word word) => TypesOf(word) is not null;

    /// <summary>Whether there was anything in which the member could have been: lists may have been empty all
    /// along.</summary>
    private bool HasParentOf(Word word)
    {
        var end = word.Path.EndsWith("[]", StringComparison.Ordinal) ? word.Path.Length - 2
            : word.Path.LastIndexOf('.');
        var (parent, type) =
            (end < 0 ? "" : word.Path[..end], word.Path.EndsWith("[]", StringComparison.Ordinal) ? null : "object");
        return type is not null && TypesOf(word with { Path = parent })?.Contains(type) == true;
    }

    private string InsteadOf(Word word)
    {
        var others = _said.Keys.Where(each => each with { Value = "" } == word with { Value = "" })
            .Select(each => each.Value).Order().ToList();
        return others is [] ? "nothing" : string.Join(", ", others);
    }

    private sealed record Word(string Operation, bool Granted, Unlikeness Kind, string Path, string Value);
}
