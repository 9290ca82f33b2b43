using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Sealane.Core.Design;
using Sealane.Service.Records;
using Sealane.Tests.EndToEnd;

namespace Sealane.Tests.Service;

/// <summary>A link of the fleet from its spec to its end, and who may do what on the way.</summary>
public sealed partial class FleetLifeTests(ServedFleet fleet) : IClassFixture<ServedFleet>
{
    [Fact]
    public async Task A_link_is_built_broken_caught_mended_and_taken_down()
    {
        var (added, link) = await fleet.Send("olaf", HttpMethod.Post, "/api/links",
            new { file = "sydney.yaml", spec = ServedFleet.Spec, policy = (string?)null });
        Assert.Equal((200, "approve", 1L), (added, (string?)link!["policy"], (long?)link["version"]));

        // Where the service's credentials are sent is not an operator's to say.
        Assert.Equal(403, (await fleet.Send("olaf", HttpMethod.Post, "/api/links", new
        {
            file = "sydney.yaml",
            spec = $"{ServedFleet.Spec}\nendpoints:\n  megaportToken: https://collector.example/oauth2/token\n",
        })).Status);
        Assert.Equal(1L, (long?)(await fleet.Get("vera", "/api/links/sydney"))["version"]);

        // Whoever asks does not approve, whatever his role.
        var asked = await Ask("abel", "apply");
        var waiting = await fleet.Run(asked, "waiting");
        Assert.Equal("create", (string?)Step(waiting, "megaport/mcr")["action"]);
        Assert.Equal(403, (await Approve("abel", asked)).Status);
        Assert.Equal(409, (await fleet.Send("abel", HttpMethod.Post, "/api/links/sydney/runs",
            new { kind = "destroy" })).Status);
        Assert.Equal(200, (await Approve("anna", asked)).Status);
        Assert.Equal("done", (string?)(await fleet.Run(asked, "done", "failed", "refused"))["state"]);
        Assert.Equal("encrypted", await Verify());
        Assert.Equal("encrypted", await Trace());

        // Broken: what is in the clear is said to be.
        await Break("open-aws-to-azure");
        Assert.Equal("clear", await Verify());
        Assert.Equal("clear", await Trace());
        Assert.Equal("clear", await Trace("&without=tunnel-1&without=tunnel-2"));
        Assert.Equal(400, (await fleet.Send("vera", HttpMethod.Get, "/api/links/sydney/trace?from=anna&to=10.2.1.10",
            null)).Status);
        Assert.Contains(await Changes(), change =>
            (string?)change!["item"] == "verdict" && (string?)change["now"] == "clear");

        // Policy repair mends what orders and deletes nothing, by itself; who may not say so cannot.
        Assert.Equal(403, (await Policy("olaf", "repair")).Status);
        Assert.Equal(200, (await Policy("anna", "repair")).Status);
        await Verify();
        var repair = await fleet.Run(await Repair(1), "done", "waiting", "refused", "failed");
        Assert.Equal(("done", "policy"), ((string?)repair["state"], (string?)repair["approvedBy"]));
        Assert.Equal("encrypted", await Verify());
        await Break("drop-aws-export-filter");
        await Verify();
        var mended = await fleet.Run(await Repair(2), "done", "waiting");
        Assert.Equal(("done", "policy"), ((string?)mended["state"], (string?)mended["approvedBy"]));

        // What touches traffic and closes no lock is not the policy's to say.
        await Break("remove-static-route");
        await Verify();
        var order = await fleet.Run(await Repair(3), "done", "waiting", "running");
        Assert.Equal("waiting", (string?)order["state"]);
        Assert.Equal(200, (await Approve("anna", (long)order["id"]!)).Status);
        await fleet.Run((long)order["id"]!, "done");

        // Policy watch changes nothing, and a plan is not a change.
        Assert.Equal(200, (await Policy("olaf", "watch")).Status);
        Assert.Equal(409, (await fleet.Send("abel", HttpMethod.Post, "/api/links/sydney/runs", new { kind = "apply" }))
            .Status);
        Assert.Equal("done", (string?)(await fleet.Run(await Ask("olaf", "plan"), "done", "refused"))["state"]);
        Assert.Equal(403, (await Policy("olaf", "approve")).Status);
        Assert.Equal(200, (await Policy("anna", "approve")).Status);

        await Evidenced();
        await Drilled();
        await Rotated();
        await NothingLeaks();

        var down = await Ask("olaf", "destroy");
        await fleet.Run(down, "waiting");
        Assert.Equal(200, (await Approve("anna", down)).Status);
        var gone = await fleet.Run(down, "done", "failed", "refused");
        Assert.Equal(("done", 0), ((string?)gone["state"], gone["result"]!["stillBilled"]!.AsArray().Count));
        Assert.Equal(200, (await fleet.Send("olaf", HttpMethod.Delete, "/api/links/sydney", null)).Status);
        Assert.DoesNotContain((await fleet.Get("vera", "/api/links")).AsArray(),
            link => (string?)link!["name"] == "sydney");
        var check = await fleet.Get("olaf", "/api/audit/check");
        Assert.Null(check["broken"]);
        Assert.True((long?)check["rows"] > 15);
    }

    private async Task<string?> Trace(string more = "") =>
        (string?)(await fleet.Get("vera", $"/api/links/sydney/trace?from=10.1.1.10&to=10.2.1.10{more}"))
            ["trace"]!["verdict"];

    [Fact]
    public async Task The_same_question_under_the_same_key_is_the_same_run()
    {
        await fleet.Send("olaf", HttpMethod.Post, "/api/links", new
        {
            file = "kyoto.yaml",
            spec = ServedFleet.Spec.Replace("name: sydney", "name: kyoto"),
            policy = "approve",
        });
        using var client = fleet.Client("olaf");
        client.DefaultRequestHeaders.Add("Idempotency-Key", "once");
        var ids = new List<long>();
        for (var i = 0; i < 2; i++)
        {
            using var reply = await client.PostAsync("/api/links/kyoto/runs",
                new StringContent("""{"kind":"apply"}""", Encoding.UTF8, "application/json"),
                TestContext.Current.CancellationToken);
            var text = await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            ids.Add((long)JsonNode.Parse(text)!["id"]!);
        }
        Assert.Equal(ids[0], ids[1]);
        await fleet.Run(ids[0], "waiting");
        Assert.Equal(200, (await fleet.Send("olaf", HttpMethod.Post, $"/api/runs/{ids[0]}/stop", null)).Status);
        Assert.Equal(409, (await Approve("anna", ids[0])).Status);
    }

    /// <summary>Neither what begins nor what goes on after a crash does anything that nobody has approved.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_step_that_was_not_approved_is_not_done(bool begun)
    {
        var name = begun ? "osaka" : "nagoya";
        await fleet.Send("olaf", HttpMethod.Post, "/api/links", new
        {
            file = "spec.yaml",
            spec = ServedFleet.Spec.Replace("name: sydney", $"name: {name}"),
            policy = "approve",
        });
        var (_, asked) = await fleet.Send("olaf", HttpMethod.Post, $"/api/links/{name}/runs", new { kind = "apply" });
        var id = (long)asked!["id"]!;
        var plan = (await fleet.Run(id, "waiting"))["plan"]!;
        plan["plan"]!["steps"]!.AsArray().Remove(
            plan["plan"]!["steps"]!.AsArray().Single(step => (string?)step!["id"] == "megaport/mcr"));
        var store = fleet.App.Services.GetRequiredService<Store>();
        store.KeepPlan(null, id, plan.ToJsonString());
        if (begun)
        {
            Assert.True(store.ApproveRun(id, "anna", DateTimeOffset.UtcNow) && store.BeginRun(null, id));
            await fleet.Send("olaf", HttpMethod.Post, $"/api/links/{name}/verify", null);
        }
        else
        {
            await Approve("anna", id);
        }
        var ended = await fleet.Run(id, "refused", "done", "failed");
        Assert.Equal("refused", (string?)ended["state"]);
        Assert.Contains("not as approved: megaport/mcr", (string?)ended["said"]);
        Assert.Empty(Sealane.Sandbox.World.WorldFile.Read(Path.Combine(fleet.Worlds, name))!.Megaport.Mcrs);
    }

    [Fact]
    public async Task A_spec_that_is_none_is_refused_with_its_place()
    {
        var (status, body) = await fleet.Send("olaf", HttpMethod.Post, "/api/links",
            new { file = "bad.yaml", spec = "sealane: 1\nnaem: x\n", policy = "watch" });
        Assert.Equal(400, status);
        Assert.Contains("bad.yaml:2:1", (string?)body!["error"]);
    }

    private async Task<long> Ask(string who, string kind)
    {
        var (status, run) = await fleet.Send(who, HttpMethod.Post, "/api/links/sydney/runs", new { kind });
        Assert.Equal(200, status);
        return (long)run!["id"]!;
    }

    private Task<(int Status, JsonNode? Body)> Approve(string who, long run) =>
        fleet.Send(who, HttpMethod.Post, $"/api/runs/{run}/approve", new { agree = Array.Empty<string>() });

    private Task<(int Status, JsonNode? Body)> Policy(string who, string policy) =>
        fleet.Send(who, HttpMethod.Put, "/api/links/sydney/policy", new { policy });

    private async Task<string?> Verify()
    {
        var (status, told) = await fleet.Send("olaf", HttpMethod.Post, "/api/links/sydney/verify", null);
        Assert.Equal(200, status);
        return ((string?)told!["link"]!["verdict"])?.Split(',')[0];
    }

    private async Task<JsonArray> Changes() => (await fleet.Get("vera", "/api/links/sydney/history")).AsArray();

    /// <summary>The repair of that number, once the policy has asked for it.</summary>
    private async Task<long> Repair(int number)
    {
        for (var patience = 0; ; patience++)
        {
            var repairs = (await fleet.Get("vera", "/api/runs?link=sydney")).AsArray()
                .Where(run => (string?)run!["kind"] == "repair").Select(run => (long)run!["id"]!).Order().ToList();
            if (repairs.Count >= number)
            {
                return repairs[number - 1];
            }
            Assert.True(patience < 100, $"no repair {number} came: {fleet.Log}");
            await Task.Delay(100);
        }
    }

    private static JsonNode Step(JsonNode run, string id) =>
        run["plan"]!["plan"]!["steps"]!.AsArray().Single(step => (string?)step!["id"] == id)!;

    private async Task Break(string what)
    {
        for (var patience = 0; ; patience++)
        {
            var run = await Shell.Run(() => Sealane.Cli.Program.Main(["sandbox", "break",
                Repository.PathOf("examples", "sydney.yaml"), what, $"--sandbox={fleet.Worlds}"]));
            if (run.ExitCode == 0 || patience == 50)
            {
                run.Exits(0);
                return;
            }
            await Task.Delay(100);
        }
    }

    /// <summary>Law 6 of the service: no key of the link and no token in what it answers, shows, keeps or
    /// logs.</summary>
    private async Task NothingLeaks()
    {
        var spec = Core.Spec.SpecReader.Read("sydney.yaml", ServedFleet.Spec).Spec!;
        var keys = Sealane.Cli.Secrets.Rehearsal(spec).Of(Designer.Design(spec)).Select(key => key.Reveal())
            .Concat(fleet.Tokens.Values).ToList();
        Assert.True(keys.Count >= 8);
        var seen = new List<(string Where, string Text)> { ("the log", fleet.Log) };
        using var anna = await Browser.SignIn(fleet, "anna");
        foreach (var path in new[]
        {
            "/", "/links/sydney", "/links/sydney/history", "/links/sydney/evidence", "/runs/1", "/audit",
        })
        {
            seen.Add((path, (await anna.Get(path)).Text));
        }
        using var client = fleet.Client("anna");
        foreach (var path in new[] { "links", "links/sydney", "links/sydney/spec", "links/sydney/verification",
            "links/sydney/objects", "links/sydney/picture", "links/sydney/history", "runs", "runs/1",
            "runs/1/events", "audit" })
        {
            seen.Add((path, await client.GetStringAsync($"/api/{path}", TestContext.Current.CancellationToken)));
        }
        foreach (var file in Directory.EnumerateFiles(fleet.Data, "records.db*"))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var copy = new MemoryStream();
            await stream.CopyToAsync(copy, TestContext.Current.CancellationToken);
            seen.Add((file, Encoding.Latin1.GetString(copy.ToArray())));
        }
        Assert.True(seen.Sum(one => one.Text.Length) > 200_000, "what was looked at is suspiciously small");
        foreach (var key in keys)
        {
            Assert.All(seen, one => Assert.False(one.Text.Contains(key, StringComparison.Ordinal),
                $"a secret is in {one.Where}"));
        }
    }
}
