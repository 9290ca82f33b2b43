using System.Globalization;
using System.Text.RegularExpressions;

namespace Sealane.Sandbox.Replay;

/// <summary>A text that should hold exchanges and does not.</summary>
public sealed class RecordingError(string place, string what) : Exception($"{place}: {what}");

/// <summary>
/// Reads exchanges: contract files, which hold one, and wire logs, which hold many. Each begins with comment lines, the
/// first of which says <c>status:</c>; then request line, headers, a blank line, body; then the same for the answer.
/// </summary>
public static partial class Recording
{
    /// <summary>The largest recording that is read, in bytes.</summary>
    public const int LargestFile = 64 << 20;

    /// <summary>Everything in a file, or in the <c>.log</c> and <c>.http</c> files of a directory, the oldest recording
    /// first.</summary>
    /// <exception cref="RecordingError">Nothing is there, or it is something else.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IReadOnlyList<Exchange> Load(IEnumerable<string> paths)
    {
        var files = paths.SelectMany(path => Directory.Exists(path)
            ? Directory.GetFiles(path).Where(IsRecording).Order(StringComparer.Ordinal) : (IEnumerable<string>)[path])
                .ToList();
        var read = files.ConvertAll(file => new FileInfo(file) is { Exists: true, Length: > LargestFile }
            ? throw new RecordingError(file, $"larger than {LargestFile >> 20} MiB")
                : Parse(file, File.ReadAllText(file)));
        return read is [] || read.TrueForAll(exchanges => exchanges.Count == 0)
            ? throw new RecordingError(string.Join(", ", paths),
                "there is no recording here; sealane writes one with --wire-log FILE")
            : [.. read.OrderBy(exchanges => exchanges is [{ Read: { } first }, ..] ? first : DateTimeOffset.MaxValue)
                .SelectMany(exchanges => exchanges)];
    }

    /// <param name="place">What messages call the text.</param>
    /// <param name="cloud">Whose the exchanges are when they do not say so themselves, as contract files do
    /// not.</param>
    public static IReadOnlyList<Exchange> Parse(string place, string text, string cloud = "")
    {
        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n');
        var starts = Enumerable.Range(0, lines.Length).Where(at => Start().IsMatch(lines[at])).ToList();
        if (starts is [])
        {
            return text.Trim().Length == 0 ? []
                : throw new RecordingError(place, "this is not a recording: no line '# … status: …'");
        }
        return [.. starts.Select((start, index) =>
            One(place, lines, start, index + 1 < starts.Count ? starts[index + 1] : lines.Length, cloud))];
    }

    private static Exchange One(string place, string[] lines, int start, int end, string cloud)
    {
        var here = string.Create(CultureInfo.InvariantCulture, $"{place}:{start + 1}");
        var at = start;
        while (at < end && lines[at].StartsWith('#'))
        {
            at++;
        }
        var comments = string.Join('\n', lines[start..at]);
        var reply = Array.FindIndex(lines, at, end - at, line => StatusLine().IsMatch(line));
        if (at >= end || lines[at].Split(' ') is not [var method, ['/', ..] target, ..] || reply < 0)
        {
            throw new RecordingError(here,
                "an exchange is a request line, headers, a body, and the same after a line 'HTTP/1.1 200 OK'");
        }
        var (headers, body) = Message(lines[(at + 1)..reply]);
        var (replyHeaders, replyBody) = Message(lines[(reply + 1)..end]);
        return new()
        {
            Place = here,
            Cloud = Numbered().Match(lines[start]) is { Success: true } numbered ? numbered.Groups[1].Value : cloud,
            Status = Start().Match(lines[start]).Groups[1].Value,
            Source = Source().Match(comments) is { Success: true } source ? source.Groups[1].Value.Trim() : "",
            Read = Moment().Match(comments) is { Success: true } read
                && DateTimeOffset.TryParse(read.Groups[1].Value, CultureInfo.InvariantCulture,
                    DateTimeStyles.AssumeUniversal, out var moment)
                    ? moment : null,
            Method = method,
            Target = target,
            Headers = headers,
            Body = body.StartsWith("Action=", StringComparison.Ordinal)
                ? body.Replace("\n", "", StringComparison.Ordinal) : body,
            ReplyStatus = int.Parse(lines[reply].Split(' ')[1], CultureInfo.InvariantCulture),
            ReplyHeaders = replyHeaders,
            ReplyBody = replyBody,
        };
    }

    private static (IReadOnlyList<(string Name, string Value)> Headers, string Body) Message(string[] lines)
    {
        var blank = Array.IndexOf(lines, "");
        var head = blank < 0 ? lines : lines[..blank];
        return (
            [.. head.Select(line => line.Split(':', 2)).Where(pair => pair.Length == 2)
                .Select(pair => (pair[0].Trim(), pair[1].Trim()))],
            blank < 0 ? "" : string.Join('\n', lines[blank..]).Trim());
    }

    private static bool IsRecording(string path) =>
        path.EndsWith(".log", StringComparison.Ordinal) || path.EndsWith(".http", StringComparison.Ordinal);

    [GeneratedRegex(@"^# .*\bstatus: (published|recorded|inferred)\b")]
    private static partial Regex Start();

    [GeneratedRegex(@"^# [0-9]+ (aws|azure|megaport)\b")]
    private static partial Regex Numbered();

    [GeneratedRegex(@"^# source: (.*)$", RegexOptions.Multiline)]
    private static partial Regex Source();

    [GeneratedRegex(@"\bread: ([0-9]{4}-[0-9]{2}-[0-9]{2}T\S+)")]
    private static partial Regex Moment();

    [GeneratedRegex(@"^HTTP/1\.1 [1-5][0-9]{2}( |$)")]
    private static partial Regex StatusLine();
}
