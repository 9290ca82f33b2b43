using Sealane.Core.Design;
using Sealane.Core.Routing;
using Sealane.Core.Spec;
using Sealane.Sandbox.World;
using Sealane.Tests.EndToEnd;

namespace Sealane.Tests.Routing;

/// <summary>What is proved of a design before it exists is what is proved of the world after it was applied.</summary>
public sealed class DesignEqualsWorldTests
{
    [Theory]
    [InlineData("sydney")]
    [InlineData("minimal")]
    [InlineData("tokyo")]
    [InlineData("two-paths")]
    public async Task The_proof_of_a_design_is_the_proof_of_the_world_that_it_becomes(string example)
    {
        var file = Repository.PathOf("examples", $"{example}.yaml");
        var design = Designer.Design(SpecReader.Read(file, await File.ReadAllTextAsync(file)).Spec!);
        var directory = Directory.CreateTempSubdirectory("sealane-test").FullName;
        try
        {
            (await Shell.Run("apply", file, $"--sandbox={directory}", "--yes")).Exits(0);
            var world = WorldFile.Read(Path.Combine(directory, design.Name))!.Wake(TimeProvider.System);
            var (aws, azure) = (DesignNetwork.ProtectedAws(design), DesignNetwork.ProtectedAzure(design));

            var foretold = Proof.Of(DesignNetwork.Of(design), aws, azure);
            var real = Proof.Of(world.Network, aws, azure);

            Assert.Equal((foretold.Exposed, foretold.Converged), (real.Exposed, real.Converged));
            Assert.Equal(foretold.AwsToAzure.Delivery.Count, real.AwsToAzure.Delivery.Count);
            Assert.Equal(foretold.AzureToAws.Delivery.Count, real.AzureToAws.Delivery.Count);
            Assert.DoesNotContain(real.Flows, flow => flow.Verdict == Verdict.Clear);
            Assert.Contains(real.Flows,
                flow => flow is { Direction: FlowDirection.AwsToAzure, Verdict: Verdict.Encrypted });
            Assert.Contains(real.Flows,
                flow => flow is { Direction: FlowDirection.AzureToAws, Verdict: Verdict.Encrypted });
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
