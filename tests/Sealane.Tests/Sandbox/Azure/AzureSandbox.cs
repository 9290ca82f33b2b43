using System.Text;
using System.Text.Json.Nodes;
using Sealane.Core;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;
using Sealane.Core.Spec;
using Sealane.Sandbox.Aws;
using Sealane.Sandbox.Azure;
using Sealane.Sandbox.Megaport;
using Sealane.Sandbox.World;

namespace Sealane.Tests.Sandbox.Azure;

/// <summary>A world of which only Azure is looked at, raw requests to it, and the bodies of the guide.</summary>
internal sealed class AzureSandbox
{
    public const string Subscription = "0d6b1f8c-2b6e-4d44-9a55-7c1f3f2a9e10";
    public const string Group = $"/subscriptions/{Subscription}/resourceGroups/rg-sydney";
    public const string Network = $"{Group}/providers/Microsoft.Network";
    public const string GatewaySubnet = $"{Network}/virtualNetworks/vnet-app/subnets/GatewaySubnet";
    public const string VpnGateway = $"{Network}/virtualNetworkGateways/vpngw";
    public const string VpnConfiguration = $"{VpnGateway}/ipConfigurations/default";
    public const string ClientSecret = "not-a-secret";

    private readonly VirtualClock _clock = new(DateTimeOffset.UnixEpoch.AddYears(56));

    /// <summary>Raw requests to a world that is there, as somebody else sends them.</summary>
    public AzureSandbox(SandboxWorld world, VirtualClock clock)
    {
        (World, _clock) = (world, clock);
        Arm = new(World);
        Login = new(World, new("app-1", ClientSecret));
        Token = LogIn().Body["access_token"]!.GetValue<string>();
    }

    public AzureSandbox(Func<DateTimeOffset>? wallClock = null)
    {
        var state = AzureState.Of(Designer.Design(new NetworkSpec
        {
            Name = "sydney",
            Aws = new() { Account = "111122223333", Region = "ap-southeast-2", Vpc = "vpc-0a1b2c3d4e5f60718" },
            Azure = new()
            {
                Subscription = Subscription,
                ResourceGroup = "rg-sydney",
                Region = "australiaeast",
                Vnet = "vnet-app"
            },
            Megaport = new() { Location = "Equinix SY1", Bandwidth = 50 },
        }));
        World = new(_clock, 7, _clock.GetUtcNow(), new AwsState(), state, new MegaportState());
        Arm = new(World, wallClock);
        Login = new(World, new("app-1", ClientSecret), wallClock);
        Token = LogIn().Body["access_token"]!.GetValue<string>();
    }

    public SandboxWorld World { get; }
    public ArmFace Arm { get; }
    public LoginFace Login { get; }
    public string Token { get; set; }

    public Reply LogIn(string form =
        $"grant_type=client_credentials&client_id=app-1&client_secret={ClientSecret}&scope=https%3A%2F%2Fmanagement.azure.com%2F.default") =>
        new(Login.Answer(Request("POST", "https://login.microsoftonline.com",
            $"/{World.Azure.Tenant}/oauth2/v2.0/token", "", form)));

    /// <summary>A path without a query gets the pinned api-version.</summary>
    public Reply Send(string method, string path, string? body = null, params (string Name, string Value)[] headers)
    {
        World.Advance();
        var parts = path.Split('?', 2);
        var authorization = headers.Any(header => header.Name == "Authorization") ? []
            : new[] { ("Authorization", $"Bearer {Token}") };
        return new(Arm.Answer(Request(
            method, "https://management.azure.com", parts[0], parts.Length > 1 ? parts[1] : "api-version=2025-05-01",
            body,
            [.. authorization, .. headers])));
    }

    public async Task Pass(TimeSpan time)
    {
        using (_clock.Enter())
        {
            await Task.Delay(time, _clock);
        }
        World.Advance();
    }

    /// <summary>Sends, follows the operation as a client does, and returns the final status body or the first
    /// refusal.</summary>
    public async Task<Reply> Do(string method, string path, string? body = null)
    {
        var reply = Send(method, path, body);
        if (reply.Status >= 300 || reply.Header("Azure-AsyncOperation") is not { } url)
        {
            return reply;
        }
        var status = reply;
        for (var polls = 0; polls < 1000; polls++)
        {
            await Pass(TimeSpan.FromSeconds(10));
            Token = LogIn().Body["access_token"]!.GetValue<string>();
            status = Send("GET", url["https://management.azure.com".Length..]);
            if (status.Body["status"]?.GetValue<string>() != "InProgress")
            {
                break;
            }
        }
        return method == "POST" && reply.Header("Location") is { } location
            ? Send("GET", location["https://management.azure.com".Length..])
            : status;
    }

    public async Task Must(string method, string path, string? body = null)
    {
        var reply = await Do(method, path, body);
        Assert.True(reply.Status is 200 or 201 or 204 && reply.Body["error"] is null,
            $"{method} {path}: {reply.Status} {reply.Body}");
    }

    /// <summary>The guide's Azure objects up to and including one step.</summary>
    public async Task Build(int throughStep)
    {
        (int Step, string Path, string Body)[] steps =
        [
            (11, GatewaySubnet, Bodies.GatewaySubnet),
            (9, $"{Network}/expressRouteCircuits/er1", Bodies.Circuit),
            (11, $"{Network}/virtualNetworkGateways/ergw", Bodies.ExpressRouteGateway),
            (14, $"{Network}/publicIPAddresses/pip", Bodies.PublicIp),
            (15, VpnGateway, Bodies.VpnGateway),
            (20, $"{Network}/localNetworkGateways/lng-1", Bodies.LocalGateway(1)),
            (21, $"{Network}/localNetworkGateways/lng-2", Bodies.LocalGateway(2)),
            (12, $"{Network}/connections/er1-conn", Bodies.ExpressRouteConnection),
            (22, $"{Network}/connections/tunnel-1", Bodies.Tunnel(1)),
            (23, $"{Network}/connections/tunnel-2", Bodies.Tunnel(2)),
        ];
        foreach (var (step, path, body) in steps.Where(one => one.Step <= throughStep))
        {
            await Must("PUT", path, body);
            if (step == 9)
            {
                ProvisionCircuit();
            }
        }
    }

    /// <summary>What Megaport does when the VXC is ordered.</summary>
    public void ProvisionCircuit()
    {
        var key = World.Azure.ReadCircuits()[0].ServiceKey!;
        World.Azure.SetProviderState(World, key, "Provisioned");
        World.Azure.CreatePrivatePeering(
            World, key, 133937, Prefix.Parse("192.168.101.0/30"), Prefix.Parse("192.168.101.4/30"), 100, "md5-key");
    }

    private static WireRequest Request(
        string method, string origin, string path, string query, string? body,
        params (string Name, string Value)[] headers) => new()
        {
            Method = method,
            Origin = origin,
            Path = path,
            Query = query,
            Headers = headers.ToDictionary(header => header.Name, header => header.Value,
                StringComparer.OrdinalIgnoreCase),
            Body = Encoding.UTF8.GetBytes(body ?? ""),
        };
}

internal sealed record Reply(WireReply Wire)
{
    public int Status => Wire.Status;
    public JsonNode Body { get; } = Wire.Body.Length == 0 ? new JsonObject() : JsonNode.Parse(Wire.Body)!;
    public string? Code => Body["error"]?["code"]?.GetValue<string>();
    public JsonNode? Properties => Body["properties"];
    public string? State => Properties?["provisioningState"]?.GetValue<string>();

    public string? Header(string name) => Wire.Headers.FirstOrDefault(header => header.Name == name).Value;
}
