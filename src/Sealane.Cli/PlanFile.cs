using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sealane.Cli.Commands;
using Sealane.Cli.Evidence;
using Sealane.Cli.Output;
using Sealane.Core.Reconcile;

namespace Sealane.Cli;

/// <summary>
/// A plan that is kept to be reviewed: <c>plan --out</c> writes it, <c>apply --plan</c> goes by it. It orders nothing
/// by itself: apply works the plan out anew and goes on only where nothing differs, so whoever changes the file gets a
/// refusal and not another deed. No secret is in it.
/// </summary>
internal static class PlanFile
{
    /// <summary>Of the file; raised when an older Sealane would misread it.</summary>
    public const int Format = 1;

    private const string Kind = "sealane plan";

    /// <summary>Older ones are refused: what was reviewed then says little about today.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(24);

    // What has to be the same, and what it is called where it is not.
    private static readonly (string Member, string Title)[] s_heads =
    [
        ("link", "the link"), ("spec", "the spec"), ("clouds", "the clouds"), ("order", "the order"),
        ("prices", "the price"), ("consent", "what apply must be told"),
    ];

    public static JsonObject Of(LinkSession link, Plan plan, Known known) => new()
    {
        ["kind"] = Kind,
        ["formatVersion"] = Format,
        ["sealane"] = BundleContent.OwnVersion,
        ["at"] = link.Clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture),
        ["link"] = link.Design.Name,
        ["spec"] = new JsonObject
        {
            ["file"] = Path.GetFileName(link.Options.File),
            ["sha256"] = BundleContent.Sha256(System.Text.Encoding.UTF8.GetBytes(link.Design.Spec.Source.Text)),
        },
        ["clouds"] = link.Reach.Where,
        ["order"] = link.Options.Order.ToString().ToLowerInvariant(),
        // By the book, which says the same when the plan is carried out; what a vendor said that day stands beside it.
        ["prices"] = PriceText.Totals(link.Prices.Book),
        ["pricesShown"] = PriceText.Totals(link.Prices.Sheet),
        ["consent"] = new JsonArray([.. Consent.Wanted(link.Design, plan,
            KeysAtOnce.In(link, known)).Select(one => (JsonNode)one)]),
        ["objects"] = new JsonArray([.. plan.Graph.Resources.Where(resource => known[resource.Id] is not null)
            .Select(resource => (JsonNode)new JsonObject
            {
                ["id"] = resource.Id,
                ["cloudId"] = known[resource.Id]!.View.CloudId,
            })]),
        ["plan"] = PlanJson.Of(link.Design, plan, []),
    };

    /// <summary>Refuses to write over what is no plan.</summary>
    public static void RequireOwn(string path)
    {
        if (Directory.Exists(path) || (File.Exists(path) && !IsPlan(File.ReadAllText(path))))
        {
            throw new UsageError($"error: {path} is there and is no plan of Sealane\n  fix: name a new file");
        }
    }

    /// <summary>Whole or not at all.</summary>
    public static void Write(string path, JsonObject plan)
    {
        var temporary = $"{path}.new";
        File.WriteAllText(temporary, Json.Show(plan) + "\n");
        File.Move(temporary, path, overwrite: true);
    }

    /// <returns>The file's content, where it is a plan that this Sealane reads.</returns>
    public static JsonObject Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new UsageError($"error: --plan: there is no file {path}\n  fix: sealane plan FILE --out {path}");
        }
        var text = File.ReadAllText(path);
        if (!IsPlan(text))
        {
            throw new UsageError($"error: --plan: {path} is no plan of Sealane\n  fix: sealane plan FILE --out NEW");
        }
        return JsonNode.Parse(text)!.AsObject();
    }

    /// <summary>Why a plan is not carried out; empty where what it says is what would be done now.</summary>
    /// <param name="now">The same link's plan, worked out anew.</param>
    public static IReadOnlyList<string> Differences(JsonObject reviewed, JsonObject now)
    {
        if (Number(reviewed, "formatVersion") != Format)
        {
            return [$"its format is {reviewed["formatVersion"]}, and this Sealane reads format {Format}"];
        }
        if (!Same(reviewed["sealane"], now["sealane"]))
        {
            return [$"it is of Sealane {reviewed["sealane"]}, and this is {now["sealane"]}"];
        }
        var age = Time(now) - Time(reviewed);
        if (age is null || age > Fresh || age < TimeSpan.Zero)
        {
            return [$"it is of {reviewed["at"]}, and a plan is good for {Fresh.TotalHours:0} hours"];
        }
        return
        [
            .. from head in s_heads
               where !Same(reviewed[head.Member], now[head.Member])
               select $"{head.Title}: {Text(reviewed[head.Member])} then, {Text(now[head.Member])} now",
            .. Each(reviewed["objects"], now["objects"], one => Text(one?["cloudId"])),
            .. Each((reviewed["plan"] as JsonObject)?["steps"], now["plan"]!["steps"],
                step => string.Join("; ", new[] { step?["action"], step?["traffic"] }
                    .Concat(step?["differences"] as JsonArray ?? []).OfType<JsonNode>().Select(one => one.ToString()))),
        ];
    }

    private static IEnumerable<string> Each(JsonNode? then, JsonNode? now, Func<JsonNode?, string> tell)
    {
        var (old, current) = (ById(then), ById(now));
        return from id in old.Keys.Union(current.Keys)
               let one = old.GetValueOrDefault(id)
               let other = current.GetValueOrDefault(id)
               where !Same(one, other)
               select $"{id}: {(one is null ? "not there" : tell(one))} then, "
                   + $"{(other is null ? "not there" : tell(other))} now";
    }

    private static Dictionary<string, JsonNode?> ById(JsonNode? rows)
    {
        var all = new Dictionary<string, JsonNode?>(StringComparer.Ordinal);
        foreach (var row in rows as JsonArray ?? [])
        {
            all.TryAdd(row?["id"]?.ToString() ?? "", row);
        }
        return all;
    }

    // As it is read back from a file: a number that was worked out and its text are the same.
    private static bool Same(JsonNode? a, JsonNode? b) => Text(a) == Text(b);

    private static string Text(JsonNode? node) => node switch
    {
        null => "nothing",
        JsonValue value => value.ToString(),
        _ => node.ToJsonString(Json.Line),
    };

    private static DateTimeOffset? Time(JsonObject plan) => DateTimeOffset.TryParse(plan["at"]?.ToString(),
        CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    private static int? Number(JsonObject plan, string member) =>
        plan[member] is JsonValue value && value.TryGetValue<int>(out var number) ? number : null;

    private static bool IsPlan(string text)
    {
        try
        {
            return JsonNode.Parse(text) is JsonObject plan && plan["kind"] is JsonValue kind
                && kind.TryGetValue<string>(out var word) && word == Kind;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
