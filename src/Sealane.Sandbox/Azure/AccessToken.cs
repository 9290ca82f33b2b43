using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Azure;

/// <summary>
/// Access tokens of the sandbox's directory: they look like JWTs, and the last part is a check that only the same world
/// makes, so that a garbled token is told from a good one.
/// </summary>
/// <remarks>https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference</remarks>
internal static class AccessToken
{
    /// <param name="now">Of the client, which counts the lifetime on its own clock even where the world runs
    /// faster.</param>
    public static string Issue(SandboxWorld world, DateTimeOffset now, string audience, string clientId,
        TimeSpan lifetime)
    {
        var header = new JsonObject { ["typ"] = "JWT", ["alg"] = "none", ["kid"] = "sandbox" };
        var claims = new JsonObject
        {
            ["aud"] = audience,
            ["iss"] = $"https://sts.windows.net/{world.Azure.Tenant}/",
            ["iat"] = now.ToUnixTimeSeconds(),
            ["nbf"] = now.ToUnixTimeSeconds(),
            ["exp"] = (now + lifetime).ToUnixTimeSeconds(),
            ["appid"] = clientId,
            ["idtyp"] = "app",
            ["oid"] = world.Uuid($"service-principal/{clientId}"),
            ["tid"] = world.Azure.Tenant,
            ["ver"] = "1.0",
        };
        var signed = $"{Encode(header)}.{Encode(claims)}";
        return $"{signed}.{Check(world, signed)}";
    }

    /// <summary>Null when the request's token opens this cloud, else ARM's refusal.</summary>
    public static ArmError? Problem(SandboxWorld world, DateTimeOffset now, WireRequest request)
    {
        var header = request.Header("Authorization");
        if (string.IsNullOrEmpty(header))
        {
            return new(401, "AuthenticationFailed", "Authentication failed. The 'Authorization' header is missing.");
        }
        if (!header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            return new(401, "AuthenticationFailedInvalidHeader",
                "Authentication failed. The 'Authorization' header is provided in an invalid format.");
        }
        if (Claims(world, header["Bearer ".Length..].Trim()) is not { } claims)
        {
            return new(401, "InvalidAuthenticationToken", "The access token is invalid.");
        }
        if (claims.Number("exp") is not { } expiry || expiry <= now.ToUnixTimeSeconds())
        {
            var at = DateTimeOffset.FromUnixTimeSeconds(claims.Number("exp") ?? 0);
            return new(401, "ExpiredAuthenticationToken", string.Create(CultureInfo.InvariantCulture,
                $"The access token expiry UTC time '{at:G}' is earlier than current UTC time '{now:G}'."));
        }
        if (claims.Text("tid") != world.Azure.Tenant)
        {
            return new(401, "InvalidAuthenticationTokenTenant",
                $"The access token is from the wrong issuer '{claims.Text("iss")}'. It must match the tenant of this "
                + "subscription.");
        }
        return IsAudience(claims.Text("aud"), request.Origin) ? null
            : new(401, "InvalidAuthenticationTokenAudience",
                $"The access token has been obtained for wrong audience or resource '{claims.Text("aud")}'.");
    }

    private static JsonObject? Claims(SandboxWorld world, string token)
    {
        if (token.Split('.') is not [var header, var payload, var check] || check != Check(world, $"{header}.{payload}")
            || !Base64Url.IsValid(payload))
        {
            return null;
        }
        return Json.ReadObject(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(payload)));
    }

    private static bool IsAudience(string? audience, string origin) =>
        Uri.TryCreate(audience, UriKind.Absolute, out var uri)
        && (uri.Host is "management.azure.com" or "management.core.windows.net"
            || (Uri.TryCreate(origin, UriKind.Absolute, out var own) && uri.Host == own.Host));

    private static string Encode(JsonObject part) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString()));

    private static string Check(SandboxWorld world, string signed) => world.Hex($"token/{signed}", 64);
}
