using System.Net.Http.Headers;
using System.Text.Json;
using Sealane.Clouds.Http;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Megaport;

/// <summary>What Megaport's answers mean: one table of texts and statuses, read from the top.</summary>
/// <remarks>
/// Statuses and texts as met by the public clients (github.com/megaport/megaportgo, terraform-provider-megaport issues
/// #20, #30, #43, #233, #466). Texts are matched anywhere in <c>message</c> or <c>data</c>, whatever their case.
/// </remarks>
public static class MegaportErrors
{
    private sealed record Row(int? Status, string? Text, CloudErrorKind Kind, string? Advice = null);

    private static readonly IReadOnlyList<Row> Table =
    [
        new(null, "could not find a service with uid", CloudErrorKind.NotFound),
        new(null, "rollback-only", CloudErrorKind.Busy),
        new(null, "silently rolled back", CloudErrorKind.Busy),
        new(null, "must be removed in azure first", CloudErrorKind.Busy,
            "delete the ExpressRoute connection and the private peering in Azure; Megaport notices some minutes later"),
        new(null, "no available capacity", CloudErrorKind.Quota,
            "try the other diversity zone (megaport.diversityZone: red or blue), another location, or a lower speed"),
        new(null, "azure port that is already taken", CloudErrorKind.Exists,
            "another VXC already uses this circuit's service key; cancel it or use another circuit"),
        new(null, "invalid service_key", CloudErrorKind.Invalid, "check the service key of the ExpressRoute circuit"),
        new(null, "invalid aws account number", CloudErrorKind.Invalid,
            "aws.account needs the twelve digits of the account, in quotes"),
        new(null, "valid b-end is required", CloudErrorKind.Invalid,
            "this account cannot see the partner port that was chosen"),
        new(null, "missing markets", CloudErrorKind.Denied,
            "the account does not buy in that location's market yet: add it in the Megaport portal (Company, Billing "
            + "Markets), or take another location"),
        new(null, "cannot update asn while vxcs are attached", CloudErrorKind.Invalid,
            "the ASN of an MCR is fixed once it has VXCs"),
        new(null, "not supported service type", CloudErrorKind.Invalid, "megaport.mcr.id must be the uid of an MCR"),
        new(401, null, CloudErrorKind.Denied, "check MEGAPORT_ACCESS_KEY and MEGAPORT_SECRET_KEY"),
        new(403, null, CloudErrorKind.Denied, "the API key needs a role that may order and change services"),
        // Of an address that does not exist it is said too, and that is not a service: "No endpoint GET /v2/…".
        new(404, "no endpoint", CloudErrorKind.Invalid),
        new(404, "not found", CloudErrorKind.NotFound),
        new(404, "could not find", CloudErrorKind.NotFound),
        new(404, "does not exist", CloudErrorKind.NotFound),
        new(404, "no such", CloudErrorKind.NotFound),
        new(409, "not allowed for product type", CloudErrorKind.Invalid),
        new(409, null, CloudErrorKind.Busy),
        new(429, null, CloudErrorKind.Throttled),
    ];

    private const string ApprovalAdvice =
        "approve it in the Megaport portal (Company, Order Approvals), then run the same command again";

    /// <summary>The meaning of an answer that is not a success.</summary>
    /// <param name="writes">Whether the call may have changed something.</param>
    /// <param name="isTheirs">
    /// False for what is no JSON: it comes from something in between, and its words say nothing of Megaport.
    /// </param>
    public static (CloudErrorKind Kind, string? Advice) Classify(
        int status, string text, bool writes, bool isTheirs = true)
    {
        if (status == 202)
        {
            return (CloudErrorKind.AwaitsApproval, ApprovalAdvice);
        }
        var row = Table.FirstOrDefault(row => (row.Status is null || row.Status == status)
            && (row.Text is null || (isTheirs && text.Contains(row.Text, StringComparison.OrdinalIgnoreCase))));
        return row is not null ? (row.Kind, row.Advice)
            : isTheirs && status is < 500 and not (404 or 408) ? (CloudErrorKind.Invalid, null)
            : (writes ? CloudErrorKind.Uncertain : CloudErrorKind.Unavailable,
                status is < 500 and not 408 ? UnreadableReply.Advice : null);
    }

    internal static CloudError Of(
        string operation, bool writes, HttpResponseMessage response, string body, TimeProvider clock,
        Func<string, string> hide)
    {
        var status = (int)response.StatusCode;
        var (text, traceId) = Read(body);
        var (kind, advice) = Classify(status, text, writes, IsTheirs(body));
        return new(
            Cloud.Megaport, operation, kind, status, null,
            hide(text.Length > 0 ? text : response.ReasonPhrase ?? "no text"),
            traceId ?? TraceId(response), advice)
        {
            RetryAfter = RetryAfter(response, clock),
        };
    }

    /// <summary>A call that got no answer. Nothing was sent where no connection came up.</summary>
    internal static CloudError Transport(string operation, bool writes, Exception error)
    {
        var unsent = error is HttpRequestException
        {
            HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
                or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError
        };
        var kind = unsent || !writes ? CloudErrorKind.Unavailable : CloudErrorKind.Uncertain;
        var message = error is OperationCanceledException ? "no answer in time" : error.Message;
        return new(
            Cloud.Megaport, operation, kind, null, null, message,
            advice: unsent ? "check the network, the proxy and the address of Megaport's API" : null, inner: error);
    }

    internal static string? TraceId(HttpResponseMessage response) =>
        response.Headers.TryGetValues("Trace-Id", out var values) ? values.FirstOrDefault() : null;

    internal static TimeSpan? RetryAfter(HttpResponseMessage response, TimeProvider clock)
    {
        var wait = response.Headers.RetryAfter switch
        {
            RetryConditionHeaderValue { Delta: { } delta } => delta,
            RetryConditionHeaderValue { Date: { } date } => date - clock.GetUtcNow(),
            _ => (TimeSpan?)null,
        };
        // Whole seconds, as the header has them: what waits counts milliseconds, and would wake a part of one early.
        return wait is { } given
            ? TimeSpan.FromSeconds(Math.Clamp(Math.Ceiling(given.TotalSeconds), 0, 300)) : null;
    }

    private static bool IsTheirs(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>The useful sentence is sometimes in <c>message</c>, sometimes in <c>data</c>, which is text, a list or
    /// an object.</summary>
    public static (string Text, string? TraceId) Read(string body)
    {
        const int longest = 500;
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind == JsonValueKind.Object)
            {
                var parts = new List<string>();
                string? traceId = null;
                foreach (var member in json.RootElement.EnumerateObject())
                {
                    if (member.Name.Equals("message", StringComparison.OrdinalIgnoreCase)
                        || member.Name.Equals("data", StringComparison.OrdinalIgnoreCase))
                    {
                        Flatten(member.Value, parts);
                    }
                    else if (member.Name.Equals("trace_id", StringComparison.OrdinalIgnoreCase))
                    {
                        traceId = member.Value.ToString() is { Length: > 0 } id ? id : null;
                    }
                }
                return (Cut(string.Join(": ", parts.Distinct(StringComparer.Ordinal)), longest), traceId);
            }
        }
        catch (JsonException)
        {
            return (Cut(body.Trim(), longest), null);
        }
        return (Cut(body.Trim(), longest), null);
    }

    private static void Flatten(JsonElement value, List<string> parts)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    Flatten(member.Value, parts);
                }
                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    Flatten(item, parts);
                }
                break;
            case JsonValueKind.String when value.GetString()!.Trim() is { Length: > 0 } text:
                parts.Add(text);
                break;
            case JsonValueKind.Number:
                parts.Add(value.GetRawText());
                break;
        }
    }

    private static string Cut(string text, int longest) => text.Length > longest ? $"{text[..longest]}…" : text;
}
