using System.Text.Json;
using Sealane.Sandbox.World;

namespace Sealane.Tests.Sandbox.Megaport;

public class RobustnessTests
{
    private static readonly string[] Values =
    [
        "null", "true", "-1", "0", "4294967296", "99999999999999999999", "1e400", "1.5", "\"\"", "\"x\"", "\"\\ud800\"",
        "[]", "{}",
        "[null]", "[[]]", "[{}]", "{\"interfaces\":[{\"bgpConnections\":[{}],\"ipAddresses\":[1]}]}",
        "{\"interfaces\":5}",
    ];

    [Fact]
    public void No_member_of_any_body_can_make_the_face_throw_or_say_500()
    {
        var world = new MegaportWorld();
        var mcr = world.LiveMcr();
        var list = world.PrefixList(mcr);
        var port = world.AwsPort();
        var vxc = world.LiveVxc(Orders.Aws(mcr, port, $"\"importWhitelist\":{list}"));
        (string Method, string Target, string Body)[] requests =
        [
            ("POST", "/v3/networkdesign/validate", $"[{Orders.Mcr()}]"),
            ("POST", "/v3/networkdesign/validate", $"[{Orders.Aws(mcr, port, $"\"importWhitelist\":{list}")}]"),
            ("POST", "/v3/networkdesign/validate", $"[{Orders.Azure(mcr, world.AzurePort())}]"),
            ("PUT", $"/v3/product/vxc/{vxc}",
                $$$"""{"name":"a","rateLimit":50,"aEndVlan":0,"aEndConfig":{"interfaces":[{{{Orders.AwsInterface()}}}]}}"""),
            ("PUT", $"/v2/product/mcr2/{mcr}",
                """{"name":"a","costCentre":"b","term":1,"marketplaceVisibility":false}"""),
            ("PUT", $"/v2/product/{mcr}/tags", """{"resourceTags":[{"key":"a","value":"b"}]}"""),
            ("PUT", $"/v2/product/mcr2/{mcr}/prefixList/{list}",
                """{"description":"a","addressFamily":"IPv4","entries":[{"action":"permit","prefix":"10.0.0.0/8","ge":9,"le":10}]}"""),
            ("POST", "/v4/pricebook/product",
                """{"productType":"VXC","aLocationId":2,"bLocationId":2,"speed":50,"term":1}"""),
        ];
        var tried = 0;
        foreach (var (method, target, body) in requests)
        {
            Assert.Equal(200, world.Ask(method, target, body).Status);
            foreach (var path in Paths(JsonDocument.Parse(body).RootElement, ""))
            {
                foreach (var value in Values.Append(null))
                {
                    string changed;
                    try
                    {
                        changed = Orders.With(body, path, value);
                    }
                    catch (Exception e) when (e is InvalidOperationException or JsonException or ArgumentException)
                    {
                        continue;
                    }
                    var answer = world.Ask(method, target, changed);
                    Assert.True(answer.Status is 200 or 400 or 403,
                        $"{method} {target} {changed}: {answer.Status} {answer.Text}");
                    tried++;
                }
            }
        }
        Assert.True(tried > 1500, $"{tried} tried");
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("GET", "/")]
    [InlineData("GET", "//v2//products")]
    [InlineData("GET", "/v2/products/")]
    [InlineData("GET", "/v2/products?provisioningStatus=%zz&&=&x")]
    [InlineData("GET", "/v2/product/%2e%2e%2f")]
    [InlineData("PATCH", "/v2/products")]
    [InlineData("HEAD", "/v2/products")]
    [InlineData("DELETE", "/v2/product/mcr2/x/prefixList/99999999999999")]
    [InlineData("POST", "/v3/product/x/action/CANCEL_NOW")]
    [InlineData("POST", "/v4/networkdesign/buy")]
    [InlineData("GET", "/v2/product/port/x/vlan?vlan=y")]
    public void An_unexpected_request_is_answered(string method, string target) =>
        Assert.True(new MegaportWorld().Ask(method, target).Status is 200 or 400 or 404);

    [Fact]
    public void A_body_that_is_no_valid_text_is_refused() =>
        Assert.Equal(400,
            new MegaportWorld().Ask("POST", "/v4/networkdesign/buy", """{"networkDesign":[{"a":"\ud800"}]}""").Status);

    [Fact]
    public void A_world_in_the_middle_of_everything_is_stored_and_goes_on()
    {
        var world = new MegaportWorld();
        var mcr = world.LiveMcr();
        var list = world.PrefixList(mcr);
        var aws = world.LiveVxc(Orders.Aws(mcr, world.AwsPort(),
            $"\"password\":\"Md5key123\",\"exportWhitelist\":{list},\"permitExportTo\":[\"10.0.0.1\"]"));
        world.LiveVxc(Orders.Azure(mcr, world.AzurePort()));
        world.Ask("PUT", $"/v3/product/vxc/{aws}",
            $$$"""{"aEndConfig":{"interfaces":[{{{Orders.AwsInterface()}}}]}}""");
        world.Ask("POST", "/v4/networkdesign/buy", Orders.Buy(Orders.Mcr("second")));
        world.Ask("GET", $"/v2/product/mcr2/{mcr}/diagnostics/routes/ip?async=true");
        var text = JsonSerializer.Serialize(world.State, WorldJson.Options);
        var back = JsonSerializer.Deserialize<Sealane.Sandbox.Megaport.MegaportState>(text, WorldJson.Options)!;
        Assert.Equal(text, JsonSerializer.Serialize(back, WorldJson.Options));
        Assert.Equal(world.State.Entities.Select(e => (e.Id, e.State, e.Coming.Count)),
            back.Entities.Select(e => (e.Id, e.State, e.Coming.Count)));
        Assert.Equal("Md5key123", back.Vxcs[0].Interfaces.Single().BgpConnections.Single().Password);
        Assert.DoesNotContain("billed", text, StringComparison.OrdinalIgnoreCase);
    }

    private static IEnumerable<string> Paths(JsonElement element, string prefix)
    {
        IEnumerable<(string Step, JsonElement Value)> children = element.ValueKind switch
        {
            JsonValueKind.Object => element.EnumerateObject().Select(member => (member.Name, member.Value)),
            JsonValueKind.Array => element.EnumerateArray().Select((item, i) => ($"{i}", item)),
            _ => [],
        };
        foreach (var (step, value) in children)
        {
            yield return prefix + step;
            foreach (var below in Paths(value, $"{prefix}{step}."))
            {
                yield return below;
            }
        }
    }
}
