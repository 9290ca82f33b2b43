using System.Net;
using System.Text;
using Sealane.Clouds.Http;
using Sealane.Core.Reconcile;
using Sealane.Service.Links;
using Sealane.Service.Records;

namespace Sealane.Tests.Service;

/// <summary>An order leaves while the right to it lasts, or never: whoever sleeps, is cut off or waits for a
/// connection.</summary>
public sealed class LinkFenceTests : IDisposable
{
    private static readonly TimeSpan Short = LinkFence.Lasts / 4;
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("sealane-fence-");
    private readonly Store _store;
    private readonly Hands _clock = new();
    private readonly Far _far = new();

    public LinkFenceTests() => _store = new(Path.Combine(_root.FullName, "records.db"));

    public void Dispose()
    {
        _store.Dispose();
        _root.Delete(recursive: true);
    }

    private LinkFence Take(string silo) => new(_store, "sydney", silo, null, _clock);

    [Fact]
    public async Task Whoever_was_replaced_sends_nothing_once_his_time_is_over()
    {
        using var old = Take("silo 1");
        old.Journal().Begin("megaport/mcr", StepAction.Create, _clock.GetUtcNow());
        await Order(old);
        using var young = Take("silo 2");
        // What the records granted before lasts: the successor waits for it.
        _clock.Pass(Short);
        await Order(old);
        Assert.False(young.Alone(CancellationToken.None).IsCompleted);
        _clock.Pass(LinkFence.Lasts - Short);
        await Assert.ThrowsAsync<NotSent>(() => Order(old));
        Assert.True(old.Held.Lost.IsCancellationRequested);
        Assert.True(young.Alone(CancellationToken.None).IsCompleted);
        await Order(young);
        Assert.Equal(3, _far.Bodies);
    }

    /// <summary>A process that was stopped after the question, in a wait for a connection.</summary>
    [Fact]
    public async Task What_waits_too_long_for_its_connection_is_not_written()
    {
        using var fence = Take("silo 1");
        _far.Waits = () => _clock.Pass(LinkFence.Lasts);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => Order(fence));
        Assert.Equal(0, _far.Bodies);
        // One whose clock alone was set forward asks anew, and goes on.
        _far.Waits = () => { };
        _clock.Date += TimeSpan.FromHours(1);
        await Order(fence);
        Assert.Equal(1, _far.Bodies);
    }

    [Fact]
    public async Task A_right_that_is_half_over_is_asked_for_anew_and_questions_need_none()
    {
        using var fence = Take("silo 1");
        await Order(fence);
        _clock.Pass(LinkFence.Lasts * 0.6);
        await Order(fence);
        _clock.Pass(LinkFence.Lasts * 0.6);
        await Order(fence);
        Assert.Equal(3, _far.Bodies);
        using var young = Take("silo 2");
        _clock.Pass(LinkFence.Lasts);
        using var client = new HttpMessageInvoker(fence.Guard(_far), disposeHandler: false);
        using var question = new HttpRequestMessage(HttpMethod.Get, "https://cloud.example/");
        using var answer = await client.SendAsync(question, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public void An_order_of_whoever_was_replaced_is_not_even_written_down()
    {
        using var old = Take("silo 1");
        var journal = old.Journal();
        journal.Begin("megaport/mcr", StepAction.Create, _clock.GetUtcNow());
        using var young = Take("silo 2");
        Assert.Throws<OperationCanceledException>(() =>
            journal.Begin("megaport/aws-vxc", StepAction.Create, _clock.GetUtcNow()));
        // The next one knows what may be on its way, and until when.
        Assert.Equal(["megaport/mcr"], young.Journal().Open.Keys);
        young.Journal().End("megaport/mcr", _clock.GetUtcNow());
        Assert.Empty(young.Journal().Open);
    }

    [Fact]
    public void After_one_who_gave_it_back_nobody_waits()
    {
        using (var first = Take("silo 1"))
        {
            Assert.True(first.Alone(CancellationToken.None).IsCompleted);
            first.GiveBack();
        }
        using var second = Take("silo 2");
        Assert.True(second.Alone(CancellationToken.None).IsCompleted);
    }

    private async Task Order(LinkFence fence)
    {
        using var client = new HttpMessageInvoker(fence.Guard(_far), disposeHandler: false);
        using var content = new StringContent("{}", Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "https://cloud.example/") { Content = content };
        request.Options.Set(CallOptions.Writes, true);
        using var reply = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Same(content, request.Content);
    }

    /// <summary>A network that waits for a connection before it writes.</summary>
    private sealed class Far : HttpMessageHandler
    {
        public int Bodies { get; private set; }
        public Action Waits { get; set; } = () => { };

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Content is { } body)
            {
                Waits();
                Assert.Equal(("application/json", 2L),
                    (body.Headers.ContentType!.MediaType, body.Headers.ContentLength));
                using var stream = new MemoryStream();
                await body.CopyToAsync(stream, cancellationToken);
                Assert.Equal("{}", Encoding.UTF8.GetString(stream.ToArray()));
                Bodies++;
            }
            return new(HttpStatusCode.OK);
        }
    }

    /// <summary>A clock whose two hands are turned by the test.</summary>
    private sealed class Hands : TimeProvider
    {
        private TimeSpan _passed = TimeSpan.FromDays(1);

        public DateTimeOffset Date { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Pass(TimeSpan time) => (_passed, Date) = (_passed + time, Date + time);

        public override long GetTimestamp() => _passed.Ticks;

        public override DateTimeOffset GetUtcNow() => Date;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}
