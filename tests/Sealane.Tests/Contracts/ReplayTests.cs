using System.Text;
using System.Text.Json.Nodes;
using Sealane.Sandbox.Replay;
using Sealane.Sandbox.World;
using Sealane.Tests.EndToEnd;

namespace Sealane.Tests.Contracts;

/// <summary>What was recorded can be served again, and held against the sandbox.</summary>
public sealed class ReplayTests
{
    [Fact]
    public async Task A_recording_of_the_sandbox_does_not_differ_from_the_sandbox()
    {
        using var link = Link.Sydney;
        var (apply, verify, destroy) = (Log(link, "1-apply"), Log(link, "2-verify"), Log(link, "3-destroy"));
        (await link.Run("apply", "--yes", "--wire-log", apply)).Exits(0);
        (await link.Run("verify", "--wire-log", verify)).Exits(0);
        (await link.Run("destroy", "--yes", "--wire-log", destroy)).Exits(0);
        var same = await Shell.Run("sandbox", "compare", apply, verify, destroy, "--spec", link.Spec);
        Assert.Matches("^[0-9]+ requests played, [0-9]+ about logging in left out, 0 differences\n$",
            same.Exits(0).Output);

        var played = Recording.Load([apply]).Count(exchange => !exchange.IsLogin);
        var json = await Shell.Run("sandbox", "compare", apply, "--spec", link.Spec, "--format", "json");
        Assert.Equal((played, 0), ((int)json.Exits(0).Json["played"]!, json.Json["differences"]!.AsArray().Count));
    }

    [Fact]
    public async Task Sealane_reads_a_replayed_link_as_it_read_the_link()
    {
        using var link = Link.Sydney;
        (await link.Run("apply", "--yes")).Exits(0);
        var status = (await link.Run("status", "--format", "json", "--wire-log", Log(link, "status"))).Exits(0);
        var verify = (await link.Run("verify", "--format", "json", "--wire-log", Log(link, "verify"))).Exits(0);
        Assert.True(JsonNode.DeepEquals(
            WithoutReceipts(status.Json), WithoutReceipts((await Replayed(link, "status")).Exits(0).Json)));

        // The keys are hidden in a recording: of stars it is not said that they differ.
        var again = (await Replayed(link, "verify")).Json;
        Assert.Equal("encrypted", (string?)again["verdict"]);
        Assert.True(JsonNode.DeepEquals(verify.Json["locks"], again["locks"]));
        var changed = verify.Json["checks"]!.AsArray().Zip(again["checks"]!.AsArray())
            .Where(pair => !JsonNode.DeepEquals(pair.First, pair.Second)).ToList();
        Assert.Empty(changed);
    }

    /// <summary>Receipts are kept where the link was built, and not in the clouds.</summary>
    private static JsonNode WithoutReceipts(JsonNode status)
    {
        var shown = status.DeepClone();
        foreach (var it in shown["objects"]!.AsArray())
        {
            it!.AsObject().Remove("receipt");
        }
        return shown;
    }

    private static async Task<Shell> Replayed(Link link, string verb)
    {
        using var server = ChildShell.Start(link.Root, new Dictionary<string, string>(), "sandbox", "replay",
            Log(link, verb), "--format", "json");
        try
        {
            var told = JsonNode.Parse((await server.StandardOutput.ReadLineAsync())!)!;
            var environment = told["env"]!.AsObject().ToDictionary(entry => entry.Key, entry => (string)entry.Value!);
            return await ChildShell.Run(link.Root, environment, verb, link.Spec, "--format", "json");
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync();
        }
    }

    [Fact]
    public async Task Another_member_type_state_status_or_code_is_a_difference()
    {
        using var link = Link.Sydney;
        var apply = Log(link, "apply");
        (await link.Run("apply", "--yes", "--wire-log", apply)).Exits(0);
        var text = await File.ReadAllTextAsync(apply);
        foreach (var (old, changed, shown) in new[]
        {
            ("\"maxVxcSpeed\":", "\"fastestVxc\":", "data.fastestVxc: recorded (number), missing in the sandbox"),
            ("\"maxVxcSpeed\":", "\"fastestVxc\":",
                "data.maxVxcSpeed: the sandbox has it (number), the recording has not"),
            ("\"circuitProvisioningState\":\"Enabled\"", "\"circuitProvisioningState\":true",
                "properties.circuitProvisioningState: true or false recorded, text in the sandbox"),
            ("<state>associating</state>", "<state>joining</state>",
                "state: joining recorded, the sandbox never says it (associating)"),
            ("HTTP/1.1 201 Created", "HTTP/1.1 200 OK", "status 200 recorded, the sandbox answers 201"),
            ("\"code\":\"ResourceNotFound\"", "\"code\":\"NotHere\"",
                "error.code: NotHere recorded, the sandbox never says it (ResourceNotFound)"),
        })
        {
            Assert.Contains(old, text, StringComparison.Ordinal);
            await File.WriteAllTextAsync(apply, text.Replace(old, changed, StringComparison.Ordinal));
            var other = await Shell.Run("sandbox", "compare", apply, "--spec", link.Spec);
            Assert.Contains(shown, other.Exits(1).Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Ids_of_another_account_are_translated()
    {
        var names = new Counterparts();
        var made = Of("POST / HTTP/1.1\n\nAction=CreateX&Version=2016-11-15",
            "<x><id>tgw-0aaaaaaaaaaaaaaa1</id><key>{{secret}}</key></x>");
        names.Learn(made, "<x><id>tgw-0bbbbbbbbbbbbbbb2</id><key>theirs</key></x>", []);
        var next = names.Translate(
            Of("POST / "
            + "HTTP/1.1\n\nAction=DeleteX&Version=2016-11-15&Id=tgw-0aaaaaaaaaaaaaaa1&Key={{secret}}&Other={{secret}}",
        ""));
        Assert.Equal("Action=DeleteX&Version=2016-11-15&Id=tgw-0bbbbbbbbbbbbbbb2&Key=theirs&Other="
            + Counterparts.AnyKey, next.Body);
    }

    [Fact]
    public void A_replay_answers_in_the_order_of_the_recording_and_then_with_the_last()
    {
        var face = Face("megaport", Text("GET /v2/product/1", "{\"s\":1}"), Text("GET /v2/product/1", "{\"s\":2}"));
        Assert.Equal(["{\"s\":1}", "{\"s\":2}", "{\"s\":2}"],
            Enumerable.Range(0, 3).Select(_ => face.Answer(Ask("GET", "/v2/product/1")).Body));
    }

    [Fact]
    public void Order_of_members_fields_and_parameters_does_not_matter()
    {
        var face = Face("megaport", Text("POST /v4/buy?b=2&a=1", "{}", "{\"x\":1,\"y\":[1,2]}"));
        Assert.Equal(200, face.Answer(Ask("POST", "/v4/buy", "a=1&b=2", "{ \"y\": [1, 2], \"x\": 1 }")).Status);
        Assert.Equal(404, face.Answer(Ask("POST", "/v4/buy", "a=1&b=2", "{\"y\":[2,1],\"x\":1}")).Status);
        var form = Face("aws", Text("POST /", "<a/>", "Action=A&Version=1"));
        Assert.Equal(200, form.Answer(Ask("POST", "/", "", "Version=1&Action=A")).Status);
    }

    [Fact]
    public void A_masked_secret_stands_for_anything()
    {
        var face = Face("megaport", Text("GET /v2/secure/azure/{{secret}}", "{}"),
            Text("PUT /v2/x", "{}", "{\"password\":\"{{secret}}\",\"n\":1}"));
        Assert.Equal(200, face.Answer(Ask("GET", "/v2/secure/azure/11111111-2222-3333-4444-555555555555")).Status);
        Assert.Equal(200, face.Answer(Ask("PUT", "/v2/x", "", "{\"n\":1,\"password\":\"anything\"}")).Status);
        Assert.Equal(404, face.Answer(Ask("PUT", "/v2/x", "", "{\"n\":2,\"password\":\"anything\"}")).Status);
    }

    [Fact]
    public void What_was_not_recorded_is_refused_in_the_vendors_form_and_told()
    {
        var told = new List<string>();
        WireReply Refused(string cloud, string? target = null) => new ReplayFace(cloud, [], told.Add).Answer(
            Ask("POST", "/", "", target is null ? "Action=Do&Version=1" : "{}", target));
        Assert.Contains("<Code>NotRecorded</Code>", Refused("aws").Body, StringComparison.Ordinal);
        Assert.Contains("\"__type\":\"NotRecorded\"", Refused("aws", "OvertureService.Do").Body,
            StringComparison.Ordinal);
        Assert.StartsWith("{\"error\":{\"code\":\"NotRecorded\"", Refused("azure").Body, StringComparison.Ordinal);
        Assert.StartsWith("{\"message\":", Refused("megaport").Body, StringComparison.Ordinal);
        Assert.Equal(4, told.Count);
        Assert.Equal("aws: not in the recording: POST / Do", told[0]);
    }

    [Fact]
    public void Addresses_in_answers_lead_to_the_replay()
    {
        var face = Face("azure",
            Text("PUT /x", "{\"next\":\"https://management.azure.com/y\"}", "{}", "Host: management.azure.com\n",
                "Location: https://management.azure.com/z\n"));
        var reply = face.Answer(Ask("PUT", "/x", "", "{}"));
        Assert.Equal("{\"next\":\"https://127.0.0.1:1/y\"}", reply.Body);
        Assert.Contains(("Location", "https://127.0.0.1:1/z"), reply.Headers);
    }

    [Theory]
    [InlineData("hello", "this is not a recording")]
    [InlineData("# 1 aws x      status: recorded\nPOST / HTTP/1.1\n\nbody", "an exchange is a request line")]
    [InlineData("", "there is no recording here")]
    public async Task What_is_no_recording_is_wrong_usage(string text, string says)
    {
        using var link = Link.Sydney;
        var path = Log(link, "no");
        await File.WriteAllTextAsync(path, text);
        Assert.Contains(says, (await Shell.Run("sandbox", "compare", path, "--spec", link.Spec)).Exits(2).Error,
            StringComparison.Ordinal);
        Assert.Contains(says, (await Shell.Run("sandbox", "replay", path)).Exits(2).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_recording_is_wrong_usage() =>
        (await Shell.Run("sandbox", "replay", "/nowhere/at/all.log")).Exits(2);

    private static string Log(Link link, string name) => Path.Combine(link.Root, $"{name}.log");

    private static Exchange Of(string request, string reply) => Recording.Parse(
        "test", $"# 1 aws x      status: recorded      read: 2026-01-01T00:00:00Z\n{request}\n\nHTTP/1.1 200 "
            + $"OK\n\n{reply}\n").Single();

    private static string Text(string line, string reply, string body = "", string headers = "",
        string replyHeaders = "") =>
        $"{line} HTTP/1.1\n{headers}\n{body}\n\nHTTP/1.1 200 OK\nContent-Type: "
            + $"application/json\n{replyHeaders}\n{reply}\n\n";

    private static ReplayFace Face(string cloud, params string[] exchanges) => new(
        cloud, Recording.Parse("test",
            string.Concat(exchanges.Select((text, at) =>
                $"# {at + 1} {cloud} x      status: recorded      read: 2026-01-01T00:00:00Z\n{text}"))));

    private static WireRequest Ask(string method, string path, string query = "", string body = "",
        string? target = null) => new()
        {
            Method = method,
            Origin = "https://127.0.0.1:1",
            Path = path,
            Query = query,
            Headers = target is null ? new Dictionary<string, string>()
            : new Dictionary<string, string> { ["X-Amz-Target"] = target },
            Body = Encoding.UTF8.GetBytes(body),
        };
}
