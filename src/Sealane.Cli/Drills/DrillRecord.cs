using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sealane.Cli.Output;
using Sealane.Clouds.Drills;

namespace Sealane.Cli.Drills;

/// <summary>What is failed right now and how it is given back: on the disk before the call that fails it, so that
/// whoever comes after a run that died can give it back.</summary>
internal sealed record DrillRecord(string Element, string Means, string WayBack, DateTimeOffset At)
{
    private const int CurrentVersion = 1;

    public static string PathOf(LinkSession link) =>
        Path.Combine(link.Reach.StateDirectory, $"{link.Design.Name}.drill.json");

    public static DrillRecord Of(DrillElement element, DateTimeOffset at) =>
        new(element.Id, element.Means, element.WayBack, at);

    /// <summary>Null where nothing is failed.</summary>
    public static DrillRecord? Read(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }
        try
        {
            var json = JsonNode.Parse(File.ReadAllText(path))!;
            return (int?)json["formatVersion"] == CurrentVersion
                ? new((string)json["element"]!, (string)json["means"]!, (string)json["wayBack"]!,
                    (DateTimeOffset)json["at"]!)
                : throw Unreadable(path);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or ArgumentException
            or NullReferenceException or FormatException)
        {
            throw Unreadable(path);
        }
    }

    /// <summary>Whole on the disk when this returns, or not there: a crash of the machine leaves no half of
    /// it.</summary>
    public void Write(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var fresh = $"{path}.new";
        using (var file = new FileStream(fresh, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            file.Write(Encoding.UTF8.GetBytes(new JsonObject
            {
                ["formatVersion"] = CurrentVersion,
                ["element"] = Element,
                ["means"] = Means,
                ["wayBack"] = WayBack,
                ["at"] = At,
            }.ToJsonString(Json.Line)));
            file.Flush(flushToDisk: true);
        }
        File.Move(fresh, path, overwrite: true);
    }

    private static UsageError Unreadable(string path) => new(
        $"error: {path} cannot be read: it says what an earlier drill has failed\n"
        + "  fix: give back by hand what sealane status shows as down, then delete the file");
}
