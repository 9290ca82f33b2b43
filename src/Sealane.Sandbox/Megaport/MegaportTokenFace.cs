using System.Text;
using System.Text.Json.Nodes;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Megaport;

/// <summary>Megaport's token endpoint: OAuth 2.0 client credentials with HTTP Basic.</summary>
/// <remarks>https://docs.megaport.com/api/api-key/</remarks>
/// <param name="world">The world that seals the tokens.</param>
/// <param name="account">The API key that is accepted.</param>
/// <param name="wallClock">The clients' time, in which tokens expire; the world's own when nothing else is
/// said.</param>
public sealed class MegaportTokenFace(SandboxWorld world, MegaportAccount account,
    Func<DateTimeOffset>? wallClock = null) : IFace
{
    public WireReply Answer(WireRequest request)
    {
        if (request.Path.TrimEnd('/') != "/oauth2/token")
        {
            return Reply(404, new() { ["error"] = "not_found" });
        }
        if (request.Method != "POST")
        {
            return Reply(405, new() { ["error"] = "invalid_request" });
        }
        var form = Form.Read(request.Header("content-type") is { } type && !IsForm(type) ? "" : request.BodyText);
        var query = Form.Read(request.Query);
        if ((form.GetValueOrDefault("grant_type") ?? query.GetValueOrDefault("grant_type")) is not "client_credentials")
        {
            return Reply(400, new() { ["error"] = "unsupported_grant_type" });
        }
        if (Basic(request.Header("authorization")) != $"{account.AccessKey}:{account.SecretKey}")
        {
            return Reply(401, new() { ["error"] = "invalid_client" });
        }
        return Reply(200, new()
        {
            ["access_token"] = MegaportTokens.Issue(world, wallClock?.Invoke() ?? world.Now),
            ["token_type"] = "Bearer",
            ["expires_in"] = (int)MegaportTokens.Lifetime.TotalSeconds,
        });
    }

    public WireReply Say(Fault fault, WireRequest request) => MegaportFace.SayFault(fault, world);

    private static bool IsForm(string contentType) =>
        contentType.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase);

    private static string? Basic(string? authorization)
    {
        if (authorization?.Split(' ', 2) is not [var scheme, var code]
            || !scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }
        var bytes = new byte[code.Length];
        return Convert.TryFromBase64String(code, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length)
            : null;
    }

    private static WireReply Reply(int status, JsonObject body) =>
        new() { Status = status, ContentType = "application/json", Body = body.ToJsonString() };
}
