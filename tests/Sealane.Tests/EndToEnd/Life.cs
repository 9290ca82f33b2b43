using Sealane.Cli;
using Sealane.Core.Reconcile;
using Sealane.Sandbox.World;
using Sealane.Tests.Evidence;

namespace Sealane.Tests.EndToEnd;

/// <summary>A whole life of a link in a world in which the clouds use every other form: what fails first.</summary>
internal static class Life
{
    /// <summary>Stands between the client and the clouds; the clock is that of a run, and none where evidence is
    /// read.</summary>
    public delegate HttpMessageHandler Wire(HttpMessageHandler clouds, TimeProvider? clock);

    /// <param name="hand">What else is so in the world.</param>
    /// <returns>Empty when nothing fails.</returns>
    public static async Task<string> Trouble(
        Link ugly, Wire wire, Action<SandboxWorld>? hand = null, FaultPlan? faults = null)
    {
        using var link = ugly;
        var stored = Rehearsal.New(link.Design, null);
        var world = stored.Wake(new VirtualClock(stored.Now));
        Chaos.Parse("forms=all").Arm(world);
        world.Aws.Variants.PageSize = 1;
        hand?.Invoke(world);
        Directory.CreateDirectory(link.WorldDirectory);
        WorldFile.Save(link.WorldDirectory, world);
        var before = Inventory.Of(link.World());
        Task<RunReport?> Ran(Func<Rig, Task<RunReport?>> run) => Life.Ran(link, wire, faults, run);
        try
        {
            if (await Ran(rig => rig.Apply()) is { Result: not RunResult.Done } stuck)
            {
                return $"apply: {stuck.Failures.Select(failure => failure.Reason).FirstOrDefault()}";
            }
            if (await Sight.Of(link, clouds => wire(clouds, null)) is { Word: not "encrypted" } sight)
            {
                return $"verify: {sight.Word}";
            }
            if (await Ran(rig => rig.Apply()) is not { Result: RunResult.Done, Created: 0, Updated: 0 })
            {
                return "plan: something would be done again";
            }
            if (await Ran(rig => rig.Destroy()) is { Result: not RunResult.Done } held)
            {
                return $"destroy: {held.Failures.Select(failure => failure.Reason).FirstOrDefault()}";
            }
        }
        catch (CloudError error)
        {
            return $"unreadable: {error.Message}";
        }
        var left = Inventory.Of(link.World()).Except(before).ToList();
        return left is [] ? "" : $"left behind: {string.Join(", ", left)}";
    }

    private static async Task<RunReport?> Ran(
        Link link, Wire wire, FaultPlan? faults, Func<Rig, Task<RunReport?>> run)
    {
        var stored = link.World();
        var clock = new VirtualClock(stored.Now);
        var world = stored.Wake(clock);
        using var rig = new Rig(link, world, clock,
            wire(new InProcessClouds(world, Rehearsal.Faces(world, () => world.Now), faults), clock));
        return await run(rig);
    }
}
