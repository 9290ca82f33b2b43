using System.Text.Json.Nodes;

namespace Sealane.Tests.Sandbox.Megaport;

/// <summary>Order elements as Megaport's public clients send them.</summary>
internal static class Orders
{
    public static string Buy(params string[] elements) =>
        $$"""{"networkDesign":[{{string.Join(',', elements)}}],"discountCodes":[]}""";

    public static string Mcr(string name = "sydney-mcr", string extra = "") => $$"""
        {"productType":"MCR2","productName":"{{name}}","locationId":2,"portSpeed":1000,"term":1,"costCentre":"net",
         "config":{"mcrAsn":133937,"diversityZone":"red"},"resourceTags":[{"key":"sealane","value":"sydney"}]{{extra}}}
        """;

    public static string Aws(string mcr, string port, string? bgp = null) => $$$"""
        {"productUid":"{{{mcr}}}","associatedVxcs":[{"productName":"sydney-aws","rateLimit":50,"term":1,"shutdown":false,"costCentre":"net",
          "aEnd":{"vlan":0,"partnerConfig":{"connectType":"VROUTER","interfaces":[{{{AwsInterface(bgp)}}}]}},
          "bEnd":{"productUid":"{{{port}}}","partnerConfig":{"connectType":"AWSHC","type":"private","ownerAccount":"111122223333","name":"sydney-aws"}},
          "resourceTags":[{"key":"sealane","value":"sydney"}]}]}
        """;

    public static string AwsInterface(string? bgp = null, string routes = "[]") => $$"""
        {"ipAddresses":["192.168.100.1/30"],"ipRoutes":{{routes}},"bfd":{"txInterval":300,"rxInterval":300,"multiplier":3},
         "bgpConnections":[{"peerAsn":64550,"localIpAddress":"192.168.100.1","peerIpAddress":"192.168.100.2",
           "shutdown":false,"bfdEnabled":true{{(bgp is null ? "" : "," + bgp)}}}]}
        """;

    public const string FullPeer = """
        {"type":"private","peer_asn":"133937","primary_subnet":"192.168.101.0/30","secondary_subnet":"192.168.101.4/30",
         "shared_key":"Md5key123","vlan":100}
        """;

    public static string Azure(string mcr, string port, string peers = FullPeer, string aEnd = """{"vlan":0}""",
        int rate = 50) => $$$$"""
        {"productUid":"{{{{mcr}}}}","associatedVxcs":[{"productName":"sydney-azure","rateLimit":{{{{rate}}}},"term":1,"shutdown":false,
          "aEnd":{{{{aEnd}}}},"bEnd":{"productUid":"{{{{port}}}}","partnerConfig":{"connectType":"AZURE",
          "serviceKey":"{{{{FakeExpressRoute.Key}}}}","peers":[{{{{peers}}}}]}}}]}
        """;

    /// <summary>An order with one member changed; the path names members and list places:
    /// <c>associatedVxcs.0.term</c>.</summary>
    public static string With(string order, string path, string? json)
    {
        var root = JsonNode.Parse(order)!;
        var at = root;
        var steps = path.Split('.');
        foreach (var step in steps[..^1])
        {
            at = int.TryParse(step, out var index) ? at[index]! : at[step]!;
        }
        if (json is null)
        {
            at.AsObject().Remove(steps[^1]);
        }
        else if (int.TryParse(steps[^1], out var last))
        {
            at[last] = JsonNode.Parse(json);
        }
        else
        {
            at[steps[^1]] = JsonNode.Parse(json);
        }
        return root.ToJsonString();
    }
}
