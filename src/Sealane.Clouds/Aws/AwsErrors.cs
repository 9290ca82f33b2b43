using System.Text.RegularExpressions;
using Sealane.Clouds.Http;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Aws;

/// <summary>What each of the vendor's error codes means for the engine, and what a person can do about it. First match
/// wins.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html,
/// https://docs.aws.amazon.com/directconnect/latest/APIReference/CommonErrors.html. Direct Connect raises one type for
/// nearly
/// everything, so its rows look at the message; those texts were seen in public tickets and may change.
/// </remarks>
internal static class AwsErrors
{
    private sealed record Row(string Code, string Message, CloudErrorKind Kind, string? Advice = null,
        string Operation = "")
    {
        public bool Matches(string operation, string code, string message) =>
            Is(Operation, operation) && Is(Code, code) && Is(Message, message);

        private static bool Is(string pattern, string text) =>
            pattern.Length == 0
                || Regex.IsMatch(text, pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
    }

    private const string DirectConnectClient = "^DirectConnectClientException$";

    private static readonly Row[] Rows =
    [
        new("^(Throttling|ThrottlingException|ThrottledException|RequestThrottled|RequestThrottledException|TooManyRequestsException"
            + "|RequestLimitExceeded|BandwidthLimitExceeded|LimitExceededException|SlowDown|PriorRequestNotComplete"
            + "|EC2ThrottledException)$", "", CloudErrorKind.Throttled),
        new(DirectConnectClient, "rate exceeded|too many requests|throttl", CloudErrorKind.Throttled),

        new("^ExpiredToken(Exception)?$", "", CloudErrorKind.Denied,
            "the session has ended: sign in again ('aws sso login', or new temporary keys) and repeat the command"),
        new("^(RequestExpired|RequestTimeTooSkewed)$", "", CloudErrorKind.Denied,
            "set this computer's clock: AWS allows few minutes of difference"),
        new("^(SignatureDoesNotMatch|InvalidSignatureException|IncompleteSignature)$", "", CloudErrorKind.Denied,
            "the secret access key does not belong to the access key id, or this computer's clock is wrong"),
        new("^(AuthFailure|UnrecognizedClientException|InvalidClientTokenId|MissingAuthenticationToken(Exception)?|InvalidAccessKeyId)$", "",
            CloudErrorKind.Denied, "the access key is unknown or not active: check the profile or the AWS_* variables"),
        new("^(UnauthorizedOperation|AccessDenied(Exception)?|NotAuthorized)$", "", CloudErrorKind.Denied,
            "the identity lacks the permission for this call: add it to its IAM policy"),
        new("^(OptInRequired|PendingVerification|Blocked)$", "", CloudErrorKind.Denied,
            "the account is not ready for this service or region: see the AWS console"),

        // A transit gateway that has just been attached is not known to the VPC for a while.
        new("^InvalidTransitGatewayID\\.NotFound$", "", CloudErrorKind.Busy, null, "ec2:(Create|Replace)Route$"),
        new("^InvalidTransitGatewayID\\.NotFound$", "", CloudErrorKind.NotFound,
            "have its owner share it with the account of the VPC", "ec2:CreateTransitGatewayVpcAttachment$"),
        new("^(ConcurrentMutationLimitExceeded|ConcurrentTagAccess)$", "", CloudErrorKind.Busy),
        new("^(IncorrectState|DependencyViolation|InvalidVpnConnection\\.InvalidState|InvalidCustomerGatewayState"
            + "|InvalidTransitGatewayAttachmentState|IncorrectInstanceState)$", "", CloudErrorKind.Busy),

        new("^(RouteAlreadyExists|Resource\\.AlreadyAssociated|DuplicateTransitGatewayAttachment)$|\\.Duplicate$", "",
            CloudErrorKind.Exists),
        new("\\.NotFound$", "", CloudErrorKind.NotFound),
        new("^InvalidVpnConnectionID$", "does not exist", CloudErrorKind.NotFound),
        new("^InvalidParameterValue$", "(association|propagation).*(does not exist|not found|not (associated|enabled))",
            CloudErrorKind.NotFound,
            null, "ec2:(Disassociate|Disable)"),
        new("LimitExceeded$", "", CloudErrorKind.Quota,
            "ask AWS to raise the quota (Service Quotas), or delete what is not needed"),
        new("^InsufficientSubnetsException$", "", CloudErrorKind.Quota,
            "the subnet has no free address: name another subnet of the zone"),
        new("^DuplicateSubnetsInSameZone$", "", CloudErrorKind.Invalid, "name one subnet in each availability zone"),

        new(DirectConnectClient, "does not exist|could not find|not found", CloudErrorKind.NotFound),
        new(DirectConnectClient, "\\blimit|exceed|quota", CloudErrorKind.Quota,
            "ask AWS to raise the Direct Connect quota, or delete what is not needed"),
        new(DirectConnectClient, "already|duplicate|in use", CloudErrorKind.Busy, null,
            "directconnect:(Delete|Update)"),
        new(DirectConnectClient, "already|duplicate|in use", CloudErrorKind.Exists),
        new(DirectConnectClient, "\\bstate\\b|must be available|not available", CloudErrorKind.Busy),
    ];

    private static readonly Regex Transient = new(
        "^(RequestTimeout|RequestTimeoutException|InternalError|InternalFailure|ServiceUnavailable|Unavailable|DirectConnectServerException)$",
        RegexOptions.CultureInvariant);

    /// <summary>Codes that a wrong clock causes; a Date header that is far off then proves it.</summary>
    public static bool MayBeClockSkew(string? code) => code is "RequestExpired" or "RequestTimeTooSkewed"
        or "SignatureDoesNotMatch"
        or "InvalidSignatureException" or "AuthFailure" or "RequestInTheFuture";

    public static CloudError Error(string operation, int status, AwsFault fault, bool writes,
        TimeSpan? retryAfter = null)
    {
        var (kind, advice) = Classify(operation, status, fault.Code, fault.Message, writes);
        return new(Cloud.Aws, operation, kind, status, fault.Code, fault.Message, fault.RequestId,
            advice)
        { RetryAfter = retryAfter };
    }

    public static (CloudErrorKind Kind, string? Advice) Classify(string operation, int status, string? code,
        string message, bool writes)
    {
        code ??= "";
        if (Array.Find(Rows, row => row.Matches(operation, code, message)) is { } found)
        {
            return (found.Kind, found.Advice);
        }
        var unanswered = writes ? CloudErrorKind.Uncertain : CloudErrorKind.Unavailable;
        return status == 429 ? (CloudErrorKind.Throttled, null)
            : status >= 500 || status == 408 || Transient.IsMatch(code) ? (unanswered, null)
            : status is 401 or 403 ? (CloudErrorKind.Denied, null)
            // AWS refuses with a code. What comes without one comes from something in between, and says nothing of AWS.
            : code.Length == 0 ? (unanswered, UnreadableReply.Advice)
            : (CloudErrorKind.Invalid, null);
    }
}
