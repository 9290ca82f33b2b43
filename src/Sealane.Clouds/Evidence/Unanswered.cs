using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Evidence;

/// <summary>What a refusal means for evidence.</summary>
internal static class Unanswered
{
    /// <summary>
    /// Microsoft's edge says so, in place of a table, for up to 25 minutes after its sessions have come up for the
    /// first time (public labs: github.com/erjosito/net-lab-builder, expressroute-megaport-bgp).
    /// </summary>
    private const string NoSessionsYet = "does not have any Bgp sessions";

    public static (Answer Answer, string Why) Of(CloudError error) => (Kind(error), Text(error));

    private static Answer Kind(CloudError error) =>
        error.Message.Contains(NoSessionsYet, StringComparison.OrdinalIgnoreCase) ? Answer.Lagging
        : error.Kind == CloudErrorKind.Denied ? Answer.Refused
        : IsNoSuchCall(error) ? Answer.NotOffered
        : error.Kind is CloudErrorKind.Unavailable or CloudErrorKind.Throttled or CloudErrorKind.Busy
            or CloudErrorKind.Uncertain
            ? error.Status is >= 200 and < 300 ? Answer.Unreadable : Answer.Silent
        : Answer.NotOffered;

    private static bool IsNoSuchCall(CloudError error) =>
        error.Kind == CloudErrorKind.NotFound
        || error.Code is "InvalidAction" or "UnknownOperationException" or "InvalidResourceType"
            or "UnsupportedOperation";

    private static string Text(CloudError error) =>
        error.Code is { } code ? $"{code}: {error.Message}" : error.Status is { } status
            ? $"HTTP {status}: {error.Message}" : error.Message;
}
