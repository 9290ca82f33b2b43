using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Sealane.Clouds.Evidence;
using Sealane.Core.Reconcile;
using Sealane.Tests.EndToEnd;

namespace Sealane.Tests.Evidence;

/// <summary>
/// A prefix that is written as nobody here has seen it, in each table and list that <c>verify</c> reads: the row is
/// told
/// as unread, and what it would prove is not proved. A row that is dropped would be a route that nobody sees.
/// </summary>
public sealed partial class UnreadableRowTests
{
    /// <summary>A form that a cloud could use, and that no reader here knows: with a route distinguisher, whose colon
    /// makes it no row of IPv6, and a mask.</summary>
    private const string Strange = "65000:10.1.0.0 255.255.0.0";

    /// <summary>Prefixes that are no rows: settings of one object.</summary>
    private static readonly Dictionary<string, string> Settings = new(StringComparer.Ordinal)
    {
        ["amazonAddress"] = "an end of a session, which the session itself tells",
        ["customerAddress"] = "the same",
        ["primaryPeerAddressPrefix"] = "the same",
        ["secondaryPeerAddressPrefix"] = "the same",
        ["primary_subnet"] = "the same",
        ["secondary_subnet"] = "the same",
        ["ip_addresses"] = "the same",
        ["localIpv4NetworkCidr"] = "a traffic selector, which a tunnel with BGP leaves open",
        ["remoteIpv4NetworkCidr"] = "the same",
        ["GET /v2/products"] = "the list finds services; each is then read by itself",
        ["/operations/{}"] = "the rows are fetched from operationResults",
        ["/subnets/GatewaySubnet"] = "the VNet lists it again",
    };

    [Fact]
    public async Task A_row_that_cannot_be_read_is_told_and_proves_nothing()
    {
        using var link = await Sight.Sydney();
        var places = new ConcurrentDictionary<(string Operation, string Member), int>();
        var whole = await Sight.Of(link, wire => new Tampered(wire, edit: (call, text) =>
        {
            foreach (var member in Prefixes().Matches(text).Select(match => match.Groups["member"].Value).Distinct())
            {
                places.TryAdd((Operation(call), member), 0);
            }
            return text;
        }));
        Assert.Equal("encrypted", whole.Word);
        var wrong = new List<string>();
        foreach (var (operation, member) in places.Keys.Order())
        {
            var told = await Told(link, operation, member);
            if (told.StartsWith("encrypted", StringComparison.Ordinal)
                && !Settings.Keys.Any($"{operation} {member}".Contains))
            {
                wrong.Add($"{operation} {member}: {told}");
            }
        }
        Counts.Say($"unreadable rows: {places.Count} members of {places.Keys.Select(key => key.Operation).Distinct()
            .Count()} answers");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static async Task<string> Told(Link link, string operation, string member)
    {
        try
        {
            var sight = await Sight.Of(link, wire => new Tampered(wire, edit: (call, text) =>
                Operation(call) == operation ? Garbled(text, member) : text));
            var unread = sight.Evidence.Readings.Where(row => row.Answer == Answer.Unreadable)
                .Select(row => $"{row.Question.Call} of {row.Subject}: {row.Why}").ToList();
            return unread.Count > 0 ? $"unread: {string.Join("; ", unread)}"
                : $"{sight.Word}: {string.Join("; ", sight.Judgement.Reasons.Take(2))}";
        }
        catch (CloudError error)
        {
            return $"unknown: {error.Message}";
        }
    }

    private static string Garbled(string text, string member)
    {
        var at = Prefixes().Matches(text).FirstOrDefault(match => match.Groups["member"].Value == member);
        return at is null ? text : text[..at.Groups["prefix"].Index] + Strange
            + text[(at.Groups["prefix"].Index + at.Groups["prefix"].Length)..];
    }

    /// <summary>Without the numbers of operations, which differ from run to run.</summary>
    private static string Operation(string call) => Action().Match(call) is { Success: true } action
        ? action.Groups[1].Value : Number().Replace(call.Split('?')[0], "{}");

    [GeneratedRegex(
        "(\"(?<member>\\w+)\":\\[?\"|<(?<member>\\w+)>)(?<prefix>[0-9]+\\.[0-9]+\\.[0-9]+\\.[0-9]+/[0-9]+)")]
    private static partial Regex Prefixes();

    [GeneratedRegex("(?:Action=|OvertureService\\.)(\\w+)")]
    private static partial Regex Action();

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f-]{27}")]
    private static partial Regex Number();
}
