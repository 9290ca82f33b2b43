using Sealane.Core;

namespace Sealane.Tests.Sandbox.Megaport;

public class PrefixListTests
{
    private readonly MegaportWorld _world = new();

    [Fact]
    public void Lists_are_made_read_replaced_and_deleted()
    {
        var mcr = _world.LiveMcr();
        var made = _world.Ask("POST", $"/v2/product/mcr2/{mcr}/prefixList",
            Body("""{"action":"permit","prefix":"10.254.1.18/32"}"""));
        Assert.Equal("Created a new prefix list for MCR", made.Json!["message"]!.GetValue<string>());
        var id = made.Json["data"]!["id"]!.GetValue<int>();
        var brief = _world.Data("GET", $"/v2/product/mcr2/{mcr}/prefixLists").AsArray().Single()!.AsObject();
        Assert.Equal(["id", "description", "addressFamily"], brief.Select(member => member.Key));
        var entries = """{"action":"permit","prefix":"10.254.1.18/32"},{"action":"deny","prefix":"10.254.1.80/32"}""";
        Assert.Equal(200, _world.Ask("PUT", $"/v2/product/mcr2/{mcr}/prefixList/{id}", Body(entries)).Status);
        Assert.Equal(2, _world.Data("GET", $"/v2/product/mcr2/{mcr}/prefixList/{id}")["entries"]!.AsArray().Count);
        Assert.Equal(200, _world.Ask("DELETE", $"/v2/product/mcr2/{mcr}/prefixList/{id}").Status);
        Assert.Equal(404, _world.Ask("DELETE", $"/v2/product/mcr2/{mcr}/prefixList/{id}").Status);
    }

    [Theory]
    [InlineData("10.0.0.0/24", "24", "24", null, null)]
    [InlineData("10.0.0.0/24", "24", "25", null, "25")]
    [InlineData("10.0.0.0/24", "\"25\"", "\"26\"", "25", "26")]
    [InlineData("10.0.0.0/24", null, "32", null, "32")]
    [InlineData("10.0.0.0/24", "28", null, "28", null)]
    [InlineData("10.254.1.18/32", null, null, null, null)]
    [InlineData("10.0.1.5/24", null, null, null, null)]
    public void Bounds_come_back_as_text_without_defaults(string prefix, string? ge, string? le, string? geBack,
        string? leBack)
    {
        var mcr = _world.LiveMcr();
        var bounds = (ge is null ? "" : $",\"ge\":{ge}") + (le is null ? "" : $",\"le\":{le}");
        var entry = $$"""{"action":"permit","prefix":"{{prefix}}"{{bounds}}}""";
        var back = _world.Data("POST", $"/v2/product/mcr2/{mcr}/prefixList", Body(entry))["entries"]![0]!;
        Assert.Equal(geBack, back["ge"]?.GetValue<string>());
        Assert.Equal(leBack, back["le"]?.GetValue<string>());
        Assert.Equal(prefix == "10.0.1.5/24" ? "10.0.1.0/24" : prefix, back["prefix"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("", "must have between 1 and 200 entries")]
    [InlineData("""{"action":"allow","prefix":"10.0.0.0/24"}""", "Invalid action")]
    [InlineData("""{"action":"permit","prefix":"10.0.0.0"}""", "Invalid prefix")]
    [InlineData("""{"action":"permit","prefix":"10.0.0.0/33"}""", "Invalid prefix")]
    [InlineData("""{"action":"permit","prefix":"fd00::/8"}""", "Invalid prefix")]
    [InlineData("""{"action":"permit","prefix":"10.0.0.0/24","ge":23}""", "Invalid ge or le")]
    [InlineData("""{"action":"permit","prefix":"10.0.0.0/24","ge":30,"le":28}""", "Invalid ge or le")]
    [InlineData("""{"action":"permit","prefix":"10.0.0.0/24","le":33}""", "Invalid ge or le")]
    public void A_wrong_entry_is_refused(string entries, string problem)
    {
        var answer = _world.Ask("POST", $"/v2/product/mcr2/{_world.LiveMcr()}/prefixList", Body(entries));
        Assert.Equal(400, answer.Status);
        Assert.Contains(problem, answer.Json!["data"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_hundred_entries_fit_and_one_more_does_not()
    {
        var mcr = _world.LiveMcr();
        string Many(int count) => Body(string.Join(',', Enumerable.Range(0, count).Select(
            i => $$"""{"action":"permit","prefix":"10.0.{{i}}.0/24"}""")));
        Assert.Equal(200, _world.Ask("POST", $"/v2/product/mcr2/{mcr}/prefixList", Many(200)).Status);
        Assert.Equal(400, _world.Ask("POST", $"/v2/product/mcr2/{mcr}/prefixList", Many(201)).Status);
    }

    [Fact]
    public void A_list_in_use_stays_until_a_while_after_its_vxc_has_gone()
    {
        var mcr = _world.LiveMcr();
        var list = _world.PrefixList(mcr);
        var vxc = _world.LiveVxc(Orders.Aws(mcr, _world.AwsPort(), $"\"importWhitelist\":{list}"));
        Assert.Equal(409, _world.Ask("DELETE", $"/v2/product/mcr2/{mcr}/prefixList/{list}").Status);
        _world.Ask("POST", $"/v3/product/{vxc}/action/CANCEL_NOW");
        _world.Wait(9);
        Assert.Equal(409, _world.Ask("DELETE", $"/v2/product/mcr2/{mcr}/prefixList/{list}").Status);
        _world.Wait(112);
        Assert.Equal(200, _world.Ask("DELETE", $"/v2/product/mcr2/{mcr}/prefixList/{list}").Status);
    }

    [Fact]
    public void Only_an_mcr_has_prefix_lists()
    {
        var vxc = _world.LiveVxc(Orders.Aws(_world.LiveMcr(), _world.AwsPort()));
        var answer = _world.Ask("GET", $"/v2/product/mcr2/{vxc}/prefixLists");
        Assert.Equal(400, answer.Status);
        Assert.Equal("Not supported service type", answer.Json!["message"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("10.0.0.0/24", null, null, "10.0.0.0/24", true)]
    [InlineData("10.0.0.0/24", null, null, "10.0.0.0/25", false)]
    [InlineData("10.0.0.0/24", null, "25", "10.0.0.128/25", true)]
    [InlineData("10.0.0.0/24", "26", null, "10.0.0.64/26", true)]
    [InlineData("10.0.0.0/24", "26", null, "10.0.0.0/25", false)]
    [InlineData("10.0.0.0/24", null, "32", "10.0.1.0/32", false)]
    public void The_world_reads_an_entry_as_the_router_does(string own, string? ge, string? le, string other,
        bool matches)
    {
        var entry = new Sealane.Sandbox.Megaport.PrefixFilterEntry(
            "permit", own, ge is null ? null : int.Parse(ge), le is null ? null : int.Parse(le));
        Assert.Equal(matches, entry.Matches(Prefix.Parse(other)));
    }

    private static string Body(string entries) =>
        $$"""{"description":"Azure-Export","addressFamily":"IPv4","entries":[{{entries}}]}""";
}
