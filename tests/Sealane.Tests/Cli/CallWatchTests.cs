using System.Net;
using System.Security.Authentication;
using Sealane.Cli;
using Sealane.Cli.Output;
using Sealane.Clouds.Http;
using Sealane.Core.Reconcile;

namespace Sealane.Tests.Cli;

/// <summary>A host that accepts and never answers, on a clock that jumps.</summary>
public sealed class CallWatchTests
{
    private static readonly DateTimeOffset Began = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task What_is_asked_is_told_after_a_second()
    {
        var clock = new VirtualClock(Began);
        using var watch = new CallWatch(new Silent(), clock);
        using var stop = new CancellationTokenSource();
        using var http = new HttpMessageInvoker(watch, disposeHandler: false);
        // Two who wait: the call's own patience and the test.
        using var turn = clock.Enter();
        using var other = clock.Enter();
        var call = http.SendAsync(Request("GET virtualNetworks/vnet-app"), stop.Token);
        Assert.Null(watch.Waiting);
        await Task.Delay(TimeSpan.FromSeconds(3), clock);
        Assert.Equal("asking for 3 s: Azure: GET virtualNetworks/vnet-app", watch.Waiting);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Null(watch.Waiting);
    }

    [Fact]
    public async Task A_read_with_its_repetitions_is_given_up_in_less_than_a_minute()
    {
        var clock = new VirtualClock(Began);
        using var watch = new CallWatch(new Silent(), clock);
        using var http = new HttpMessageInvoker(watch, disposeHandler: false);
        using var turn = clock.Enter();
        var retries = Retries.On(new(clock, watch));
        var error = await Assert.ThrowsAsync<CloudError>(async () => await retries.ExecuteAsync(async ct =>
        {
            try
            {
                return await http.SendAsync(Request("GET virtualNetworks/vnet-app"), ct);
            }
            catch (HttpRequestException silence)
            {
                throw new CloudError(Cloud.Azure, "GET", CloudErrorKind.Unavailable, null, null, silence.Message);
            }
        }));
        Assert.Contains("cloud.test did not answer in ", error.Message, StringComparison.Ordinal);
        Assert.InRange(clock.GetUtcNow() - Began, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60));
    }

    [Theory]
    [InlineData("PUT virtualNetworkGateways", 60)]
    [InlineData("POST networkdesign/buy", 180)]
    public async Task A_write_is_told_as_one_that_may_have_happened(string operation, int secondsMax)
    {
        var clock = new VirtualClock(Began);
        using var watch = new CallWatch(new Silent(), clock);
        using var http = new HttpMessageInvoker(watch, disposeHandler: false);
        using var turn = clock.Enter();
        var error = await Assert.ThrowsAsync<HttpRequestException>(
            () => http.SendAsync(Request(operation, writes: true), default));
        // These would be read as "nothing was sent", and an order placed again.
        Assert.Equal(HttpRequestError.Unknown, error.HttpRequestError);
        Assert.InRange(clock.GetUtcNow() - Began, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(secondsMax));
    }

    [Fact]
    public async Task A_reply_that_falls_silent_in_the_middle_is_given_up_too()
    {
        var clock = new VirtualClock(Began);
        using var watch = new CallWatch(new Silent(headers: true), clock);
        using var http = new HttpMessageInvoker(watch, disposeHandler: false);
        using var turn = clock.Enter();
        await Assert.ThrowsAsync<HttpRequestException>(() => http.SendAsync(Request("GET location"), default));
    }

    [Fact]
    public async Task A_certificate_that_is_not_trusted_is_told_with_its_fix()
    {
        using var watch = new CallWatch(new Untrusted(), TimeProvider.System);
        using var http = new HttpMessageInvoker(watch, disposeHandler: false);
        var error = await Assert.ThrowsAsync<CloudError>(() => http.SendAsync(Request("GET location"), default));
        Assert.Equal(CloudErrorKind.Denied, error.Kind);
        Assert.Contains("the certificate of cloud.test is not trusted: PartialChain", error.Describe(),
            StringComparison.Ordinal);
        Assert.Contains("export SEALANE_CA_FILE=", error.Describe(), StringComparison.Ordinal);
    }

    [Fact]
    public void In_a_pipe_a_wait_is_a_line_now_and_then_and_on_a_terminal_one_that_is_wiped()
    {
        var clock = new VirtualClock(Began);
        string? waiting = "asking for 2 s: Azure: GET x";
        var (log, screen) = (new StringWriter { NewLine = "\n" }, new StringWriter { NewLine = "\n" });
        using var inPipe = new WaitLines(() => waiting, log, terminal: false, clock);
        using var onTerminal = new WaitLines(() => waiting, screen, terminal: true, clock);
        for (var look = 0; look < 5; look++)
        {
            inPipe.Tell();
            onTerminal.Tell();
        }
        waiting = null;
        onTerminal.Tell();
        Assert.Equal("asking for 2 s: Azure: GET x\n", log.ToString());
        Assert.EndsWith("\r\e[K", screen.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain('\n', screen.ToString());
    }

    private static HttpRequestMessage Request(string operation, bool writes = false)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "https://cloud.test/x");
        request.Options.Set(CallOptions.Cloud, Cloud.Azure);
        request.Options.Set(CallOptions.Operation, operation);
        request.Options.Set(CallOptions.Writes, writes);
        return request;
    }

    private sealed class Silent(bool headers = false) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (headers)
            {
                return new(HttpStatusCode.OK) { Content = new Never() };
            }
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            throw new InvalidOperationException("it never answers");
        }
    }

    private sealed class Never : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            SerializeToStreamAsync(stream, context, default);

        protected override Task SerializeToStreamAsync(
            Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
            Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }

    private sealed class Untrusted : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new HttpRequestException(
                HttpRequestError.SecureConnectionError, "The SSL connection could not be established",
                new AuthenticationException("PartialChain"));
    }
}
