using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Replay;

/// <summary>
/// One recorded cloud. A request is answered with what was recorded for it; asked again, with what came next, and the
/// last answer stays. Masked secrets stand for anything; one that has a name of its own stands for itself and is
/// served by it, so that whoever asks about it says which. Not called from several threads at once: the door sees to
/// that.
/// </summary>
/// <param name="unknown">Told about every request that was not recorded.</param>
public sealed class ReplayFace(string cloud, IEnumerable<Exchange> recorded, Action<string>? unknown = null) : IFace
{
    /// <summary>A key that is hidden in the recording is shown as clouds show one that they keep to
    /// themselves.</summary>
    private const string Stars = "********";

    private readonly List<Answers> _answers =
    [
        .. recorded.Where(exchange => exchange.Cloud == cloud && !exchange.IsLogin).GroupBy(RequestKey.Of)
            .Select(group => new Answers(group.Key, [.. group])),
    ];

    public WireReply Answer(WireRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var target = request.Header("X-Amz-Target");
        var key = RequestKey.Of(cloud, request.Method, request.Path, request.Query, target, request.BodyText);
        if ((_answers.Find(answers => answers.Key == key)
            ?? _answers.Find(answers => answers.Fits(key))) is { } found)
        {
            return Reply(found.Next(), request);
        }
        var what = $"{request.Method} {request.Path}{(request.Query.Length > 0 ? "?" : "")}{request.Query}"
            + ((target ?? ActionOf(request)) is { } action ? $" {action}" : "");
        unknown?.Invoke($"{cloud}: not in the recording: {what}");
        return Refuse(404, "NotRecorded", $"The recording holds no such request: {what}", target is not null);
    }

    public WireReply Say(Fault fault, WireRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Refuse(fault == Fault.Throttled ? 429 : 503, "Unavailable", "A fault on request.",
            request.Header("X-Amz-Target") is not null);
    }

    private static WireReply Reply(Exchange exchange, WireRequest request)
    {
        // Addresses in a reply lead back to where the request went, not to where it was recorded.
        var recordedAt = exchange.Header("Host") is { } host
            ? new Regex($"https?://{Regex.Escape(host)}", RegexOptions.IgnoreCase) : null;
        string Here(string text) =>
            (recordedAt?.Replace(text, request.Origin.Replace("$", "$$", StringComparison.Ordinal)) ?? text)
                .Replace(Exchange.Mask, Stars, StringComparison.Ordinal);
        return new()
        {
            Status = exchange.ReplyStatus,
            ContentType =
                exchange.ReplyHeaders.FirstOrDefault(header =>
                    header.Name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)).Value,
            Headers = [.. exchange.ReplyHeaders.Where(header => !IsOfTheConnection(header.Name))
                .Select(header => (header.Name, Here(header.Value)))],
            Body = Here(exchange.ReplyBody),
        };
    }

    private static bool IsOfTheConnection(string header) => header.ToLowerInvariant() is "content-type"
        or "content-length"
        or "content-encoding" or "transfer-encoding" or "connection" or "keep-alive" or "date" or "server"
            or "strict-transport-security";

    private WireReply Refuse(int status, string code, string message, bool awsJson)
    {
        var json = cloud switch
        {
            "azure" => new JsonObject { ["error"] = new JsonObject { ["code"] = code, ["message"] = message } },
            "megaport" => new JsonObject { ["message"] = message, ["data"] = code, ["terms"] = "" },
            _ when awsJson => new JsonObject { ["__type"] = code, ["message"] = message },
            _ => null,
        };
        return json is null
            ? new()
            {
                Status = status,
                ContentType = "text/xml;charset=UTF-8",
                Body = $"<Response><Errors><Error><Code>{code}</Code><Message>{System.Net.WebUtility.HtmlEncode(message)}</Message></Error></Errors>"
                    + "<RequestID>replay</RequestID></Response>",
            }
            : new()
            {
                Status = status,
                ContentType = awsJson ? "application/x-amz-json-1.1" : "application/json",
                Body = json.ToJsonString()
            };
    }

    private static string? ActionOf(WireRequest request) =>
        RequestKey.Form(request.BodyText).FirstOrDefault(pair => pair.Name == "Action").Value;

    private sealed class Answers(string key, Exchange[] exchanges)
    {
        /// <summary>What stands between masked secrets; a single part when none was masked.</summary>
        private readonly string[] _parts = key.Split(Exchange.Mask);
        private int _asked;

        public string Key { get; } = key;

        /// <summary>Whether the recorded request is this one when a masked secret may be any text but none.</summary>
        /// <remarks>
        /// By hand and not by an expression: the body of a large order is longer than what an expression without
        /// backtracking takes.
        /// </remarks>
        public bool Fits(string asked)
        {
            if (_parts is [_])
            {
                return false;
            }
            var (first, last) = (_parts[0], _parts[^1]);
            var end = asked.Length - last.Length;
            if (end <= first.Length || !asked.StartsWith(first, StringComparison.Ordinal)
                || !asked.EndsWith(last, StringComparison.Ordinal))
            {
                return false;
            }
            var at = first.Length;
            foreach (var part in _parts[1..^1])
            {
                var found = at + 1 < end ? asked.IndexOf(part, at + 1, end - at - 1, StringComparison.Ordinal) : -1;
                if (found < 0)
                {
                    return false;
                }
                at = found + part.Length;
            }
            return at < end;
        }

        public Exchange Next() => exchanges[Math.Min(_asked++, exchanges.Length - 1)];
    }
}
