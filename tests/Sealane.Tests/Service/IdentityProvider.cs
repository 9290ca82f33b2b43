using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Sealane.Tests.Service;

/// <summary>A provider of identities that is not ours (OpenIddict), on the loopback address: it knows one client and
/// signs in whoever <see cref="Somebody"/> is.</summary>
internal sealed class IdentityProvider : IAsyncDisposable
{
    public const string Client = "sealane";
    public const string Secret = "planted-secret-of-the-client-0123456789";

    private readonly WebApplication _app;

    private IdentityProvider(WebApplication app) => _app = app;

    public string Issuer => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!
        .Addresses.First();

    public (string Subject, string[] Groups) Somebody { get; set; } = ("", []);

    /// <summary>Where it may send people back to, with their code.</summary>
    public string Back { get; set; } = "";

    public static async Task<IdentityProvider> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        IdentityProvider? made = null;
        builder.Services.AddAuthentication();
        builder.Services.AddOpenIddict().AddServer(server =>
        {
            server.SetAuthorizationEndpointUris("authorize").SetTokenEndpointUris("token")
                .SetUserInfoEndpointUris("userinfo");
            server.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange().EnableDegradedMode()
                .RegisterScopes(Scopes.Profile).AddEphemeralEncryptionKey().AddEphemeralSigningKey();
            server.UseAspNetCore().DisableTransportSecurityRequirement();
            server.AddEventHandler<ValidateAuthorizationRequestContext>(step => step.UseInlineHandler(context =>
            {
                if (context.ClientId != Client || context.RedirectUri != made!.Back)
                {
                    context.Reject(Errors.InvalidClient, $"{context.ClientId} has no {context.RedirectUri}");
                }
                return default;
            }));
            server.AddEventHandler<ValidateTokenRequestContext>(step => step.UseInlineHandler(context =>
            {
                if (context.ClientId != Client || context.ClientSecret != Secret)
                {
                    context.Reject(Errors.InvalidClient, "this is not the client");
                }
                return default;
            }));
            server.AddEventHandler<HandleAuthorizationRequestContext>(step => step.UseInlineHandler(context =>
            {
                var identity = new ClaimsIdentity("somebody", Claims.Name, Claims.Role);
                identity.SetClaim(Claims.Subject, made!.Somebody.Subject)
                    .SetClaims("groups", [.. made.Somebody.Groups]);
                identity.SetDestinations(_ => [Destinations.IdentityToken, Destinations.AccessToken]);
                context.SignIn(new ClaimsPrincipal(identity).SetScopes(Scopes.OpenId, Scopes.Profile));
                return default;
            }));
            server.AddEventHandler<HandleUserInfoRequestContext>(step => step.UseInlineHandler(context =>
            {
                context.Subject = context.AccessTokenPrincipal?.GetClaim(Claims.Subject);
                return default;
            }));
        });
        made = new(builder.Build());
        made._app.UseAuthentication();
        await made._app.StartAsync();
        return made;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
