using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Options;

namespace Sealane.Service.Security;

/// <summary>Who may do what: programs show a token with each call, people one at the door and then a cookie.</summary>
/// <remarks>A cookie opens pages only and a token the API only, so no page of somebody else can make a browser call
/// the API.</remarks>
internal static class Access
{
    public const string Bearer = "token";
    public const string Cookie = CookieAuthenticationDefaults.AuthenticationScheme;
    private const string Either = "either";
    private static readonly TimeSpan CookieLives = TimeSpan.FromHours(12);

    /// <param name="provider">Null: people show tokens.</param>
    public static void Add(IServiceCollection services, Provider? provider)
    {
        var authentication = services.AddAuthentication(Either)
            // Who calls is known before anything is counted: by the path, which asks for one or for the other.
            .AddPolicyScheme(Either, null, options => options.ForwardDefaultSelector = context =>
                IsForPrograms(context.Request.Path) ? Bearer : Cookie)
            .AddScheme<AuthenticationSchemeOptions, TokenHandler>(Bearer, null)
            .AddCookie(Cookie, options =>
            {
                options.Cookie.Name = "sealane";
                options.Cookie.HttpOnly = true;
                options.Cookie.SameSite = SameSiteMode.Strict;
                // Without TLS, on the loopback address, a browser would not keep one that is for TLS only.
                options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
                options.ExpireTimeSpan = CookieLives;
                options.SlidingExpiration = false;
                options.LoginPath = "/login";
                options.AccessDeniedPath = "/denied";
                options.Events.OnValidatePrincipal = async context =>
                {
                    var tokens = context.HttpContext.RequestServices.GetRequiredService<Tokens>();
                    var known = context.Principal is { } principal
                        && (principal.Identity?.AuthenticationType == SignIn.Scheme ? provider is not null
                            : tokens.Knows(Of(principal)));
                    if (!known)
                    {
                        context.RejectPrincipal();
                        await context.HttpContext.SignOutAsync(Cookie).ConfigureAwait(false);
                    }
                };
                // Who may not is told so, and not sent somewhere that says it is fine.
                options.Events.OnRedirectToAccessDenied = context =>
                {
                    context.Response.StatusCode = StatusCodes.Status403Forbidden;
                    return Task.CompletedTask;
                };
            });
        if (provider is not null)
        {
            services.AddSingleton(provider);
            SignIn.Add(authentication, provider);
        }
        var authorization = services.AddAuthorizationBuilder();
        foreach (var (scheme, prefix) in new[] { (Bearer, "api"), (Cookie, "page") })
        {
            foreach (var role in Enum.GetValues<Role>())
            {
                authorization.AddPolicy(Policy(prefix, role), policy => policy.AddAuthenticationSchemes(scheme)
                    .RequireAuthenticatedUser().RequireAssertion(context => Of(context.User).Role >= role));
            }
        }
        // A route that says nothing is open to nobody.
        authorization.SetFallbackPolicy(new Microsoft.AspNetCore.Authorization.AuthorizationPolicyBuilder(Bearer)
            .RequireAssertion(_ => false).Build());
    }

    public static bool IsForPrograms(PathString path) =>
        new[] { "/api", "/metrics", "/openapi" }.Any(start => path.StartsWithSegments(start, StringComparison.Ordinal));

    public static string Api(Role role) => Policy("api", role);

    public static string Page(Role role) => Policy("page", role);

    public static ClaimsPrincipal Principal(Person person, string scheme) => new(new ClaimsIdentity(
        [new(ClaimTypes.Name, person.Name), new(ClaimTypes.Role, person.Role.ToString())], scheme));

    public static Person Of(ClaimsPrincipal principal) => new(principal.Identity?.Name ?? "",
        Enum.TryParse<Role>(principal.FindFirstValue(ClaimTypes.Role), out var role) ? role : Role.Viewer);

    private static string Policy(string prefix, Role role) => $"{prefix}:{role}";

    private sealed class TokenHandler(
        IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, Tokens tokens)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        private const string Word = "Bearer ";

        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            var header = Request.Headers.Authorization.ToString();
            if (!header.StartsWith(Word, StringComparison.OrdinalIgnoreCase))
            {
                return Task.FromResult(AuthenticateResult.NoResult());
            }
            return Task.FromResult(tokens.Find(header[Word.Length..].Trim()) is { } person
                ? AuthenticateResult.Success(new(Principal(person, Bearer), Bearer))
                : AuthenticateResult.Fail("the token is not known"));
        }
    }
}
