using Sealane.Tests.EndToEnd;

namespace Sealane.Tests.Service;

/// <summary>New keys and drills of a link that stands.</summary>
public sealed partial class FleetLifeTests
{
    /// <summary>A raised generation is carried out key by key, after somebody else agreed; apply leaves it to
    /// that.</summary>
    private async Task Rotated()
    {
        Assert.Equal(200, (await fleet.Send("olaf", HttpMethod.Post, "/api/links",
            new { file = "sydney.yaml", spec = ServedFleet.Spec.Replace("  generation: 1\n", "  generation: 2\n") }))
            .Status);
        var atOnce = await fleet.Run(await Ask("olaf", "apply"), "refused", "waiting");
        Assert.Contains("--keys-at-once", atOnce["consent"]!.AsArray().Select(one => (string)one!));
        Assert.Equal(200, (await fleet.Send("olaf", HttpMethod.Post, $"/api/runs/{atOnce["id"]}/stop", null)).Status);
        var asked = await Ask("olaf", "rotate-psk");
        var plan = await fleet.Run(asked, "waiting", "refused", "failed");
        Assert.Equal(["psk/tunnel-1", "psk/tunnel-2"],
            plan["plan"]!["objects"]!.AsArray().Select(key => (string)key!["id"]!).Order());
        Assert.Equal(403, (await Approve("olaf", asked)).Status);
        Assert.Equal(200, (await Approve("anna", asked)).Status);
        var ended = await fleet.Run(asked, "done", "failed", "refused");
        Assert.Equal(("done", 2, 0d), ((string?)ended["state"], (int?)ended["result"]!["keys"],
            (double?)ended["result"]!["clearSeconds"]));
        Assert.Equal("nothing is to be done",
            (string?)(await fleet.Run(await Ask("olaf", "rotate-psk"), "done", "waiting"))["said"]);
        // One session of the transport each: what cuts the link off must be agreed to by its name.
        var both = await fleet.Run(await Ask("olaf", "rotate-bgp"), "waiting", "refused");
        Assert.Contains("--accept-outage bgp/aws", both["consent"]!.AsArray().Select(one => (string)one!));
        Assert.Equal(409, (await Approve("anna", (long)both["id"]!)).Status);
        Assert.Equal(200, (await fleet.Send("olaf", HttpMethod.Post, $"/api/runs/{both["id"]}/stop", null)).Status);
        Assert.Equal("encrypted", await Verify());
    }

    /// <summary>Nobody approves what changes nothing; the bundle is judged again anywhere, signed by who asked for it,
    /// and downloaded from the page too.</summary>
    private async Task Evidenced()
    {
        Assert.Equal(404, (await fleet.Send("vera", HttpMethod.Get, "/api/runs/1/evidence", null)).Status);
        Assert.Equal(403, (await fleet.Send("vera", HttpMethod.Post, "/api/links/sydney/runs",
            new { kind = "evidence" })).Status);
        var root = Directory.CreateTempSubdirectory("sealane-evidence-test-").FullName;
        try
        {
            using var key = System.Security.Cryptography.ECDsa.Create();
            var (pem, signer, bundle) = (Path.Combine(root, "key.pem"), Path.Combine(root, "public.pem"),
                Path.Combine(root, "bundle"));
            await File.WriteAllTextAsync(pem, key.ExportECPrivateKeyPem());
            await File.WriteAllTextAsync(signer, key.ExportSubjectPublicKeyInfoPem());
            var asked = await ChildShell.Run(root, new Dictionary<string, string>(ChildShell.Here)
            {
                ["SEALANE_TOKEN"] = fleet.Tokens["olaf"],
            }, ["verify", "sydney", "--server", $"{fleet.Address}", "--evidence", bundle, "--sign", pem, "--redact"]);
            Assert.True(asked.ExitCode == 0, asked.All);
            Assert.Contains("is done: encrypted\n  Manifest SHA-256:", asked.Output);
            var digest = asked.Output.Split("Manifest SHA-256:")[1].Trim().Split('\n', ' ')[0];
            var judged = (await Shell.Run("verify", "--from", bundle, "--digest", digest, "--signer", signer)).Exits(0);
            Assert.Contains("encrypted, as then", judged.Output);
            Assert.Contains("signed by the given key", judged.Output);

            var run = (await fleet.Get("vera", "/api/runs?link=sydney")).AsArray()
                .First(one => (string?)one!["kind"] == "evidence-redacted")!;
            Assert.Equal(("done", null), ((string?)run["state"], (string?)run["approvedBy"]));
            using var anna = await Browser.SignIn(fleet, "anna");
            Assert.Contains($"/runs/{run["id"]}/evidence", (await anna.Get($"/runs/{run["id"]}")).Text);
            Assert.StartsWith("PK", (await anna.Get($"/runs/{run["id"]}/evidence")).Text);
            var files = await fleet.Get("vera", $"/api/runs/{run["id"]}/evidence");
            Assert.Contains("manifest.json", files.AsObject().Select(file => file.Key));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    /// <summary>Redundancy proved by a run: what nothing else stands in for is agreed to by its name, and all is given
    /// back.</summary>
    private async Task Drilled()
    {
        Assert.Equal(400, (await fleet.Send("olaf", HttpMethod.Post, "/api/links/sydney/runs",
            new { kind = "drill-<b>" })).Status);
        var unknown = await fleet.Run(await Ask("olaf", "drill-aws/vpn-tunnel-9"), "failed", "refused", "waiting");
        Assert.Contains("this link has no such element", (string?)unknown["said"]);
        var all = await fleet.Run(await Ask("olaf", "drill"), "waiting", "refused", "failed");
        Assert.Contains("--accept-outage megaport/azure-vxc",
            all["consent"]!.AsArray().Select(one => (string)one!));
        Assert.DoesNotContain("--accept-outage aws/vpn-tunnel-1",
            all["consent"]!.AsArray().Select(one => (string)one!));
        Assert.Equal(409, (await Approve("anna", (long)all["id"]!)).Status);
        Assert.Equal(200, (await fleet.Send("olaf", HttpMethod.Post, $"/api/runs/{all["id"]}/stop", null)).Status);
        var asked = await Ask("olaf", "drill-aws/vpn-tunnel-1");
        Assert.Equal("fail", (string?)(await fleet.Run(asked, "waiting"))["plan"]!["objects"]![0]!["action"]);
        Assert.Equal(403, (await Approve("olaf", asked)).Status);
        Assert.Equal(200, (await Approve("anna", asked)).Status);
        var ended = await fleet.Run(asked, "done", "failed", "refused");
        Assert.Equal("done", (string?)ended["state"]);
        var row = Assert.Single(ended["result"]!["elements"]!.AsArray())!;
        Assert.Equal(("aws/vpn-tunnel-1", "held"), ((string?)row["element"], (string?)row["result"]));
        Assert.True((int?)row["looks"] > 0 && (int?)row["looks"] == (int?)row["looksCarried"]);
        Assert.Equal("encrypted", await Verify());
    }
}
