using Sealane.Sandbox.Azure;
using Sealane.Sandbox.World;

namespace Sealane.Tests.EndToEnd;

/// <summary>The same life where the clouds write their answers otherwise than in the plainest form: networks without
/// their length, paths with blanks or without a letter, single elements bare, members left out, short pages.</summary>
public sealed class FormsTests
{
    /// <summary>Each text turns on every form of Azure's tables; <c>all</c> also every other form, of each
    /// cloud.</summary>
    [Theory]
    [InlineData("rough")]
    [InlineData("ugly12")]
    [InlineData("all")]
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
        if (forms == "all")
        {
            AllIsOn(link.World());
        }
        await link.IsEncrypted();
        await link.IsUnchanged();
        await link.Destroy();
    }

    /// <summary>The forms in which a link lives on: all but those that a test sets by itself.</summary>
    private static void AllIsOn(StoredWorld world)
    {
        string[] troubles = ["ApprovalRequired", "PartnerPortIsSwapped", "FirstCancelRollsBack", "OrdersGetStuck",
            "NoCapacityOnValidate", "NoCapacityOnBuy", "PasswordsAreHidden", "LookingGlassIsSilent", "NoAsPaths",
            "KeyOnlyReads"];
        object[] all = [world.Aws.Variants, world.Azure.Variants, world.Megaport.Variants];
        var off = all.SelectMany(variants => variants.GetType().GetProperties()
            .Where(form => form.GetValue(variants) is false or null or "I" or DeletionHeaders.Both)
            .Select(form => form.Name));
        Assert.Equal(troubles.Order(StringComparer.Ordinal), off.Order(StringComparer.Ordinal));
    }
}
