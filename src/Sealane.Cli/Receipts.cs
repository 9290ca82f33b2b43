using System.Globalization;
using System.Text.Json.Nodes;
using Sealane.Cli.Output;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Cli;

/// <summary>
/// A line for every paid order, written when it is first seen: product, id, term, price, time. Kept beside the journal
/// for the person who reads the bill; nothing is decided by it.
/// </summary>
internal sealed class Receipts(
    string path, NetworkDesign design, ResourceGraph graph, LinkPrices prices, DiskTrouble disk) : IEventSink
{
    public void Emit(EngineEvent happened)
    {
        if (happened is not StepOrdered ordered)
        {
            return;
        }
        var lines = prices.Sheet.Lines.Where(line => line.Item.Of == ordered.Id).ToList();
        var receipt = new JsonObject
        {
            ["at"] = ordered.At.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["id"] = ordered.Id,
            ["product"] = graph[ordered.Id!].Title,
            ["cloudId"] = ordered.View.CloudId,
            ["termMonths"] = graph[ordered.Id!].Cloud == Cloud.Megaport ? design.Megaport.Contract.TermMonths : null,
            ["listPriceMonthly"] = lines.Count > 0 && lines.All(line => line.Monthly is not null)
                ? decimal.Round(lines.Sum(line => line.Monthly!.Value), 2) : null,
            ["currency"] = lines.Select(line => line.Quote?.Currency).FirstOrDefault(),
            ["priceOf"] = lines.Count > 0 ? PriceText.Origin(lines[0]) : null,
        };
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            File.AppendAllText(path, receipt.ToJsonString(Json.Line) + "\n");
        }
        catch (Exception error) when (DiskTrouble.Is(error))
        {
            disk.Report(path, error);
        }
    }

    /// <summary>The last receipt of each object that was kept; a line that a crash cut is no receipt.</summary>
    public static IReadOnlyDictionary<string, string> Read(string path)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in File.Exists(path) ? File.ReadLines(path) : [])
        {
            if (KeptLine.Parse(line) is { } receipt && (string?)receipt["id"] is { } id)
            {
                found[id] = $"ordered {receipt["at"]}"
                    + (receipt["cloudId"] is { } cloudId ? $" as {cloudId}" : "")
                    + (receipt["termMonths"] is { } term ? $", term {term} month{((int)term == 1 ? "" : "s")}" : "")
                    + (receipt["listPriceMonthly"] is { } price
                        ? $", {((decimal)price).ToString("0.00", CultureInfo.InvariantCulture)} "
                            + $"{receipt["currency"]} a month by list price" : ", price not known");
            }
        }
        return found;
    }
}
