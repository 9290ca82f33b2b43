using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sealane.Cli.Output;
using Sealane.Clouds.Drills;

namespace Sealane.Cli.Drills;

/// <summary>What is failed right now and how it is given back: written down before the call that fails it, so that
/// whoever comes after a run that died can give it back.</summary>
internal sealed record DrillRecord(string Element, string Means, string WayBack, DateTimeOffset At)
{
    private const int CurrentVersion = 1;

    public static DrillRecord Of(DrillElement element, DateTimeOffset at) =>
        new(element.Id, element.Means, element.WayBack, at);

    /// <exception cref="FormatException">It is not what <see cref="ToJson"/> writes.</exception>
    public static DrillRecord Parse(string text)
    {
        try
        {
            var json = JsonNode.Parse(text)!;
            return (int?)json["formatVersion"] == CurrentVersion
                ? new((string)json["element"]!, (string)json["means"]!, (string)json["wayBack"]!,
                    (DateTimeOffset)json["at"]!)
                : throw new FormatException("another format");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or ArgumentException
            or NullReferenceException)
        {
            throw new FormatException(error.Message, error);
        }
    }

    public string ToJson() => new JsonObject
    {
        ["formatVersion"] = CurrentVersion,
        ["element"] = Element,
        ["means"] = Means,
        ["wayBack"] = WayBack,
        ["at"] = At,
    }.ToJsonString(Json.Line);
}

/// <summary>Where the record of a link is kept.</summary>
internal interface IDrillBook
{
    /// <summary>For whoever looks for it.</summary>
    string Place { get; }

    /// <summary>Null where nothing is failed.</summary>
    DrillRecord? Read();

    /// <summary>Kept, whatever crashes, when this returns, or not at all.</summary>
    void Write(DrillRecord record);

    void Clear();
}

/// <summary>A file beside the link's journal.</summary>
internal sealed class DrillFile(LinkSession link) : IDrillBook
{
    public string Place { get; } = Path.Combine(link.Reach.StateDirectory, $"{link.Design.Name}.drill.json");

    public DrillRecord? Read()
    {
        try
        {
            return File.Exists(Place) ? DrillRecord.Parse(File.ReadAllText(Place)) : null;
        }
        catch (FormatException)
        {
            throw new UsageError(
                $"error: {Place} cannot be read: it says what an earlier drill has failed\n"
                + "  fix: give back by hand what sealane status shows as down, then delete the file");
        }
    }

    public void Write(DrillRecord record)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(Place))!);
        var fresh = $"{Place}.new";
        using (var file = new FileStream(fresh, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            file.Write(Encoding.UTF8.GetBytes(record.ToJson()));
            file.Flush(flushToDisk: true);
        }
        File.Move(fresh, Place, overwrite: true);
    }

    public void Clear() => File.Delete(Place);
}
