using System.Text.Json;
using System.Text.Json.Nodes;
using Sealane.Core;
using Sealane.Core.Reconcile;

namespace Sealane.Cli.Output;

/// <summary>A run as JSON lines, one event a line, for programs.</summary>
internal sealed class JsonLines(TextWriter output) : IEventSink
{
    private readonly Lock _gate = new();

    public void Emit(EngineEvent happened) => Write(Of(happened));

    public static JsonObject Of(EngineEvent happened) => happened switch
    {
        StepStarted e => new()
        {
            ["event"] = "started",
            ["at"] = e.At.ToString("O"),
            ["id"] = e.Id,
            ["action"] = Word(e.Action),
            ["expectedSeconds"] = e.Expected.TotalSeconds,
            ["differences"] = new JsonArray([.. e.Differences.Select(line => (JsonNode)line)]),
        },
        StepWaiting e => new()
        {
            ["event"] = "waiting",
            ["at"] = e.At.ToString("O"),
            ["id"] = e.Id,
            ["state"] = e.State,
            ["waitedSeconds"] = e.Waited.TotalSeconds,
            ["expectedSeconds"] = e.Expected.TotalSeconds,
        },
        StepNote e => new()
        {
            ["event"] = "note",
            ["at"] = e.At.ToString("O"),
            ["id"] = e.Id,
            ["text"] = e.Text,
        },
        StepDone e => new()
        {
            ["event"] = "ready",
            ["at"] = e.At.ToString("O"),
            ["id"] = e.Id,
            ["action"] = Word(e.Action),
            ["seconds"] = e.Took.TotalSeconds,
            ["state"] = e.View?.State,
            ["cloudId"] = e.View?.CloudId,
        },
        StepOrdered e => new()
        {
            ["event"] = "ordered",
            ["at"] = e.At.ToString("O"),
            ["id"] = e.Id,
            ["cloudId"] = e.View.CloudId,
        },
        StepFailed e => new()
        {
            ["event"] = "failed",
            ["at"] = e.At.ToString("O"),
            ["id"] = e.Id,
            ["reason"] = e.Reason,
            ["operation"] = e.Error?.Operation,
            ["code"] = e.Error?.Code,
            ["status"] = e.Error?.Status,
            ["requestId"] = e.Error?.RequestId,
        },
        StepSkipped e => new()
        {
            ["event"] = "skipped",
            ["at"] = e.At.ToString("O"),
            ["id"] = e.Id,
            ["because"] = e.Because,
        },
        _ => new()
        {
            ["event"] = happened.GetType().Name,
            ["at"] = happened.At.ToString("O"),
            ["id"] = happened.Id,
        },
    };

    public void Write(JsonObject line)
    {
        lock (_gate)
        {
            output.WriteLine(Plain.Line(line.ToJsonString(Json.Line)));
        }
    }

    private static string Word(StepAction action) => action.ToString().ToLowerInvariant();
}

/// <summary>How this program writes JSON: readable text stays readable.</summary>
internal static class Json
{
    public static JsonSerializerOptions Line { get; } = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static JsonSerializerOptions Document { get; } = new(Line) { WriteIndented = true };

    /// <summary>For a terminal too: what turns letters round or hides is escaped, which JSON reads as the
    /// same.</summary>
    public static string Show(JsonNode document) => Plain.Lines(document.ToJsonString(Document));
}
