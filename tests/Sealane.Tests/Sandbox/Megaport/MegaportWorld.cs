using System.Text;
using System.Text.Json.Nodes;
using Sealane.Core.Design;
using Sealane.Core.Spec;
using Sealane.Sandbox.Aws;
using Sealane.Sandbox.Azure;
using Sealane.Sandbox.Megaport;
using Sealane.Sandbox.World;
using Sealane.Tests.Sandbox.World;

namespace Sealane.Tests.Sandbox.Megaport;

/// <summary>A world whose Megaport is asked raw requests, with stand-ins for the two clouds beside it.</summary>
internal sealed class MegaportWorld
{
    public const string Account = "111122223333";
    private readonly HandClock _clock = new();
    private readonly MegaportTokenFace _tokens;
    private readonly MegaportFace _face;

    public MegaportWorld(Func<NetworkSpec, NetworkSpec>? change = null, Func<DateTimeOffset>? wallClock = null)
    {
        State = Catalogue(change);
        State.DirectConnect = Aws;
        State.ExpressRoute = Azure;
        World = new(_clock, 7, Worlds.Morning, new AwsState(), new AzureState(), State);
        _tokens = new(World, new("key", "secret"), wallClock);
        _face = new(World, wallClock);
        Bearer = Ask(_tokens, "POST", "/oauth2/token?grant_type=client_credentials", null, "Basic a2V5OnNlY3JldA==")
            .Json!
            ["access_token"]!.GetValue<string>();
    }

    public SandboxWorld World { get; }
    public MegaportState State { get; }
    public FakeDirectConnect Aws { get; } = new();
    public FakeExpressRoute Azure { get; } = new();
    public string Bearer { get; set; }

    /// <summary>Megaport before the link, for the guide's values.</summary>
    public static MegaportState Catalogue(Func<NetworkSpec, NetworkSpec>? change = null)
    {
        var spec = new NetworkSpec
        {
            Name = "sydney",
            Aws = new() { Account = Account, Region = "ap-southeast-2", Vpc = "vpc-0a1b2c3d4e5f60718" },
            Azure = new() { Subscription = "sub", ResourceGroup = "rg", Region = "australiaeast", Vnet = "vnet" },
            Megaport = new() { Location = "Equinix SY1", Bandwidth = 50 },
        };
        return MegaportState.Of(Designer.Design(change is null ? spec : change(spec)));
    }

    public void Wait(double seconds)
    {
        _clock.Move(TimeSpan.FromSeconds(seconds));
        World.Advance();
    }

    public MegaportAnswer Ask(string method, string target, string? body = null) =>
        Ask(_face, method, target, body, $"Bearer {Bearer}");

    public MegaportAnswer AskToken(string target, string? body, string? authorization) =>
        Ask(_tokens, "POST", target, body, authorization);

    /// <summary>The <c>data</c> of an answer that must be 200.</summary>
    public JsonNode Data(string method, string target, string? body = null)
    {
        var answer = Ask(method, target, body);
        Assert.True(answer.Status == 200, $"{method} {target}: {answer.Status} {answer.Text}");
        return answer.Json!["data"]!;
    }

    /// <summary>Orders an MCR and waits until it is live.</summary>
    public string LiveMcr(string name = "sydney-mcr")
    {
        var uid = Data("POST", "/v4/networkdesign/buy", Orders.Buy(Orders.Mcr(name)))[0]!["technicalServiceUid"]!
            .GetValue<string>();
        Wait(130);
        return uid;
    }

    public int PrefixList(string mcr, string description = "closed") => Data(
        "POST", $"/v2/product/mcr2/{mcr}/prefixList",
        $$"""{"description":"{{description}}","addressFamily":"IPv4","entries":[{"action":"permit","prefix":"192.0.2.1/32"}]}""")
        ["id"]!.GetValue<int>();

    /// <summary>A VXC that was ordered with these parts and is live.</summary>
    public string LiveVxc(string order)
    {
        var uid = Data("POST", "/v4/networkdesign/buy", Orders.Buy(order))[0]!["vxcJTechnicalServiceUid"]!
            .GetValue<string>();
        Wait(400);
        return uid;
    }

    public string AwsPort(string zone = "red") => Data(
        "GET", "/v2/dropdowns/partner/megaports?connectType=AWSHC&vxcPermitted=true").AsArray().First(port =>
            port!["title"]!.GetValue<string>().EndsWith("(ap-southeast-2)", StringComparison.Ordinal)
            && port["diversityZone"]!.GetValue<string>() == zone && port["locationId"]!.GetValue<int>() == 2)!
        ["productUid"]!.GetValue<string>();

    public string AzurePort(string path = "primary") =>
        Data("GET", $"/v2/secure/azure/{FakeExpressRoute.Key}")["megaports"]!
        .AsArray().Single(port => port!["type"]!.GetValue<string>() == path)!["productUid"]!.GetValue<string>();

    private MegaportAnswer Ask(IFace face, string method, string target, string? body, string? authorization)
    {
        var headers =
            new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Host"] = "api.megaport.com" };
        if (authorization is not null)
        {
            headers["Authorization"] = authorization;
        }
        var mark = target.IndexOf('?', StringComparison.Ordinal);
        World.Advance();
        var reply = face.Answer(new()
        {
            Method = method,
            Origin = "https://api.megaport.com",
            Path = mark < 0 ? target : target[..mark],
            Query = mark < 0 ? "" : target[(mark + 1)..],
            Headers = headers,
            Body = Encoding.UTF8.GetBytes(body ?? ""),
        });
        return new(reply);
    }
}

/// <summary>A reply with its body read.</summary>
internal sealed record MegaportAnswer(WireReply Reply)
{
    public int Status => Reply.Status;
    public string Text => Reply.Body;
    public JsonNode? Json { get; } =
        Reply.ContentType == "application/json" && Reply.Body.Length > 0 ? JsonNode.Parse(Reply.Body) : null;

    public string? Header(string name) => Reply.Headers.FirstOrDefault(header => header.Name == name).Value;
}
