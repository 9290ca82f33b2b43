// Writes mutants into the sources of a tree, each behind a switch, and lists them. Called by ./run.
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

var (root, count, seed, listing) = (args[0], int.Parse(args[1]), int.Parse(args[2]), args[3]);
// Of an earlier try: those that do not compile.
var excluded = args[4..].ToHashSet();
var random = new Random(seed);
var sites = Directory.GetFiles(root, "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
    .SelectMany(Sites).OrderBy(_ => random.Next()).Where(site => !excluded.Contains(site.Key)).ToList();
var chosen = new List<Site>();
foreach (var site in sites)
{
    // One inside another would have to be written out twice.
    if (chosen.Count < count
        && !chosen.Exists(other => other.File == site.File && other.Span.IntersectsWith(site.Span)))
    {
        chosen.Add(site);
    }
}
foreach (var file in chosen.Index().GroupBy(each => each.Item.File))
{
    var text = new StringBuilder(File.ReadAllText(file.Key));
    foreach (var (number, site) in file.OrderByDescending(each => each.Item.Span.Start))
    {
        text.Remove(site.Span.Start, site.Span.Length).Insert(site.Span.Start, site.Switched(number + 1));
    }
    File.WriteAllText(file.Key, text.ToString());
}
File.WriteAllText(Path.Combine(root, "Mutant.cs"), """
    namespace Sealane.Core;

    internal static class Mutant
    {
        private static readonly string? s_on = System.Environment.GetEnvironmentVariable("SEALANE_MUTANT");

        public static bool On(int number) => s_on == number.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
    """);
File.WriteAllLines(listing, chosen.Select((site, at) =>
    $"{at + 1}\t{Path.GetRelativePath(root, site.File)}\t{site.Line}\t{site.Key}\t{site.Text} -> {site.Mutated}"));
Console.WriteLine($"{chosen.Count} of {sites.Count} places");

static IEnumerable<Site> Sites(string file)
{
    var tree = CSharpSyntaxTree.ParseText(File.ReadAllText(file), path: file);
    foreach (var node in tree.GetRoot().DescendantNodes())
    {
        var lines = tree.GetLineSpan(node.Span);
        // On one line, so that the compiler's line numbers stay those of the list; not where a constant must stand, and
        // not around what declares a name.
        if (lines.StartLinePosition.Line != lines.EndLinePosition.Line || Mutation(node) is not { } mutated
            || node.Ancestors().Any(one => one is AttributeSyntax or EnumMemberDeclarationSyntax or PatternSyntax
                or ParameterSyntax or SwitchLabelSyntax or InterpolationFormatClauseSyntax)
            || node.Ancestors().OfType<BaseFieldDeclarationSyntax>()
                .Any(one => one.Modifiers.Any(SyntaxKind.ConstKeyword))
            || node.DescendantNodes()
                .Any(one => one is SingleVariableDesignationSyntax or AnonymousFunctionExpressionSyntax))
        {
            continue;
        }
        yield return new(file, node.Span, lines.StartLinePosition.Line + 1, node.ToString(), mutated,
            node is StatementSyntax);
    }
}

static string? Mutation(SyntaxNode node) => node switch
{
    BinaryExpressionSyntax { RawKind: var kind } binary when Other((SyntaxKind)kind) is { } other =>
        $"{binary.Left} {other} {binary.Right}",
    PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } not => $"{not.Operand}",
    LiteralExpressionSyntax { RawKind: (int)SyntaxKind.TrueLiteralExpression } => "false",
    LiteralExpressionSyntax { RawKind: (int)SyntaxKind.FalseLiteralExpression } => "true",
    ConditionalExpressionSyntax choice => $"({choice.Condition}) ? {choice.WhenFalse} : {choice.WhenTrue}",
    ExpressionStatementSyntax { Expression: InvocationExpressionSyntax or AwaitExpressionSyntax
        or AssignmentExpressionSyntax } => "",
    _ => null,
};

static string? Other(SyntaxKind kind) => kind switch
{
    SyntaxKind.LessThanExpression => "<=",
    SyntaxKind.LessThanOrEqualExpression => "<",
    SyntaxKind.GreaterThanExpression => ">=",
    SyntaxKind.GreaterThanOrEqualExpression => ">",
    SyntaxKind.EqualsExpression => "!=",
    SyntaxKind.NotEqualsExpression => "==",
    SyntaxKind.LogicalAndExpression => "||",
    SyntaxKind.LogicalOrExpression => "&&",
    SyntaxKind.AddExpression => "-",
    SyntaxKind.SubtractExpression => "+",
    _ => null,
};

internal sealed record Site(
    string File, Microsoft.CodeAnalysis.Text.TextSpan Span, int Line, string Text, string Mutated, bool IsStatement)
{
    public string Key => $"{Path.GetFileName(File)}:{Span.Start}";

    public string Switched(int number) => IsStatement ? $"if (!global::Sealane.Core.Mutant.On({number})) {{ {Text} }}"
        : $"(global::Sealane.Core.Mutant.On({number}) ? ({Mutated}) : ({Text}))";
}
