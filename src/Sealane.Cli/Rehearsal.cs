using Sealane.Core.Design;
using Sealane.Core.Reconcile;
using Sealane.Sandbox.Aws;
using Sealane.Sandbox.Azure;
using Sealane.Sandbox.Megaport;
using Sealane.Sandbox.World;

namespace Sealane.Cli;

/// <summary>
/// The embedded clouds of <c>--sandbox</c>: a world from its directory, or a new one as the spec presupposes it, on a
/// clock that jumps. Its time stands still between commands.
/// </summary>
internal sealed class Rehearsal
{
    /// <summary>When a new world begins. Fixed, so that a rehearsal with the same seed prints the same.</summary>
    private static readonly DateTimeOffset Beginning = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly string _directory;
    private readonly List<DateTimeOffset> _changes = [];
    private readonly ClearWatch _clear;
    private readonly DiskTrouble _disk;

    private Rehearsal(string directory, SandboxWorld world, VirtualClock clock, Chaos? chaos, DiskTrouble disk)
    {
        _directory = directory;
        _disk = disk;
        World = world;
        Clock = clock;
        world.Changed += at => _changes.Add(at);
        _clear = new(world);
        chaos?.Arm(world);
        Transport = new(world, Faces(world, () => world.Now), chaos?.Faults, Keep);
    }

    public SandboxWorld World { get; }
    public VirtualClock Clock { get; }
    public InProcessClouds Transport { get; }

    /// <summary>The times of this command during which the world let clear traffic through.</summary>
    public IReadOnlyList<ClearWindow> ClearWindows
    {
        get
        {
            lock (World.Gate)
            {
                return _clear.Windows;
            }
        }
    }

    /// <summary>How long of this command the world's link did not carry, after it had.</summary>
    public TimeSpan Outage
    {
        get
        {
            lock (World.Gate)
            {
                return _clear.Outage;
            }
        }
    }

    public static Rehearsal Open(string directory, NetworkDesign design, long? seed, Chaos? chaos, DiskTrouble disk)
    {
        // A place where no world can be kept is found out before a run, not after it.
        Directory.CreateDirectory(directory);
        var stored = Load(directory, design, seed);
        var clock = new VirtualClock(stored.Now);
        return new(directory, stored.Wake(clock), clock, chaos, disk);
    }

    /// <summary>The world of this link in a sandbox directory; a new one when there is none.</summary>
    public static StoredWorld Load(string directory, NetworkDesign design, long? seed) =>
        WorldFile.Read(directory) is { } stored ? With(stored, design) : New(design, seed);

    private static StoredWorld With(StoredWorld stored, NetworkDesign design)
    {
        stored.Aws.Presuppose(design);
        stored.Azure.Presuppose(design);
        return stored;
    }

    /// <summary>The world as the spec presupposes it.</summary>
    public static StoredWorld New(NetworkDesign design, long? seed) => new()
    {
        Version = StoredWorld.CurrentVersion,
        Seed = seed ?? 1,
        Now = Beginning,
        Aws = AwsState.Of(design),
        Azure = AzureState.Of(design),
        Megaport = MegaportState.Of(design),
    };

    public static Faces Faces(SandboxWorld world, Func<DateTimeOffset> wallClock) => new(
        new AwsFace(world, new(SandboxIdentity.AwsAccessKeyId, new(SandboxIdentity.AwsSecretAccessKey)), wallClock),
        new ArmFace(world, wallClock),
        new LoginFace(world, new(SandboxIdentity.AzureClientId, SandboxIdentity.AzureClientSecret), wallClock),
        new MegaportFace(world, wallClock),
        new MegaportTokenFace(world, new(SandboxIdentity.MegaportAccessKey, SandboxIdentity.MegaportSecretKey),
            wallClock));

    public void Save() => WorldFile.Save(_directory, World);

    /// <summary>In the middle of a run: what a command was told by a cloud outlives the command.</summary>
    private void Keep()
    {
        try
        {
            WorldFile.Save(_directory, World, durably: false);
        }
        catch (Exception error) when (DiskTrouble.Is(error))
        {
            _disk.Report($"the world in {_directory}", error);
        }
    }

    /// <summary>The last moment in an interval at which anything in the world changed.</summary>
    public DateTimeOffset? LastChangeBetween(DateTimeOffset after, DateTimeOffset until)
    {
        lock (World.Gate)
        {
            var at = _changes.FindLast(change => change <= until);
            return at > after ? at : null;
        }
    }
}
