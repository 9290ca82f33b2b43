using Sealane.Cli.Output;
using Sealane.Core;
using Sealane.Core.Reconcile;
using Sealane.Service.Records;

namespace Sealane.Service.Links;

/// <summary>What happens in a run, where everybody can read it.</summary>
internal sealed class RunEvents(Store store, long run, Bell bell) : IEventSink
{
    public void Emit(EngineEvent happened)
    {
        store.AddEvent(run, Plain.Line(JsonLines.Of(happened).ToJsonString(Json.Line)));
        bell.Ring();
    }
}
