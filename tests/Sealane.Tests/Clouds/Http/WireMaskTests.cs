using System.Text.Json.Nodes;
using Sealane.Clouds.Http;
using Sealane.Core;

namespace Sealane.Tests.Clouds.Http;

public class WireMaskTests
{
    private const string Key = "Zk3Tq9vLw2XyB7nR";

    private static WireMask Mask(params string[] known) => new(known.Select(value => new Secret(value)));

    public static TheoryData<string, string, string> Json => new()
    {
        { "/a", """{"password":"KEY","x":1}""", """{"password":"{{secret}}","x":1}""" },
        { "/a", """{"bgp":[{"authKey":"KEY"},{"AuthKey" : "KEY"}]}""",
            """{"bgp":[{"authKey":"{{secret}}"},{"AuthKey" : "{{secret}}"}]}""" },
        { "/a", """{"peers":[{"shared_key":"KEY","vlan":100}]}""",
            """{"peers":[{"shared_key":"{{secret}}","vlan":100}]}""" },
        { "/a", """{"properties":{"sharedKey":"KEY"}}""", """{"properties":{"sharedKey":"{{secret}}"}}""" },
        { "/a", """{"serviceKey":"KEY","service_key":null}""", """{"serviceKey":"{{secret}}","service_key":null}""" },
        { "/a", """{"azureServiceKey":"KEY"}""", """{"azureServiceKey":"{{secret}}"}""" },
        { "/a", """{"access_token":"KEY","expires_in":3600}""", """{"access_token":"{{secret}}","expires_in":3600}""" },
        { "/a", """{"client_secret":"KEY"}""", """{"client_secret":"{{secret}}"}""" },
        { "/a", """{"ipSecTunnelOptions":{"preSharedKey":"KEY"}}""",
            """{"ipSecTunnelOptions":{"preSharedKey":"{{secret}}"}}""" },
        { "/a", """{"authorizationKey":"KEY"}""", """{"authorizationKey":"{{secret}}"}""" },
        { "/a", """{"customerRouterConfig":"<bgp_auth_key>KEY</bgp_auth_key>"}""",
            """{"customerRouterConfig":"{{secret}}"}""" },
        { "/a", """{"customerGatewayConfiguration":"KEY"}""", """{"customerGatewayConfiguration":"{{secret}}"}""" },
        { "/a", """{"pass\u0077ord":"KEY"}""", """{"pass\u0077ord":"{{secret}}"}""" },
        { "/a", """{"password":12345678}""", """{"password":"{{secret}}"}""" },
        { "/a", """{"password":{"value":"KEY","list":["KEY",7]},"after":"x"}""",
            """{"password":{"value":"{{secret}}","list":["{{secret}}","{{secret}}"]},"after":"x"}""" },
        { "/a", """{"password":["KEY"],"after":["x"]}""", """{"password":["{{secret}}"],"after":["x"]}""" },
        { "/a", """{"password":"KEY","half":""", """{"password":"{{secret}}","half":""" },
        { "/a", """{"x":"y","password":"KEY and no end""", """{"x":"y","password":"{{secret}}" """.TrimEnd() },
        { "/a", """{"detail":"{\"sharedKey\": \"KEY\",\"vlan\":\"100\"}"}""",
            """{"detail":"{\"sharedKey\": \"{{secret}}\",\"vlan\":\"100\"}"}""" },
        { "/a", """{"detail":"\u003cpre_shared_key\u003eKEY\u003c/pre_shared_key\u003e"}""",
            """{"detail":"\u003cpre_shared_key\u003e{{secret}}\u003c/pre_shared_key\u003e"}""" },
        { "/sub/connections/c1/sharedKey?api-version=1", """{"value":"KEY"}""", """{"value":"{{secret}}"}""" },
        { "/sub/connections/c1/SHAREDKEY", """{"Value":"KEY"}""", """{"Value":"{{secret}}"}""" },
        { "/sub/connections/c1", """{"value":[{"name":"plain"}],"nextLink":"x"}""",
            """{"value":[{"name":"plain"}],"nextLink":"x"}""" },
        { "/a", """{"error":{"code":"InvalidTemplate","message":"m"},"nextToken":"abcdef"}""",
            """{"error":{"code":"InvalidTemplate","message":"m"},"nextToken":"abcdef"}""" },
        { "/a", "[ 1,\n 2 ]", "[ 1,\n 2 ]" },
    };

    [Theory]
    [MemberData(nameof(Json))]
    public void Json_members_that_hold_keys_are_masked_and_nothing_else_changes(string path, string body, string masked)
    {
        Assert.Equal(masked, Mask().Body(body.Replace("KEY", Key, StringComparison.Ordinal), "application/json", path));
        // The same without being told what it is.
        Assert.Equal(masked, Mask().Body(body.Replace("KEY", Key, StringComparison.Ordinal), null, path));
    }

    [Theory]
    [InlineData("<r><preSharedKey>KEY</preSharedKey><x>y</x></r>",
        "<r><preSharedKey>{{secret}}</preSharedKey><x>y</x></r>")]
    [InlineData("<pre_shared_key>KEY</pre_shared_key>", "<pre_shared_key>{{secret}}</pre_shared_key>")]
    [InlineData("<c>&lt;pre_shared_key&gt;KEY&lt;/pre_shared_key&gt;</c>",
        "<c>&lt;pre_shared_key&gt;{{secret}}&lt;/pre_shared_key&gt;</c>")]
    [InlineData("<c>&amp;lt;pre_shared_key&amp;gt;KEY&amp;lt;/x</c>",
        "<c>&amp;lt;pre_shared_key&amp;gt;{{secret}}&amp;lt;/x</c>")]
    [InlineData("<c>&#x3C;pre_shared_key&#x3E;KEY&#x3C;/x</c>", "<c>&#x3C;pre_shared_key&#x3E;{{secret}}&#x3C;/x</c>")]
    [InlineData("<bgp_auth_key>KEY</bgp_auth_key>", "<bgp_auth_key>{{secret}}</bgp_auth_key>")]
    [InlineData("<a:preSharedKey b=\"c\">KEY</a:preSharedKey>", "<a:preSharedKey b=\"c\">{{secret}}</a:preSharedKey>")]
    [InlineData("<preSharedKey><![CDATA[KEY]]></preSharedKey>", "<preSharedKey>{{secret}}</preSharedKey>")]
    [InlineData("<SecretAccessKey>KEY</SecretAccessKey><SessionToken>KEY2</SessionToken>",
        "<SecretAccessKey>{{secret}}</SecretAccessKey><SessionToken>{{secret}}</SessionToken>")]
    [InlineData("<preSharedKey></preSharedKey><x>y</x>", "<preSharedKey></preSharedKey><x>y</x>")]
    [InlineData("<preSharedKey/><x>y</x>", "<preSharedKey/><x>y</x>")]
    [InlineData("<preSharedKey />\n<x>y</x>", "<preSharedKey />\n<x>y</x>")]
    [InlineData("<preSharedKey>KEY", "<preSharedKey>{{secret}}")]
    public void Xml_elements_that_hold_keys_are_masked_escaped_or_not(string body, string masked) =>
        Assert.Equal(masked, Mask().Body(body.Replace("KEY", Key, StringComparison.Ordinal), "text/xml", "/"));

    [Theory]
    [InlineData("grant_type=client_credentials&client_secret=KEY&scope=s",
        "grant_type=client_credentials&client_secret={{secret}}&scope=s")]
    [InlineData("client_assertion=KEY", "client_assertion={{secret}}")]
    [InlineData("refresh_token=KEY&client_id=c", "refresh_token={{secret}}&client_id=c")]
    [InlineData("Action=CreateVpnConnection&Options.TunnelOptions.1.PreSharedKey=KEY&Version=2016-11-15",
        "Action=CreateVpnConnection&Options.TunnelOptions.1.PreSharedKey={{secret}}&Version=2016-11-15")]
    [InlineData("TunnelOptions.PreSharedKey=a%2Fb%2BcKEY", "TunnelOptions.PreSharedKey={{secret}}")]
    [InlineData("x=1&y", "x=1&y")]
    public void Form_fields_that_hold_keys_are_masked(string body, string masked)
    {
        Assert.Equal(masked,
            Mask().Body(body.Replace("KEY", Key, StringComparison.Ordinal), "application/x-www-form-urlencoded", "/"));
        Assert.Equal(masked, Mask().Body(body.Replace("KEY", Key, StringComparison.Ordinal), null, "/"));
    }

    [Theory]
    [InlineData("Authorization", "Bearer KEY", "Bearer {{secret}}")]
    [InlineData("authorization", "Basic S0VZ", "Basic {{secret}}")]
    [InlineData("Authorization", "AWS4-HMAC-SHA256 Credential=AKIA/2026/x, Signature=abc",
        "AWS4-HMAC-SHA256 {{secret}}")]
    [InlineData("Authorization", "KEY", "{{secret}}")]
    [InlineData("x-amz-security-token", "KEY", "{{secret}}")]
    [InlineData("X-Auth-Token", "KEY", "{{secret}}")]
    [InlineData("Set-Cookie", "fpc=KEY; path=/", "{{secret}}")]
    [InlineData("Location", "https://h/op?sig=KEY&v=1", "https://h/op?sig={{secret}}&v=1")]
    [InlineData("Trace-Id", "t-1", "t-1")]
    public void Headers_that_authenticate_are_masked(string name, string value, string masked) =>
        Assert.Equal(masked, Mask().Header(name, value.Replace("KEY", Key, StringComparison.Ordinal)));

    [Theory]
    [InlineData("/v2/secure/azure/KEY", "/v2/secure/azure/{{secret}}")]
    [InlineData("/v2/secure/azure/KEY?x=1", "/v2/secure/azure/{{secret}}?x=1")]
    [InlineData("/?Action=X&X-Amz-Security-Token=KEY&X-Amz-Signature=KEY",
        "/?Action=X&X-Amz-Security-Token={{secret}}&X-Amz-Signature={{secret}}")]
    [InlineData("/v2/products", "/v2/products")]
    public void Addresses_that_hold_keys_are_masked(string address, string masked) =>
        Assert.Equal(masked, Mask().Address(address.Replace("KEY", Key, StringComparison.Ordinal)));

    [Theory]
    [InlineData("""{"message":"the key a/b+c<d&Zk3 is too long"}""")]
    [InlineData("""{"message":"the key a\u002Fb\u002Bc\u003Cd\u0026Zk3 is too long"}""")]
    [InlineData("""{"message":"the key a%2Fb%2Bc%3Cd%26Zk3 is too long"}""")]
    [InlineData("""{"message":"the key a%2fb%2bc%3cd%26zk3 is too long"}""")]
    [InlineData("""{"message":"the key a/b+c&lt;d&amp;Zk3 is too long"}""")]
    [InlineData("""{"message":"the key YS9iK2M8ZCZaazM= is too long"}""")]
    public void A_known_secret_is_found_however_it_is_written(string body) =>
        Assert.Equal("""{"message":"the key {{secret}} is too long"}""",
            Mask("a/b+c<d&Zk3").Body(body, "application/json", "/"));

    [Fact]
    public void A_value_masked_once_by_its_place_is_masked_everywhere_after()
    {
        var mask = Mask();
        mask.Body($$"""{"serviceKey":"{{Key}}"}""", "application/json", "/");
        Assert.Equal("""{"message":"no circuit {{secret}}"}""",
            mask.Body($$"""{"message":"no circuit {{Key}}"}""", "application/json", "/"));
        Assert.Equal("/x/{{secret}}", mask.Address($"/x/{Key}"));
        Assert.Equal("{{secret}}", mask.Header("X-Echo", Key));
    }

    [Fact]
    public void The_longer_of_two_known_secrets_goes_first() =>
        Assert.Equal("{{secret}}!", Mask("abcdef", "abcdefgh").Known("abcdefgh!"));

    [Fact]
    public void Short_values_are_not_hunted() =>
        Assert.Equal("""{"x":"none"}""", Mask("none").Body("""{"x":"none"}""", null, "/"));

    [Fact]
    public void Masked_json_is_still_json() => Assert.NotNull(JsonNode.Parse(
        Mask().Body("""{"password":{"a":[1,"b",null,true]},"c":"d"}""", "application/json", "/")));
}
