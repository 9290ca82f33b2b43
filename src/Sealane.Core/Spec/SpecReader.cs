namespace Sealane.Core.Spec;

/// <summary>
/// Reads a spec. Every problem of the file is reported at once, each with its place; nothing that a file can hold makes
/// it throw. Whether the values make sense together is the checks' business.
/// </summary>
public static class SpecReader
{
    /// <summary>More would not be read by anybody.</summary>
    private const int ProblemsMax = 50;

    /// <param name="fileName">Printed in messages; the file itself is not touched.</param>
    public static SpecResult Read(string fileName, string text)
    {
        var problems = new List<SpecProblem>();
        // Editors on Windows put a byte order mark in front of UTF-8; YAML 1.2 (section 5.2) allows it there.
        var root = YamlText.Read(fileName, text.StartsWith('\uFEFF') ? text[1..] : text, problems);
        NetworkSpec? spec = null;
        if (root is not null)
        {
            var walk = new SpecWalk(fileName, problems);
            walk.Read(root);
            spec = problems.Count == 0 ? SpecBinder.Bind(
                walk.Values, new(fileName, walk.Marks) { Text = text }) : null;
        }
        return new(spec,
            Cut([.. problems.OrderBy(problem => problem.Mark.Line).ThenBy(problem => problem.Mark.Column)]));
    }

    private static IReadOnlyList<SpecProblem> Cut(SpecProblem[] problems) => problems.Length <= ProblemsMax
        ? problems
        : [.. problems[..ProblemsMax],
            new(problems[ProblemsMax].Mark, $"and {problems.Length - ProblemsMax} more problems from here on")];
}
