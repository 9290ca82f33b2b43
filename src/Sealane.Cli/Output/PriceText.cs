using System.Globalization;
using System.Text.Json.Nodes;
using Sealane.Core.Pricing;
using Sealane.Core.Reconcile;

namespace Sealane.Cli.Output;

/// <summary>A price sheet for people and for programs. A figure has its unit, currency, source and date beside
/// it.</summary>
internal static class PriceText
{
    private const string Terms = "List prices without tax, of AWS and Azure on demand; 730 hours a month.";

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
                output.Line($"  {"",16}  {Detail(line)}");
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
            output.Line($"Costs {Sum(sheet)}, without traffic: {Origins(sheet)}; sealane price has it item by item.");
            WriteUncertain(output, sheet);
        }
    }

    /// <summary>What the plan makes of the bill, where there is one already.</summary>
    public static void WriteChange(TextWriter output, Plan plan, PriceChange? change)
    {
        if (!plan.IsEmpty && change is not null)
        {
            output.Line($"This change: {Words(change)}.");
        }
    }

    /// <summary><c>+ 120.60 AUD a month</c>.</summary>
    public static string Words(PriceChange change)
    {
        var sums = string.Join(" and ", change.Sums.Select(sum =>
            $"{(sum.Monthly < 0 ? "-" : "+")} {Number(Math.Abs(sum.Monthly))} {sum.Currency}"));
        var unknown = change.Unknown.Count == 0 ? ""
            : $"what is not known of {string.Join(", ", change.Unknown.Select(item => item.Of).Distinct())}";
        return change.IsNothing ? "nothing more or less a month"
            : $"{string.Join(", and ", new[] { sums, unknown }.Where(part => part.Length > 0))} a month";
    }

    public static JsonObject ToJson(string name, PriceSheet sheet) => new()
    {
        ["formatVersion"] = 1,
        ["name"] = name,
        ["hoursAMonth"] = PriceSheet.HoursAMonth,
        ["items"] = new JsonArray([.. sheet.Lines.Select(line => (JsonNode?)new JsonObject
        {
            ["id"] = line.Item.Of,
            ["cloud"] = line.Item.Cloud.ToString().ToLowerInvariant(),
            ["title"] = line.Item.Title,
            ["unit"] = Unit(line.Item.Unit),
            ["quantity"] = line.Item.Quantity,
            ["termMonths"] = line.Item.TermMonths,
            ["price"] = line.Quote?.Amount,
            ["monthly"] = line.Monthly is { } monthly ? decimal.Round(monthly, 2) : null,
            ["currency"] = line.Quote?.Currency,
            ["from"] = line.Quote is { } quote ? quote.IsLive ? "live" : "book" : null,
            ["source"] = line.Quote?.Source,
            ["date"] = line.Quote?.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["confirmed"] = line.Quote?.Confirmed,
            ["why"] = line.Why,
        })]),
        ["totals"] = Totals(sheet),
        ["notes"] = new JsonArray([.. sheet.Notes.Select(note => (JsonNode?)note)]),
    };

    public static JsonArray Totals(PriceSheet sheet) =>
        new([.. sheet.Totals.Select(total => (JsonNode?)new JsonObject
        {
            ["currency"] = total.Currency,
            ["monthly"] = decimal.Round(total.Monthly, 2),
            ["hourly"] = decimal.Round(total.Hourly, 4),
            ["complete"] = total.IsComplete,
        })]);

    /// <summary>Null where nothing stands yet.</summary>
    public static JsonObject? ToJson(PriceChange? change) => change is null ? null : new()
    {
        ["sums"] = new JsonArray([.. change.Sums.Select(sum => (JsonNode?)new JsonObject
        {
            ["currency"] = sum.Currency,
            ["monthly"] = decimal.Round(sum.Monthly, 2),
        })]),
        ["notKnown"] = new JsonArray([.. change.Unknown.Select(item => (JsonNode?)item.Of)]),
    };

    private static void WriteSums(TextWriter output, PriceSheet sheet)
    {
        output.WriteLine($"Together {Sum(sheet)}.");
        WriteUncertain(output, sheet);
        if (sheet.Totals.Count > 1)
        {
            output.WriteLine("Currencies are not added: that takes a rate, and nobody gave one.");
        }
    }

    /// <summary>What the sums leave out, and whose figures are not what they could be.</summary>
    private static void WriteUncertain(TextWriter output, PriceSheet sheet)
    {
        if (sheet.Unknown.Any())
        {
            output.Line("No price is known of: "
                + $"{string.Join("; ", sheet.Unknown.Select(line => $"{line.Item.Title}{Because(line)}"))}.");
        }
        foreach (var note in sheet.Notes)
        {
            output.Line($"{note}.");
        }
    }

    private static string Because(PriceLine line) => line.Why is { } why ? $" ({why})" : "";

    /// <summary><c>Megaport live 2026-11-25, AWS book 2026-09-30</c>: where the figures are from.</summary>
    public static string Origins(PriceSheet sheet) => string.Join(", ", sheet.Lines
        .GroupBy(line => line.Item.Cloud)
        .Select(cloud => $"{CloudNames.Of(cloud.Key)} {string.Join(" and ", cloud.GroupBy(Word).Select(Span))}"));

    /// <summary><c>live 2026-11-25</c>, <c>book 2026-09-30</c>, <c>not known</c>.</summary>
    public static string Origin(PriceLine line) =>
        line.Quote is { } quote ? $"{Word(line)} {Date(quote.Date)}" : Word(line);

    private static string Word(PriceLine line) =>
        line.Quote is { } quote ? quote.IsLive ? "live" : "book" : "not known";

    private static string Span(IGrouping<string, PriceLine> lines)
    {
        var dates = lines.Where(line => line.Quote is not null).Select(line => line.Quote!.Date).Distinct().Order()
            .ToList();
        return dates.Count switch
        {
            0 => lines.Key,
            1 => $"{lines.Key} {Date(dates[0])}",
            _ => $"{lines.Key} {Date(dates[0])} to {Date(dates[^1])}",
        };
    }

    private static string Date(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

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
            return line.Why is { } why ? $"{quantity} {Unit(line.Item.Unit)}; {why}"
                : $"{quantity} {Unit(line.Item.Unit)}; the book has no price of {line.Item.Key}"
                    + (line.Item.Place.Length > 0 ? $" in {line.Item.Place}" : " in a place that it knows");
        }
        return $"{quantity} {Unit(line.Item.Unit)} × {quote.Amount.ToString("0.####", CultureInfo.InvariantCulture)} "
            + $"{quote.Currency}, {Term(line.Item)}{Origin(line)}{(quote.Confirmed ? "" : ", unconfirmed")}, "
            + quote.Source;
    }

    private static string Term(PriceItem item) => item.TermMonths switch
    {
        null => "",
        1 => "no minimum term, ",
        var months => $"term of {months} months, ",
    };

    private static string Unit(PriceUnit unit) => unit switch
    {
        PriceUnit.Hour => "h",
        PriceUnit.Gigabyte => "GB",
        _ => "month",
    };

    private static string Number(decimal amount) => amount.ToString("#,##0.00", CultureInfo.InvariantCulture);
}
