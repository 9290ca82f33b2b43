using System.CommandLine;
using System.Text.Json.Nodes;
using Sealane.Cli.Output;
using Sealane.Core.Places;

namespace Sealane.Cli.Commands;

/// <summary>
/// <c>sealane locations</c>: what can be written as a site, a region and a peering location, from the dated lists that
/// are built in. Offline.
/// </summary>
internal static class LocationsCommand
{
    public static Command Create()
    {
        var near = new Option<string?>("--near")
        {
            Description = "Only what has this in its name, metro, region or country",
            HelpName = "PLACE",
        };
        var cloud = new Option<string?>("--cloud") { Description = "aws, azure or megaport" };
        cloud.AcceptOnlyFromAmong("aws", "azure", "megaport");
        var format = new Option<string>("--format") { Description = "How to print", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        var command = new Command("locations",
            "List Megaport sites, Direct Connect locations, regions and ExpressRoute peering locations")
        {
            near, cloud, format,
        };
        command.SetAction((parsed, _) =>
        {
            var lists = Lists(parsed.GetValue(near))
                .Where(list => parsed.GetValue(cloud) is not { } only || list.Cloud == only).ToList();
            if (parsed.GetRequiredValue(format) == "json")
            {
                Console.WriteLine(Json.Show(ToJson(lists)));
            }
            else
            {
                Write(Console.Out, lists);
            }
            return Task.FromResult(lists.Exists(list => list.Rows.Count > 0) ? ExitCode.Done : ExitCode.No);
        });
        return command;
    }

    private static IEnumerable<Listed> Lists(string? near)
    {
        bool Near(params ReadOnlySpan<string> words)
        {
            foreach (var word in words)
            {
                if (near is null || word.Contains(near, StringComparison.OrdinalIgnoreCase))
                {
                    return true;
                }
            }
            return false;
        }

        yield return Listed.Of("megaport", "Megaport sites (megaport.location)", KnownPlaces.Megaport,
            site => Near(site.Name, site.Metro, site.Country), ["id", "name", "metro", "country"],
            site => [$"{site.Id}", site.Name, site.Metro, site.Country]);
        yield return Listed.Of("aws", "Direct Connect locations (aws.connectionRegion is their region)",
            KnownPlaces.Aws,
            place => Near(place.Name, place.Code, place.Region, place.Country),
                ["code", "name", "region", "country", "port speeds"],
            place => [place.Code, place.Name, place.Region, place.Country, place.PortSpeeds]);
        yield return Listed.Of("aws", "AWS regions (aws.region)", KnownPlaces.AwsRegions,
            region => Near(region.Code, region.Name), ["code", "name"], region => [region.Code, region.Name]);
        yield return Listed.Of("azure", "Azure regions (azure.region)", KnownPlaces.AzureRegions,
            region => Near(region.Name, region.DisplayName), ["name", "display name", "zones"],
            region => [region.Name, region.DisplayName, region.HasZones ? "yes" : "no"]);
        yield return Listed.Of("azure", "ExpressRoute peering locations (azure.circuit.peeringLocation)",
            KnownPlaces.Azure,
            place => Near(place.Name, place.Site, place.LocalRegions),
                ["name", "site", "price zone", "local regions", "Megaport"],
            place => [place.Name, place.Site, $"{place.Zone}", place.LocalRegions, place.Megaport ? "yes" : "no"]);
    }

    private static void Write(TextWriter output, IReadOnlyList<Listed> lists)
    {
        foreach (var list in lists.Where(list => list.Rows.Count > 0))
        {
            output.WriteLine(list.Title);
            var widths = list.Columns.Select((column, index) =>
                Math.Max(column.Length, list.Rows.Max(row => row[index].Length))).ToList();
            string Line(IReadOnlyList<string> cells) =>
                "  " + string.Join("  ", cells.Select((cell, index) => cell.PadRight(widths[index]))).TrimEnd();
            output.WriteLine(Line(list.Columns));
            foreach (var row in list.Rows)
            {
                output.WriteLine(Line(row));
            }
            output.WriteLine(
                $"  {(list.IsWhole ? "All" : "Not all")} of them, as of {list.Date:yyyy-MM-dd}: {list.Source}");
            output.WriteLine();
        }
        if (lists.All(list => list.Rows.Count == 0))
        {
            output.WriteLine("Nothing in the built-in lists has that in its name.");
        }
    }

    private static JsonObject ToJson(IReadOnlyList<Listed> lists) => new()
    {
        ["formatVersion"] = 1,
        ["lists"] = new JsonArray([.. lists.Select(list => (JsonNode)new JsonObject
        {
            ["cloud"] = list.Cloud,
            ["title"] = list.Title,
            ["source"] = list.Source,
            ["date"] = $"{list.Date:yyyy-MM-dd}",
            ["whole"] = list.IsWhole,
            ["places"] = new JsonArray([.. list.Rows.Select(row => (JsonNode)new JsonObject(
                list.Columns.Select((column, index) => KeyValuePair.Create(column, (JsonNode?)row[index]))))]),
        })]),
    };

    private sealed record Listed(
        string Cloud, string Title, string Source, DateOnly Date, bool IsWhole, IReadOnlyList<string> Columns,
        IReadOnlyList<IReadOnlyList<string>> Rows)
    {
        public static Listed Of<T>(
            string cloud, string title, PlaceList<T> list, Func<T, bool> wanted, IReadOnlyList<string> columns,
            Func<T, IReadOnlyList<string>> row) =>
            new(cloud, title, list.Source, list.Date, list.IsWhole, columns,
                [.. list.Places.Where(wanted).Select(row)]);
    }
}
