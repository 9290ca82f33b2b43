using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Azure;

/// <summary>
/// <c>login.microsoftonline.com</c>: tokens for the one service principal by client secret, in both versions of the
/// endpoint and as ADFS (tenant <c>adfs</c>, which older clients use to log in without asking the public cloud).
/// </summary>
/// <remarks>https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow</remarks>
/// <param name="world">The world whose directory this is.</param>
/// <param name="accepted">The one service principal.</param>
/// <param name="wallClock">The clients' time, in which tokens expire; the world's own when nothing else is
/// said.</param>
public sealed class LoginFace(SandboxWorld world, AzureCredentials accepted, Func<DateTimeOffset>? wallClock = null)
    : IFace
{
    private long _requests;

    /// <summary>Counted on the wall clock of the clients.</summary>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromHours(1);

    public WireReply Answer(WireRequest request)
    {
        var path = ResourceId.Split(request.Path.ToLowerInvariant());
        return (request.Method, path) switch
        {
            ("POST", [var tenant, "oauth2", "v2.0", "token"]) =>
                Token(request, Uri.UnescapeDataString(tenant), versionTwo: true),
            ("POST", [var tenant, "oauth2", "token"]) =>
                Token(request, Uri.UnescapeDataString(tenant), versionTwo: tenant == "adfs"),
            ("GET", ["common", "discovery", "instance"]) => Reply(200, OpenId.Instance(request)),
            ("GET", [var tenant, "v2.0", ".well-known", "openid-configuration"]) =>
                Configuration(request, tenant, "/v2.0"),
            ("GET", [var tenant, ".well-known", "openid-configuration"]) => Configuration(request, tenant, ""),
            ("GET", [_, "discovery", .., "keys"]) => Reply(200, new JsonObject { ["keys"] = new JsonArray() }),
            _ => Refuse(404, "invalid_request", "AADSTS900023: The requested path was not found."),
        };
    }

    public WireReply Say(Fault fault, WireRequest request) => fault == Fault.Throttled
        ? Refuse(429, "temporarily_unavailable", "AADSTS90055: The server has too many requests to process.")
        : Refuse(503, "temporarily_unavailable", "AADSTS90033: A transient error has occurred. Please try again.");

    private WireReply Configuration(WireRequest request, string tenant, string version) =>
        IsTenant(tenant) ? Reply(200, OpenId.Configuration(request, tenant, version, world.Azure.Tenant))
            : UnknownTenant(tenant);

    private WireReply Token(WireRequest request, string tenant, bool versionTwo)
    {
        var form = ArmCall.ReadForm(request.BodyText);
        var (clientId, secret) = Client(request, form);
        var audienceName = versionTwo && !form.ContainsKey("resource") ? "scope" : "resource";
        var missing = new[] { "grant_type", audienceName }.FirstOrDefault(name => !form.ContainsKey(name))
            ?? (clientId is null ? "client_id" : null);
        if (!IsTenant(tenant))
        {
            return UnknownTenant(tenant);
        }
        if (missing is not null)
        {
            return Refuse(400, "invalid_request",
                $"AADSTS900144: The request body must contain the following parameter: '{missing}'.");
        }
        if (form["grant_type"] != "client_credentials")
        {
            return Refuse(400, "unsupported_grant_type",
                $"AADSTS70003: The app requested an unsupported grant type '{form["grant_type"]}'.");
        }
        if (!ResourceId.Same(clientId, accepted.ClientId))
        {
            return Refuse(400, "unauthorized_client",
                $"AADSTS700016: Application with identifier '{clientId}' was not found in the directory "
                    + $"'{world.Azure.Tenant}'.");
        }
        if (secret is null)
        {
            return Refuse(401, "invalid_client",
                "AADSTS7000218: The request body must contain the following parameter: 'client_assertion' or "
                    + "'client_secret'.");
        }
        if (secret != accepted.ClientSecret)
        {
            return Refuse(401, "invalid_client",
                "AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the request is the "
                    + "client secret "
                + $"value, not the client secret ID, for a secret added to app '{clientId}'.");
        }
        const string suffix = "/.default";
        var audience = form[audienceName];
        if (audienceName == "scope")
        {
            // Several scopes are separated by blanks; OpenID's own ones say nothing about the audience.
            audience = audience.Split(' ').FirstOrDefault(scope => scope.EndsWith(suffix, StringComparison.Ordinal))
                ?? "";
            if (audience.Length == 0)
            {
                return Refuse(400, "invalid_scope",
                    $"AADSTS1002012: The provided value for scope {form["scope"]} is not valid. Client credential "
                        + $"flows must have a "
                    + "scope value with /.default suffixed to the resource identifier (application ID URI).");
            }
            audience = audience[..^suffix.Length];
        }
        return Uri.TryCreate(audience, UriKind.Absolute, out _)
            ? Granted(AccessToken.Issue(world, wallClock?.Invoke() ?? world.Now, audience, clientId!, TokenLifetime),
                audience, versionTwo)
            : Refuse(400, "invalid_resource",
                $"AADSTS500011: The resource principal named {audience} was not found in the tenant.");
    }

    private WireReply Granted(string token, string audience, bool versionTwo)
    {
        var seconds = (long)TokenLifetime.TotalSeconds;
        if (versionTwo)
        {
            return Reply(200, new JsonObject
            {
                ["token_type"] = "Bearer",
                ["expires_in"] = seconds,
                ["ext_expires_in"] = seconds,
                ["access_token"] = token,
            });
        }
        var now = (wallClock?.Invoke() ?? world.Now).ToUnixTimeSeconds();
        return Reply(200, new JsonObject
        {
            ["token_type"] = "Bearer",
            ["expires_in"] = seconds.ToString(CultureInfo.InvariantCulture),
            ["ext_expires_in"] = seconds.ToString(CultureInfo.InvariantCulture),
            ["expires_on"] = (now + seconds).ToString(CultureInfo.InvariantCulture),
            ["not_before"] = now.ToString(CultureInfo.InvariantCulture),
            ["resource"] = audience,
            ["access_token"] = token,
        });
    }

    /// <summary>Id and secret stand in the form or in a Basic header.</summary>
    private static (string? Id, string? Secret) Client(WireRequest request, IReadOnlyDictionary<string, string> form)
    {
        var buffer = new byte[1024];
        if (request.Header("Authorization") is { } header
            && header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase)
            && Convert.TryFromBase64String(header[6..].Trim(), buffer, out var length)
            && Encoding.UTF8.GetString(buffer, 0, length).Split(':', 2) is [var id, var secret])
        {
            return (Uri.UnescapeDataString(id), Uri.UnescapeDataString(secret));
        }
        return (form.GetValueOrDefault("client_id"), form.GetValueOrDefault("client_secret"));
    }

    private bool IsTenant(string tenant) =>
        tenant is "common" or "organizations" or "adfs" || ResourceId.Same(tenant, world.Azure.Tenant);

    private WireReply UnknownTenant(string tenant) => Refuse(400, "invalid_request",
        $"AADSTS90002: Tenant '{tenant}' not found. Check to make sure you have the correct tenant ID and are signing "
            + $"into the "
        + "correct cloud.");

    private WireReply Refuse(int status, string error, string description)
    {
        var trace = world.Uuid($"login-request/{_requests}");
        var code = description.IndexOf(':', StringComparison.Ordinal);
        return Reply(status, new JsonObject
        {
            ["error"] = error,
            ["error_description"] =
                $"{description} Trace ID: {trace} Correlation ID: {trace} Timestamp: {world.Now:yyyy-MM-dd HH:mm:ssZ}",
            ["error_codes"] =
                new JsonArray(long.Parse(description["AADSTS".Length..code], CultureInfo.InvariantCulture)),
            ["timestamp"] = world.Now.ToString("yyyy-MM-dd HH:mm:ssZ", CultureInfo.InvariantCulture),
            ["trace_id"] = trace,
            ["correlation_id"] = trace,
        });
    }

    private WireReply Reply(int status, JsonNode body) => new()
    {
        Status = status,
        ContentType = "application/json; charset=utf-8",
        Body = body.ToJsonString(),
        Headers = [("Cache-Control", "no-store, no-cache"),
            ("x-ms-request-id", world.Uuid($"login-request/{_requests++}"))],
    };
}

/// <summary>The documents by which clients find the token endpoint.</summary>
/// <remarks>https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc</remarks>
internal static class OpenId
{
    public static JsonObject Configuration(WireRequest request, string tenant, string version, string tenantId)
    {
        var at = $"{request.Origin}/{tenant}";
        return new()
        {
            ["token_endpoint"] = tenant == "adfs" ? $"{at}/oauth2/token" : $"{at}/oauth2{version}/token",
            ["authorization_endpoint"] = $"{at}/oauth2{version}/authorize",
            ["device_authorization_endpoint"] = $"{at}/oauth2{version}/devicecode",
            ["jwks_uri"] = $"{at}/discovery{version}/keys",
            ["issuer"] = tenant == "adfs" ? at : $"{request.Origin}/{tenantId}{version}",
            ["response_types_supported"] = Json.Array(["code", "id_token", "code id_token", "token"]),
            ["token_endpoint_auth_methods_supported"] =
                Json.Array(["client_secret_post", "client_secret_basic", "private_key_jwt"]),
            ["subject_types_supported"] = Json.Array(["pairwise"]),
            ["id_token_signing_alg_values_supported"] = Json.Array(["RS256"]),
            ["scopes_supported"] = Json.Array(["openid", "profile", "email", "offline_access"]),
            ["cloud_instance_name"] = new Uri(request.Origin).Authority,
        };
    }

    public static JsonObject Instance(WireRequest request)
    {
        var host = new Uri(request.Origin).Authority;
        return new()
        {
            ["tenant_discovery_endpoint"] = $"{request.Origin}/common/v2.0/.well-known/openid-configuration",
            ["api-version"] = "1.1",
            ["metadata"] = new JsonArray(new JsonObject
            {
                ["preferred_network"] = host,
                ["preferred_cache"] = host,
                ["aliases"] = Json.Array([host]),
            }),
        };
    }
}
