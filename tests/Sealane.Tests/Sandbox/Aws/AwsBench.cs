using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using System.Xml.XPath;
using Sealane.Core;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;
using Sealane.Core.Spec;
using Sealane.Sandbox.Aws;
using Sealane.Sandbox.Azure;
using Sealane.Sandbox.Megaport;
using Sealane.Sandbox.World;

namespace Sealane.Tests.Sandbox.Aws;

/// <summary>The simulated AWS on a bench: a virtual clock, a network that does what the test says, signed raw
/// requests.</summary>
internal sealed class AwsBench
{
    public const string Region = "ap-southeast-2";
    public const string Account = "111122223333";
    public const string Vpc = "vpc-0a1b2c3d4e5f60718";
    public static readonly DateTimeOffset Start = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    public static readonly AwsCredentials Key =
        new("AKIDEXAMPLE", new Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"));

    private readonly VirtualClock _clock = new(Start);

    public AwsBench(Func<AwsSpec, AwsSpec>? change = null, long seed = 1)
    {
        World = new(_clock, seed, Start, AwsState.Of(Design(change)), new AzureState(), new MegaportState());
        Face = new(World, Key, () => World.Now, Net);
    }

    public SandboxWorld World { get; }
    public AwsState State => World.Aws;
    public AwsFace Face { get; }
    public StagedNetwork Net { get; } = new();

    /// <summary>Another account, whose requests these are; null: the link's own.</summary>
    public string? By { get; set; }

    public static NetworkDesign Design(Func<AwsSpec, AwsSpec>? change = null)
    {
        var aws = new AwsSpec { Account = Account, Region = Region, Vpc = Vpc };
        return Designer.Design(new()
        {
            Name = "sydney",
            Aws = change?.Invoke(aws) ?? aws,
            Azure = new()
            {
                Subscription = "00000000-0000-0000-0000-000000000001",
                ResourceGroup = "rg-sydney",
                Region = "australiaeast",
                Vnet = "vnet-app",
            },
            Megaport = new() { Location = "Equinix SY1", Bandwidth = 50 },
        });
    }

    /// <summary>An EC2 call; parameters as <c>Name=value&amp;Name=value</c>, not encoded.</summary>
    public Ec2Reply Ec2(string action, string parameters = "", string region = Region)
    {
        var body = $"Action={action}&Version=2016-11-15" + string.Concat(
            parameters.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2))
                .Select(pair => $"&{pair[0]}={Uri.EscapeDataString(pair[1])}"));
        return new(Send(AwsSigner.Form(body), "ec2", region));
    }

    /// <summary>A Direct Connect call; single quotes stand for double ones.</summary>
    public DxReply Dx(string operation, string json = "{}", string region = Region) =>
        new(Send(AwsSigner.Json(operation, json.Replace('\'', '"')), "directconnect", region));

    public WireReply Send(WireRequest request, string service, string region)
    {
        World.Advance();
        var key = By is null ? Key : Key with { AccessKeyId = SandboxIdentity.AwsAccessKeyOf(By) };
        return Face.Answer(AwsSigner.Sign(request, key, service, region, World.Now));
    }

    /// <summary>Lets virtual time pass.</summary>
    public async Task Wait(double minutes)
    {
        using (_clock.Enter())
        {
            await Task.Delay(TimeSpan.FromMinutes(minutes), _clock);
        }
        World.Advance();
    }

    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>An EC2 reply, its namespace taken off.</summary>
internal sealed class Ec2Reply
{
    public Ec2Reply(WireReply wire)
    {
        Wire = wire;
        Root = XElement.Parse(wire.Body);
        foreach (var element in Root.DescendantsAndSelf())
        {
            element.Name = element.Name.LocalName;
        }
    }

    public WireReply Wire { get; }
    public XElement Root { get; }
    public int Status => Wire.Status;
    public string? Code => Text("Errors/Error/Code");
    public string? Message => Text("Errors/Error/Message");

    public string? Text(string path) => Root.XPathSelectElement(path)?.Value;

    public IReadOnlyList<string> All(string path) => [.. Root.XPathSelectElements(path).Select(e => e.Value)];

    /// <summary>The value, of a call that must have worked.</summary>
    public string Need(string path) => Status == 200 && Text(path) is { } value
        ? value
        : throw new InvalidOperationException($"No {path} in {Status} {Wire.Body}");
}

internal sealed class DxReply(WireReply wire)
{
    public WireReply Wire { get; } = wire;
    public JsonNode Json { get; } = JsonNode.Parse(wire.Body)!;
    public int Status => Wire.Status;
    public string? Type => Text("__type");
    public string? Message => Text("message");

    /// <summary>A value by a path such as <c>connections/0/connectionId</c>.</summary>
    public string? Text(string path)
    {
        var node = Json;
        foreach (var part in path.Split('/'))
        {
            node = node switch
            {
                JsonArray array => int.Parse(part, CultureInfo.InvariantCulture) is var index && index < array.Count
                    ? array[index] : null,
                JsonObject json => json[part],
                _ => null,
            };
        }
        return node?.ToString();
    }

    public int Count(string name) => Json[name]!.AsArray().Count;

    public string Need(string path) => Status == 200 && Text(path) is { } value
        ? value
        : throw new InvalidOperationException($"No {path} in {Status} {Wire.Body}");
}
