using Sealane.Core.Reconcile;

namespace Sealane.Tests.Reconcile;

/// <summary>A lost answer is asked for again, and not for ever; a clear one is an answer.</summary>
public sealed partial class EngineTests
{
    [Fact]
    public async Task A_change_that_is_refused_is_asked_for_once()
    {
        var (world, writes) = await Changed();
        world.Cloud.Refuses = true;

        Assert.Equal(RunResult.Failed, (await world.Apply()).Result);

        Assert.Equal(writes + 1, world.Cloud.Writes);
    }

    [Fact]
    public async Task A_change_whose_every_answer_is_lost_is_given_up()
    {
        var (world, writes) = await Changed();
        (world.Cloud.LostReplies, world.Cloud.Deaf) = (1, true);

        Assert.Equal(RunResult.Failed, (await world.Apply()).Result);

        Assert.InRange(world.Cloud.Writes - writes, 5, 10);
    }

    /// <summary>A thing that stands, and is wanted otherwise by now.</summary>
    private static async Task<(ToyRun World, int Writes)> Changed()
    {
        var world = new ToyRun(TimeSpan.FromSeconds(5));
        await world.Apply();
        world.Resources[0].Value = "b";
        return (world, world.Cloud.Writes);
    }
}
