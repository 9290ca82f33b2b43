using Sealane.Cli.Commands;
using Sealane.Cli.Output;

namespace Sealane.Cli.Watch;

/// <summary>Where the changes of all watched links go: the output in the form that was asked for, and the
/// webhook.</summary>
internal sealed class WatchTold(TextWriter output, bool json, WatchHook? hook)
{
    private readonly Lock _gate = new();
    private readonly JsonLines _lines = new(output);

    public void Tell(IReadOnlyList<WatchEvent> changes)
    {
        lock (_gate)
        {
            foreach (var change in changes)
            {
                if (json)
                {
                    _lines.Write(WatchText.Json(change));
                }
                else
                {
                    WatchText.Write(output, change);
                }
                hook?.Tell(change);
            }
            output.Flush();
        }
    }

    public void End(LinkSession link, WatchState state)
    {
        lock (_gate)
        {
            if (json)
            {
                _lines.Write(WatchText.End(link.Design.Name, link.Clock.GetUtcNow(), state.Figures, Runs.Calls(link)));
            }
            else
            {
                output.Line(WatchText.End(link.Design.Name, link.Clock.GetUtcNow(), state.Figures));
            }
        }
    }
}
