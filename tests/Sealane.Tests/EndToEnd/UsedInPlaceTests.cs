using Sealane.Cli;
using Sealane.Core.Reconcile;
using Sealane.Sandbox.Aws;
using Sealane.Sandbox.World;

namespace Sealane.Tests.EndToEnd;

/// <summary>
/// Used objects that lack something are given it where the spec says so. What they were stands on the link's circuit
/// before, so that destroy restores them, from any machine and however a run ended.
/// </summary>
public sealed class UsedInPlaceTests
{
    /// <summary>Down on the circuit, then the object; and back: the object, then the circuit.</summary>
    private const int Writes = 2;

    /// <summary>Kinds that go the same way as another one are left out in CI; all with SEALANE_LONG=1.</summary>
    private static readonly bool s_all = Environment.GetEnvironmentVariable("SEALANE_LONG") == "1";

    public static TheoryData<string> Kinds =>
        [.. DifferingObjects.Kinds.Keys.Where(kind => s_all || !kind.Contains("named", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task What_is_lacking_is_added_and_afterwards_all_is_as_it_was(string kind)
    {
        using var link = await DifferingObjects.Of(kind);
        var (theirs, inventory) = (Theirs(link), Inventory.Of(link.World()));
        var plan = (await link.Run("plan")).Exits(0).Output;
        Assert.Contains(DifferingObjects.Kinds[kind], plan);
        Assert.Contains("traffic: ", plan);
        Assert.False(DifferingObjects.Has(link.World(), kind));

        Assert.Equal(0, (double)(await link.Apply()).Done["clearSeconds"]!);
        await link.IsEncrypted();
        await link.IsUnchanged();
        Assert.True(DifferingObjects.Has(link.World(), kind));

        Forget(link);
        var done = (await link.Destroy()).Done;
        Assert.Equal((0, 0, 0), ((int)done["clearSeconds"]!, done["leftForOthers"]!.AsArray().Count,
            done["stillBilled"]!.AsArray().Count));
        Assert.Equal(theirs, Theirs(link));
        Assert.Equal(inventory, Inventory.Of(link.World()));
    }

    /// <summary>Without the word of the spec a used object is left as it is.</summary>
    [Theory]
    [InlineData("prefixes", "are not changed unasked")]
    [InlineData("block", "changeUsed: [aws/transit-gateway]")]
    [InlineData("subnets", "it is used as it is")]
    [InlineData("peering", "changeUsed: [azure/hub-peering-data]")]
    public async Task Unasked_nothing_is_changed(string kind, string says)
    {
        using var link = await DifferingObjects.Of(kind);
        var spec = File.ReadAllText(link.Spec);
        link.Write(spec[..spec.IndexOf("changeUsed:", StringComparison.Ordinal)]);
        var (theirs, inventory) = (Theirs(link), Inventory.Of(link.World()));
        var refused = (await link.Run("apply", "--yes")).Exits(1).All;
        Assert.Contains(kind == "prefixes" ? "not changed unasked" : says, refused);
        Assert.Equal(theirs, Theirs(link));
        Assert.Equal(inventory, Inventory.Of(link.World()));
    }

    public static TheoryData<string, Cut, int, Cut, int> Lives
    {
        get
        {
            var data = new TheoryData<string, Cut, int, Cut, int>
            {
                { "association", Cut.DeathAfter, 1, Cut.DeathAfter, 1 },
                { "block", Cut.DeathAfter, 2, Cut.DeathBefore, 2 },
            };
            if (s_all)
            {
                data.Add("prefixes", Cut.DeathBefore, 2, Cut.DeathAfter, 2);
                data.Add("subnets", Cut.DeathAfter, 1, Cut.DeathBefore, 1);
                data.Add("peering", Cut.DeathAfter, 4, Cut.DeathAfter, 3);
            }
            if (Environment.GetEnvironmentVariable("SEALANE_EVERY_CUT") == "1")
            {
                foreach (var kind in DifferingObjects.Kinds.Keys)
                {
                    var writes = kind == "peering" ? 3 * Writes : Writes;
                    foreach (var (up, down) in from up in All(writes) from down in All(writes) select (up, down))
                    {
                        data.Add(kind, up.Cut, up.At, down.Cut, down.At);
                    }
                }
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Lives))]
    public async Task What_an_object_was_outlasts_a_death(string kind, Cut up, int atUp, Cut down, int atDown)
    {
        using var link = await DifferingObjects.Of(kind);
        var (theirs, inventory) = (Theirs(link), Inventory.Of(link.World()));
        Assert.True(await Ends(link, up, atUp, rig => rig.Apply()) >= atUp);
        Forget(link);
        Assert.Equal(0, (double)(await link.Apply()).Done["clearSeconds"]!);
        await link.IsUnchanged();
        Assert.True(DifferingObjects.Has(link.World(), kind));
        Assert.True(await Ends(link, down, atDown, rig => rig.Destroy()) >= atDown);
        Forget(link);
        await link.Destroy();
        Assert.Equal(theirs, Theirs(link));
        Assert.Equal(inventory, Inventory.Of(link.World()));
    }

    public static TheoryData<string, string> Reliances
    {
        get
        {
            var data = new TheoryData<string, string>
            {
                { "association", "its association, which tgw-rtb-0bbbbccccddddeeee relies on" },
                { "subnets", "its subnet-0a1b2c3d4e5f60002, which the route 10.9.0.0/16 of " },
                { "peering", "its allowGatewayTransit, which the peering again-to-app of vnet-data relies on" },
            };
            if (s_all)
            {
                data.Add("prefixes", "its allowed prefix 10.254.1.0/24, which vpn-0bbbbccccddddeeee relies on");
                data.Add("block", "its CIDR block 10.254.1.0/24, which vpn-0bbbbccccddddeeee relies on");
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Reliances))]
    public async Task What_others_rely_on_by_then_is_left_and_listed(string kind, string says)
    {
        using var link = await DifferingObjects.Of(kind);
        await link.Apply();
        if (kind == "peering")
        {
            await HubGateway.Raw(link, async azure =>
            {
                await azure.Must("DELETE", DifferingObjects.SpokeSide);
                await azure.Must("PUT", DifferingObjects.SpokeSide.Replace("corp", "again", StringComparison.Ordinal),
                    DifferingObjects.Peering("vnet-app", uses: true));
            });
        }
        else
        {
            link.Tamper(world => Rely(world, kind));
        }
        var told = (await link.Run("destroy", "--yes")).Exits(0).Output;
        Assert.Contains(says, string.Join(' ', told.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        if (kind != "peering")
        {
            Assert.True(DifferingObjects.Has(link.World(), kind));
        }
        Assert.Empty(link.World().Megaport.Billed);
    }

    /// <summary>With the circuit would go what nothing else knows.</summary>
    [Fact]
    public async Task The_circuit_that_remembers_outlasts_a_spec_that_forgets()
    {
        using var link = await DifferingObjects.Of("block");
        await link.Apply();
        var spec = File.ReadAllText(link.Spec);
        link.Edit("changeUsed: [aws/transit-gateway]\n", "");
        var refused = await link.Run("destroy", "--yes");
        Assert.Equal(3, refused.ExitCode);
        Assert.Contains("with aws/transit-gateway in changeUsed", refused.All);
        link.Write(spec);
        await link.Destroy();
        Assert.Empty(DifferingObjects.Company(link.World()).Cidrs);
        Assert.Empty(link.World().Megaport.Billed);
    }

    /// <summary>What becomes the link's own is changed and deleted like all of it, and nothing of it is
    /// restored.</summary>
    [Fact]
    public async Task What_is_adopted_by_then_goes_with_the_link()
    {
        using var link = await DifferingObjects.Of("association");
        await link.Apply();
        (await link.Run("adopt", "--all", "--yes")).Exits(0);
        await link.Apply();
        await link.IsUnchanged();
        Forget(link);
        await link.Destroy();
        Assert.Empty(link.World().Megaport.Billed);
        Assert.DoesNotContain(Inventory.Of(link.World()), line =>
            line.StartsWith("transit gateway", StringComparison.Ordinal)
            || line.StartsWith("gateway association", StringComparison.Ordinal));
    }

    private static void Rely(SandboxWorld world, string kind)
    {
        const string serial = "0bbbbccccddddeeee";
        var own = world.Aws.VpnConnections.Single();
        switch (kind)
        {
            case "association":
                world.Aws.RouteTables.Add(new()
                {
                    Id = $"tgw-rtb-{serial}",
                    Region = own.Region,
                    State = "available",
                    TransitGatewayId = DifferingObjects.Gateway,
                    Propagations = [own.TransportAttachmentId!],
                });
                break;
            case "subnets":
                world.Aws.VpcRouteTables[0].Routes.Add(new()
                {
                    Destination = "10.9.0.0/16",
                    TargetId = DifferingObjects.Gateway,
                });
                break;
            default:
                world.Aws.CustomerGateways.Add(new()
                {
                    Id = $"cgw-{serial}",
                    Region = own.Region,
                    State = "available",
                    IpAddress = "10.2.0.250",
                    BgpAsn = 65010,
                });
                world.Aws.VpnConnections.Add(new()
                {
                    Id = $"vpn-{serial}",
                    Region = own.Region,
                    State = "available",
                    CustomerGatewayId = $"cgw-{serial}",
                    TransitGatewayId = own.TransitGatewayId,
                    OutsideIpAddressType = own.OutsideIpAddressType,
                    // Of the block's user another gateway's attachment is the transport.
                    TransportAttachmentId = kind == "block" ? $"tgw-attach-{serial}" : own.TransportAttachmentId,
                    Tunnels =
                    [
                        .. own.Tunnels.Select((tunnel, at) => new VpnTunnel
                        {
                            OutsideAddress = $"10.254.1.{200 + at}",
                            Options = tunnel.Options,
                        }),
                    ],
                });
                break;
        }
    }

    /// <param name="counts">The calls that are counted.</param>
    internal static async Task<int> Ends(
        Link link, Cut cut, int at, Func<Rig, Task> run, Func<HttpRequestMessage, bool>? counts = null)
    {
        var stored = Rehearsal.Load(link.WorldDirectory, link.Design, null);
        var clock = new VirtualClock(stored.Now);
        var world = stored.Wake(clock);
        using var rig = new Rig(link, world, clock,
            new InProcessClouds(world, Rehearsal.Faces(world, () => clock.GetUtcNow())), cut, at,
            counts: counts ?? IsOfUsedObjects);
        await run(rig);
        Assert.Equal(0, rig.ClearSeconds);
        return rig.Calls;
    }

    /// <summary>What is written down, and what changes an object of others.</summary>
    internal static bool IsOfUsedObjects(HttpRequestMessage call) =>
        call.Options.TryGetValue(Sealane.Clouds.Http.CallOptions.Writes, out var writes) && writes
        && call.Options.TryGetValue(Sealane.Clouds.Http.CallOptions.Operation, out var operation)
        && (operation.StartsWith("PATCH expressRouteCircuits/", StringComparison.Ordinal)
            || operation.Contains("virtualNetworkPeerings/corp-", StringComparison.Ordinal)
            || operation.EndsWith("/vpngw-hub", StringComparison.Ordinal)
            || operation.Contains("DirectConnectGatewayAssociation", StringComparison.Ordinal)
            || operation is "ec2:ModifyTransitGateway" or "ec2:ModifyTransitGatewayVpcAttachment");

    private static IReadOnlyList<string> Theirs(Link link) =>
        RandomMix.Members(link.World(), DifferingObjects.Ids);

    private static void Forget(Link link) =>
        File.Delete(Path.Combine(link.WorldDirectory, $"{link.Design.Name}.journal.jsonl"));

    private static IEnumerable<(Cut Cut, int At)> All(int writes) =>
        from cut in Enum.GetValues<Cut>() from at in Enumerable.Range(1, writes) select (cut, at);
}
