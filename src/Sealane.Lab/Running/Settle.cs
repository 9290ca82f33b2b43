using System.Text;

namespace Sealane.Lab.Running;

/// <summary>Waits until no table of any router has changed for a while.</summary>
internal static class Settle
{
    private static readonly TimeSpan s_quiet = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(40);

    /// <summary>False when the tables still change at the end of patience: the network has no steady state.</summary>
    public static async Task<bool> Run(LabRun lab, TimeSpan patience, CancellationToken ct)
    {
        var start = lab.Time.GetTimestamp();
        var since = start;
        var last = Tables(lab);
        while (lab.Time.GetElapsedTime(since) < s_quiet)
        {
            if (lab.Time.GetElapsedTime(start) > patience)
            {
                return false;
            }
            await Task.Delay(s_step, lab.Time, ct).ConfigureAwait(false);
            var now = Tables(lab);
            if (now != last)
            {
                (last, since) = (now, lab.Time.GetTimestamp());
            }
        }
        return true;
    }

    private static string Tables(LabRun lab)
    {
        var routes = new Routes(lab);
        var text = new StringBuilder();
        foreach (var box in lab.Plan.Routers)
        {
            foreach (var row in routes.Fib(box.Name))
            {
                text.Append(row.Prefix).Append(row.Protocol).AppendJoin(',', row.NextHops)
                    .AppendJoin(',', row.Interfaces);
            }
            text.AppendJoin(' ', routes.Sessions(box.Name).OrderBy(one => one.Key).Select(one => one.Value));
        }
        return text.ToString();
    }
}
