using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sealane.Cli;
using Sealane.Core.Reconcile;
using Sealane.Sandbox.Aws;
using Sealane.Sandbox.Azure;
using Sealane.Sandbox.Megaport;
using Sealane.Sandbox.World;
using Sealane.Tests.Evidence;

namespace Sealane.Tests.EndToEnd;

/// <summary>
/// What knowing a form is worth. A link lives in a world in which the clouds use every other form; each row changes
/// what is read in one form into what a client makes of it that does not know the form, and nothing else: then the life
/// fails.
/// </summary>
public sealed partial class MisreadTests
{
    /// <summary>A VNet whose prefix has the length of its class.</summary>
    internal static Link Ugly => Link.Sydney
        .Edit("cidrs: [10.2.0.0/16]", "cidrs: [172.20.0.0/16]")
        .Edit("gatewaySubnet: 10.2.0.0/24", "gatewaySubnet: 172.20.0.0/24");

    private const string Unreadable = "{";

    /// <summary>By form: from the call and its answer, what is misread.</summary>
    private static readonly Dictionary<string, Func<string, string, string>> Readings = new(StringComparer.Ordinal)
    {
        // A network without its length is no network: the row is dropped.
        [nameof(AzureVariants.NetworksAreClassful)] = (_, text) => Rows(text, row =>
            ((string?)row["network"])?.Contains('/') != false),
        // Only rows with a star are routes.
        [nameof(AzureVariants.LoneRowsAreUnmarked)] = (_, text) => Rows(text, row =>
            row["path"] is null || ((string?)row["nextHop"])?.EndsWith('*') != false),
        // A path has no newline.
        [nameof(AzureVariants.PathsArePadded)] = (_, text) => Rows(text, row =>
            ((string?)row["path"])?.Contains('\n') != true),
        // A path ends in I.
        [nameof(AzureVariants.PathOrigin)] = (_, text) => Rows(text, row =>
            ((string?)row["path"])?.TrimEnd().EndsWith('I') != false),
        // A row has a preference.
        [nameof(AzureVariants.NoLocalPreference)] = (_, text) => Rows(text, row =>
            row["path"] is null || row["locPrf"] is not null),
        // A row has every member.
        ["Azure." + nameof(AzureVariants.EmptyMembersAreAbsent)] = (_, text) => Rows(text, row =>
            row["asPath"] is null || row.AsObject().ContainsKey("nextHop")),
        [nameof(AzureVariants.NoBgpSettings)] = (call, text) => Gateway().IsMatch(call)
            && text.Contains("\"gatewayType\":\"ExpressRoute\"", StringComparison.Ordinal)
            && !text.Contains("bgpSettings", StringComparison.Ordinal) ? Unreadable : text,
        [nameof(AzureVariants.NoConnectionStatus)] = (call, text) => Connection().IsMatch(call)
            && !text.Contains("connectionStatus", StringComparison.Ordinal) ? Unreadable : text,
        // Somebody's machine stands in the subnet.
        [nameof(AzureVariants.HiddenInterfacesAreListed)] = (_, text) =>
            text.Replace("/resourceGroups/ARMRG-", "/resourceGroups/rg-somebody-", StringComparison.Ordinal),
        // Another name is another object.
        [nameof(AzureVariants.NamesAreInUpperCase)] = (_, text) =>
            text.Replace("/resourceGroups/RG-SYDNEY/", "/resourceGroups/rg-other/", StringComparison.Ordinal),
        // What is absent is broken.
        [nameof(AwsVariants.EmptyListsAreAbsent)] = (call, text) =>
            call.Contains("Action=DescribeRouteTables", StringComparison.Ordinal)
            && !text.Contains("propagatingVgwSet", StringComparison.Ordinal) ? "<" : text,
        // One page is all there is.
        [nameof(AwsVariants.PageSize)] = (_, text) => Token().Replace(text, ""),
        // Behind a token there is something.
        [nameof(AwsVariants.TokenOnLastPage)] = (call, text) =>
            call.Contains("OvertureService", StringComparison.Ordinal)
            && call.Contains("nextToken", StringComparison.Ordinal)
            && text.Contains(":[]", StringComparison.Ordinal) ? Unreadable : text,
        ["Megaport." + nameof(MegaportVariants.EmptyMembersAreAbsent)] = (call, text) => Product().IsMatch(call)
            && text.Contains("\"productUid\"", StringComparison.Ordinal)
            && !text.Contains("\"secondaryName\"", StringComparison.Ordinal) ? Unreadable : text,
        // Null is zero, and a list number.
        [nameof(MegaportVariants.AbsentMembersAreNull)] = (_, text) =>
            text.Replace("\"importBlacklist\":null", "\"importBlacklist\":7", StringComparison.Ordinal),
        // What is not called permitted is not.
        [nameof(MegaportVariants.PartnerPortsAreOld)] = (_, text) =>
            text.Replace("\"vxcpermitted\":true", "\"vxcPermitted\":false", StringComparison.Ordinal),
    };

    public static TheoryData<string> Forms => [.. Readings.Keys];

    [Fact]
    public async Task A_client_that_knows_every_form_lives_with_all_of_them() =>
        Assert.Equal("", await Life.Trouble(Ugly, (clouds, _) => clouds));

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_client_that_does_not_know_it_fails(string form)
    {
        var met = 0;
        var trouble = await Life.Trouble(Ugly, (clouds, _) => new Tampered(clouds, edit: (call, text) =>
        {
            var read = Readings[form](call, text);
            if (read != text)
            {
                Interlocked.Increment(ref met);
            }
            return read;
        }));
        Counts.Say($"{form}: met {met} times; {trouble}");
        Assert.True(met > 0, $"{form} was not met");
        Assert.NotEqual("", trouble);
    }

    /// <summary>Every form that a text can choose is in one of the two tables.</summary>
    [Fact]
    public void No_form_is_forgotten()
    {
        var world = Rehearsal.New(Ugly.Design, null).Wake(new VirtualClock(DateTimeOffset.UnixEpoch));
        Chaos.Parse("forms=all").Arm(world);
        object[] all = [world.Aws.Variants, world.Azure.Variants, world.Megaport.Variants];
        var on = all.SelectMany(variants => variants.GetType().GetProperties()
            .Where(form => form.GetValue(variants) is not (false or null or "I" or 0.0 or DeletionHeaders.Both)
                && form.PropertyType != typeof(List<string>))
            .Select(form => form.Name)).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(on, Readings.Keys.Concat(MisreadTroubleTests.All.Keys)
            .Select(key => key[(key.IndexOf('.') + 1)..]).Distinct().Order(StringComparer.Ordinal));
    }

    /// <summary>The rows of a table that are kept.</summary>
    private static string Rows(string text, Func<JsonNode, bool> keep) => Json(text, node =>
    {
        if (node is JsonObject { Count: 1 } table && table["value"] is JsonArray rows)
        {
            foreach (var row in rows.Where(row => row is JsonObject seen && seen.ContainsKey("network") && !keep(seen))
                .ToList())
            {
                rows.Remove(row);
            }
        }
    });

    private static string Json(string text, Action<JsonNode> change)
    {
        if (!text.StartsWith('{'))
        {
            return text;
        }
        try
        {
            var node = JsonNode.Parse(text)!;
            var before = node.ToJsonString();
            change(node);
            return node.ToJsonString() is var after && after == before ? text : after;
        }
        catch (JsonException)
        {
            return text;
        }
    }

    [GeneratedRegex(@"^GET \S+/virtualNetworkGateways/[^/?]+\?")]
    private static partial Regex Gateway();

    [GeneratedRegex(@"^GET \S+/connections/[^/?]*er-connection\?")]
    private static partial Regex Connection();

    [GeneratedRegex("^GET /v2/product/[^/?]+ ")]
    private static partial Regex Product();

    [GeneratedRegex("<nextToken>[^<]*</nextToken>|,\"nextToken\":\"[^\"]*\"")]
    private static partial Regex Token();
}
