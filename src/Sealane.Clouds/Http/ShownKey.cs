using Sealane.Core;

namespace Sealane.Clouds.Http;

/// <summary>
/// A key as a cloud shows it. It may keep it to itself, or show that there is one without showing it, by stars or dots:
/// neither says that it is another. So does a recording that is played again, in which every key is hidden.
/// </summary>
internal static class ShownKey
{
    /// <summary>Whether what is shown can be the key that is wanted.</summary>
    public static bool MayBe(Secret wanted, Secret? shown) => shown is null
        || shown.Reveal().All(letter => !char.IsAsciiLetterOrDigit(letter)) || wanted.Equals(shown);
}
