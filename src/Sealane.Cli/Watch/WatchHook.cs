using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using Polly;
using Polly.Retry;
using Sealane.Cli.Output;
using Sealane.Core;

namespace Sealane.Cli.Watch;

/// <summary>
/// Sends each change to an address, signed, in order, again until it is taken: headers and signature as
/// https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md says. The id of a message
/// is
/// made of its change, so that whoever gets it twice knows.
/// </summary>
internal sealed class WatchHook : IAsyncDisposable
{
    /// <summary>Seconds, then minutes, an hour in all: an address that is away for a night misses changes, and the link
    /// goes on being watched.</summary>
    private const int Attempts = 12;

    /// <summary>What waits for an address that is away; what is older than this is dropped, and that is told.</summary>
    private const int Kept = 1000;

    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(20);

    private readonly Channel<WatchEvent> _waiting;
    private readonly HttpClient _client;
    private readonly Uri _address;
    private readonly Secret _secret;
    private readonly TimeProvider _clock;
    private readonly TextWriter _errors;
    private readonly string _run;
    private readonly ResiliencePipeline _again;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _sending;

    /// <param name="run">Tells this watch from another one of the same link.</param>
    public WatchHook(Uri address, Secret secret, HttpMessageHandler transport, TimeProvider clock, string run,
        TextWriter errors)
    {
        (_address, _secret, _clock, _run, _errors) = (address, secret, clock, run, errors);
        _client = new(transport) { Timeout = AnswerTime };
        _again = new ResiliencePipelineBuilder { TimeProvider = clock }.AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = Attempts - 1,
            BackoffType = DelayBackoffType.Exponential,
            Delay = TimeSpan.FromSeconds(1),
            MaxDelay = LongestDelay,
            ShouldHandle = new PredicateBuilder().Handle<HttpRequestException>().Handle<TaskCanceledException>(
                _ => !_stop.IsCancellationRequested),
        }).Build();
        _waiting = Channel.CreateBounded<WatchEvent>(new BoundedChannelOptions(Kept)
        {
            FullMode = BoundedChannelFullMode.DropOldest,
        }, dropped => _errors.Line($"note: {address.Host} does not take changes: number {dropped.Number} of "
            + $"{dropped.Link} was dropped"));
        _sending = Task.Run(Send);
    }

    public void Tell(WatchEvent change) => _waiting.Writer.TryWrite(change);

    /// <summary>The id, the time and the body under the secret.</summary>
    public static string Signature(Secret secret, string id, long at, string body) => "v1,"
        + Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret.Reveal()),
            Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{at}.{body}"))));

    /// <summary>What is waiting still goes out, as long as somebody who stopped the watch wants to wait.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.Complete();
        _stop.CancelAfter(AnswerTime);
        await _sending.ConfigureAwait(false);
        _client.Dispose();
        _stop.Dispose();
    }

    private async Task Send()
    {
        await foreach (var change in _waiting.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            try
            {
                await _again.ExecuteAsync(async ct => await Post(change, ct).ConfigureAwait(false), _stop.Token)
                    .ConfigureAwait(false);
            }
            catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
            {
                _errors.Line($"note: {_address.Host} did not take change {change.Number} of {change.Link}: "
                    + $"{error.Message}");
            }
        }
    }

    private async Task Post(WatchEvent change, CancellationToken ct)
    {
        var body = Plain.Line(WatchText.Json(change).ToJsonString(Output.Json.Line));
        var id = string.Create(CultureInfo.InvariantCulture, $"{_run}-{change.Link}-{change.Number}");
        var at = _clock.GetUtcNow().ToUnixTimeSeconds();
        using var request = new HttpRequestMessage(HttpMethod.Post, _address)
        {
            Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
        };
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", at.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", Signature(_secret, id, at, body));
        using var reply = await _client.SendAsync(request, ct).ConfigureAwait(false);
        reply.EnsureSuccessStatusCode();
    }
}
