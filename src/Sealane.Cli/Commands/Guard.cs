using Sealane.Core.Reconcile;
using Sealane.Sandbox.World;

namespace Sealane.Cli.Commands;

/// <summary>Turns what a command can run into into a calm message and an exit code; never a stack trace.</summary>
internal static class Guard
{
    public static async Task<int> Run(Func<Task<int>> command)
    {
        try
        {
            return await command().ConfigureAwait(false);
        }
        catch (UsageError error)
        {
            if (error.Message.Length > 0)
            {
                await Console.Error.WriteLineAsync(error.Message).ConfigureAwait(false);
            }
            return ExitCode.Usage;
        }
        catch (LinkBusy busy)
        {
            await Console.Error.WriteLineAsync(busy.Message).ConfigureAwait(false);
            return ExitCode.No;
        }
        catch (WorldFileError error)
        {
            await Console.Error.WriteLineAsync($"error: {error.Message}").ConfigureAwait(false);
            return ExitCode.Usage;
        }
        catch (CloudError error)
        {
            await Console.Error.WriteLineAsync($"error: {error.Describe()}").ConfigureAwait(false);
            return ExitCode.Cloud;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"error: {error.Message}").ConfigureAwait(false);
            return ExitCode.Usage;
        }
    }
}
