using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Auth;

namespace Sealane.Clouds.Aws;

/// <summary>Signature version 4 of a POST without query string, which is all that EC2, Direct Connect and STS
/// need.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html</remarks>
internal static class AwsSigner
{
    public static void Sign(
        HttpRequestMessage request, byte[] body, string contentType, string? target, ImmutableCredentials credentials,
        string region, string service, DateTimeOffset now)
    {
        var uri = request.RequestUri!;
        var date = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["content-type"] = contentType,
            // Without the port where it is the scheme's own: so it is sent, so it is signed.
            ["host"] = uri.Authority,
            ["x-amz-date"] = date,
        };
        if (target is not null)
        {
            headers["x-amz-target"] = target;
        }
        if (credentials.UseToken)
        {
            headers["x-amz-security-token"] = credentials.Token;
        }
        var names = string.Join(';', headers.Keys);
        var canonical = new StringBuilder("POST\n").Append(uri.AbsolutePath).Append("\n\n");
        foreach (var (name, value) in headers)
        {
            canonical.Append(name).Append(':').Append(value).Append('\n');
        }
        canonical.Append('\n').Append(names).Append('\n').Append(Convert.ToHexStringLower(SHA256.HashData(body)));
        var signed = AWS4Signer.ComputeSignature(
            credentials, region, now.UtcDateTime, service, names, canonical.ToString());
        foreach (var (name,
            value) in headers.Where(header => header.Key.StartsWith("x-amz-", StringComparison.Ordinal)))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
        request.Headers.TryAddWithoutValidation("Authorization", signed.ForAuthorizationHeader);
    }
}
