using System.Text.RegularExpressions;
using Sealane.Tests.Contracts;

namespace Sealane.Tests.Sandbox.World;

/// <summary>Megaport's own client reads identifiers strictly and refuses what is no UUID of RFC 9562.</summary>
public sealed partial class UuidTests
{
    [Fact]
    public async Task Every_identifier_in_a_whole_life_has_a_version_and_a_variant()
    {
        var link = await RecordedLink.Sydney;
        var seen = link.Exchanges
            .SelectMany(exchange => exchange.ReplyHeaders.Select(header => header.Value).Append(exchange.ReplyBody))
            .SelectMany(text => Uuid().Matches(text).Select(match => match.Value)).Distinct()
            // The subscription is the user's, from the spec.
            .Except([RecordedLink.Design.Azure.Subscription]).ToList();
        Assert.True(seen.Count > 50, $"{seen.Count} identifiers");
        Assert.DoesNotContain(seen, text => !Rfc9562().IsMatch(text));
    }

    [GeneratedRegex("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")]
    private static partial Regex Uuid();

    [GeneratedRegex("^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}$")]
    private static partial Regex Rfc9562();
}
