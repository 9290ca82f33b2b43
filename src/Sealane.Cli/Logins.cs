using Sealane.Core;
using Sealane.Core.Reconcile;

namespace Sealane.Cli;

/// <summary>Credentials of three clouds: whoever has to set them up is told of all that are missing.</summary>
internal static class Logins
{
    /// <param name="asks">Of which each is refused where credentials are missing or wrong.</param>
    /// <exception cref="CloudError">The first refusal; the others were written to the error stream.</exception>
    public static async Task Require(CancellationToken ct, params Func<CancellationToken, Task>[] asks)
    {
        var refusals = new List<CloudError>();
        foreach (var ask in asks)
        {
            try
            {
                await ask(ct).ConfigureAwait(false);
            }
            catch (CloudError refused) when (refused.Kind == CloudErrorKind.Denied)
            {
                refusals.Add(refused);
            }
        }
        foreach (var other in refusals.Skip(1))
        {
            await Console.Error.WriteLineAsync(Plain.Lines($"error: {other.Describe()}")).ConfigureAwait(false);
        }
        if (refusals is [var first, ..])
        {
            throw first;
        }
    }
}
