using Sealane.Cli.Commands;
using Sealane.Cli.Output;
using Sealane.Clouds.Aws;
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

    private readonly string? _directory;
    private readonly List<DateTimeOffset> _changes = [];
    private readonly ClearWatch _clear;
    private readonly DiskTrouble _disk;

    /// <param name="directory">Null: the world is not kept.</param>
    private Rehearsal(string? directory, SandboxWorld world, VirtualClock clock, Chaos? chaos, DiskTrouble disk)
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

    /// <param name="kept">Whether the world is stored when the command ends.</param>
    public static Rehearsal Open(
        string directory, NetworkDesign design, LinkOptions options, bool kept, DiskTrouble disk)
    {
        if (kept)
        {
            // A place where no world can be kept is found out before a run, not after it.
            Directory.CreateDirectory(directory);
        }
        var stored = Load(directory, design, options.Seed);
        var clock = new VirtualClock(stored.Now);
        return new(kept ? directory : null, stored.Wake(clock), clock, options.Chaos, disk);
    }

    /// <summary>A rehearsal lies in the folder where it was begun. From another folder the same command begins anew,
    /// which looks as if everything were gone.</summary>
    public static void TellOfANewOne(
        LinkOptions options, string link, string directory, bool isNew, bool writer)
    {
        if (!isNew || options.SandboxDirectory != LinkOptions.DefaultSandbox)
        {
            return;
        }
        var beside = Path.Combine(
            Path.GetDirectoryName(Path.GetFullPath(options.File)) ?? "", LinkOptions.DefaultSandbox);
        var other = File.Exists(Path.Combine(beside, link, WorldFile.Name)) ? beside : null;
        if (other is not null || !(writer || options.Verb is "plan"))
        {
            Console.Error.Line($"note: no rehearsal of {link} is kept in {Path.GetFullPath(directory)}: this one "
                + "begins with nothing built" + (other is null ? "" : $"; one is kept in {other} (--sandbox={other})"));
        }
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

    /// <param name="account">Null: the link's own.</param>
    public static AwsCredentialSource AwsCredentials(string? account) => AwsCredentialSource.Given(
        account is null ? SandboxIdentity.AwsAccessKeyId : SandboxIdentity.AwsAccessKeyOf(account),
        new(SandboxIdentity.AwsSecretAccessKey));

    public static Faces Faces(SandboxWorld world, Func<DateTimeOffset> wallClock) => new(
        new AwsFace(world, new(SandboxIdentity.AwsAccessKeyId, new(SandboxIdentity.AwsSecretAccessKey)), wallClock),
        new ArmFace(world, wallClock),
        new LoginFace(world, new(SandboxIdentity.AzureClientId, SandboxIdentity.AzureClientSecret), wallClock),
        new MegaportFace(world, wallClock),
        new MegaportTokenFace(world, new(SandboxIdentity.MegaportAccessKey, SandboxIdentity.MegaportSecretKey),
            wallClock));

    public void Save()
    {
        if (_directory is not null)
        {
            WorldFile.Save(_directory, World);
        }
    }

    /// <summary>In the middle of a run: what a command was told by a cloud outlives the command.</summary>
    private void Keep()
    {
        if (_directory is null)
        {
            return;
        }
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
