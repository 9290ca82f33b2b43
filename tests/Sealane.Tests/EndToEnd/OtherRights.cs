using System.Text.Json.Nodes;
using Sealane.Cli;
using Sealane.Clouds.Aws;
using Sealane.Clouds.Http;
using Sealane.Core.Reconcile;
using Sealane.Sandbox.World;
using Sealane.Tests.Docs;

namespace Sealane.Tests.EndToEnd;

/// <summary>A link of two AWS accounts, each of whose identities has the policy of its own account.</summary>
internal static class OtherRights
{
    /// <summary>What is told where the other account's profile leads to the link's own.</summary>
    public static async Task<CloudError> Refused(Link link)
    {
        (await link.Run("plan")).Exits(0);
        var stored = link.World();
        var clock = new VirtualClock(stored.Now);
        var world = stored.Wake(clock);
        using var clouds = new InProcessClouds(world, Rehearsal.Faces(world, () => world.Now));
        var aws = new AwsClients(new CloudContext(clock, clouds), Rehearsal.AwsCredentials(null),
            new() { Region = "ap-southeast-2", ConnectionRegion = "ap-southeast-2" },
            _ => Rehearsal.AwsCredentials(null));
        return await Assert.ThrowsAsync<CloudError>(() => aws.RequireAccount(link.Design, default));
    }

    /// <summary>Each gets by with its policy; with one right of either missing nothing is made.</summary>
    /// <param name="policy">The other account's, in docs.</param>
    /// <param name="theirs">An action that must be the other account's.</param>
    /// <param name="own">The one that the link's own account adds.</param>
    public static async Task AreNeeded(Link link, string account, string policy, string theirs, string own)
    {
        (await link.Run("plan")).Exits(0);
        var before = Inventory.Of(link.World());
        var file = JsonNode.Parse(File.ReadAllText(Repository.PathOf("docs", policy)))!;
        var writes = file["Statement"]!.AsArray().SelectMany(one => one!["Action"]!.AsArray())
            .Select(action => (string)action!).Except(Grants.AwsReads).ToList();
        Assert.Contains(theirs, writes);
        Assert.DoesNotContain(own, writes);
        foreach (var (action, isTheirs) in writes.Select(action => (action, true)).Append((own, false)))
        {
            string Without(string from) => from.Replace($"\"{action}\"", "\"ec2:Nothing\"", StringComparison.Ordinal);
            link.Tamper(LeastPrivilegeTests.Writer);
            link.Tamper(world =>
            {
                var other = world.Aws.Others.Single();
                other.Policy = isTheirs ? Without(other.Policy!) : other.Policy;
                world.Aws.Policy = isTheirs ? world.Aws.Policy : Without(world.Aws.Policy!);
            });
            var run = (await link.Run("apply", "--yes")).Exits(1);
            Assert.Contains(isTheirs ? $"{action} in account {account}" : action, run.Error);
            Assert.Equal(before, Inventory.Of(link.World()));
        }
        link.Tamper(LeastPrivilegeTests.Writer);
        await link.Apply();
        link.Tamper(LeastPrivilegeTests.Reader);
        await link.IsEncrypted();
        link.Tamper(LeastPrivilegeTests.Writer);
        await link.Destroy();
    }
}
