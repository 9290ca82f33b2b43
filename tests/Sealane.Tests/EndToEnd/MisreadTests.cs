using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sealane.Cli;
using Sealane.Core.Reconcile;
using Sealane.Sandbox.Aws;
using Sealane.Sandbox.Azure;
using Sealane.Sandbox.Megaport;
using Sealane.Sandbox.World;
using Sealane.Tests.Clouds.Azure;
using Sealane.Tests.Clouds.Megaport;
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
    private static Link Ugly => Link.Sydney
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

    /// <summary>Forms that a life without misfortune does not depend on, and the tests that a client who does not know
    /// them fails.</summary>
    private static readonly Dictionary<string, string> ByThemselves = new(StringComparer.Ordinal)
    {
        [nameof(AzureVariants.Deletion)] = nameof(ArmOperationTests.With_a_location_only_202_means_that_it_goes_on),
        [nameof(MegaportVariants.SingleElementsAreBare)] = nameof(VxcTests.Every_form_of_a_vxc_is_read),
        [nameof(MegaportVariants.NotFoundIs404)] =
            nameof(MegaportClientTests.A_missing_service_is_null_whichever_status_says_so),
        [nameof(MegaportVariants.ErrorDataIsList)] =
            nameof(MegaportErrorsTests.The_useful_sentence_is_found_wherever_it_stands),
        [nameof(MegaportVariants.RetryAfterIsDate)] =
            nameof(MegaportClientTests.A_read_is_repeated_while_the_cloud_is_unwell_and_retry_after_is_honoured),
    };

    public static TheoryData<string> Forms => [.. Readings.Keys];

    [Fact]
    public async Task A_client_that_knows_every_form_lives_with_all_of_them() =>
        Assert.Equal("", await Trouble((_, text) => text));

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_client_that_does_not_know_it_fails(string form)
    {
        var met = 0;
        var trouble = await Trouble((call, text) =>
        {
            var read = Readings[form](call, text);
            if (read != text)
            {
                Interlocked.Increment(ref met);
            }
            return read;
        });
        TestContext.Current.TestOutputHelper?.WriteLine($"{form}: met {met} times; {trouble}");
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
        Assert.Equal(on, Readings.Keys.Concat(ByThemselves.Keys).Select(key => key[(key.IndexOf('.') + 1)..]).Distinct()
            .Order(StringComparer.Ordinal));
    }

    /// <summary>What fails first in a life in which answers are read like that; empty when nothing does.</summary>
    private static async Task<string> Trouble(Func<string, string, string> read)
    {
        using var link = Ugly;
        var stored = Rehearsal.New(link.Design, null);
        var clock = new VirtualClock(stored.Now);
        var world = stored.Wake(clock);
        Chaos.Parse("forms=all").Arm(world);
        world.Aws.Variants.PageSize = 1;
        Directory.CreateDirectory(link.WorldDirectory);
        WorldFile.Save(link.WorldDirectory, world);
        var before = Inventory.Of(link.World());
        HttpMessageHandler Wire(HttpMessageHandler clouds) => new Tampered(clouds, edit: read);
        try
        {
            if (await Ran(link, Wire, rig => rig.Apply()) is { Result: not RunResult.Done } stuck)
            {
                return $"apply: {stuck.Failures.Select(failure => failure.Reason).FirstOrDefault()}";
            }
            if (await Sight.Of(link, Wire) is { Word: not "encrypted" } sight)
            {
                return $"verify: {sight.Word}";
            }
            if (await Ran(link, Wire, rig => rig.Apply()) is not { Result: RunResult.Done, Created: 0, Updated: 0 })
            {
                return "plan: something would be done again";
            }
            if (await Ran(link, Wire, rig => rig.Destroy()) is { Result: not RunResult.Done } held)
            {
                return $"destroy: {held.Failures.Select(failure => failure.Reason).FirstOrDefault()}";
            }
        }
        catch (CloudError error)
        {
            return $"unreadable: {error.Message}";
        }
        var left = Inventory.Of(link.World()).Except(before).ToList();
        return left is [] ? "" : $"left behind: {string.Join(", ", left)}";
    }

    private static async Task<RunReport?> Ran(
        Link link, Func<HttpMessageHandler, HttpMessageHandler> wire, Func<Rig, Task<RunReport?>> run)
    {
        var stored = link.World();
        var clock = new VirtualClock(stored.Now);
        var world = stored.Wake(clock);
        using var rig = new Rig(
            link, world, clock, wire(new InProcessClouds(world, Rehearsal.Faces(world, () => world.Now))));
        return await run(rig);
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
