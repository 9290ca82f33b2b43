using Sealane.Sandbox.Prices;

namespace Sealane.Sandbox.World;

/// <summary>The endpoints of the three simulated clouds.</summary>
/// <param name="Aws">EC2, Direct Connect and STS: told apart by what the request says, as it is signed.</param>
/// <param name="Arm">Azure Resource Manager.</param>
/// <param name="Login">Azure's token endpoint.</param>
/// <param name="MegaportToken">Megaport's token endpoint.</param>
public sealed record Faces(IFace Aws, IFace Arm, IFace Login, IFace Megaport, IFace MegaportToken)
{
    /// <summary>AWS's public price list: the same in every world.</summary>
    public IFace AwsPrices { get; init; } = new AwsPricesFace();

    /// <summary>Azure's public retail prices: the same in every world.</summary>
    public IFace AzurePrices { get; init; } = new AzurePricesFace();

    /// <summary>Which face answers under a public host name; null for a name that no simulated cloud has.</summary>
    public IFace? Of(string host) => host.ToLowerInvariant() switch
    {
        "management.azure.com" => Arm,
        "pricing.us-east-1.amazonaws.com" => AwsPrices,
        "prices.azure.com" => AzurePrices,
        "login.microsoftonline.com" or "login.windows.net" => Login,
        "api.megaport.com" or "api-staging.megaport.com" => Megaport,
        "auth-m2m.megaport.com" or "auth-m2m-staging.megaport.com" => MegaportToken,
        "sts.amazonaws.com" or "iam.amazonaws.com" => Aws,
        var name when name.Split('.')
            is ["ec2" or "directconnect" or "sts" or "ram", { Length: > 0 }, "amazonaws", "com"] => Aws,
        _ => null,
    };

    /// <summary>
    /// What one address serves that stands for all of Azure: clients that are given a single address, as the Azure CLI
    /// is for a registered cloud, look for tokens there too.
    /// </summary>
    public IFace OfAzure(string path) => IsLogin(path) ? Login : AzurePricesFace.IsPath(path) ? AzurePrices : Arm;

    /// <summary>The same for AWS, whose prices are under paths that its APIs do not have.</summary>
    public IFace OfAws(string path) =>
        path.StartsWith("/offers/", StringComparison.Ordinal) ? AwsPrices : Aws;

    private static bool IsLogin(string path) =>
        path.Contains("/oauth2/", StringComparison.OrdinalIgnoreCase)
        || path.Contains("/.well-known/", StringComparison.OrdinalIgnoreCase)
        || path.Contains("/discovery/", StringComparison.OrdinalIgnoreCase);
}
