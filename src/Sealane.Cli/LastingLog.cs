using Sealane.Clouds.Http;

namespace Sealane.Cli;

/// <summary>
/// A wire log that may fail without harm to the call that it tells of: the exchange has happened, and its reply is
/// worth more
/// than its record. The run ends in order afterwards.
/// </summary>
internal sealed class LastingLog(WireLog log, DiskTrouble disk) : IWireLog
{
    public async Task Record(
        HttpRequestMessage request, string? requestBody, HttpResponseMessage response, string responseBody)
    {
        try
        {
            await log.Record(request, requestBody, response, responseBody).ConfigureAwait(false);
        }
        catch (Exception error) when (DiskTrouble.Is(error))
        {
            disk.Report("the wire log", error);
        }
    }
}
