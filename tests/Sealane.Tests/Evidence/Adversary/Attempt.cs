using System.Text.Json;
using Sealane.Cli;
using Sealane.Clouds.Aws;
using Sealane.Clouds.Azure;
using Sealane.Clouds.Evidence;
using Sealane.Clouds.Http;
using Sealane.Clouds.Megaport;
using Sealane.Core.Checks.Live;
using Sealane.Core.Design;
using Sealane.Core.Routing;
using Sealane.Sandbox.World;
using Network = Sealane.Core.Routing.Network;

namespace Sealane.Tests.Evidence.Adversary;

/// <summary>One world: the link as built, what others did to it, what is true, and what Sealane says.</summary>
internal sealed record Attempt
{
    /// <summary>Reads that are refused on purpose: how they look on the wire, and whether their absence could hide a
    /// packet.</summary>
    public static IReadOnlyList<(string Mark, bool IsHole)> Withheld { get; } =
    [
        ("Action=DescribeRouteTables&", true), ("Action=SearchTransitGatewayRoutes&", true),
        ("OvertureService.DescribeDirectConnectGatewayAssociations ", true), ("-vpngw/connections?", true),
        ("/virtualNetworks/vnet-app?", true), ("GET /v2/products", true),
        ("OvertureService.ListVirtualInterfaceRoutes ", false), ("/getAdvertisedRoutes", false),
        ("/effectiveRouteTable", false), ("OvertureService.DescribeDirectConnectGateways ", false),
    ];

    // With the route tables of the VPC as the design found them.
    private static readonly Lazy<Task<(NetworkDesign Design, byte[] World, List<string> Tables)>> Base = new(async () =>
    {
        using var link = await Sight.Sydney();
        return (link.Design, await File.ReadAllBytesAsync(Path.Combine(link.WorldDirectory, WorldFile.Name)),
            [.. link.World().Aws.VpcRouteTables.Select(table => table.Id)]);
    });

    public required IReadOnlyList<ForeignChange> Changes { get; init; }

    /// <summary>Null: nothing is withheld.</summary>
    public (string Mark, bool IsHole)? Refusal { get; init; }

    /// <summary>Kinds of reader that are switched off.</summary>
    public IReadOnlyCollection<string> Without { get; init; } = [];

    public static Attempt Of(int seed) => new()
    {
        Changes = ForeignChange.Draw(seed),
        Refusal = new Dice(seed ^ 0x5eed) is var dice && dice.Chance(0.15) ? dice.One(Withheld) : null,
    };

    /// <summary>The world after the changes, with everything settled that follows from them.</summary>
    public async Task<Hand> World()
    {
        var hand = new Hand(JsonSerializer.Deserialize<StoredWorld>((await Base.Value).World, WorldJson.Options)!);
        foreach (var change in Changes)
        {
            change.Make(hand);
        }
        hand.World.Touch();
        hand.Pass(120);
        return hand;
    }

    public async Task<Result> Make() => await Judged(await World());

    public async Task<Result> Judged(Hand hand)
    {
        var (design, _, served) = await Base.Value;
        var roots = RootsOf(hand.World, design);
        var truth = Truth.Of(hand.World);
        var proved = Prove(truth);
        var (evidence, refused) = await Look(hand, design, roots);
        var seen = Observed(design, evidence.Network, served) with { Shown = evidence.Shown };
        var proof = Prove(evidence.Network);
        var agree = AllLiveChecks.List.Single(check => check.Id == "SL911").Run(seen);
        var judgement = Judgement.Of(seen, proof, [agree]);
        var word = Words.Of(proved, Observed(design, truth, served).IsMeant);
        return new(word, judgement.Word, Locks(proved), Locks(proof), judgement.Reasons, hand.Refused, refused > 0,
            evidence.Readings.Any(row => row.IsHole && row.Answer == Answer.Refused))
        {
            TablesAgree = agree,
        };
    }

    private static LinkObservation Observed(NetworkDesign design, Network network, IReadOnlyList<string> tables) =>
        new() { Design = design, Network = network, RoutedTables = tables };

    private static ProofReport Prove(Network network) => Proof.Of(
        network, [.. network.Vpcs.SelectMany(vpc => vpc.Prefixes)],
        [.. network.Vnets.SelectMany(vnet => vnet.Prefixes)]);

    private static string Locks(ProofReport proof) => string.Join(' ', new[]
    {
        proof.AwsToAzure.Delivery, proof.AwsToAzure.Exposure, proof.AzureToAws.Delivery, proof.AzureToAws.Exposure,
    }.Select(count => count.ToString()));

    private static Roots RootsOf(SandboxWorld world, NetworkDesign design) => new(
        [.. design.Vpcs.Select(vpc => vpc.Id)], [world.Azure("virtualNetworks", "vnet-app").Id],
        [world.Aws.TransitGateways[0].Id], [world.Aws.DxGateways[0].Id], [world.Megaport.Mcrs[0].Id],
        [world.Azure.ReadCircuits()[0].Id]);

    private async Task<(Sealane.Clouds.Evidence.Evidence Evidence, int Refused)> Look(
        Hand hand, NetworkDesign design, Roots roots)
    {
        var (world, clock) = (hand.World, hand.Clock);
        using var clouds = new InProcessClouds(world, Rehearsal.Faces(world, () => world.Now));
        using var wire = new Tampered(clouds,
            call => Refusal is { } refusal && call.Contains(refusal.Mark, StringComparison.Ordinal));
        var context = new CloudContext(clock, wire);
        var aws = new AwsClients(
            context, AwsCredentialSource.Given(SandboxIdentity.AwsAccessKeyId, new(SandboxIdentity.AwsSecretAccessKey)),
            new() { Region = design.Aws.Region, ConnectionRegion = design.Aws.ConnectionRegion });
        var azure = new ArmClient(context, AzureCredentialSource.ClientSecret(
            wire, world.Azure.Tenant, SandboxIdentity.AzureClientId, new(SandboxIdentity.AzureClientSecret),
            new("https://login.microsoftonline.com/")));
        using var megaport = new MegaportClient(context, MegaportSettings.Of(
            design, SandboxIdentity.MegaportAccessKey, new(SandboxIdentity.MegaportSecretKey)));
        var evidence = await new LinkEvidence(aws, azure, megaport, clock) { Without = Without }
            .Gather(design, roots, world.Now, default);
        return (evidence, wire.Refused);
    }
}

/// <param name="True">The proof over the complete network.</param>
/// <param name="Said">What Sealane concludes through the APIs.</param>
internal sealed record Result(
    LinkWord True, LinkWord Said, string TrueLocks, string SaidLocks, IReadOnlyList<string> Reasons,
    IReadOnlyList<string> Refused, bool Withheld, bool IsHole)
{
    /// <summary>The comparison with the tables that the clouds show.</summary>
    public required CheckResult TablesAgree { get; init; }

    /// <summary>What is wrong with it; empty: nothing.</summary>
    public string Wrong => (True, Said) switch
    {
        (LinkWord.Clear, LinkWord.Encrypted or LinkWord.Down) => $"false {Words.Of(Said)}: it is clear",
        (not LinkWord.Clear, LinkWord.Clear) => $"false clear: it is {Words.Of(True)}",
        _ when Withheld && IsHole => Said is LinkWord.Unproven or LinkWord.Clear ? "" : "a hole was not told",
        _ when True != Said => $"{Words.Of(Said)}: it is {Words.Of(True)}",
        _ when !Withheld && TrueLocks != SaidLocks => $"locks {SaidLocks}: there are {TrueLocks}",
        _ => "",
    };
}
