using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Sealane.Sandbox.Aws;
using Sealane.Sandbox.World;

namespace Sealane.Tests.Sandbox.Aws;

/// <summary>A small SigV4 signer of the tests' own, so that the sandbox's verification is judged by other code than
/// itself.</summary>
internal static class AwsSigner
{
    public static WireRequest Form(string body, string host = "127.0.0.1:4566") =>
        Request(host, ("content-type", "application/x-www-form-urlencoded; charset=utf-8"), body);

    public static WireRequest Json(string operation, string body, string host = "127.0.0.1:4566")
    {
        var request = Request(host, ("content-type", "application/x-amz-json-1.1"), body);
        return With(request, ("x-amz-target", $"OvertureService.{operation}"));
    }

    public static WireRequest With(WireRequest request, params (string Name, string Value)[] headers)
    {
        var all = new Dictionary<string, string>(request.Headers, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in headers)
        {
            all[name] = value;
        }
        return request with { Headers = all };
    }

    public static WireRequest Sign(WireRequest request, AwsCredentials key, string service, string region,
        DateTimeOffset time)
    {
        var stamp = time.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        request = With(request, ("x-amz-date", stamp));
        if (key.SessionToken is { } token)
        {
            request = With(request, ("x-amz-security-token", token.Reveal()));
        }
        var names = request.Headers.Keys.Select(name => name.ToLowerInvariant()).Order(StringComparer.Ordinal).ToList();
        var query = string.Join('&',
            request.Query.Split('&', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
        var canonical = $"{request.Method}\n{request.Path}\n{query}\n"
            + string.Concat(names.Select(name => $"{name}:{request.Headers[name].Trim()}\n"))
            + $"\n{string.Join(';', names)}\n{Hex(SHA256.HashData(request.Body))}";
        var scope = $"{stamp[..8]}/{region}/{service}/aws4_request";
        var secret = Encoding.UTF8.GetBytes("AWS4" + key.SecretAccessKey.Reveal());
        foreach (var part in scope.Split('/'))
        {
            secret = HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(part));
        }
        var toSign = $"AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var signature = Hex(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(toSign)));
        return With(request, ("authorization",
            $"AWS4-HMAC-SHA256 Credential={key.AccessKeyId}/{scope}, SignedHeaders={string.Join(';', names)}, "
                + $"Signature={signature}"));
    }

    private static WireRequest Request(string host, (string Name, string Value) type, string body) => new()
    {
        Method = "POST",
        Origin = $"http://{host}",
        Path = "/",
        Query = "",
        Headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["host"] = host,
            [type.Name] = type.Value
        },
        Body = Encoding.UTF8.GetBytes(body),
    };

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
