using Sealane.Cli;
using Sealane.Core.Reconcile;
using Sealane.Sandbox.World;

namespace Sealane.Tests.EndToEnd;

/// <summary>A disk that is full or read-only: found out before anything is ordered, or the run ends in order.</summary>
public sealed class DiskTests
{
    /// <summary>Takes every byte that one wants to write with ENOSPC.</summary>
    private const string FullDisk = "/dev/full";

    [Theory]
    [InlineData("apply")]
    [InlineData("destroy")]
    public async Task A_full_disk_under_the_wire_log_ends_the_run_in_order(string verb)
    {
        Assert.SkipUnless(File.Exists(FullDisk), $"this system has no {FullDisk}");
        using var link = Link.Sydney;
        if (verb == "destroy")
        {
            await link.Apply();
        }
        var run = (await link.Run(verb, "--yes", "--wire-log", FullDisk)).Exits(3);
        Assert.Contains("error: the wire log cannot be written: No space left on device", run.Error);
        Assert.Contains($"fix: make room there or make it writable, then go on with: sealane {verb} {link.Spec}",
            run.Error);
        Assert.Contains("Stopped", run.Output);
        (await link.Run(verb, "--yes")).Exits(0);
        if (verb == "apply")
        {
            Whole.Is(link);
        }
    }

    [Fact]
    public async Task A_journal_that_cannot_be_written_is_found_out_before_the_plan_is_shown()
    {
        using var link = Link.Sydney;
        Directory.CreateDirectory(Path.Combine(link.WorldDirectory, "sydney.journal.jsonl"));
        var run = (await link.Run("apply", "--yes")).Exits(2);
        Assert.Contains("error: the journal of the run cannot be written", run.Error);
        Assert.Contains("nothing was done", run.Error);
        Assert.DoesNotContain("to create", run.Output);
        Assert.Empty(link.World().Megaport.Billed);
    }

    [Fact]
    public void An_order_whose_intent_cannot_be_written_down_does_not_go_out()
    {
        var directory = Directory.CreateTempSubdirectory("sealane-journal-");
        try
        {
            using var disk = new DiskTrouble();
            var path = Path.Combine(directory.FullName, "link.journal.jsonl");
            var journal = new FileJournal(path, disk);
            journal.Begin("megaport/mcr", StepAction.Create, default);
            File.Delete(path);
            Directory.CreateDirectory(path);
            Assert.ThrowsAny<OperationCanceledException>(() => journal.Begin("aws/vpn", StepAction.Create, default));
            Assert.True(disk.Stop.IsCancellationRequested);
            Assert.Contains(path, disk.First);
            journal.End("megaport/mcr", default);
            Assert.Contains("megaport/mcr", journal.Open.Keys);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    /// <summary>What a cloud has accepted is in the world's file before the reply arrives: a killed rehearsal loses
    /// nothing.</summary>
    [Fact]
    public async Task The_world_on_disk_is_never_behind_what_was_accepted()
    {
        using var link = Link.Sydney;
        var design = link.Design;
        Directory.CreateDirectory(link.WorldDirectory);
        var stored = Rehearsal.New(design, null);
        var clock = new VirtualClock(stored.Now);
        var world = stored.Wake(clock);
        var (changes, behind) = (0, 0);
        using var disk = new DiskTrouble();
        using var clouds = new InProcessClouds(world, Rehearsal.Faces(world, () => world.Now), null,
            () => WorldFile.Save(link.WorldDirectory, world, durably: false));
        using var rig = new Rig(link, world, clock, new Checking(clouds, () =>
        {
            changes++;
            behind += Inventory.Of(link.World()).SequenceEqual(Inventory.Of(StoredWorld.Of(world))) ? 0 : 1;
        }));
        Assert.Equal(RunResult.Done, (await rig.Apply())!.Result);
        Assert.True(changes > 40, $"{changes} changes were looked at");
        Assert.Equal(0, behind);
    }

    private sealed class Checking(HttpMessageHandler inner, Action afterWrite) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request,
            CancellationToken cancellationToken)
        {
            var reply = await base.SendAsync(request, cancellationToken);
            if (request.Options.TryGetValue(Sealane.Clouds.Http.CallOptions.Writes, out var writes) && writes)
            {
                afterWrite();
            }
            return reply;
        }
    }
}
