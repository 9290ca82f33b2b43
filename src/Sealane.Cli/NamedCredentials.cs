using Sealane.Core.Design;
using Sealane.Clouds.Azure;

namespace Sealane.Cli;

/// <summary>
/// Credentials of one of several accounts, by the profile that a spec names: the usual variables with the profile at
/// the end, in capitals, as <c>MEGAPORT_ACCESS_KEY_NETWORK</c>. So a spec chooses among what was put there for it, and
/// can read no other variable and no file.
/// </summary>
internal static class NamedCredentials
{
    private static readonly string[] s_azure = ["AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET"];
    private static readonly string[] s_megaport = ["MEGAPORT_ACCESS_KEY", "MEGAPORT_SECRET_KEY"];

    /// <summary>The variables that a spec wants with a profile.</summary>
    public static IEnumerable<(string Usual, string Profile)> Of(NetworkDesign? design) =>
    [
        .. design?.Spec.Azure.Profile is { } azure ? s_azure.Select(name => (name, azure)) : [],
        .. design?.Spec.Megaport.Profile is { } megaport ? s_megaport.Select(name => (name, megaport)) : [],
    ];

    public static string Variable(string usual, string? profile) =>
        profile is null ? usual : $"{usual}_{profile.ToUpperInvariant().Replace('-', '_')}";

    /// <summary>The API key of the surroundings; null where there is none.</summary>
    public static (string Access, string Secret)? Megaport(NetworkDesign design)
    {
        var profile = design.Spec.Megaport.Profile;
        return Read(s_megaport[0], profile) is { } access && Read(s_megaport[1], profile) is { } secret
            ? (access, secret) : null;
    }

    /// <exception cref="UsageError">The spec names one that is not there.</exception>
    public static (string Access, string Secret)? NeededOfMegaport(NetworkDesign design) => Megaport(design)
        ?? (design.Spec.Megaport.Profile is { } profile
            ? throw Missing("megaport.profile", profile, s_megaport) : null);

    /// <exception cref="UsageError">The spec names one that is not there.</exception>
    public static AzureCredentialSource Azure(NetworkDesign design, HttpMessageHandler transport, Uri? login) =>
        design.Spec.Azure.Profile is not { } profile
            ? AzureCredentialSource.Chain(transport, design.Azure.Tenant, login)
        : (design.Azure.Tenant ?? Read(s_azure[0], profile)) is { } tenant
            && Read(s_azure[1], profile) is { } id && Read(s_azure[2], profile) is { } secret
            ? AzureCredentialSource.ClientSecret(transport, tenant, id, new(secret), login)
        : throw Missing("azure.profile", profile, s_azure);

    private static string? Read(string usual, string? profile) =>
        Environment.GetEnvironmentVariable(Variable(usual, profile)) is { Length: > 0 } value ? value : null;

    private static UsageError Missing(string key, string profile, string[] usual) => new(
        $"error: {key}: {profile}: not all of its variables are set\n"
        + $"  fix: set {string.Join(", ", usual.Select(name => Variable(name, profile)))}");
}
