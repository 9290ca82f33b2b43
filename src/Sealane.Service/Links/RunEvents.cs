using Sealane.Cli.Output;
using Sealane.Core;
using Sealane.Core.Reconcile;
using Sealane.Service.Records;

namespace Sealane.Service.Links;

/// <summary>What happens in a run, where everybody can read it. What cannot be told stops the run, which goes on
/// later.</summary>
internal sealed class RunEvents(Store store, LinkFence fence, long run, Bell bell) : IEventSink
{
    public void Emit(EngineEvent happened)
    {
        try
        {
            store.AddEvent(fence.Held, run, Plain.Line(JsonLines.Of(happened).ToJsonString(Json.Line)));
            bell.Ring();
        }
        catch (RecordsDown down)
        {
            fence.Stop(down);
        }
        catch (FenceLost)
        {
            // Stops whatever is at work.
        }
    }
}
