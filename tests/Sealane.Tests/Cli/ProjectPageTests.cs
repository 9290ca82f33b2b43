using System.Text.Json;
using System.Xml.Linq;
using Sealane.Cli;
using Sealane.Cli.Output;
using Sealane.Core;

namespace Sealane.Tests.Cli;

/// <summary>Where the project lives is said in one place, and left out everywhere while nobody knows.</summary>
public sealed class ProjectPageTests
{
    private const string Page = "https://example.org/sealane";

    [Fact]
    public void The_address_is_the_one_of_the_build()
    {
        var written = XDocument.Load(Repository.PathOf("Directory.Build.props")).Descendants("RepositoryUrl").Single();
        Assert.Equal(ProjectPage.Of(written.Value), ProjectPage.Address);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("not an address", null)]
    [InlineData("http://example.org/sealane", null)]
    [InlineData("https://example.org/sealane/", Page)]
    public void Only_an_https_address_is_one(string? written, string? shown) =>
        Assert.Equal(shown, ProjectPage.Of(written));

    [Theory]
    [InlineData(null)]
    [InlineData(Page)]
    public void Sarif_and_help_name_it_where_there_is_one(string? page)
    {
        var output = new StringWriter();
        FindingsJson.WriteSarif(output, [], page);
        using var sarif = JsonDocument.Parse(output.ToString());
        var driver = sarif.RootElement.GetProperty("runs")[0].GetProperty("tool").GetProperty("driver");
        Assert.Equal(page, driver.TryGetProperty("informationUri", out var uri) ? uri.GetString() : null);
        Assert.All(driver.GetProperty("rules").EnumerateArray(),
            rule => Assert.StartsWith("https://", rule.GetProperty("helpUri").GetString()));
        Assert.Equal(page is not null, Program.About(page).Contains(Page, StringComparison.Ordinal));
        Assert.Equal(page is null ? "" : $" at {Page}", ProjectPage.At(page));
    }
}
