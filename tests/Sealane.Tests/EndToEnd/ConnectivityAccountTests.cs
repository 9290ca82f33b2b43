using Sealane.Cli;
using Sealane.Core.Reconcile;
using Sealane.Sandbox.World;
using Sealane.Tests.Docs;

namespace Sealane.Tests.EndToEnd;

/// <summary>
/// Direct Connect lies in an account of its own: the gateway, the hosted connections and the VIFs. The account of the
/// transit gateway proposes their association, and this one accepts.
/// </summary>
public sealed class ConnectivityAccountTests
{
    private const string Own = "111122223333";
    private const string Connectivity = LeastPrivilegeTests.DirectConnect;
    private const string Gateway = "01234567-89ab-cdef-0123-456789abcdef";
    private const string Transit = "tgw-0123456789abcdef0";

    private static Link Of(string gateway = "", string transit = "") => Link.Example("minimal").Edit(
        "  region: ap-southeast-2\n", $"""
              region: ap-southeast-2
              directConnectGateway:
                account: "{Connectivity}"
                profile: connectivity
            {gateway}{transit}
            """ + "\n");

    private static Link Made => Of();
    private static Link Used => Of($"    id: {Gateway}\n");
    private static Link BothUsed => Of($"    id: {Gateway}\n", $"  transitGateway:\n    id: {Transit}\n");

    public static TheoryData<string> Kinds => ["made", "used", "both used"];

    private static Link OfKind(string kind) => kind switch { "made" => Made, "used" => Used, _ => BothUsed };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task It_lives_encrypted_and_all_of_Direct_Connect_is_in_that_account(string kind)
    {
        using var link = OfKind(kind);
        (await link.Run("plan")).Exits(0);
        var before = Inventory.Of(link.World());
        await link.Apply();
        await link.IsEncrypted();
        await link.IsUnchanged();
        var aws = link.World().Aws;
        Assert.Equal([Connectivity, Connectivity, Connectivity], new[]
        {
            aws.DxGateways.Single().Id, aws.Connections.Single().Id, aws.Vifs.Single().Id,
        }.Select(aws.OwnerOf));
        Assert.Equal("accepted", aws.DxProposals.Single().State);
        Assert.All(aws.TransitGateways.Select(it => it.Id).Concat(aws.VpnConnections.Select(it => it.Id)),
            id => Assert.Equal(Own, aws.OwnerOf(id)));
        await link.Destroy();
        Assert.Equal(before, Inventory.Of(link.World()));
    }

    /// <summary>A run was cut after the proposal: the next one accepts it, and destroy withdraws it.</summary>
    [Theory]
    [InlineData("made", true)]
    [InlineData("made", false)]
    [InlineData("both used", true)]
    [InlineData("both used", false)]
    public async Task A_proposal_that_waits_is_accepted_or_withdrawn(string kind, bool goesOn)
    {
        using var link = OfKind(kind);
        (await link.Run("plan")).Exits(0);
        var before = Inventory.Of(link.World());
        await DiesBefore(link, "AcceptDirectConnectGatewayAssociationProposal");
        Assert.Equal("requested", link.World().Aws.DxProposals.Single().State);
        if (goesOn)
        {
            await link.Apply();
            await link.IsEncrypted();
            await link.IsUnchanged();
            Assert.Equal("accepted", Assert.Single(link.World().Aws.DxProposals).State);
        }
        await link.Destroy();
        Assert.Equal(before, Inventory.Of(link.World()));
    }

    /// <summary>Allowed prefixes are changed by the owner of the Direct Connect gateway, without a new
    /// proposal.</summary>
    [Fact]
    public async Task A_prefix_that_somebody_allowed_besides_is_taken_away_again()
    {
        using var link = Made;
        await link.Apply();
        link.Tamper(world =>
        {
            var association = world.Aws.DxAssociations.Single();
            association.AllowedPrefixes = [.. association.AllowedPrefixes, "10.1.0.0/16"];
            association.AnnouncedPrefixes = association.AllowedPrefixes;
        });
        var done = (await link.Apply()).Done;
        Assert.Equal((0, 1), ((int)done["created"]!, (int)done["updated"]!));
        await link.IsEncrypted();
        Assert.Single(link.World().Aws.DxProposals);
    }

    /// <summary>Another team's gateway, of an account that the link does not reach, is on the link's transit gateway
    /// and propagates the VNet: AWS shows its virtual interfaces to its owner alone, so what falls to it is not
    /// known.</summary>
    [Fact]
    public async Task A_gateway_out_of_sight_is_never_taken_for_one_that_leads_nowhere()
    {
        using var link = Made;
        await link.Apply();
        link.Tamper(world =>
        {
            const string Foreign = "fedcba98-7654-3210-fedc-ba9876543210";
            const string Stranger = "999988887777";
            var aws = world.Aws;
            var own = aws.DxAssociations.Single();
            var table = aws.RouteTables.Single(it => it.Tags["Name"].EndsWith("workload", StringComparison.Ordinal)
                || it.Tags["Name"].EndsWith("workloads", StringComparison.Ordinal));
            aws.DxGateways.Add(new()
            {
                Id = Foreign,
                Region = "",
                State = "available",
                Name = "theirs",
                AmazonSideAsn = 64999,
            });
            aws.Owners[Foreign] = Stranger;
            aws.DxAssociations.Add(new()
            {
                Id = "0fedcba9-8765-4321-0fed-cba987654321",
                State = "associated",
                DxGatewayId = Foreign,
                TransitGatewayId = own.TransitGatewayId,
                TransitGatewayRegion = own.TransitGatewayRegion,
                AttachmentId = "tgw-attach-0fedcba9876543210",
                AllowedPrefixes = ["192.0.2.0/24"],
            });
            aws.Attachments.Add(new()
            {
                Id = "tgw-attach-0fedcba9876543210",
                Region = own.TransitGatewayRegion,
                State = "available",
                TransitGatewayId = own.TransitGatewayId,
                ResourceType = "direct-connect-gateway",
                ResourceId = Foreign,
                ResourceOwner = Stranger,
            });
            table.StaticRoutes.Add(new()
            {
                Destination = "10.2.7.0/24",
                AttachmentId = "tgw-attach-0fedcba9876543210",
            });
        });
        var told = (await link.Verify()).Exits(1).Json;
        Assert.Equal("unproven", (string?)told["verdict"]);
        Assert.Contains("a Direct Connect gateway that was not read", told.ToJsonString());
    }

    /// <summary>One account's credentials do not show the other's: the file says so.</summary>
    [Fact]
    public async Task Init_from_what_stands_names_the_account_and_asks_for_its_profile()
    {
        using var link = Made;
        await link.Apply();
        File.Delete(link.Spec);
        await link.Run("init", "--from", "vpc-0a1b2c3d4e5f60718,/subscriptions/00000000-1111-2222-3333-444444444444/"
            + "resourceGroups/rg-sydney/providers/Microsoft.Network/virtualNetworks/vnet-app", "--name", "minimal",
            "--aws-region", "ap-southeast-2");
        var found = File.ReadAllText(link.Spec);
        Assert.Contains($"account: \"{Connectivity}\"", found);
        Assert.Contains("name its profile (aws.directConnectGateway.profile)", found);
    }

    [Fact]
    public async Task A_profile_of_another_account_than_the_spec_says_is_refused_before_anything_is_read()
    {
        using var link = Made;
        var refused = await OtherRights.Refused(link);
        Assert.Equal(CloudErrorKind.Denied, refused.Kind);
        Assert.Contains($"belong to account {Own}, the spec names {Connectivity}", refused.Message);
        Assert.Contains("aws.directConnectGateway.profile", refused.Advice);
    }

    /// <summary>Each identity gets by with the policy of its own account; with one right missing nothing is
    /// made.</summary>
    [Fact]
    public async Task With_one_right_missing_in_either_account_nothing_is_made()
    {
        using var link = Made;
        await OtherRights.AreNeeded(link, Connectivity, "aws-policy-direct-connect.json",
            "directconnect:AcceptDirectConnectGatewayAssociationProposal",
            "directconnect:CreateDirectConnectGatewayAssociationProposal");
    }

    /// <summary>An apply whose process dies as it is about to make this call.</summary>
    private static async Task DiesBefore(Link link, string operation)
    {
        var stored = Rehearsal.Load(link.WorldDirectory, link.Design, null);
        var clock = new VirtualClock(stored.Now);
        var world = stored.Wake(clock);
        using var run = new Rig(link, world, clock,
            new InProcessClouds(world, Rehearsal.Faces(world, () => clock.GetUtcNow())), Cut.DeathBefore, at: 1,
            counts: request => request.Headers.TryGetValues("X-Amz-Target", out var targets)
                && targets.Single().EndsWith($".{operation}", StringComparison.Ordinal));
        Assert.Null(await run.Apply());
        Assert.True(run.Calls > 0, $"{operation} was not called");
    }
}
