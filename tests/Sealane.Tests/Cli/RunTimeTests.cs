using Sealane.Cli.Output;
using Sealane.Core.Reconcile;

namespace Sealane.Tests.Cli;

public sealed class RunTimeTests
{
    private sealed class Last : IEventSink
    {
        public EngineEvent? Event { get; private set; }

        public void Emit(EngineEvent happened) => Event = happened;
    }

    [Fact]
    public async Task Events_of_a_faster_world_are_dated_by_its_time()
    {
        var began = new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);
        var real = new VirtualClock(began);
        var clock = new ScaledClock(60, real);
        var (last, told) = (new Last(), new StepNote(began, "aws/transit-vif", "waiting"));
        var run = new RunTime(last, clock);
        using (real.Enter())
        {
            await Task.Delay(TimeSpan.FromMinutes(5), clock);
        }
        run.Emit(told);
        Assert.Equal(told with { At = began.AddMinutes(5) }, last.Event);
    }
}
