using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sealane.Core.Checks;

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

    public static void Write(TextWriter output, string file, CheckReport report) => Print(output, new JsonObject
    {
        ["file"] = file,
        ["errors"] = report.Count(Severity.Error),
        ["warnings"] = report.Count(Severity.Warning),
        ["notes"] = report.Count(Severity.Note),
        ["findings"] = Array(report.Findings, Node),
        ["silenced"] = Array(report.Silenced, silenced =>
        {
            var node = Node(silenced.Finding);
            node["reason"] = silenced.Reason;
            return node;
        }),
    });

    public static void WriteSarif(TextWriter output, CheckReport report) => Print(output, new JsonObject
    {
        ["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json",
        ["version"] = "2.1.0",
        ["runs"] = new JsonArray(new JsonObject
        {
            ["tool"] = new JsonObject
            {
                ["driver"] = new JsonObject
                {
                    ["name"] = "sealane",
                    ["version"] = typeof(FindingsJson).Assembly.GetName().Version?.ToString(3),
                    ["rules"] = Array(AllChecks.Design, Rule),
                },
            },
            ["results"] = new JsonArray(
            [
                .. report.Findings.Select(finding => Result(finding, null)),
                .. report.Silenced.Select(silenced => Result(silenced.Finding, silenced.Reason)),
            ]),
        }),
    });

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
            ["ruleIndex"] = AllChecks.Design.TakeWhile(check => check.Id != finding.Check.Id).Count(),
            ["level"] = finding.Check.Severity.Word(),
            ["message"] = Text(finding.Message),
            ["locations"] = new JsonArray(new JsonObject
            {
                ["physicalLocation"] = new JsonObject
                {
                    ["artifactLocation"] = new JsonObject { ["uri"] = Uri(finding.Mark.File) },
                    ["region"] = new JsonObject
                    {
                        ["startLine"] = finding.Mark.Line,
                        ["startColumn"] = finding.Mark.Column
                    },
                },
            }),
        };
        if (silencedBecause is not null)
        {
            result["suppressions"] =
                new JsonArray(new JsonObject { ["kind"] = "inSource", ["justification"] = silencedBecause });
        }
        return result;
    }

    /// <summary>SARIF wants a URI reference: a relative path as it is, each part escaped; an absolute one as
    /// file:.</summary>
    private static string Uri(string file) => Path.IsPathRooted(file)
        ? new Uri(file).AbsoluteUri
        : string.Join('/', file.Replace('\\', '/').Split('/').Select(System.Uri.EscapeDataString));

    private static JsonObject Text(string text) => new() { ["text"] = text };

    private static JsonArray Array<T>(IEnumerable<T> items, Func<T, JsonNode?> node) => new([.. items.Select(node)]);

    private static void Print(TextWriter output, JsonObject node) => output.Write(node.ToJsonString(Readable) + "\n");
}
