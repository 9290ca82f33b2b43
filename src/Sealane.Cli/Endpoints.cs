using Sealane.Clouds.Megaport;
using Sealane.Clouds.Pricing;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;
using Sealane.Core.Spec;

namespace Sealane.Cli;

/// <summary>Other addresses than the vendors' own, from the spec or, stronger, from the environment.</summary>
internal sealed record Endpoints(Uri? Ec2, Uri? DirectConnect, Uri? Sts, Uri? Iam, Uri? Arm, Uri? Login,
    Uri? Megaport, Uri? MegaportToken, Uri? AwsPrices, Uri? AzurePrices)
{
    public const string ArmVariable = "SEALANE_ARM_ENDPOINT";
    public const string MegaportVariable = "SEALANE_MEGAPORT_ENDPOINT";
    public const string MegaportTokenVariable = "SEALANE_MEGAPORT_TOKEN_ENDPOINT";

    /// <summary>Base of AWS's public price list.</summary>
    public const string AwsPricesVariable = "SEALANE_AWS_PRICES_ENDPOINT";

    /// <summary>Base of Azure's public retail prices.</summary>
    public const string AzurePricesVariable = "SEALANE_AZURE_PRICES_ENDPOINT";

    /// <summary>A PEM file whose certificates are trusted in addition: see <see cref="ServerTrust"/>.</summary>
    public const string AuthorityVariable = "SEALANE_CA_FILE";

    /// <summary>Virtual seconds a real second of a served sandbox.</summary>
    public const string SpeedVariable = "SEALANE_CLOCK_SPEED";

    private const string AwsVariable = "AWS_ENDPOINT_URL";

    /// <summary>The vendors' own: what the embedded clouds answer to.</summary>
    public static Endpoints Vendors { get; } = new(null, null, null, null, null, null, null, null, null, null);

    /// <summary>What the surroundings and the spec say of addresses, and a rehearsal does not listen to.</summary>
    public static IReadOnlyList<string> Ignored(NetworkDesign design) =>
    [
        .. new[]
        {
            AwsVariable, "AWS_ENDPOINT_URL_EC2", "AWS_ENDPOINT_URL_DIRECT_CONNECT", "AWS_ENDPOINT_URL_STS",
            "AWS_ENDPOINT_URL_IAM", ArmVariable,
            "AZURE_AUTHORITY_HOST", MegaportVariable, MegaportTokenVariable, AwsPricesVariable, AzurePricesVariable,
        }.Where(name => Environment.GetEnvironmentVariable(name) is { Length: > 0 }),
        .. design.Spec.Endpoints == new EndpointsSpec() ? (string[])[] : ["endpoints: of the spec"],
    ];
    public IEnumerable<Uri?> All => [Ec2, DirectConnect, Sts, Iam, Arm, Megaport];

    public static Endpoints Of(NetworkDesign design)
    {
        var spec = design.Spec.Endpoints;
        return new(
            Address(spec.Ec2, "AWS_ENDPOINT_URL_EC2", AwsVariable),
            Address(spec.DirectConnect, "AWS_ENDPOINT_URL_DIRECT_CONNECT", AwsVariable),
            Address(spec.Sts, "AWS_ENDPOINT_URL_STS", AwsVariable),
            Address(spec.Iam, "AWS_ENDPOINT_URL_IAM", AwsVariable),
            Address(spec.Arm, ArmVariable),
            Address(spec.Login, "AZURE_AUTHORITY_HOST"),
            Address(spec.Megaport, MegaportVariable),
            Address(spec.MegaportToken, MegaportTokenVariable),
            Address(spec.AwsPrices, AwsPricesVariable),
            Address(spec.AzurePrices, AzurePricesVariable));
    }

    /// <summary>Megaport's API and who we are to it; in a rehearsal at the vendor's addresses, whatever the spec
    /// says.</summary>
    public MegaportSettings OfMegaport(NetworkDesign design, string access, string secret)
    {
        var settings = MegaportSettings.Of(
            this == Vendors ? design with { Spec = design.Spec with { Endpoints = new() } } : design, access,
            new(secret));
        return settings with { Api = Megaport ?? settings.Api, Token = MegaportToken ?? settings.Token };
    }

    /// <summary>
    /// Where prices are asked for. Whoever has given a cloud another address, a served sandbox before all, is not taken
    /// to the vendor's own behind it.
    /// </summary>
    /// <param name="megaport">Null where there is no API key.</param>
    public PriceSources ForPrices(MegaportClient? megaport)
    {
        var unasked = new Dictionary<Cloud, string>();
        if (AwsPrices is null && (Ec2 ?? DirectConnect ?? Sts ?? Iam) is not null)
        {
            unasked[Cloud.Aws] = $"its other addresses are not the vendor's own, and {AwsPricesVariable} is not set";
        }
        if (AzurePrices is null && (Arm ?? Login) is not null)
        {
            unasked[Cloud.Azure] =
                $"its other addresses are not the vendor's own, and {AzurePricesVariable} is not set";
        }
        if (megaport is null)
        {
            unasked[Cloud.Megaport] = "its prices take an API key: MEGAPORT_ACCESS_KEY, MEGAPORT_SECRET_KEY";
        }
        return new(AwsPrices, AzurePrices, megaport) { Unasked = unasked };
    }

    private static Uri? Address(string? written, params ReadOnlySpan<string> variables)
    {
        var source = "the spec";
        foreach (var variable in variables)
        {
            if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value)
            {
                (written, source) = (value, variable);
                break;
            }
        }
        return written is null ? null
            : Uri.TryCreate(written, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri
            : throw new UsageError($"error: '{written}' ({source}) is not an http or https address");
    }
}
