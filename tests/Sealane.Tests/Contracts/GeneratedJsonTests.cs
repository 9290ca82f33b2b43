using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Sealane.Cli.Evidence;
using Sealane.Clouds.Megaport.Wire;
using Sealane.Core.Routing;
using Sealane.Sandbox.World;
using Sealane.Sandbox.World.Net;
using Sealane.Tests.Routing;

namespace Sealane.Tests.Contracts;

/// <summary>What is generated for the program without reflection is what reflection finds: a member that it does not
/// see would be lost without a word.</summary>
public class GeneratedJsonTests
{
    [Fact]
    public async Task A_world_is_written_and_read_as_reflection_does()
    {
        var reflected = new JsonSerializerOptions(WorldJson.Of(new DefaultJsonTypeInfoResolver()))
        {
            Converters = { new JsonStringEnumConverter() },
        };
        var moments = (await RecordedLink.Sydney).Moments;
        foreach (var moment in moments.Where((_, at) => at % 40 == 0).Append(moments[^1]))
        {
            var text = JsonSerializer.Serialize(moment.Wake(), WorldJson.Whole);
            var other = JsonSerializer.Deserialize<StoredWorld>(moment.World, reflected)!;
            Assert.Equal(text, JsonSerializer.Serialize(other, reflected));
            Assert.Equal(text, JsonSerializer.Serialize(other, WorldJson.Whole));
        }
        Assert.Equal([], HiddenSetters(WorldJson.Whole));
    }

    [Fact]
    public async Task A_network_is_written_as_reflection_does()
    {
        var reflected = new JsonSerializerOptions(RoutingJson.Options)
        {
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        };
        var stored = (await RecordedLink.Sydney).Moments[^1].Wake();
        var world = stored.Wake(TimeProvider.System);
        var network = WorldNetwork.Of(world, TunnelEnds.In(world));
        foreach (object one in new object[] { network, GuideNetwork.Prove(GuideNetwork.Isolated) })
        {
            Assert.Equal(JsonSerializer.Serialize(one, one.GetType(), reflected),
                JsonSerializer.Serialize(one, RoutingJson.Options.GetTypeInfo(one.GetType())));
        }
    }

    [Theory]
    [InlineData("routing")]
    [InlineData("world")]
    public void Every_word_is_written_as_text(string which)
    {
        var (options, roots) = which == "world" ? (WorldJson.Options, new[] { typeof(StoredWorld) })
            : (RoutingJson.Options, [typeof(Network), typeof(ProofReport), typeof(Trace)]);
        var words = roots.SelectMany(root => Tree(options.GetTypeInfo(root))).Distinct()
            .Where(type => type.IsEnum).ToList();
        Assert.NotEmpty(words);
        Assert.All(words, word => Assert.StartsWith(
            "\"", JsonSerializer.Serialize(Enum.GetValues(word).GetValue(0), options.GetTypeInfo(word)),
            StringComparison.Ordinal));
    }

    /// <summary>Members that only an initializer may set are generated without their defaults.</summary>
    [Theory]
    [InlineData("bundle")]
    [InlineData("megaport")]
    [InlineData("world")]
    public void What_a_file_or_a_reply_leaves_out_has_the_default_of_its_member(string which)
    {
        var (options, roots) = which switch
        {
            "world" => (WorldJson.Options, Roots(typeof(WorldTypes))),
            "megaport" => (MegaportJson.Options, Roots(typeof(MegaportTypes))),
            _ => (BundleTypes.Default.Options, Roots(typeof(BundleTypes))),
        };
        var generated = Lenient(options, options.TypeInfoResolver!);
        var reflected = Lenient(options, new DefaultJsonTypeInfoResolver());
        var types = roots.SelectMany(root => Tree(options.GetTypeInfo(root))).Distinct()
            .Where(type => type.Namespace?.StartsWith("Sealane", StringComparison.Ordinal) == true
                && options.GetTypeInfo(type).Kind == JsonTypeInfoKind.Object).ToList();
        Assert.NotEmpty(types);
        Assert.All(types, type => Assert.Equal(Empty(type, reflected), Empty(type, generated)));

        string Empty(Type type, JsonSerializerOptions how)
        {
            var empty = JsonSerializer.Deserialize("{}", type, how);
            try
            {
                return JsonSerializer.Serialize(empty, type, reflected);
            }
            catch (Exception worked) when (worked is NullReferenceException or InvalidOperationException)
            {
                // What is worked out from members needs them.
                return worked.GetType().Name;
            }
        }
    }

    private static IEnumerable<Type> Roots(Type context) => context.GetCustomAttributesData()
        .Where(one => one.AttributeType == typeof(JsonSerializableAttribute))
        .Select(one => (Type)one.ConstructorArguments[0].Value!);

    /// <summary>Nothing is required, so that everything can be left out.</summary>
    private static JsonSerializerOptions Lenient(JsonSerializerOptions options, IJsonTypeInfoResolver types) =>
        new(options)
        {
            RespectNullableAnnotations = false,
            TypeInfoResolver = types.WithAddedModifier(type =>
            {
                foreach (var member in type.Properties)
                {
                    member.IsRequired = false;
                }
            }),
        };

    /// <summary>A setter that is not public is not generated; what it set would be left out of the file.</summary>
    private static IEnumerable<string> HiddenSetters(JsonTypeInfo root) =>
        from type in Tree(root).Distinct()
        where type.Namespace?.StartsWith("Sealane", StringComparison.Ordinal) == true
        from property in type.GetProperties()
        where property.SetMethod is { IsPublic: false }
        select $"{type.Name}.{property.Name}";

    private static HashSet<Type> Tree(JsonTypeInfo root, HashSet<Type>? seen = null)
    {
        seen ??= [];
        if (seen.Add(root.Type))
        {
            Type?[] below = [root.ElementType, root.KeyType, .. root.Properties.Select(member => member.PropertyType)];
            foreach (var next in below.OfType<Type>().Select(type => Nullable.GetUnderlyingType(type) ?? type))
            {
                Tree(root.Options.GetTypeInfo(next), seen);
            }
        }
        return seen;
    }
}
