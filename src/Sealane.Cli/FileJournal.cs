using System.Text;
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
    private readonly DiskTrouble? _disk;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, DateTimeOffset> _open = new(StringComparer.Ordinal);

    /// <param name="disk">Told when the file cannot be written; without it that is an error like any other.</param>
    public FileJournal(string path, DiskTrouble? disk = null)
    {
        _path = path;
        _disk = disk;
        foreach (var line in File.Exists(path) ? File.ReadLines(path) : [])
        {
            // The last line may have been cut by a crash: it was then not followed by a call.
            if (KeptLine.Parse(line) is not { } entry || (string?)entry["id"] is not { } id)
            {
                continue;
            }
            if ((string?)entry["what"] == "begin")
            {
                // Of one without a date nothing is known but that it was begun.
                _open[id] = KeptLine.TimeOf(entry) ?? DateTimeOffset.MinValue;
            }
            else
            {
                _open.Remove(id);
            }
        }
    }

    /// <summary>As it is now: steps run side by side and go on writing while somebody reads through it.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> Open
    {
        get
        {
            lock (_gate)
            {
                return _open.ToDictionary(StringComparer.Ordinal);
            }
        }
    }

    /// <exception cref="OperationCanceledException">It cannot be written, so the order must not go out: the run
    /// stops.</exception>
    public void Begin(string id, StepAction action, DateTimeOffset at)
    {
        try
        {
            Append("begin", id, action, at);
        }
        catch (Exception error) when (DiskTrouble.Is(error) && _disk is not null)
        {
            _disk.Report(_path, error);
            throw new OperationCanceledException("the intent cannot be written down", error, _disk.Stop);
        }
    }

    public void End(string id, DateTimeOffset at)
    {
        try
        {
            Append("end", id, null, at);
        }
        catch (Exception error) when (DiskTrouble.Is(error) && _disk is not null)
        {
            // An intent that stays open costs the next run a second look, and nothing else.
            _disk.Report(_path, error);
        }
    }

    public void RequireWritable()
    {
        var directory = Path.GetDirectoryName(Path.GetFullPath(_path))!;
        Directory.CreateDirectory(directory);
        if (File.Exists(_path) || Directory.Exists(_path))
        {
            using var file = new FileStream(_path, FileMode.Append, FileAccess.Write, FileShare.Read);
        }
        var probe = Path.Combine(directory, $"{Path.GetFileName(_path)}.{Environment.ProcessId}.probe");
        File.WriteAllText(probe, "\n");
        File.Delete(probe);
    }

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
            // What is begun again is younger than what was written down.
            if (what == "end" && !_open.ContainsKey(id))
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
            file.Write(Encoding.UTF8.GetBytes(line.ToJsonString(Json.Line)));
            file.WriteByte((byte)'\n');
            // An intent must outlive a crash of the machine, not only of the program.
            file.Flush(flushToDisk: what == "begin");
            if (what == "begin")
            {
                _open[id] = at;
            }
            else
            {
                _open.Remove(id);
            }
        }
    }
}
