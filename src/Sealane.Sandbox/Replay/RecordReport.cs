using System.Globalization;
using System.Text;

namespace Sealane.Sandbox.Replay;

/// <summary>
/// What a maintainer needs of somebody's recording: which operations were called and how they ended, what the sandbox
/// does not know or says otherwise, and an exchange of each kind in the form of a contract file. Nothing in it tells
/// whose account it was.
/// </summary>
public static class RecordReport
{
    /// <param name="compared">The same recording, put to a sandbox world.</param>
    public static string Of(IReadOnlyList<Exchange> recording, ComparisonReport compared)
    {
        ArgumentNullException.ThrowIfNull(recording);
        ArgumentNullException.ThrowIfNull(compared);
        var played = recording.Where(exchange => !exchange.IsLogin && exchange.Cloud.Length > 0).ToList();
        var standIns = new StandIns();
        var disguise = new Disguise(standIns);
        // Twice: a name that turns up late may stand in a sentence that came early.
        _ = played.Select(disguise.Of).Count(exchange => exchange.Body.Length > 0);
        var shown = played.ConvertAll(disguise.Of);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            # What a recording shows

            {played.Count} exchanges, {recording.Count - played.Count} about logging in left out.
            Ids, addresses, names, dates and texts have stand-ins, the same value the same one everywhere; secrets were
            masked when it was recorded. Look through it before you send it all the same.

            ## Operations

            | operation | calls | answers |
            |---|---|---|

            """);
        foreach (var operation in shown.GroupBy(NameOf).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture,
                $"| `{operation.Key}` | {operation.Count()} | {Answers(operation)} |\n");
        }
        Differences(text, "Members that the sandbox never writes", compared, disguise, Unlikeness.Missing);
        Differences(text, "Members that only the sandbox writes", compared, disguise, Unlikeness.Extra);
        Differences(text, "Statuses, codes, states and types that differ", compared, disguise,
            Unlikeness.Status, Unlikeness.Code, Unlikeness.State, Unlikeness.Type);
        Exchanges(text, played, shown, compared);
        return text.ToString();
    }

    private static string NameOf(Exchange exchange) => $"{exchange.Cloud} {exchange.Operation}";

    private static string Answers(IEnumerable<Exchange> calls) => string.Join(", ", calls
        .GroupBy(call => call.ReplyStatus).OrderBy(same => same.Key)
        .Select(same => string.Create(CultureInfo.InvariantCulture, $"{same.Key} ×{same.Count()}")));

    private static void Differences(StringBuilder text, string title, ComparisonReport compared, Disguise disguise,
        params ReadOnlySpan<Unlikeness> kinds)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n## {title}\n\n");
        var wanted = kinds.ToArray();
        var found = compared.Differences.Where(difference => wanted.Contains(difference.What.Kind))
            .DistinctBy(difference => (difference.Operation, difference.What)).ToList();
        if (found is [])
        {
            text.Append("None.\n");
            return;
        }
        text.Append("| operation | member | recorded | sandbox | times |\n|---|---|---|---|---|\n");
        foreach (var (operation, what, _, times) in found)
        {
            // Kinds of values are our words; states and codes are somebody's.
            var said = what.Kind is Unlikeness.Code or Unlikeness.State ? disguise.Value(what.Wanted, what.Path)
                : what.Wanted;
            text.Append(CultureInfo.InvariantCulture,
                $"| `{operation}` | {(what.Path.Length > 0 ? $"`{disguise.Member(what.Path)}`" : "")} | {said} | ");
            text.Append(CultureInfo.InvariantCulture, $"{what.Found} | {times} |\n");
        }
    }

    /// <summary>The first of each kind of answer, and where a difference came up first: new contract files.</summary>
    private static void Exchanges(
        StringBuilder text, List<Exchange> played, List<Exchange> shown, ComparisonReport compared)
    {
        text.Append("\n## Exchanges\n\nOne of each kind of answer, and each in which a difference came up first.\n");
        var told = compared.Differences.Select(difference => difference.FirstPlace).ToHashSet(StringComparer.Ordinal);
        var kinds = new HashSet<(string, int)>();
        foreach (var (exchange, place) in shown.Zip(played, (each, original) => (each, original.Place)))
        {
            if (kinds.Add((NameOf(exchange), exchange.ReplyStatus)) || told.Contains(place))
            {
                text.Append(CultureInfo.InvariantCulture,
                    $"\n```http\n# {NameOf(exchange)}      status: recorded      read: {exchange.Read:yyyy-MM}\n");
                Message(text, $"{exchange.Method} {exchange.Target} HTTP/1.1", exchange.Headers, exchange.Body);
                Message(text, string.Create(CultureInfo.InvariantCulture, $"\nHTTP/1.1 {exchange.ReplyStatus}"),
                    exchange.ReplyHeaders, exchange.ReplyBody);
                text.Append("```\n");
            }
        }
    }

    private static void Message(
        StringBuilder text, string line, IReadOnlyList<(string Name, string Value)> headers, string body)
    {
        text.Append(line).Append('\n');
        foreach (var (name, value) in headers)
        {
            text.Append(CultureInfo.InvariantCulture, $"{name}: {value}\n");
        }
        if (body.Length > 0)
        {
            text.Append('\n').Append(body).Append('\n');
        }
    }
}
