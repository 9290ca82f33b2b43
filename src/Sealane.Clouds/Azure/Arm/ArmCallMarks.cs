using Sealane.Clouds.Http;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Azure;

/// <summary>
/// Writes <see cref="CallOptions"/> onto every request that Azure.Core or Azure.Identity sends. Their pipelines give no
/// way to
/// do so on the request itself, so the marks are read off method and path just before the transport.
/// </summary>
internal sealed class ArmCallMarks(HttpMessageHandler transport) : DelegatingHandler(transport)
{
    /// <summary>Actions that only look. ARM makes them POST because they can take longer than a GET may.</summary>
    private static readonly string[] LookingActions = ["routeTables", "routeTablesSummary", "arpTables",
        "effectiveRouteTable", "checkPolicyRestrictions"];

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request,
        CancellationToken cancellationToken)
    {
        var path = request.RequestUri?.AbsolutePath ?? "";
        request.Options.Set(CallOptions.Cloud, Cloud.Azure);
        request.Options.Set(CallOptions.Operation, NameOf(request.Method.Method, path));
        request.Options.Set(CallOptions.Writes, Writes(request.Method.Method, path));
        return base.SendAsync(request, cancellationToken);
    }

    /// <summary><c>PUT virtualNetworkGateways/sydney-vpngw</c>, <c>GET operations</c>, <c>POST token</c>.</summary>
    internal static string NameOf(string method, string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (IsToken(path))
        {
            return $"{method} {(path.EndsWith("/token", StringComparison.Ordinal) ? "token" : "login")}";
        }
        var provider = Array.FindLastIndex(parts, part => part.Equals("providers", StringComparison.OrdinalIgnoreCase));
        var own = provider >= 0 ? parts[Math.Min(provider + 2, parts.Length)..] : parts[Math.Min(2, parts.Length)..];
        // Status and result URLs of operations are long, and different each time: locations/{region}/operations/{guid}.
        return own is [var first, _, var kind, ..] && first.Equals("locations", StringComparison.OrdinalIgnoreCase)
            ? $"{method} {kind}"
            : own is [] ? $"{method} {string.Join('/', parts.Where((_, index) => index != 1))}"
            : $"{method} {string.Join('/', own)}";
    }

    internal static bool Writes(string method, string path) => method switch
    {
        "GET" or "HEAD" => false,
        "POST" => !IsToken(path) && !path.Split('/').Any(LooksOnly),
        _ => true,
    };

    // .../getLearnedRoutes, .../routeTables/primary
    private static bool LooksOnly(string part) =>
        part.StartsWith("get", StringComparison.Ordinal)
        || LookingActions.Contains(part, StringComparer.OrdinalIgnoreCase);

    private static bool IsToken(string path) => !path.StartsWith("/subscriptions", StringComparison.OrdinalIgnoreCase);
}
