using Sealane.Core;
using Sealane.Core.Design;

namespace Sealane.Clouds.Megaport;

/// <summary>Where Megaport's API is and who we are to it.</summary>
/// <param name="Api">Base address, such as <c>https://api.megaport.com/</c>.</param>
/// <param name="Token">Token endpoint of the OAuth 2.0 client-credentials flow.</param>
/// <param name="AccessKey">The key's name; made in the portal under Company, API Keys.</param>
/// <param name="SecretKey">Shown once when the key is made.</param>
/// <remarks>https://docs.megaport.com/api/api-key/</remarks>
public sealed record MegaportSettings(Uri Api, Uri Token, string AccessKey, Secret SecretKey)
{
    public static Uri ProductionApi { get; } = new("https://api.megaport.com/");
    public static Uri ProductionToken { get; } = new("https://auth-m2m.megaport.com/oauth2/token");

    /// <summary>Orders there cost nothing and are not built; the data is overwritten about once a day.</summary>
    public static Uri StagingApi { get; } = new("https://api-staging.megaport.com/");
    public static Uri StagingToken { get; } = new("https://auth-m2m-staging.megaport.com/oauth2/token");

    /// <summary>The environment of the design; addresses written in the spec win.</summary>
    public static MegaportSettings Of(NetworkDesign design, string accessKey, Secret secretKey)
    {
        var staging = design.Megaport.Staging;
        return new(
            Own(design.Spec.Endpoints.Megaport, staging ? StagingApi : ProductionApi),
            Own(design.Spec.Endpoints.MegaportToken, staging ? StagingToken : ProductionToken),
            accessKey, secretKey);
    }

    private static Uri Own(string? written, Uri usual) => written is null ? usual : new(written, UriKind.Absolute);
}
