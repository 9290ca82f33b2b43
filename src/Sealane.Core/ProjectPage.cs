using System.Reflection;

namespace Sealane.Core;

/// <summary>
/// Where the project lives, from <c>RepositoryUrl</c> in Directory.Build.props, which is its only place. Empty as long
/// as nothing has been published: then no output speaks of it.
/// </summary>
public static class ProjectPage
{
    /// <summary>Null where there is none.</summary>
    public static string? Address { get; } = Of(typeof(ProjectPage).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(data => data.Key == "RepositoryUrl")?.Value);

    /// <summary>The address as it is shown; null for what is none.</summary>
    public static string? Of(string? written) =>
        Uri.TryCreate(written, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps
            ? uri.AbsoluteUri.TrimEnd('/') : null;

    /// <summary>Where to report, as the end of a sentence; nothing without an address.</summary>
    public static string At(string? address) => address is null ? "" : $" at {address}";
}
