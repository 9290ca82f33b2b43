using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using Sealane.Core;

namespace Sealane.Clouds.Azure;

/// <summary>
/// Where tokens come from. It can start over: a credential of Azure.Identity keeps its tokens by the machine's clock,
/// and a
/// rehearsal's hour passes in a second, so a token that the cloud calls expired is dropped with the credential that
/// holds it.
/// </summary>
/// <remarks>https://learn.microsoft.com/dotnet/azure/sdk/authentication/credential-chains</remarks>
public sealed class AzureCredentialSource
{
    private readonly Func<TokenCredential> _make;
    private volatile TokenCredential _current;

    private AzureCredentialSource(Func<TokenCredential> make)
    {
        _make = make;
        _current = Make();
    }

    internal TokenCredential Current => _current;

    internal void StartOver() => _current = Make();

    /// <summary>
    /// What a person at a terminal has, in this order: a service principal in the environment (<c>AZURE_TENANT_ID</c>,
    /// <c>AZURE_CLIENT_ID</c>, <c>AZURE_CLIENT_SECRET</c> or a certificate), a federated pipeline identity, <c>az
    /// login</c>,
    /// <c>azd auth login</c>. No managed identity: asking for one stalls for seconds on every machine that has none,
    /// and
    /// <c>az login --identity</c> gives the same.
    /// </summary>
    /// <param name="tenant">Null: the tenant of the credentials.</param>
    /// <param name="authorityHost">Null: the public cloud, or what <c>AZURE_AUTHORITY_HOST</c> says.</param>
    public static AzureCredentialSource Chain(HttpMessageHandler transport, string? tenant = null,
        Uri? authorityHost = null) =>
        new(() => new ChainedTokenCredential(
            new EnvironmentCredential(With(new EnvironmentCredentialOptions
            {
                DisableInstanceDiscovery = authorityHost is not null || HasOwnAuthority(),
            }, transport, authorityHost)),
            new WorkloadIdentityCredential(With(new WorkloadIdentityCredentialOptions(), transport, authorityHost)),
            new AzureCliCredential(With(new AzureCliCredentialOptions { TenantId = tenant }, transport, authorityHost)),
            new AzureDeveloperCliCredential(
                With(new AzureDeveloperCliCredentialOptions { TenantId = tenant }, transport, authorityHost))));

    /// <summary>A service principal. With an own authority host (a sandbox) no public login host is ever
    /// asked.</summary>
    public static AzureCredentialSource ClientSecret(
        HttpMessageHandler transport, string tenant, string clientId, Secret secret, Uri? authorityHost = null) =>
        new(() => new ClientSecretCredential(tenant, clientId, secret.Reveal(), With(new ClientSecretCredentialOptions
        {
            DisableInstanceDiscovery = authorityHost is not null,
        }, transport, authorityHost)));

    /// <summary>Any credential.</summary>
    public static AzureCredentialSource Of(TokenCredential credential) => new(() => credential);

    // Azure.Identity judges its settings in constructors: an authority that is not https, a tenant with odd characters.
    private TokenCredential Make()
    {
        try
        {
            return _make();
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            throw AzureErrors.NoToken(error.Message.Split('\n', 2)[0].Trim(), unavailable: false, error);
        }
    }

    private static T With<T>(T options, HttpMessageHandler transport, Uri? authorityHost)
        where T : TokenCredentialOptions
    {
        if (authorityHost is not null)
        {
            options.AuthorityHost = authorityHost;
        }
        // The token's way is the way of everything else: counted, logged with masks, and answered by a sandbox when
        // there is one.
        options.Transport = new HttpClientTransport(new HttpClient(new ArmCallMarks(transport), disposeHandler: false));
        // Repeating is ours, on our clock: see Retries.
        options.Retry.MaxRetries = 0;
        options.Diagnostics.IsLoggingEnabled = false;
        options.Diagnostics.IsDistributedTracingEnabled = false;
        return options;
    }

    private static bool HasOwnAuthority() =>
        Environment.GetEnvironmentVariable("AZURE_AUTHORITY_HOST") is { Length: > 0 } host
        && Uri.TryCreate(host, UriKind.Absolute, out var uri)
        && !uri.Host.StartsWith("login.", StringComparison.OrdinalIgnoreCase);
}
