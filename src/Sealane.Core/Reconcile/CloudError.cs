using System.Text;

namespace Sealane.Core.Reconcile;

/// <summary>What an answer of a cloud means for the engine.</summary>
public enum CloudErrorKind
{
    /// <summary>Wrong input: final.</summary>
    Invalid,

    /// <summary>The object is not there.</summary>
    NotFound,

    /// <summary>Credentials missing, wrong, expired, or without the permission: final, exit code 3.</summary>
    Denied,

    /// <summary>Another operation holds the object, or something still refers to it: wait and try again.</summary>
    Busy,

    /// <summary>It exists already: look it up.</summary>
    Exists,

    /// <summary>A quota or capacity limit: final, needs a person.</summary>
    Quota,

    /// <summary>Throttled after all retries.</summary>
    Throttled,

    /// <summary>The cloud is unwell or cannot be reached; for a call that changes nothing, safe to repeat.</summary>
    Unavailable,

    /// <summary>A writing call got no usable answer: it may or may not have happened. Look before repeating.</summary>
    Uncertain,

    /// <summary>Whether an object is ours cannot be told: only a person can settle it, and nothing touches
    /// it.</summary>
    Doubtful,

    /// <summary>Accepted, but a person must approve it first.</summary>
    AwaitsApproval,
}

/// <summary>All that a cloud client throws: which call, on what, and what the vendor said.</summary>
public sealed class CloudError : Exception
{
    public CloudError(
        Cloud cloud, string operation, CloudErrorKind kind, int? status, string? code, string message,
        string? requestId = null, string? advice = null, Exception? inner = null)
        : base(message, inner)
    {
        Cloud = cloud;
        Operation = operation;
        Kind = kind;
        Status = status;
        Code = code;
        RequestId = requestId;
        Advice = advice;
    }

    public Cloud Cloud { get; }

    /// <summary>The vendor's name of the call: <c>ec2:CreateVpnConnection</c>, <c>PUT
    /// virtualNetworkGateways/sydney-vpngw</c>.</summary>
    public string Operation { get; }
    public CloudErrorKind Kind { get; }

    /// <summary>HTTP status, null where no answer came.</summary>
    public int? Status { get; }

    /// <summary>The vendor's code: <c>IncorrectState</c>, <c>AnotherOperationInProgress</c>.</summary>
    public string? Code { get; }
    public string? RequestId { get; }

    /// <summary>What to do about it, where we know.</summary>
    public string? Advice { get; }

    /// <summary>How long the vendor asks to wait before the next try.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Of a doubtful object what was seen, so that what hangs on it is found; null where that is not
    /// sure.</summary>
    public object? Seen { get; init; }

    /// <summary>All of it in the form that a person reads.</summary>
    public string Describe()
    {
        var text = new StringBuilder(Plain.Line($"{Operation}: {Message}"));
        if (Code is not null || Status is not null)
        {
            text.Append(Plain.Line(
                $" ({string.Join(", ", new[] { Code, Status is { } s ? $"HTTP {s}" : null }.OfType<string>())})"));
        }
        if (RequestId is not null)
        {
            text.Append("\n  request id: ").Append(Plain.Line(RequestId));
        }
        if (Advice is not null)
        {
            text.Append($"\n  fix: {Advice}");
        }
        return text.ToString();
    }
}
