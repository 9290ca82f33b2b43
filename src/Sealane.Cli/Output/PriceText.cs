using System.Globalization;
using System.Text.Json.Nodes;
using Sealane.Core.Pricing;

namespace Sealane.Cli.Output;

/// <summary>A price sheet for people and for programs. A figure has its unit, currency, source and date beside
/// it.</summary>
internal static class PriceText
{
    private const string Terms = "List prices of the built-in book, without tax and discounts; 730 hours a month.";

    public static void Write(TextWriter output, string name, PriceSheet sheet)
    {
        output.WriteLine($"{name}: {Terms}");
        foreach (var cloud in sheet.Lines.GroupBy(line => line.Item.Cloud))
        {
            output.WriteLine();
            output.WriteLine(CloudNames.Of(cloud.Key));
            foreach (var line in cloud)
            {
                output.WriteLine($"  {Monthly(line),16}  {line.Item.Title}");
                output.WriteLine($"  {"",16}  {Detail(line)}");
            }
        }
        output.WriteLine();
        WriteSums(output, sheet);
    }

    public static void WriteMarkdown(TextWriter output, string name, PriceSheet sheet)
    {
        output.WriteLine($"### {PlainOutput.Cell(name)}: what it costs a month");
        output.WriteLine();
        output.WriteLine("| cloud | item | a month | how |");
        output.WriteLine("|---|---|---:|---|");
        foreach (var line in sheet.Lines)
        {
            output.WriteLine($"| {CloudNames.Of(line.Item.Cloud)} | {PlainOutput.Cell(line.Item.Title)} "
                + $"| {Monthly(line)} | {PlainOutput.Cell(Detail(line))} |");
        }
        output.WriteLine();
        WriteSums(output, sheet);
        output.WriteLine();
        output.WriteLine(Terms);
    }

    /// <summary>The sums alone, under a plan.</summary>
    public static void WriteTotals(TextWriter output, PriceSheet sheet)
    {
        if (sheet.Lines.Count > 0)
        {
            output.WriteLine(
                $"Costs {Sum(sheet)} by the built-in book's list prices of {PriceBook.Dates.Oldest:yyyy-MM-dd} "
                + $"to {PriceBook.Dates.Newest:yyyy-MM-dd}, without traffic; sealane price has it item by item.");
        }
    }

    public static JsonObject ToJson(string name, PriceSheet sheet) => new()
    {
        ["formatVersion"] = 1,
        ["name"] = name,
        ["hoursAMonth"] = PriceSheet.HoursAMonth,
        ["items"] = new JsonArray([.. sheet.Lines.Select(line => (JsonNode)new JsonObject
        {
            ["id"] = line.Item.Of,
            ["cloud"] = line.Item.Cloud.ToString().ToLowerInvariant(),
            ["title"] = line.Item.Title,
            ["unit"] = Unit(line.Item.Unit),
            ["quantity"] = line.Item.Quantity,
            ["price"] = line.Quote?.Amount,
            ["monthly"] = line.Monthly is { } monthly ? decimal.Round(monthly, 2) : null,
            ["currency"] = line.Quote?.Currency,
            ["source"] = line.Quote?.Source,
            ["date"] = line.Quote?.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["confirmed"] = line.Quote?.Confirmed,
        })]),
        ["totals"] = new JsonArray([.. sheet.Totals.Select(total => (JsonNode)new JsonObject
        {
            ["currency"] = total.Currency,
            ["monthly"] = decimal.Round(total.Monthly, 2),
            ["hourly"] = decimal.Round(total.Hourly, 4),
            ["complete"] = total.IsComplete,
        })]),
    };

    private static void WriteSums(TextWriter output, PriceSheet sheet)
    {
        output.WriteLine($"Together {Sum(sheet)}.");
        if (sheet.Unknown.Any())
        {
            output.WriteLine("No price is known of: "
                + $"{string.Join("; ", sheet.Unknown.Select(line => line.Item.Title))}.");
        }
        if (sheet.Totals.Count > 1)
        {
            output.WriteLine("Currencies are not added: that takes a rate, and nobody gave one.");
        }
    }

    /// <summary><c>687.18 USD and at least 841.20 AUD a month (0.9413 USD and … an hour)</c>.</summary>
    public static string Sum(PriceSheet sheet)
    {
        if (sheet.Totals.Count == 0)
        {
            return "an amount that is not known";
        }
        string Each(Func<PriceTotal, string> amount) =>
            string.Join(" and ", sheet.Totals.Select(total => $"{Least(total)}{amount(total)} {total.Currency}"));
        return $"{Each(total => Number(total.Monthly))} a month"
            + $" ({Each(total => total.Hourly.ToString("0.0000", CultureInfo.InvariantCulture))} an hour)";
    }

    private static string Least(PriceTotal total) => total.IsComplete ? "" : "at least ";

    private static string Monthly(PriceLine line) =>
        line.Monthly is { } monthly ? $"{Number(monthly)} {line.Quote!.Currency}" : "not known";

    private static string Detail(PriceLine line)
    {
        var quantity = line.Item.Quantity.ToString("0.####", CultureInfo.InvariantCulture);
        if (line.Quote is not { } quote)
        {
            return $"{quantity} {Unit(line.Item.Unit)}; the book has no price of {line.Item.Key}"
                + (line.Item.Place.Length > 0 ? $" in {line.Item.Place}" : " in a place that it knows");
        }
        return $"{quantity} {Unit(line.Item.Unit)} × {quote.Amount.ToString("0.####", CultureInfo.InvariantCulture)} "
            + $"{quote.Currency}, "
            + $"{quote.Date:yyyy-MM-dd}{(quote.Confirmed ? "" : ", unconfirmed")}, {quote.Source}";
    }

    private static string Unit(PriceUnit unit) => unit switch
    {
        PriceUnit.Hour => "h",
        PriceUnit.Gigabyte => "GB",
        _ => "month",
    };

    private static string Number(decimal amount) => amount.ToString("#,##0.00", CultureInfo.InvariantCulture);
}
