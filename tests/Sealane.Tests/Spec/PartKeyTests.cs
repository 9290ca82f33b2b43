using Sealane.Core.Design;
using Sealane.Core.Spec;

namespace Sealane.Tests.Spec;

/// <summary>The key of a part: an empty one changes nothing, so that links of before keep what they have.</summary>
public class PartKeyTests
{
    private static readonly NetworkDesign Minimal = Designer.Design(SpecReader.Read(
        "minimal.yaml", File.ReadAllText(Repository.PathOf("examples", "minimal.yaml"))).Spec!);

    [Theory]
    [InlineData("", "aws/transit-vif", "Transit VIF")]
    [InlineData("blue", "aws/transit-vif-blue", "Transit VIF blue")]
    public void An_empty_key_adds_nothing(string key, string id, string title)
    {
        Assert.Equal(id, new PartKey(key).On("aws/transit-vif"));
        Assert.Equal(title, new PartKey(key).After("Transit VIF"));
    }

    [Fact]
    public void An_empty_key_is_no_key() => Assert.Equal(PartKey.None, new PartKey(""));

    [Fact]
    public void Each_keyed_part_has_keys_of_its_own_and_the_unkeyed_one_keeps_its_own()
    {
        var keys = LinkKeys.Derive(new("a link key of the tests"), "sydney", 1);
        Assert.Equal(keys.AwsBgp(PartKey.None), keys.AwsBgp(default));
        Assert.NotEqual(keys.AwsBgp(PartKey.None), keys.AwsBgp(new("blue")));
        Assert.NotEqual(keys.AzureBgp(PartKey.None), keys.AzureBgp(new("blue")));
        Assert.Equal(keys.Of(Minimal).Count, keys.Of(Minimal).Distinct().Count());
    }

    [Fact]
    public void A_link_of_one_has_no_keys() => Assert.All(
        [
            .. Minimal.Routers.Select(part => part.Key), .. Minimal.AwsVxcs.Select(part => part.Key),
            .. Minimal.Circuits.Select(part => part.Key), .. Minimal.AzureVxcs.Select(part => part.Key),
            .. Minimal.Vpcs.Select(part => part.Key), .. Minimal.Vnets.Select(part => part.Key),
            .. Minimal.VpnConnections.Select(part => part.Key),
            .. Minimal.VpnGateway.Instances.Select(part => part.Key),
        ],
        (PartKey key) => Assert.True(key.IsNone));
}
