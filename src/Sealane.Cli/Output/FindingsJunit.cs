using System.Xml;
using Sealane.Cli.Commands;
using Sealane.Core.Checks;

namespace Sealane.Cli.Output;

/// <summary>
/// Findings as JUnit reads them: a suite a file, a case a check. A warning fails its case only where warnings count as
/// errors; otherwise it stands in the case's output.
/// </summary>
/// <remarks>https://github.com/testmoapp/junitxml</remarks>
internal static class FindingsJunit
{
    public static void Write(TextWriter output, IReadOnlyList<CheckedFile> files, bool strict)
    {
        using (var xml = XmlWriter.Create(output, new() { Indent = true, NewLineChars = "\n", CloseOutput = false }))
        {
            xml.WriteStartElement("testsuites");
            xml.WriteAttributeString("name", "sealane check");
            foreach (var file in files)
            {
                WriteSuite(xml, file, strict);
            }
            xml.WriteEndElement();
        }
        output.Write('\n');
    }

    private static void WriteSuite(XmlWriter xml, CheckedFile file, bool strict)
    {
        var byCheck = (file.Report?.Findings ?? []).ToLookup(finding => finding.Check.Id, StringComparer.Ordinal);
        bool Fails(Finding finding) =>
            finding.Check.Severity == Severity.Error || (strict && finding.Check.Severity == Severity.Warning);
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", file.Reading.Name);
        var checks = file.Report is null ? [] : AllChecks.Design;
        xml.WriteAttributeString("tests", XmlConvert.ToString(checks.Count + 1));
        xml.WriteAttributeString("failures", XmlConvert.ToString(checks.Count(check => byCheck[check.Id].Any(Fails))));
        xml.WriteAttributeString("errors", file.Report is null ? "1" : "0");
        WriteCase(xml, file, $"{FindingsJson.UnreadableId} {FindingsJson.UnreadableTitle}",
            file.Report is null ? "error" : null, [.. file.Reading.AllProblems.Select(problem => problem.ToString())]);
        foreach (var check in checks)
        {
            var found = byCheck[check.Id].ToList();
            WriteCase(xml, file, $"{check.Id} {check.Title}", found.Exists(Fails) ? "failure" : null,
                [.. found.Select(finding => $"{finding}\n  fix: {check.Fix}")]);
        }
        xml.WriteEndElement();
    }

    /// <param name="bad"><c>failure</c>, <c>error</c>, or null where the case passes.</param>
    private static void WriteCase(XmlWriter xml, CheckedFile file, string name, string? bad, IReadOnlyList<string> told)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", file.Reading.Name);
        xml.WriteAttributeString("name", name);
        if (told.Count > 0)
        {
            xml.WriteStartElement(bad ?? "system-out");
            if (bad is not null)
            {
                xml.WriteAttributeString("message", Plain(told[0].Split('\n')[0]));
            }
            xml.WriteString(Plain(string.Join('\n', told)));
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    /// <summary>XML 1.0 knows no control characters, and a message may quote the file.</summary>
    private static string Plain(string text) => string.Concat(text.Select(c => XmlConvert.IsXmlChar(c) ? c : '?'));
}
