using Sealane.Core;
using Sealane.Lab.Model;
using Sealane.Lab.Running;

namespace Sealane.Lab.Verify;

/// <summary>
/// The four locks, as the running routers have them: filters of the MCR in both directions, allowed prefixes, isolation
/// of the transit gateway. Guide steps 3, 19 and 24.
/// </summary>
internal sealed class LockChecks(LabRun lab)
{
    private const string Area = "locks";

    public IReadOnlyList<LabFinding> Run() =>
    [
        .. lab.Network.Routers.SelectMany(Filters), .. lab.Network.Routers.Select(Covering), Allowed(), Isolated(),
    ];

    private IEnumerable<LabFinding> Filters(LabRouter router)
    {
        using var vty = lab.Vty(router.Box, "bgpd");
        var running = vty.Say("show running-config").Answer.Split('\n').Select(line => line.Trim())
            .ToHashSet(StringComparer.Ordinal);
        foreach (var leg in router.Legs)
        {
            var name = leg.Name.ToUpperInvariant();
            yield return Filter(router, leg, running, $"{name}-IN", leg.Session.Import,
                $"import filter from {leg.FarBox}", "lock a");
            yield return Filter(router, leg, running, $"{name}-OUT", leg.Session.Export,
                $"export filter towards {leg.FarBox}",
                "lock b, guide step 19");
        }
    }

    private static LabFinding Filter(
        LabRouter router, LabLeg leg, HashSet<string> running, string name, LabFilter? wanted, string words,
            string place)
    {
        var what = $"{router.Box}: {words} ({place})";
        if (wanted is null)
        {
            return new(Area, what, true, "none, by design");
        }
        var there = running.Where(line => line.StartsWith($"ip prefix-list {name} ", StringComparison.Ordinal))
            .Select(line => line.Split(' ')[^1]).ToHashSet(StringComparer.Ordinal);
        var applied = running.Contains($"match ip address prefix-list {name}");
        if (!applied || there.Count == 0)
        {
            return new(Area, what, false, "none", $"missing filter: {words} is not set",
                $"set the {words} on {leg.Name} to {string.Join(' ', wanted.Entries.Select(entry => entry.Prefix))}");
        }
        var prefixes = wanted.Entries.Select(entry => entry.Prefix.ToString()).ToHashSet(StringComparer.Ordinal);
        return there.SetEquals(prefixes)
            ? new(Area, what, true, string.Join(' ', prefixes))
            : new(Area, what, false, string.Join(' ', there),
                $"the filter lets {string.Join(' ', there.Except(prefixes))} pass",
                $"set it to {string.Join(' ', prefixes)}");
    }

    private LabFinding Covering(LabRouter router)
    {
        var wanted = router.Legs.SelectMany(leg => leg.Statics).Select(route => route.Prefix).ToHashSet();
        var extra = new Routes(lab).Fib(router.Box)
            .Where(row => row.Protocol == "static" && !wanted.Contains(row.Prefix)).ToList();
        return extra.Count == 0
            ? new(Area, $"{router.Box}: no other static routes", true, "")
            : new(Area, $"{router.Box}: no other static routes", false,
                string.Join(' ', extra.Select(row => row.Prefix)),
                $"a static route to {extra[0].Prefix}, which no filter sees", "remove it");
    }

    private LabFinding Allowed()
    {
        var leg = lab.Network.Legs.FirstOrDefault(one => one.Leg.Cloud == Cloud.Aws).Leg;
        const string what = "dxgw: announces the allowed prefixes and nothing else (lock c, guide step 3)";
        if (leg is null)
        {
            return new(Area, what, true, "no VIF");
        }
        using var vty = lab.Vty("dxgw", "bgpd");
        var running = vty.Say("show running-config").Answer.Split('\n').Select(line => line.Trim())
            .Where(line => line.StartsWith("network ", StringComparison.Ordinal))
                .Select(line => Prefix.Parse(line.Split(' ')[1])).ToHashSet();
        var extra = running.Except(lab.Network.DxGateway.AllowedPrefixes).ToList();
        return extra.Count == 0 ? new(Area, what, true, string.Join(' ', running))
            : new(Area, what, false, string.Join(' ', running),
                $"{extra[0]} is an allowed prefix: Azure prefers the clear path to it",
                $"allow only {string.Join(' ', lab.Network.DxGateway.AllowedPrefixes)}");
    }

    private LabFinding Isolated()
    {
        var routes = new Routes(lab);
        const string what = "tgw: tables apart (lock d)";
        var layout = lab.Network.TransitGateway;
        var taken = routes.Fib("tgw").Where(row => row.Protocol == "bgp" && row.Interfaces.Contains("transport"))
            .ToList();
        if (!layout.Propagates && taken.Count > 0)
        {
            return new(Area, what, false, string.Join(' ', taken.Select(row => row.Prefix)),
                $"the Direct Connect attachment propagates {taken[0].Prefix} into the workload table",
                    "remove the propagation");
        }
        var given = routes.Fib("tgw-transport")
            .Where(row => row.Protocol == "bgp" && row.Interfaces.Contains("workload")).ToList();
        return !layout.Associates && given.Count > 0
            ? new(Area, what, false, string.Join(' ', given.Select(row => row.Prefix)),
                "the Direct Connect attachment shares the workload table", "associate it with a table of its own")
            : new(Area, what, true, $"layout {layout.Layout.ToString().ToLowerInvariant()}");
    }
}
