using Sealane.Lab.Frr;
using Sealane.Lab.Namespaces;
using Sealane.Lab.Plan;
using Sealane.Lab.StrongSwan;

namespace Sealane.Lab.Running;

/// <summary>
/// Leads a running lab from one plan to another of the same boxes: only what differs is told to kernel and daemons, so
/// a change takes milliseconds where a new lab takes seconds.
/// </summary>
internal static class Reconfigure
{
    private static readonly TimeSpan s_ike = TimeSpan.FromSeconds(4);

    public static async Task Run(LabRun lab, LabPlan from, LabPlan to, CancellationToken ct)
    {
        if (!from.Boxes.Select(box => box.Name).SequenceEqual(to.Boxes.Select(box => box.Name)))
        {
            throw new LabError("this change needs other boxes\n  fix: sealane lab down, then up");
        }
        foreach (var (old, next) in from.Boxes.Zip(to.Boxes))
        {
            await Network(lab, old, next, ct).ConfigureAwait(false);
            if (old.Frr is { } before && next.Frr is { } after)
            {
                Router(lab, next.Name, before, after);
            }
        }
        var changed = from.Boxes.Zip(to.Boxes)
            .Where(pair => pair.First.Charon is { } old && !Same(old, pair.Second.Charon!))
            .Select(pair => pair.Second).ToList();
        foreach (var box in changed)
        {
            using var vici = lab.Vici(box.Name);
            Ike.Terminate(vici);
            Ike.Load(vici, box.Charon!);
        }
        // The side that calls may be the one that did not change.
        var devices = changed.Select(box => box.Charon!.Device).ToHashSet();
        await Task.WhenAll(to.Endpoints.Where(box => box.Charon is { Initiates: true, Configured: true } charon
            && devices.Contains(charon.Device)).Select(box => Task.Run(() =>
            {
                using var vici = lab.Vici(box.Name);
                Ike.Initiate(vici, s_ike);
            }, ct))).ConfigureAwait(false);
    }

    private static async Task Network(LabRun lab, Box old, Box next, CancellationToken ct)
    {
        var lines = new List<string>();
        foreach (var (before, after) in old.Ports.Zip(next.Ports))
        {
            lines.AddRange(before.Addresses.Except(after.Addresses).Select(one => $"addr del {one} dev {after.Name}"));
            lines.AddRange(after.Addresses.Except(before.Addresses).Select(one => $"addr add {one} dev {after.Name}"));
            if (before.Up != after.Up)
            {
                lines.Add($"link set {after.Name} {(after.Up ? "up" : "down")}");
            }
        }
        lines.AddRange(old.Routes.Except(next.Routes).Select(route => $"route del {route}"));
        lines.AddRange(old.Rules.Except(next.Rules).Select(rule => $"rule del {rule}"));
        lines.AddRange(next.Rules.Except(old.Rules).Select(rule => $"rule add {rule}"));
        // A route over an address that came back or changed is gone with it: replace sets it either way.
        lines.AddRange((lines.Count > 0 ? next.Routes : next.Routes.Except(old.Routes))
            .Select(route => $"route replace {route}"));
        if (lines.Count > 0)
        {
            // A route that went with its interface is no longer there to be removed.
            await Shell.Try($"ip -force -n {lab.Space(next.Name)} -batch - <<'END'\n{string.Join('\n', lines)}\nEND\n",
                ct)
                .ConfigureAwait(false);
        }
    }

    private static void Router(LabRun lab, string box, FrrConfig before, FrrConfig after)
    {
        if (FrrDiff.Static(before, after) is { Count: > 0 } statics)
        {
            using var vty = lab.Vty(box, "staticd");
            vty.Configure(statics);
        }
        if (FrrDiff.Bgp(before, after) is { Count: > 0 } lines)
        {
            using var vty = lab.Vty(box, "bgpd");
            vty.Configure(lines);
            // Prefix lists are looked at again only when told so.
            vty.Say("clear bgp ipv4 unicast * soft");
            foreach (var peer in FrrDiff.Reset(before, after))
            {
                vty.Say($"clear bgp ipv4 unicast {peer}");
            }
        }
    }

    private static bool Same(CharonConfig one, CharonConfig other) => one == other;
}
