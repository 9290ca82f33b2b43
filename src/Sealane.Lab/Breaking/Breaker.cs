using Sealane.Lab.Plan;
using Sealane.Lab.Running;

namespace Sealane.Lab.Breaking;

/// <summary>Makes mistakes in a running lab and takes them back: the daemons are reconfigured, nothing is
/// rebuilt.</summary>
public sealed class Breaker(LabRun lab)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan s_healed = TimeSpan.FromSeconds(40);

    /// <summary>The lab with exactly these mistakes, in this order.</summary>
    public async Task Set(IReadOnlyList<string> names, CancellationToken ct)
    {
        var record = lab.Files.Read();
        var from = Compiler.Compile(LabMistakes.Make(lab.Network, record.Broken));
        var to = Compiler.Compile(LabMistakes.Make(lab.Network, names));
        // Written first: after a crash heal still knows what may be broken.
        lab.Files.Write(record with { Broken = names });
        await Reconfigure.Run(lab, from, to, ct).ConfigureAwait(false);
        await Settle.Run(lab, s_patience, ct).ConfigureAwait(false);
        if (names.Count == 0)
        {
            // A session that was refused a moment ago waits before it tries again.
            await lab.Until(() => LabStatus.Of(lab).IsUp, s_healed, ct).ConfigureAwait(false);
            await Settle.Run(lab, s_patience, ct).ConfigureAwait(false);
        }
    }

    public Task Break(IReadOnlyList<string> names, CancellationToken ct) =>
        Set([.. lab.Files.Read().Broken.Union(names)], ct);

    /// <summary>Heals these, or all for an empty list.</summary>
    public Task Heal(IReadOnlyList<string> names, CancellationToken ct) =>
        Set(names.Count == 0 ? [] : [.. lab.Files.Read().Broken.Except(names)], ct);
}
