using System.Text.Json;
using System.Text.Json.Nodes;
using Sealane.Cli.Output;
using Sealane.Core.Reconcile;

namespace Sealane.Cli;

/// <summary>
/// The journal as a file of JSON lines beside the spec's sandbox or in <c>.sealane</c>. It holds ids and times, no
/// secrets; losing it loses nothing but the knowledge that an order was in flight.
/// </summary>
internal sealed class FileJournal : IJournal
{
    private readonly string _path;
    private readonly Lock _gate = new();
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);

    public FileJournal(string path)
    {
        _path = path;
        foreach (var line in File.Exists(path) ? File.ReadLines(path) : [])
        {
            // The last line may have been cut by a crash: it was then not followed by a call.
            if (Parse(line) is not { } entry || (string?)entry["id"] is not { } id)
            {
                continue;
            }
            if ((string?)entry["what"] == "begin")
            {
                _open.Add(id);
            }
            else
            {
                _open.Remove(id);
            }
        }
    }

    public IReadOnlySet<string> Open => _open;

    public void Begin(string id, StepAction action, DateTimeOffset at) => Append("begin", id, action, at);

    public void End(string id, DateTimeOffset at) => Append("end", id, null, at);

    /// <summary>Nothing is in flight any more: the file has done its work.</summary>
    public void Close()
    {
        // Without a single order there is neither a file nor, at first, its folder.
        if (_open.Count == 0 && File.Exists(_path))
        {
            File.Delete(_path);
        }
    }

    private void Append(string what, string id, StepAction? action, DateTimeOffset at)
    {
        lock (_gate)
        {
            if (what == "begin" ? !_open.Add(id) : !_open.Remove(id))
            {
                return;
            }
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(_path))!);
            var line = new JsonObject
            {
                ["what"] = what,
                ["id"] = id,
                ["action"] = action?.ToString(),
                ["at"] = at.ToString("O")
            };
            using var file = new FileStream(_path, FileMode.Append, FileAccess.Write, FileShare.Read);
            file.Write(JsonSerializer.SerializeToUtf8Bytes(line, Json.Line));
            file.WriteByte((byte)'\n');
            // An intent must outlive a crash of the machine, not only of the program.
            file.Flush(flushToDisk: what == "begin");
        }
    }

    private static JsonObject? Parse(string line)
    {
        try
        {
            return JsonNode.Parse(line) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
