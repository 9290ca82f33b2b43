using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Aws;

/// <summary>Where a signed request says it is going.</summary>
internal sealed record SignedScope(string AccessKeyId, string Date, string Region, string Service,
    IReadOnlyList<string> SignedHeaders, string Signature)
{
    /// <summary>Reads the Authorization header; null when there is none or it has another form.</summary>
    public static SignedScope? Read(WireRequest request)
    {
        const string Algorithm = "AWS4-HMAC-SHA256";
        if (request.Header("Authorization") is not { } header
            || !header.StartsWith(Algorithm, StringComparison.Ordinal))
        {
            return null;
        }
        var parts = header[Algorithm.Length..]
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.Split('=', 2))
            .Where(pair => pair.Length == 2)
            .GroupBy(pair => pair[0])
            .ToDictionary(pair => pair.Key, pair => pair.First()[1]);
        return parts.TryGetValue("Credential", out var credential)
            && credential.Split('/') is [var key, var date, var region, var service, "aws4_request"]
            && parts.TryGetValue("SignedHeaders", out var signed) && parts.TryGetValue("Signature", out var signature)
                ? new(key, date, region, service, signed.Split(';'), signature)
                : null;
    }
}

/// <summary>AWS Signature Version 4, header form, worked out anew from the request as it arrived.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html</remarks>
internal static class SigV4
{
    public const string DateFormat = "yyyyMMdd'T'HHmmss'Z'";

    public static DateTimeOffset? DateOf(WireRequest request) =>
        DateTimeOffset.TryParseExact(request.Header("X-Amz-Date"), DateFormat, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date) ? date : null;

    public static string Hash(byte[] body) => Convert.ToHexStringLower(SHA256.HashData(body));

    public static string CanonicalRequest(WireRequest request, IReadOnlyList<string> signedHeaders)
    {
        var text = new StringBuilder();
        text.Append(request.Method).Append('\n').Append(request.Path.Length == 0 ? "/" : request.Path).Append('\n')
            .Append(CanonicalQuery(request.Query)).Append('\n');
        foreach (var name in signedHeaders)
        {
            text.Append(name).Append(':').Append(Collapse(ValueOf(request, name))).Append('\n');
        }
        return text.Append('\n').AppendJoin(';', signedHeaders).Append('\n')
            .Append(request.Header("x-amz-content-sha256") ?? Hash(request.Body)).ToString();
    }

    public static string Sign(string secret, SignedScope scope, string date, string canonicalRequest)
    {
        var toSign = $"AWS4-HMAC-SHA256\n{date}\n{scope.Date}/{scope.Region}/{scope.Service}/aws4_request\n"
            + Hash(Encoding.UTF8.GetBytes(canonicalRequest));
        var key = Encoding.UTF8.GetBytes("AWS4" + secret);
        foreach (var step in new[] { scope.Date, scope.Region, scope.Service, "aws4_request", toSign })
        {
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(step));
        }
        return Convert.ToHexStringLower(key);
    }

    private static string ValueOf(WireRequest request, string name) =>
        request.Header(name)
            ?? (name == "host" ? request.Origin[(request.Origin.IndexOf("://", StringComparison.Ordinal) + 3)..] : "");

    private static string Collapse(string value) =>
        string.Join(' ', value.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static string CanonicalQuery(string query) =>
        string.Join('&', query.Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .Select(pair => (Name: Encode(pair[0]), Value: Encode(pair.ElementAtOrDefault(1) ?? "")))
            .OrderBy(pair => pair.Name, StringComparer.Ordinal).ThenBy(pair => pair.Value, StringComparer.Ordinal)
            .Select(pair => $"{pair.Name}={pair.Value}"));

    private static string Encode(string text) => Uri.EscapeDataString(Uri.UnescapeDataString(text));
}
