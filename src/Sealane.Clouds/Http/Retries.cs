using Polly;
using Polly.Retry;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Http;

/// <summary>
/// Repeats what is safe to repeat: a throttled call, and a call that changes nothing when the cloud is unwell. A
/// writing
/// call without a usable answer is never repeated here: clients report it as <see cref="CloudErrorKind.Uncertain"/>
/// and the engine looks first.
/// </summary>
public sealed class Retries
{
    private const int MaxAttempts = 5;
    private static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(20);

    private readonly ResiliencePipeline _pipeline;

    private Retries(CloudContext context) =>
        _pipeline = new ResiliencePipelineBuilder { TimeProvider = context.Clock }.AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = MaxAttempts - 1,
            ShouldHandle = new PredicateBuilder().Handle<CloudError>(
                error => error.Kind is CloudErrorKind.Throttled or CloudErrorKind.Unavailable),
            // Doubling from one second. No jitter: the engine's own parallelism is small, and runs must repeat exactly.
            DelayGenerator = args => ValueTask.FromResult<TimeSpan?>(
                (args.Outcome.Exception as CloudError)?.RetryAfter
                ?? TimeSpan.FromSeconds(Math.Min(MaxDelay.TotalSeconds, Math.Pow(2, args.AttemptNumber)))),
            OnRetry = args =>
            {
                if (args.Outcome.Exception is CloudError { Kind: CloudErrorKind.Throttled } error)
                {
                    context.Calls.AddPutOff(error.Cloud);
                }
                return default;
            },
        }).Build();

    public static Retries On(CloudContext context) => new(context);

    public async Task<T> ExecuteAsync<T>(Func<CancellationToken, Task<T>> once, CancellationToken ct = default)
    {
        var call = CallInTurn.Now = new();
        return await _pipeline.ExecuteAsync(
            async token =>
            {
                try
                {
                    return await once(token).ConfigureAwait(false);
                }
                catch (CloudError error) when (error.Kind == CloudErrorKind.Throttled)
                {
                    await call.PutOff(error.RetryAfter).ConfigureAwait(false);
                    throw;
                }
            },
            ct).ConfigureAwait(false);
    }
}
