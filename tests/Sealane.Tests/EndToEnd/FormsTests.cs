namespace Sealane.Tests.EndToEnd;

/// <summary>The same life where the clouds write their answers otherwise than in the plainest form: networks without
/// their length, paths with blanks or without a letter, single elements bare, members left out, short pages.</summary>
public sealed class FormsTests
{
    /// <summary>Each text turns on every form of the tables and of lists; they differ in the letter behind a
    /// path.</summary>
    [Theory]
    [InlineData("rough")]
    [InlineData("ugly12")]
    public async Task A_link_lives_whatever_the_form_of_the_answers(string forms)
    {
        using var link = Link.Sydney;
        (await link.Run("apply", "--yes", "--chaos", $"forms={forms}")).Exits(0);
        var variants = link.World().Azure.Variants;
        Assert.True(variants is
        {
            NetworksAreClassful: true, LoneRowsAreUnmarked: true, PathsArePadded: true,
            NoLocalPreference: true, EmptyMembersAreAbsent: true
        });
        Assert.NotEqual("I", variants.PathOrigin);
        await link.IsEncrypted();
        await link.IsUnchanged();
        await link.Destroy();
    }
}
