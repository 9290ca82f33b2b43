using Sealane.Lab.Frr;
using Sealane.Lab.Model;
using Sealane.Lab.Namespaces;
using Sealane.Lab.Plan;
using Sealane.Lab.StrongSwan;

namespace Sealane.Lab.Running;

/// <summary>A lab that runs, or is about to: a plan and the place where its daemons live.</summary>
public sealed class LabRun(LabNetwork network, LabFiles files, TimeProvider time)
{
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(25);

    /// <summary>What the design says.</summary>
    public LabNetwork Network => network;
    public LabPlan Plan { get; } = Compiler.Compile(network);
    public LabFiles Files => files;
    internal TimeProvider Time => time;

    internal Vty Vty(string box, string daemon) => new(files.Box(box), daemon);

    internal Vici Vici(string box) => new(files.Box(box));

    internal string Space(string box) => files.Space(box);

    /// <summary>Runs a script in a box.</summary>
    internal Task<(int Code, string Output, string Error)> Inside(string box, string script, CancellationToken ct) =>
        Shell.Try($"exec nsenter --net={NetNs.PathOf(Space(box))} /bin/sh <<'END'\n{script}\nEND\n", ct);

    /// <summary>Looks until it is so; false when patience ends first.</summary>
    internal async Task<bool> Until(Func<bool> so, TimeSpan patience, CancellationToken ct)
    {
        var start = time.GetTimestamp();
        while (!so())
        {
            if (time.GetElapsedTime(start) > patience)
            {
                return false;
            }
            await Task.Delay(s_step, time, ct).ConfigureAwait(false);
        }
        return true;
    }

    /// <summary>One echo from a box to an address, with two seconds of patience.</summary>
    internal async Task<bool> Echo(string box, Core.Ipv4 address, CancellationToken ct) =>
        (await Inside(box, $"exec ping -n -q -c 1 -W 1 {address} > /dev/null", ct).ConfigureAwait(false)).Code == 0;

    /// <summary>Address of a host, or of any box's port.</summary>
    internal Core.Ipv4 Address(string box, string port = "eth0") =>
        Plan[box].Ports.First(one => one.Name == port).Addresses[0].Address;
}
