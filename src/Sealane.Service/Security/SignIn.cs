using Microsoft.AspNetCore.Authentication;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Sealane.Service.Records;

namespace Sealane.Service.Security;

/// <summary>People who sign in at their own provider: OpenID Connect Core 1.0, authorization code with PKCE (RFC
/// 7636).</summary>
internal static class SignIn
{
    public const string Scheme = "provider";

    /// <summary>Where the page leads to sign in; the browser goes on to the provider.</summary>
    public const string Path = "/login/provider";

    /// <summary>Where the browser comes back to; the provider must know it.</summary>
    public const string Back = "/signin-oidc";

    /// <summary>A page of our own between the provider's and the fleet: a browser sends our strict cookie only on a way
    /// that began here.</summary>
    public const string Arrived = "/welcome";

    /// <summary>Who lost a role at the provider keeps it no longer than this.</summary>
    private static readonly TimeSpan Lives = TimeSpan.FromHours(1);

    public static void Add(AuthenticationBuilder authentication, Provider provider) =>
        authentication.AddOpenIdConnect(Scheme, options =>
        {
            options.Authority = provider.Issuer.ToString();
            options.RequireHttpsMetadata = !provider.Issuer.IsLoopback;
            options.ClientId = provider.Client;
            options.ClientSecret = provider.Secret?.Reveal();
            options.BackchannelHttpHandler = CloudReach.Sockets();
            options.SignInScheme = Access.Cookie;
            options.CallbackPath = Back;
            options.ResponseType = OpenIdConnectResponseType.Code;
            // By query the browser comes back with a link, and our cookies of the way there may be lax instead of open.
            options.ResponseMode = OpenIdConnectResponseMode.Query;
            options.CorrelationCookie.SameSite = options.NonceCookie.SameSite = SameSiteMode.Lax;
            options.CorrelationCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.NonceCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.UsePkce = true;
            options.SaveTokens = false;
            options.GetClaimsFromUserInfoEndpoint = true;
            options.MapInboundClaims = false;
            options.ClaimActions.Clear();
            options.ClaimActions.MapAll();
            options.Events.OnTicketReceived = context =>
            {
                if (context.Principal is not { } principal || provider.Of(principal) is not { } person)
                {
                    context.Response.Redirect("/login?no=role");
                    context.HandleResponse();
                    return Task.CompletedTask;
                }
                context.HttpContext.RequestServices.GetRequiredService<Store>()
                    .Audit(person.Name, "sign in", provider.Issuer.Host, "", TimeProvider.System.GetUtcNow());
                context.Principal = Access.Principal(person, Scheme);
                context.Properties = new() { ExpiresUtc = TimeProvider.System.GetUtcNow() + Lives };
                context.ReturnUri = Arrived;
                return Task.CompletedTask;
            };
            options.Events.OnRemoteFailure = context =>
            {
                Log.NotSignedIn(context.HttpContext.RequestServices.GetRequiredService<ILogger<Provider>>(),
                    Core.Plain.Line(context.Failure?.Message ?? ""));
                context.Response.Redirect("/login?no=provider");
                context.HandleResponse();
                return Task.CompletedTask;
            };
        });
}
