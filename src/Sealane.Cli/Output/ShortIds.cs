using System.Text.RegularExpressions;

namespace Sealane.Cli.Output;

/// <summary>
/// Azure's ids without what is the same in all of them: <c>virtualNetworks/vnet-app</c>. For lines that a person reads;
/// <c>status</c> and everything in JSON give ids in full.
/// </summary>
internal static partial class ShortIds
{
    public static string In(string text) => Prefix().Replace(text, "");

    [GeneratedRegex("/subscriptions/[^/ ]+/resourceGroups/[^/ ]+/providers/Microsoft\\.Network/",
        RegexOptions.IgnoreCase)]
    private static partial Regex Prefix();
}
