using Sealane.Sandbox.World;

namespace Sealane.Tests.EndToEnd;

/// <summary>The claim of a run on the guide's link that is no more.</summary>
internal static class LeftClaim
{
    private const string Name = "sealane-sydney";

    /// <param name="machine"><c>rehearsal</c> is the one that commands run on.</param>
    public static void Of(SandboxWorld world, string machine) => world.Aws.SecurityGroups.Add(new()
    {
        Id = "sg-0123456789abcdef0",
        GroupName = Name,
        Region = "ap-southeast-2",
        VpcId = world.Aws.Vpcs[0].Id,
        Tags = new() { ["sealane"] = "sydney", ["sealane-owner"] = machine, ["sealane-run"] = "sealane apply" },
    });

    public static bool Stands(Link link) => link.World().Aws.SecurityGroups.Exists(group => group.GroupName == Name);
}
