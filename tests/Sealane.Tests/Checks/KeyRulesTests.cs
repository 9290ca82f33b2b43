using Sealane.Core;
using Sealane.Core.Checks;
using Sealane.Core.Design;

namespace Sealane.Tests.Checks;

public sealed class KeyRulesTests
{
    [Theory]
    [InlineData("abcdefgh", true, "the shortest")]
    [InlineData("abcdefg", false, "too short")]
    [InlineData("A.b_C.d_1", true, "dots and underscores")]
    [InlineData("0bcdefgh", false, "AWS refuses a leading zero")]
    [InlineData("abcdefgh=", false, "base64 padding")]
    [InlineData("abcd-efgh", false, "Azure refuses a hyphen")]
    [InlineData("abcd efgh", false, "Azure refuses a space")]
    [InlineData("abcdefgh\n", false, "a file's last line break")]
    [InlineData("äbcdefgh", false, "not ASCII")]
    public void A_pre_shared_key_must_suit_both_clouds(string key, bool fits, string reason) =>
        Assert.True(fits == KeyRules.PreSharedKey(new(key)) is null, reason);

    [Fact]
    public void The_longest_pre_shared_key_has_64_characters()
    {
        Assert.Null(KeyRules.PreSharedKey(new(new string('k', 64))));
        Assert.NotNull(KeyRules.PreSharedKey(new(new string('k', 65))));
    }

    [Theory]
    [InlineData(5, false, true)]
    [InlineData(6, true, true)]
    [InlineData(25, true, true)]
    [InlineData(26, true, false)]
    [InlineData(80, true, false)]
    [InlineData(81, false, false)]
    public void A_bgp_key_has_the_length_that_its_cloud_takes(int length, bool aws, bool azure)
    {
        var key = new Secret(new string('k', length));
        Assert.Equal(aws, KeyRules.AwsBgpKey(key) is null);
        Assert.Equal(azure, KeyRules.AzureBgpKey(key) is null);
    }

    [Fact]
    public void The_answer_never_holds_the_key() =>
        Assert.DoesNotContain("hunter2",
            KeyRules.PreSharedKey(new("hunter2 hunter2")) + KeyRules.AwsBgpKey(new("hunter2!")));

    [Fact]
    public void Derived_keys_suit_every_cloud()
    {
        for (var generation = 1; generation <= 200; generation++)
        {
            var keys = LinkKeys.Derive(new("link"), "sydney", generation);
            Assert.Null(KeyRules.PreSharedKey(keys.Tunnel(1)));
            Assert.Null(KeyRules.PreSharedKey(keys.Tunnel(2)));
            Assert.Null(KeyRules.AwsBgpKey(keys.AwsBgp(PartKey.None)));
            Assert.Null(KeyRules.AzureBgpKey(keys.AzureBgp(PartKey.None)));
        }
    }
}
