using System.Text.Json;
using Sealane.Clouds.Evidence;
using Sealane.Clouds.Http;
using Sealane.Core.Reconcile;
using Sealane.Sandbox.World;

namespace Sealane.Tests.EndToEnd;

/// <summary>
/// The transit gateway is the network account's, with other people's VPCs on it, and the VPC lies in a workload
/// account: each thing is asked and done by the account that may.
/// </summary>
public sealed class SharedGatewayTests
{
    private const string Network = "111122223333";
    private const string Workload = "444455556666";
    private const string Gateway = "tgw-0123456789abcdef0";

    private static Link Shared => Link.Example("shared-transit-gateway");

    [Fact]
    public async Task It_lives_encrypted_and_what_others_have_is_afterwards_as_it_was()
    {
        using var link = Shared;
        (await link.Run("plan")).Exits(0);
        var before = Theirs(link.World());
        Assert.Contains("10.201.0.0/16", before);
        await ManyPairs.Live(link, from vpc in new[] { "10.1.128.1", "10.3.0.9" }
                                   from pair in new[] { (vpc, "10.2.128.1"), ("10.2.128.1", vpc) }
                                   select pair);
        await link.Later(TimeSpan.FromHours(2));
        Assert.Equal(before, Theirs(link.World()));
    }

    /// <summary>A person has it rejected or made anew: it stands, and carries nothing until it is accepted.</summary>
    [Fact]
    public async Task An_attachment_that_waits_for_acceptance_is_not_available()
    {
        using var link = Shared;
        await link.Apply();
        link.Tamper(world => world.Enter(world.Aws.Attachments.Single(it => it.ResourceOwner == Workload),
            "pendingAcceptance"));
        Assert.NotEqual("encrypted", (string?)(await link.Verify()).Exits(1).Json["verdict"]);
        Assert.Contains("pendingAcceptance: yes → no", (await link.Run("plan", "--exit-code")).Exits(1).Output);
        Assert.Equal("pendingAcceptance", (string?)(await link.Run("status", "--format", "json")).Json["objects"]!
            .AsArray().Single(row => (string?)row!["id"] == "aws/vpc-attachment")!["state"]);
        var again = (await link.Apply()).Done;
        Assert.Equal((0, 1), ((int)again["created"]!, (int)again["updated"]!));
        Assert.Equal("available", link.World().Aws.Attachments.Single(it => it.ResourceOwner == Workload).State);
        await link.IsEncrypted();
    }

    /// <summary>The lines that plan prints are the lines to type.</summary>
    [Fact]
    public async Task Without_a_share_nothing_is_made_and_the_way_is_told()
    {
        using var link = Shared;
        (await link.Run("plan")).Exits(0);
        link.Tamper(world => world.Aws.Shares.Single().Accepted.Remove(Workload));
        var before = Inventory.Of(link.World());
        foreach (var verb in new[] { "plan", "apply" })
        {
            var run = await link.Run(verb, verb == "plan" ? [] : ["--yes"]);
            Assert.Equal(1, run.ExitCode);
            var told = string.Join(' ', run.All.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            Assert.Contains($"{Gateway} is not shared with account {Workload}", told);
            Assert.Contains("aws ram create-resource-share --region ap-southeast-2 --name shared-transit-gateway "
                + $"--resource-arns arn:aws:ec2:ap-southeast-2:{Network}:transit-gateway/{Gateway} "
                + $"--principals {Workload}", told);
        }
        Assert.Equal(before, Inventory.Of(link.World()));
    }

    /// <summary>AWS leaves what is attached as it is, and so does the plan; destroy needs no share either.</summary>
    [Fact]
    public async Task A_link_outlives_the_share()
    {
        using var link = Shared;
        await link.Apply();
        link.Tamper(world => world.Aws.Shares.Clear());
        await link.IsUnchanged();
        await link.IsEncrypted();
        Assert.Empty((await link.Destroy()).Done["stillBilled"]!.AsArray());
    }

    /// <summary>The account of the spec is itself one that it is shared with: it sees no route tables.</summary>
    [Fact]
    public async Task A_gateway_of_a_third_account_is_refused_and_never_taken_for_encrypted()
    {
        using var link = Shared;
        await link.Apply();
        link.Tamper(world =>
        {
            world.Aws.Owners[Gateway] = "777788889999";
            world.Aws.RouteTables.ForEach(table => world.Aws.Owners[table.Id] = "777788889999");
            world.Aws.Shares.Single().Accepted.Add(Network);
        });
        Assert.NotEqual("encrypted", (string?)(await link.Verify()).Exits(1).Json["verdict"]);
        var plan = (await link.Run("plan")).Exits(1).All;
        Assert.Contains("owner 777788889999 → 111122223333: it is shared with this account", plan);
    }

    /// <summary>The workload account has a second way, by a transit gateway whose tables nobody of the link
    /// sees.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData("999988887777")]
    public async Task A_route_to_a_gateway_out_of_sight_is_not_known_and_not_encrypted(string? owner)
    {
        const string Other = "tgw-0fedcba9876543210";
        using var link = Shared;
        await link.Apply();
        link.Tamper(world =>
        {
            var own = world.Aws.Attachments.Single(it => it.ResourceOwner == Workload);
            if (owner is not null)
            {
                world.Aws.TransitGateways.Add(new()
                {
                    Id = Other,
                    Region = own.Region,
                    State = "available",
                    AmazonSideAsn = 64999,
                });
                world.Aws.Owners[Other] = owner;
            }
            world.Aws.VpcRouteTables.First(table => table.VpcId == own.ResourceId && table.Routes.Count > 0)
                .Routes.Add(new() { Destination = "10.2.7.0/24", TargetId = Other });
            world.Aws.Attachments.Add(new()
            {
                Id = "tgw-attach-0fedcba9876543210",
                Region = own.Region,
                State = "available",
                TransitGatewayId = Other,
                ResourceType = own.ResourceType,
                ResourceId = own.ResourceId,
                ResourceOwner = Workload,
            });
        });
        var verdict = (await link.Verify()).Exits(1).Json;
        Assert.Equal("unproven", (string?)verdict["verdict"]);
        Assert.Contains("its owner alone sees its route tables", verdict.ToJsonString());
    }

    [Fact]
    public async Task A_profile_of_another_account_than_the_spec_says_is_refused_before_anything_is_read()
    {
        using var link = Shared;
        var refused = await OtherRights.Refused(link);
        Assert.Equal(CloudErrorKind.Denied, refused.Kind);
        Assert.Contains($"belong to account {Network}, the spec names {Workload}", refused.Message);
        Assert.Contains("aws.vpcProfile", refused.Advice);
    }

    /// <summary>Each identity gets by with the policy of its own account; with one right missing nothing is
    /// made.</summary>
    [Fact]
    public async Task With_one_right_missing_in_either_account_nothing_is_made()
    {
        using var link = Shared;
        await OtherRights.AreNeeded(link, Workload, "aws-policy-workload.json",
            "ec2:CreateTransitGatewayVpcAttachment", "ec2:AcceptTransitGatewayVpcAttachment");
    }

    /// <summary>An auditor works the verdict out again: what either account was told is kept apart.</summary>
    [Fact]
    public async Task Evidence_keeps_what_each_account_was_told()
    {
        using var link = Shared;
        await link.Apply();
        var bundle = Path.Combine(link.Root, "bundle");
        (await link.Run("verify", "--evidence", bundle)).Exits(0);
        Assert.Contains("encrypted, as then", (await Shell.Run(["verify", "--from", bundle])).Exits(0).Output);
    }

    /// <summary>Two accounts ask the same and are told different things, in whatever order they ask again.</summary>
    [Fact]
    public async Task A_kept_reply_answers_the_account_that_was_told_it()
    {
        static KeptReply Told(string? account) => new()
        {
            Cloud = "aws",
            Operation = "ec2:DescribeTransitGateways",
            Origin = "https://ec2.invalid",
            Method = "POST",
            Target = "/",
            Asked = "Action=DescribeTransitGateways",
            Account = account,
            Status = 200,
            Reply = account ?? "own",
        };
        using var http = new HttpClient(new KeptClouds([Told(null), Told(Workload)]));
        foreach (var account in new[] { Workload, null, Workload, null })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "https://ec2.invalid/")
            {
                Content = new StringContent("Action=DescribeTransitGateways"),
            };
            request.Options.Set(CallOptions.Cloud, Cloud.Aws);
            if (account is not null)
            {
                request.Options.Set(CallOptions.Account, account);
            }
            using var reply = await http.SendAsync(request);
            Assert.Equal(account ?? "own", await reply.Content.ReadAsStringAsync());
        }
    }

    /// <summary>All of AWS but what the link makes, member by member.</summary>
    private static string Theirs(StoredWorld world)
    {
        var aws = JsonSerializer.SerializeToNode(world, WorldJson.Whole)!["aws"]!.AsObject();
        foreach (var counter in new[] { "ordinals", "owners" })
        {
            aws.Remove(counter);
        }
        return aws.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
    }
}
