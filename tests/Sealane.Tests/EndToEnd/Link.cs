using System.Collections.Concurrent;
using Sealane.Core.Design;
using Sealane.Core.Spec;
using Sealane.Sandbox.World;

namespace Sealane.Tests.EndToEnd;

/// <summary>One link in a sandbox of its own, worked on with the program's commands.</summary>
internal sealed class Link : IDisposable
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<Dictionary<string, byte[]>>>> s_built = [];
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("sealane-e2e-");

    /// <param name="text">The spec. It can be changed later with <see cref="Write"/>.</param>
    public Link(string text)
    {
        Write(text);
    }

    public static Link Example(string name) => new(File.ReadAllText(Repository.PathOf("examples", $"{name}.yaml")));

    public static Link Sydney => Example("sydney");

    /// <summary>An example as apply leaves it: built once in a process, and a copy for each who asks.</summary>
    public static async Task<Link> Built(string example)
    {
        var files = await s_built.GetOrAdd(example, _ => new(async () =>
        {
            using var first = Example(example);
            await first.Apply();
            return Directory.GetFiles(first.Root, "*", SearchOption.AllDirectories)
                .ToDictionary(file => Path.GetRelativePath(first.Root, file), File.ReadAllBytes);
        })).Value;
        var link = Example(example);
        foreach (var (name, bytes) in files)
        {
            var file = new FileInfo(Path.Combine(link.Root, name));
            file.Directory!.Create();
            await File.WriteAllBytesAsync(file.FullName, bytes);
        }
        return link;
    }

    public string Root => _directory.FullName;
    public string Spec => Path.Combine(Root, "link.yaml");
    public string Sandbox => Path.Combine(Root, "sandbox");
    public NetworkDesign Design => Designer.Design(SpecReader.Read(Spec, File.ReadAllText(Spec)).Spec!);

    /// <summary>Where the world of this link is kept.</summary>
    public string WorldDirectory => Path.Combine(Sandbox, Design.Name);

    public void Write(string text) => File.WriteAllText(Spec, text);

    /// <summary>Replaces exactly one place of the spec.</summary>
    public Link Edit(string old, string changed)
    {
        var parts = File.ReadAllText(Spec).Split(old);
        Assert.True(parts.Length == 2, $"'{old}' stands {parts.Length - 1} times in the spec");
        Write(string.Join(changed, parts));
        return this;
    }

    public Task<Shell> Run(string verb, params string[] options) =>
        Shell.Run([verb, Spec, $"--sandbox={Sandbox}", .. options]);

    /// <summary>Agrees to everything that <c>--yes</c> does not cover; what the clouds do not tell it does not
    /// say.</summary>
    public IReadOnlyList<string> Agreed =>
    [
        .. Sealane.Cli.AllResources.Offline(Design).Resources
            .Where(it => !it.Id.Contains("private-peering", StringComparison.Ordinal))
            .SelectMany(it => (string[])["--replace", it.Id]),
        "--term", $"{Design.Megaport.Contract.TermMonths}", "--keys-at-once",
    ];

    public async Task<Shell> Apply(int exits = 0) =>
        (await Run("apply", ["--yes", "--format", "jsonl", .. Agreed])).Exits(exits);

    /// <summary>The same where the spec no longer has all that stands: also agrees to what its plan deletes.</summary>
    public async Task<Shell> ApplyAgain()
    {
        var plan = (await Run("plan", "--format", "json")).Json;
        var going = plan["steps"]!.AsArray().Count(step => (string?)step!["action"] == "delete");
        return (await Run("apply", ["--yes", "--format", "jsonl", .. Agreed, "--remove", $"{going}"])).Exits(0);
    }

    public async Task<Shell> Destroy() => (await Run("destroy", "--yes", "--format", "jsonl")).Exits(0);

    public Task<Shell> Verify() => Run("verify", "--format", "json");

    /// <summary>The yes of it: encrypted, nothing less than was built, everything as designed.</summary>
    public Task<Shell> VerifyStrictly() => Run("verify", "--strict", "--format", "json");

    public async Task IsEncrypted()
    {
        var verify = (await Verify()).Exits(0);
        Assert.Equal("encrypted", (string?)verify.Json["verdict"]);
    }

    /// <summary>Nothing is left to do.</summary>
    public async Task IsUnchanged() => (await Run("plan", "--exit-code")).Exits(0);

    public StoredWorld World() => WorldFile.Read(WorldDirectory)
        ?? throw new InvalidOperationException("there is no world yet");

    /// <summary>What somebody does in the portals, behind Sealane's back.</summary>
    public void Tamper(Action<SandboxWorld> hand)
    {
        var stored = World();
        var world = stored.Wake(new Core.Reconcile.VirtualClock(stored.Now));
        hand(world);
        world.Touch();
        WorldFile.Save(WorldDirectory, world);
    }

    /// <summary>What somebody does behind Sealane's back, and the clouds going on by themselves meanwhile.</summary>
    public async Task Later(TimeSpan time, Action<SandboxWorld>? hand = null)
    {
        var stored = World();
        var clock = new Core.Reconcile.VirtualClock(stored.Now);
        var world = stored.Wake(clock);
        hand?.Invoke(world);
        world.Touch();
        using (clock.Enter())
        {
            await Task.Delay(time, clock);
        }
        world.Advance();
        WorldFile.Save(WorldDirectory, world);
    }

    public void Dispose() => _directory.Delete(recursive: true);
}
