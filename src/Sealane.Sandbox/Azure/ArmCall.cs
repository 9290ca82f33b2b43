using System.Globalization;
using System.Text.Json.Nodes;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Azure;

/// <summary>One request to ARM, taken apart, and the way to answer it with the headers that every answer has.</summary>
internal sealed class ArmCall
{
    private readonly string _requestId;

    public ArmCall(SandboxWorld world, WireRequest request, string requestId)
    {
        World = world;
        Request = request;
        _requestId = requestId;
        Segments = [.. ResourceId.Split(request.Path).Select(Uri.UnescapeDataString)];
        Query = ReadForm(request.Query);
        ApiVersion = Query.GetValueOrDefault("api-version", "");
    }

    public SandboxWorld World { get; }
    public AzureState State => World.Azure;
    public WireRequest Request { get; }
    public string[] Segments { get; }

    /// <summary>The one that the request names.</summary>
    public string Subscription => Segments is [_, var named, ..]
        ? State.OtherSubscriptions.Find(other => ResourceId.Same(other, named)) ?? State.Subscription
        : State.Subscription;

    /// <summary>Decoded; names are compared without case. Unknown ones are ignored, as ARM does.</summary>
    public IReadOnlyDictionary<string, string> Query { get; }
    public string ApiVersion { get; }

    /// <summary>HEAD asks what GET asks and gets no body.</summary>
    public string Method => Request.Method == "HEAD" ? "GET" : Request.Method;

    /// <summary>Whether the api-version is this date or later: features appear with versions.</summary>
    public bool Since(string date) => string.CompareOrdinal(ApiVersion, 0, date, 0, date.Length) >= 0;

    public WireReply Reply(int status, JsonNode? body = null, params IEnumerable<(string Name, string Value)> headers)
    {
        var remaining = Request.Method switch
        {
            "GET" or "HEAD" => "reads",
            "DELETE" => "deletes",
            _ => "writes",
        };
        return new()
        {
            Status = status,
            ContentType = body is null ? null : "application/json; charset=utf-8",
            Body = body is null || Request.Method == "HEAD" ? "" : body.ToJsonString(),
            Headers =
            [
                .. headers,
                ("Cache-Control", "no-cache"),
                ("x-ms-request-id", _requestId),
                ("x-ms-correlation-request-id", Request.Header("x-ms-correlation-request-id") ?? _requestId),
                ("x-ms-routing-request-id", $"SANDBOX:{World.Now:yyyyMMddTHHmmssZ}:{_requestId}"),
                ($"x-ms-ratelimit-remaining-subscription-{remaining}", "11999"),
            ],
        };
    }

    public WireReply Refuse(ArmError error, params IEnumerable<(string Name, string Value)> headers) =>
        Reply(error.Status, new JsonObject { ["error"] = error.ToJson() }, headers);

    public string StatusUrl(ArmOperation operation) => LocationUrl(operation, "operations");

    /// <summary>Both URLs of a running operation and how long to wait before asking.</summary>
    public IEnumerable<(string Name, string Value)> Follow(ArmOperation operation, bool withLocation) =>
    [
        .. IsDeletion && State.Variants.Deletion == DeletionHeaders.LocationOnly ? []
            : new[] { ("Azure-AsyncOperation", StatusUrl(operation)) },
        .. withLocation && !(IsDeletion && State.Variants.Deletion == DeletionHeaders.OperationOnly)
            ? [("Location", LocationUrl(operation, "operationResults"))] : Array.Empty<(string, string)>(),
        ("Retry-After", RetryAfterSeconds.ToString(CultureInfo.InvariantCulture)),
    ];

    private bool IsDeletion => Request.Method == "DELETE";

    /// <summary>What the service usually says.</summary>
    public const int RetryAfterSeconds = 10;

    private string LocationUrl(ArmOperation operation, string kind) =>
        $"{Request.Origin}/subscriptions/{Subscription}/providers/{ResourceId.Provider}/locations/{operation.Location}"
        + $"/{kind}/{operation.Id}?api-version={ApiVersion}";

    /// <summary>A query or a form. The first value of a name counts.</summary>
    public static IReadOnlyDictionary<string, string> ReadForm(string text)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var pair in text.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? pair : pair[..equals];
            values.TryAdd(Decode(name), equals < 0 ? "" : Decode(pair[(equals + 1)..]));
        }
        return values;
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
