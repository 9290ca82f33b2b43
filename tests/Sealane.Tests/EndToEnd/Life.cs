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

    /// <summary>What is not as in every life.</summary>
    public sealed record Fate
    {
        public Func<Link, Link> Spec { get; init; } = link => link;

        /// <summary>What else is so in the world, from the beginning.</summary>
        public Action<SandboxWorld>? Hand { get; init; }

        /// <summary>What becomes so before the link is destroyed.</summary>
        public Action<SandboxWorld>? Late { get; init; }
        public FaultPlan? Faults { get; init; }

        /// <summary>Ctrl-C at the order of this number, and then the link is destroyed; 0: it is built.</summary>
        public int StopsAtOrder { get; init; }
    }

    /// <returns>Empty when nothing fails.</returns>
    public static async Task<string> Trouble(Link ugly, Wire wire, Fate? given = null)
    {
        var fate = given ?? new();
        using var link = fate.Spec(ugly);
        var stored = Rehearsal.New(link.Design, null);
        var world = stored.Wake(new VirtualClock(stored.Now));
        Chaos.Parse("forms=all").Arm(world);
        world.Aws.Variants.PageSize = 1;
        fate.Hand?.Invoke(world);
        Directory.CreateDirectory(link.WorldDirectory);
        WorldFile.Save(link.WorldDirectory, world);
        var before = Inventory.Of(link.World());
        Task<RunReport?> Ran(Func<Rig, Task<RunReport?>> run) => Life.Ran(link, wire, fate, run);
        try
        {
            if (fate.StopsAtOrder > 0)
            {
                await Life.Ran(link, wire, fate, rig => rig.Apply(), fate.StopsAtOrder);
            }
            else if (await Built(link, wire, Ran) is { Length: > 0 } trouble)
            {
                return trouble;
            }
            if (fate.Late is { } late)
            {
                link.Tamper(late);
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

    private static async Task<string> Built(
        Link link, Wire wire, Func<Func<Rig, Task<RunReport?>>, Task<RunReport?>> ran)
    {
        if (await ran(rig => rig.Apply()) is { Result: not RunResult.Done } stuck)
        {
            return $"apply: {stuck.Failures.Select(failure => failure.Reason).FirstOrDefault()}";
        }
        if (await Sight.Of(link, clouds => wire(clouds, null)) is { Word: not "encrypted" } sight)
        {
            return $"verify: {sight.Word}";
        }
        return await ran(rig => rig.Apply()) is { Result: RunResult.Done, Created: 0, Updated: 0 } ? ""
            : "plan: something would be done again";
    }

    private static async Task<RunReport?> Ran(
        Link link, Wire wire, Fate fate, Func<Rig, Task<RunReport?>> run, int stopsAtOrder = 0)
    {
        var stored = link.World();
        var clock = new VirtualClock(stored.Now);
        var world = stored.Wake(clock);
        using var rig = new Rig(link, world, clock,
            wire(new InProcessClouds(world, Rehearsal.Faces(world, () => world.Now), fate.Faults), clock),
            at: stopsAtOrder,
            counts: request => request.RequestUri!.AbsolutePath.EndsWith("/buy", StringComparison.Ordinal));
        return await run(rig);
    }
}
