using Azure;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Azure;

/// <summary>What it means that no answer came.</summary>
internal static class ArmTransport
{
    /// <summary>Azure.Core wraps what HttpClient throws into status 0; its own time-out looks like a
    /// cancellation.</summary>
    public static bool IsNoAnswer(Exception error, CancellationToken ct) => error switch
    {
        RequestFailedException { Status: 0 } or HttpRequestException or IOException => true,
        AggregateException many => many.InnerExceptions.All(inner => IsNoAnswer(inner, ct)),
        OperationCanceledException => !ct.IsCancellationRequested,
        _ => false,
    };

    /// <summary>
    /// A write whose connection was never made did not happen and may be repeated. Any other write without an answer
    /// may have
    /// happened.
    /// </summary>
    public static CloudError NoAnswer(string operation, Uri url, Exception error, bool writes)
    {
        var kind = writes && !NeverConnected(error) ? CloudErrorKind.Uncertain : CloudErrorKind.Unavailable;
        var message = kind == CloudErrorKind.Uncertain
            ? $"{url.Host} gave no answer; the call may or may not have happened"
            : $"{url.Host} cannot be reached";
        return new(Cloud.Azure, operation, kind, null, null, $"{message}: {Reason(error)}",
            advice: "check the network, the proxy and the endpoint (endpoints.arm)", inner: error);
    }

    private static bool NeverConnected(Exception error)
    {
        for (var e = error; e is not null; e = e.InnerException)
        {
            if (e is HttpRequestException
                {
                    HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
                        or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
                })
            {
                return true;
            }
        }
        return false;
    }

    private static string Reason(Exception error) => error is OperationCanceledException
        ? "timed out"
        : error.GetBaseException().Message.Split('\n', 2)[0].Trim();
}
