using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Sealane.Core;
using Sealane.Core.Reconcile;
using Sealane.Sandbox.World;

namespace Sealane.Tests.Sandbox.World;

public class WorldFileTests
{
    [Fact]
    public void No_file_is_no_world() => Using(directory => Assert.Null(WorldFile.Read(directory)));

    [Fact]
    public void A_world_goes_on_where_it_was_saved() => Using(directory =>
    {
        var clock = new VirtualClock(Worlds.Morning);
        WorldFile.Save(directory, Worlds.Empty(clock, seed: 42));
        var stored = WorldFile.Read(directory)!;
        Assert.Equal(Worlds.Morning, stored.Now);
        var world = stored.Wake(new VirtualClock(stored.Now));
        Assert.Equal(42, world.Seed);
        Assert.Equal(Worlds.Morning, world.Now);
    });

    [Fact]
    public void Only_the_owner_may_read_it_and_nothing_else_is_left_behind() => Using(directory =>
    {
        WorldFile.Save(directory, Worlds.Empty());
        WorldFile.Save(directory, Worlds.Empty());
        var file = Assert.Single(Directory.GetFiles(directory));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    });

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"version\":\"1\"}")]
    [InlineData("{\"version\":1}")]
    [InlineData("{\"version\":2,\"seed\":1}")]
    [InlineData("{\"version\":1e400}")]
    [InlineData("{\"version\":1,\"seed\":1,\"now\":\"soon\",\"aws\":{},\"azure\":{},\"megaport\":{}}")]
    [InlineData("\u0000\u0001binary")]
    public void A_damaged_file_is_named_with_what_to_do(string text) => Using(directory =>
    {
        var path = Path.Combine(directory, WorldFile.Name);
        File.WriteAllText(path, text);
        var error = Assert.Throws<WorldFileError>(() => WorldFile.Read(directory));
        Assert.Equal(path, error.Path);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains("Delete the file", error.Message, StringComparison.Ordinal);
    });

    [Fact]
    public void A_file_cut_short_at_any_place_is_damaged() => Using(directory =>
    {
        WorldFile.Save(directory, Worlds.Empty());
        var path = Path.Combine(directory, WorldFile.Name);
        var text = File.ReadAllText(path).TrimEnd();
        for (var length = 0; length < text.Length; length += 1 + (text.Length / 97))
        {
            File.WriteAllText(path, text[..length]);
            Assert.Throws<WorldFileError>(() => WorldFile.Read(directory));
        }
    });

    [Fact]
    public void What_was_set_is_kept_and_what_is_worked_out_is_not()
    {
        var before = new Sample
        {
            Id = "a",
            State = "LIVE",
            Coming = { new(Worlds.Morning, "gone") },
            ByPrefix = { [Prefix.Parse("10.0.0.0/8")] = InterfaceAddress.Parse("10.1.2.3/24") },
            Addresses = { Ipv4.Parse("192.0.2.1") },
            Body = new JsonObject { ["x"] = 1 },
            Needed = null,
            Cleared = null,
        };
        var shape = WorldJson.Of(new DefaultJsonTypeInfoResolver());
        var text = JsonSerializer.Serialize(before, shape);
        Assert.DoesNotContain("workedOut", text, StringComparison.OrdinalIgnoreCase);
        var after = JsonSerializer.Deserialize<Sample>(text, shape)!;
        Assert.Equal(text, JsonSerializer.Serialize(after, shape));
        Assert.Null(after.Cleared);
        Assert.Equal(before.Coming, after.Coming);
        Assert.Equal("192.0.2.1", after.Addresses.Single().ToString());
        Assert.Equal("10.1.2.3/24", after.ByPrefix[Prefix.Parse("10.0.0.0/8")].ToString());
    }

    private static void Using(Action<string> test)
    {
        using var directory = new TemporaryDirectory();
        test(directory.Path);
    }

    private sealed class Sample : Entity
    {
        public Dictionary<Prefix, InterfaceAddress> ByPrefix { get; } = [];
        public List<Ipv4> Addresses { get; } = [];
        public JsonObject Body { get; set; } = [];
        public required string? Needed { get; init; }
        public string? Cleared { get; set; } = "default";
        public IEnumerable<Ipv4> WorkedOut => Addresses.Where(a => a.Value > 0);
        public int WorkedOutToo => Addresses.Count;
    }
}
