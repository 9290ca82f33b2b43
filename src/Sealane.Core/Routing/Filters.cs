namespace Sealane.Core.Routing;

/// <summary>The two lists of one direction of a session. What a list without ge and le means for longer prefixes is
/// told
/// differently in different places: <see cref="Undocumented.LooseListEntries"/>.</summary>
internal static class Filters
{
    public static bool Pass(McrState mcr, PrefixFilter? whitelist, PrefixFilter? blacklist, Prefix prefix)
    {
        if (blacklist?.Permits(prefix) == true)
        {
            return false;
        }
        if (whitelist is null || whitelist.Permits(prefix))
        {
            return true;
        }
        if (!whitelist.Permits(prefix, loose: true))
        {
            return false;
        }
        mcr.Met |= Undocumented.LooseListEntries;
        return mcr.Assume.HasFlag(Undocumented.LooseListEntries);
    }
}
