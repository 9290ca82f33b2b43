using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sealane.Cli.Commands;
using Sealane.Core;
using Sealane.Core.Checks;
using Sealane.Core.Spec;

namespace Sealane.Cli.Output;

/// <summary>Findings for programs: our own JSON, and SARIF 2.1.0 for code scanning.</summary>
/// <remarks>https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html</remarks>
internal static class FindingsJson
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>One file as an object; several as a list with the sums.</summary>
    public static void Write(TextWriter output, IReadOnlyList<CheckedFile> files) =>
        Print(output, files is [var only] ? File(only) : new JsonObject
        {
            ["formatVersion"] = 1,
            ["errors"] = files.Sum(file => Errors(file)),
            ["warnings"] = files.Sum(file => file.Report?.Count(Severity.Warning) ?? 0),
            ["notes"] = files.Sum(file => file.Report?.Count(Severity.Note) ?? 0),
            ["files"] = Array(files, File),
        });

    private static JsonObject File(CheckedFile file) => new()
    {
        ["formatVersion"] = 1,
        ["file"] = file.Reading.Name,
        ["readable"] = file.Report is not null,
        ["errors"] = Errors(file),
        ["warnings"] = file.Report?.Count(Severity.Warning) ?? 0,
        ["notes"] = file.Report?.Count(Severity.Note) ?? 0,
        ["problems"] = Array(file.Reading.AllProblems, problem => new JsonObject
        {
            ["line"] = problem.Mark.Line,
            ["column"] = problem.Mark.Column,
            ["message"] = problem.Message,
            ["fix"] = problem.Hint,
        }),
        ["findings"] = Array(FindingsText.InOrder(file.Report?.Findings ?? []), Node),
        ["silenced"] = Array(file.Report?.Silenced ?? [], silenced =>
        {
            var node = Node(silenced.Finding);
            node["reason"] = silenced.Reason;
            return node;
        }),
    };

    private static int Errors(CheckedFile file) =>
        file.Report?.Count(Severity.Error) ?? file.Reading.AllProblems.Count;

    /// <summary>Complete for whatever was given: a file that cannot be read is a result, not a missing
    /// upload.</summary>
    /// <param name="page">Where the project lives; null where it is not published.</param>
    public static void WriteSarif(TextWriter output, IReadOnlyList<CheckedFile> files, string? page)
    {
        var run = new JsonObject
        {
            ["tool"] = new JsonObject { ["driver"] = Driver(page) },
            ["results"] = new JsonArray(
            [
                .. files.SelectMany(file => file.Reading.AllProblems).Select(Result),
                .. files.SelectMany(file => FindingsText.InOrder(file.Report?.Findings ?? []))
                    .Select(finding => Result(finding, null)),
                .. files.SelectMany(file => file.Report?.Silenced ?? [])
                    .Select(silenced => Result(silenced.Finding, silenced.Reason)),
            ]),
        };
        Print(output, new JsonObject
        {
            ["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json",
            ["version"] = "2.1.0",
            ["runs"] = new JsonArray((JsonNode?)run),
        });
    }

    private static JsonObject Driver(string? page)
    {
        var driver = new JsonObject
        {
            ["name"] = "sealane",
            ["version"] = typeof(FindingsJson).Assembly.GetName().Version?.ToString(3),
            ["rules"] = new JsonArray([Unreadable(), .. AllChecks.Design.Select(Rule)]),
        };
        if (page is not null)
        {
            driver["informationUri"] = page;
        }
        return driver;
    }

    /// <summary>What the reader itself finds has no check of its own.</summary>
    public const string UnreadableId = "SL100";
    public const string UnreadableTitle = "The file can be read as a spec";

    private static JsonObject Unreadable() => new()
    {
        ["id"] = UnreadableId,
        ["shortDescription"] = Text(UnreadableTitle),
        ["fullDescription"] =
            Text("Keys, types and forms of the file are as the schema says; otherwise no check runs."),
        ["help"] = Text("Each message says what to write instead; docs/sealane.schema.json describes every key."),
        ["helpUri"] = "https://yaml.org/spec/1.2.2/",
        ["defaultConfiguration"] = new JsonObject { ["level"] = "error" },
    };

    private static JsonObject Result(SpecProblem problem) => new()
    {
        ["ruleId"] = UnreadableId,
        ["ruleIndex"] = 0,
        ["level"] = "error",
        ["message"] = Text(problem.Hint is null ? problem.Message : $"{problem.Message}; fix: {problem.Hint}"),
        ["locations"] = Locations(problem.Mark),
    };

    private static JsonObject Node(Finding finding) => new()
    {
        ["id"] = finding.Check.Id,
        ["severity"] = finding.Check.Severity.Word(),
        ["file"] = finding.Mark.File,
        ["line"] = finding.Mark.Line,
        ["column"] = finding.Mark.Column,
        ["message"] = finding.Message,
        ["title"] = finding.Check.Title,
        ["why"] = finding.Check.Why,
        ["fix"] = finding.Check.Fix,
        ["sources"] = Array(finding.Check.Sources, source => source),
    };

    private static JsonObject Rule(DesignCheck check) => new()
    {
        ["id"] = check.Id,
        ["shortDescription"] = Text(check.Title),
        ["fullDescription"] = Text(check.Why),
        ["help"] = Text(check.Fix),
        ["helpUri"] = check.Sources[0],
        ["defaultConfiguration"] = new JsonObject { ["level"] = check.Severity.Word() },
    };

    private static JsonObject Result(Finding finding, string? silencedBecause)
    {
        var result = new JsonObject
        {
            ["ruleId"] = finding.Check.Id,
            ["ruleIndex"] = 1 + AllChecks.Design.TakeWhile(check => check.Id != finding.Check.Id).Count(),
            ["level"] = finding.Check.Severity.Word(),
            ["message"] = Text(finding.Message),
            ["locations"] = Locations(finding.Mark),
        };
        if (silencedBecause is not null)
        {
            result["suppressions"] =
                new JsonArray(new JsonObject { ["kind"] = "inSource", ["justification"] = silencedBecause });
        }
        return result;
    }

    private static JsonArray Locations(SourceMark mark) => new(new JsonObject
    {
        ["physicalLocation"] = new JsonObject
        {
            ["artifactLocation"] = new JsonObject { ["uri"] = Uri(mark.File) },
            ["region"] = new JsonObject { ["startLine"] = mark.Line, ["startColumn"] = mark.Column },
        },
    });

    /// <summary>SARIF wants a URI reference: a relative path as it is, each part escaped; an absolute one as
    /// file:.</summary>
    private static string Uri(string file) => Path.IsPathRooted(file)
        ? new Uri(file).AbsoluteUri
        : string.Join('/', file.Replace('\\', '/').Split('/').Select(System.Uri.EscapeDataString));

    private static JsonObject Text(string text) => new() { ["text"] = text };

    private static JsonArray Array<T>(IEnumerable<T> items, Func<T, JsonNode?> node) => new([.. items.Select(node)]);

    private static void Print(TextWriter output, JsonObject node) =>
        output.Write(Plain.Lines(node.ToJsonString(Readable)) + "\n");
}
