using System.Text;
using System.Text.Json.Nodes;
using Sealane.Cli;
using Sealane.Core.Reconcile;
using Sealane.Sandbox.World;
using Sealane.Tests.Sandbox.Aws;
using Sealane.Tests.Sandbox.Azure;

namespace Sealane.Tests.Evidence.Adversary;

/// <summary>Somebody with the keys of the accounts, who makes things through the clouds' own APIs.</summary>
internal sealed class Hand
{
    private readonly VirtualClock _clock;
    private readonly Faces _faces;

    public Hand(StoredWorld stored)
    {
        _clock = new(stored.Now);
        World = stored.Wake(_clock);
        _faces = Rehearsal.Faces(World, () => World.Now);
        Region = World.Aws.TransitGateways[0].Region;
    }

    public SandboxWorld World { get; }
    public string Region { get; }
    public VirtualClock Clock => _clock;

    /// <summary>What was refused, in the cloud's words: such a change is none.</summary>
    public List<string> Refused { get; } = [];

    /// <summary>A call of EC2; <c>Name=value&amp;Name=value</c>.</summary>
    /// <returns>The value at the path, or null when the call was refused.</returns>
    public string? Ec2(string action, string parameters, string path = "return")
    {
        World.Advance();
        var body = $"Action={action}&Version=2016-11-15" + string.Concat(
            parameters.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2))
                .Select(pair => $"&{pair[0]}={Uri.EscapeDataString(pair[1])}"));
        var reply = new Ec2Reply(_faces.Aws.Answer(Signed(AwsSigner.Form(body), "ec2")));
        if (reply.Status != 200)
        {
            Refused.Add($"{action}: {reply.Code}");
        }
        return reply.Status == 200 ? reply.Text(path) ?? "" : null;
    }

    /// <summary>A call of Direct Connect; single quotes stand for double ones.</summary>
    public void Dx(string operation, string json)
    {
        World.Advance();
        var reply = _faces.Aws.Answer(Signed(AwsSigner.Json(operation, json.Replace('\'', '"')), "directconnect"));
        if (reply.Status != 200)
        {
            Refused.Add($"{operation}: {reply.Body}");
        }
    }

    /// <summary>A PUT at Azure, and the time until it has ended.</summary>
    public bool Put(string path, JsonObject body)
    {
        World.Advance();
        var login = new Reply(_faces.Login.Answer(Request("POST", "https://login.microsoftonline.com",
            $"/{World.Azure.Tenant}/oauth2/v2.0/token", "",
            $"grant_type=client_credentials&client_id={SandboxIdentity.AzureClientId}"
            + $"&client_secret={SandboxIdentity.AzureClientSecret}"
            + "&scope=https%3A%2F%2Fmanagement.azure.com%2F.default")));
        var reply = new Reply(_faces.Arm.Answer(Request("PUT", "https://management.azure.com", path,
            "api-version=2025-07-01", body.ToJsonString(), ("Authorization",
                $"Bearer {login.Body["access_token"]!.GetValue<string>()}"))));
        if (reply.Status >= 300)
        {
            Refused.Add($"PUT {path.Split('/')[^1]}: {reply.Code}");
            return false;
        }
        Pass(90);
        return true;
    }

    public void Pass(double minutes)
    {
        using (_clock.Enter())
        {
            Task.Delay(TimeSpan.FromMinutes(minutes), _clock).GetAwaiter().GetResult();
        }
        World.Advance();
    }

    private WireRequest Signed(WireRequest request, string service) => AwsSigner.Sign(
        request, new(SandboxIdentity.AwsAccessKeyId, new(SandboxIdentity.AwsSecretAccessKey)), service, Region,
        World.Now);

    private static WireRequest Request(string method, string origin, string path, string query, string body,
        params (string Name, string Value)[] headers) => new()
        {
            Method = method,
            Origin = origin,
            Path = path,
            Query = query,
            Headers = headers.ToDictionary(
                header => header.Name, header => header.Value, StringComparer.OrdinalIgnoreCase),
            Body = Encoding.UTF8.GetBytes(body),
        };
}
