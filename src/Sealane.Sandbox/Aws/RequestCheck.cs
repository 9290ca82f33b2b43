using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Aws;

/// <summary>How one service says that it does not believe a signature.</summary>
internal sealed record SignatureWords(
    Func<AwsRefusal> Missing, Func<AwsRefusal> UnknownKey, Func<string, AwsRefusal> Mismatch,
    Func<string, AwsRefusal> Expired);

/// <summary>Who is asking: the signature, its clock, its key and its scope.</summary>
internal static partial class RequestCheck
{
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(15);

    /// <summary>The scope that the request was signed for, or a refusal in the service's words.</summary>
    public static SignedScope Verify(
        WireRequest request, string service, AwsCredentials accepted, DateTimeOffset now, SignatureWords words)
    {
        var scope = SignedScope.Read(request) ?? throw words.Missing();
        if (scope.AccessKeyId != accepted.AccessKeyId
            || request.Header("X-Amz-Security-Token") != accepted.SessionToken?.Reveal())
        {
            throw words.UnknownKey();
        }
        if (scope.Service != service)
        {
            throw words.Mismatch($"Credential should be scoped to correct service: '{service}'.");
        }
        if (!Region().IsMatch(scope.Region) || RegionOfHost(request) is { } host && host != scope.Region)
        {
            throw words.Mismatch("Credential should be scoped to a valid region.");
        }
        if (SigV4.DateOf(request) is not { } date
            || !request.Header("X-Amz-Date")!.StartsWith(scope.Date, StringComparison.Ordinal))
        {
            throw words.Mismatch("Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from "
                + "HTTP.");
        }
        if ((date - now).Duration() > Skew)
        {
            throw words.Expired(
                $"Signature expired: {Stamp(date)} is now {(date < now ? "earlier" : "later")} than {Stamp(now)} by "
                    + $"more than 15 min.");
        }
        if (!scope.SignedHeaders.Contains("host") || !scope.SignedHeaders.Contains("x-amz-date"))
        {
            throw words.Mismatch("'Host' and 'X-Amz-Date' must be signed headers in the AWS Signature.");
        }
        var stated = request.Header("x-amz-content-sha256");
        var expected = SigV4.Sign(
            accepted.SecretAccessKey.Reveal(), scope, request.Header("X-Amz-Date")!,
            SigV4.CanonicalRequest(request, scope.SignedHeaders));
        if (stated is not (null or "UNSIGNED-PAYLOAD") && stated != SigV4.Hash(request.Body)
            || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected),
                Encoding.UTF8.GetBytes(scope.Signature)))
        {
            throw words.Mismatch(
                "The request signature we calculated does not match the signature you provided. Check your AWS Secret "
                    + "Access Key and signing method.");
        }
        return scope;
    }

    /// <summary>The region in a host name such as <c>ec2.ap-southeast-2.amazonaws.com</c>; null for any other
    /// host.</summary>
    private static string? RegionOfHost(WireRequest request) =>
        RegionalHost().Match(request.Header("Host") ?? request.Origin) is { Success: true } match
            ? match.Groups[1].Value : null;

    private static string Stamp(DateTimeOffset time) =>
        time.UtcDateTime.ToString(SigV4.DateFormat, CultureInfo.InvariantCulture);

    [GeneratedRegex("^[a-z]{2}(-[a-z]+)+-[0-9]+$")]
    private static partial Regex Region();

    [GeneratedRegex(@"(?:ec2|directconnect|sts|ram)(?:-fips)?\.([a-z]{2}(?:-[a-z]+)+-[0-9]+)\.(?:amazonaws\.com|api\.aws)")]
    private static partial Regex RegionalHost();
}
