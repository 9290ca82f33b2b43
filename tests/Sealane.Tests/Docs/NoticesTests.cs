using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Sealane.Tests.Docs;

/// <summary>THIRD-PARTY-NOTICES.md names every package that is handed on with the program, and no licence outside the
/// list. Read from the lock files and from the packages themselves.</summary>
public sealed class NoticesTests
{
    private static readonly string[] Allowed = ["Apache-2.0", "BSD-3-Clause", "MIT", "PostgreSQL"];

    /// <summary>Packages that name a page and no licence; what the page said on 27 November 2026.</summary>
    private static readonly Dictionary<string, string> OfPages = new(StringComparer.OrdinalIgnoreCase)
    {
        ["https://github.com/jdevillard/JmesPath.Net/blob/master/LICENSE"] = "Apache-2.0",
        ["https://github.com/dotnet/corefx/blob/master/LICENSE.TXT"] = "MIT",
    };

    /// <summary>They help to build and are not in what is built.</summary>
    private static readonly string[] OnlyBuilds =
        ["Microsoft.CodeAnalysis.BannedApiAnalyzers", "Microsoft.NET.ILLink.Tasks", "Microsoft.DotNet.ILCompiler"];

    [Fact]
    public void Every_package_is_named_with_a_licence_of_the_list()
    {
        var packages = Packages();
        Assert.NotEmpty(packages);
        Assert.All(packages, package => Assert.Contains(package.Licence, Allowed));

        var page = new StringBuilder("""
            # Third-party notices

            Sealane is licensed under the [Apache License 2.0](LICENSE). The packages below are part of the program;
            each is under the licence that is named beside it. This page is made from the lock files and the packages; a
            test lets no other licence in. The .NET runtime (MIT, Copyright (c) .NET Foundation and Contributors) is
            part of the native program and of the archives that need no runtime; its own notices lie beside them as
            `DOTNET-THIRD-PARTY-NOTICES.txt`.

            | package | version | licence | copyright |
            |---|---|---|---|

            """.ReplaceLineEndings("\n"));
        foreach (var package in packages)
        {
            page.Append($"| {package.Name} | {package.Version} | {package.Licence} | {package.Copyright} |\n");
        }
        page.Append('\n').Append(File.ReadAllText(Repository.PathOf("tests", "release", "licences.md")));
        Golden.Check(Repository.PathOf("THIRD-PARTY-NOTICES.md"), page.ToString());
    }

    private static List<Package> Packages()
    {
        var locked = Directory.GetFiles(Repository.PathOf("src"), "packages.lock.json", SearchOption.AllDirectories)
            .SelectMany(file => JsonNode.Parse(File.ReadAllText(file))!["dependencies"]!.AsObject())
            .SelectMany(framework => framework.Value!.AsObject())
            .Where(package => (string?)package.Value!["type"] != "Project" && !OnlyBuilds.Contains(package.Key))
            .Select(package => (Name: package.Key, Version: (string)package.Value!["resolved"]!));
        return [.. locked.Distinct().OrderBy(one => one.Name, StringComparer.Ordinal).Select(one =>
            Read(one.Name, one.Version))];
    }

    private static Package Read(string name, string version)
    {
        var home = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var lower = name.ToLowerInvariant();
        var described = XDocument.Load(Path.Combine(home, lower, version.ToLowerInvariant(), $"{lower}.nuspec"));
        string? Said(string member) => described.Descendants()
            .FirstOrDefault(element => element.Name.LocalName == member)?.Value.Trim();
        var page = Said("licenseUrl") ?? "";
        return new(name, version, OfPages.GetValueOrDefault(page) ?? Said("license") ?? $"unknown: {page}",
            (Said("copyright") is { Length: > 0 } copyright ? copyright : $"the authors: {Said("authors")}")
                .Replace('|', '/').ReplaceLineEndings(" "));
    }

    private sealed record Package(string Name, string Version, string Licence, string Copyright);
}
