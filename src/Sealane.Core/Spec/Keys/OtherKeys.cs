using static Sealane.Core.Spec.Keys.KeyShapes;

namespace Sealane.Core.Spec.Keys;

/// <summary>Keys of secrets, endpoints, consent, silenced checks and accepted holes.</summary>
internal static class OtherKeys
{
    public static IReadOnlyList<SpecKey> All { get; } =
    [
        Section("secrets", "Where keys come from; never the keys themselves. Each key not named here is derived from "
            + "the link key."),
        Reference("secrets.linkKey", "env:LINK_KEY", "The one key from which all others are derived."),
        Number("secrets.generation", 1, 1_000_000, "2", "Raise it by one to rotate every derived key.")
            with { Default = "1" },
        Reference("secrets.awsBgpKey", "env:AWS_BGP_KEY",
            "BGP key of the transit VIF (guide step 6): 6 to 80 characters."),
        Reference("secrets.azureBgpKey", "env:AZURE_BGP_KEY", "BGP key of the private peering: at most 25 characters."),
        References("secrets.awsBgpKeys", "BGP keys of further transit VIFs, by the keys of their cross connects."),
        References("secrets.azureBgpKeys", "BGP keys of further circuits' private peerings, by the circuits' keys."),
        Reference("secrets.authorizationKey", "env:CIRCUIT_AUTHORIZATION",
            "Authorization key of the circuit that existing uses in another subscription: its owner gives it, for one "
                + "connection. It is never derived."),
        References("secrets.authorizationKeys", "Those of further circuits, by the circuits' keys."),
        List("secrets.tunnelKeys", TextForms.SecretReference, "env:PSK_1,env:PSK_2",
            "Pre-shared keys of tunnel 1 and 2 (guide step 17), or of all four: 8 to 64 letters, digits, dots and "
                + "underscores, not beginning with 0.")
            with { MinItems = 2, MaxItems = 4, Sensitive = true },

        Section("endpoints", "Other addresses of the clouds, for proxies, private endpoints and a served sandbox."),
        Endpoint("endpoints.ec2", "EC2"),
        Endpoint("endpoints.directConnect", "Direct Connect"),
        Endpoint("endpoints.sts", "AWS STS"),
        Endpoint("endpoints.iam", "AWS IAM"),
        Endpoint("endpoints.arm", "Azure Resource Manager"),
        Endpoint("endpoints.login", "Microsoft Entra ID"),
        Endpoint("endpoints.megaport", "the Megaport API"),
        Endpoint("endpoints.megaportToken", "Megaport's token service"),
        Endpoint("endpoints.awsPrices", "AWS's price list"),
        Endpoint("endpoints.azurePrices", "Azure's retail prices"),

        Word("protect", ["true", "false"], "true",
            "true: nothing of the link is deleted, neither by destroy nor for a replacement.")
            with { Default = "false" },
        new("budget", SpecKeyKind.SectionList,
            "What the link may cost a month: nothing is ordered that would cost more. One entry a currency.")
        {
            Example = "",
        },
        Text("budget[].currency", TextForms.Word, "AUD", "Currency in which a vendor bills, such as USD or AUD.")
            with { Required = true },
        Number("budget[].monthly", 0, 10_000_000, "900", "By list prices, without traffic and tax.")
            with { Required = true },

        new("moved", SpecKeyKind.SectionList,
            "Written parts that have another key in this file than when they were made. Their objects keep names, "
            + "networks and derived keys of the first one, so an entry stays as long as its part.") { Example = "" },
        Text("moved[].from", TextForms.PartKey, "blue", "The key that the part was made with.")
            with { Required = true },
        Text("moved[].to", TextForms.PartKey, "west", "The key that it has in this file.")
            with { Required = true },

        new("silence", SpecKeyKind.SectionList,
            "Findings that the owner of this file has decided to live with.") { Example = "" },
        Text("silence[].check", TextForms.CheckId, "SL501", "Id of the check.") with { Required = true },
        Text("silence[].reason", TextForms.Reason, "A second circuit path is ordered for March.",
            "Why, for whoever reads this next.")
            with { Required = true },

        new("accept", SpecKeyKind.SectionList,
            "Holes that verify names and that the owner of this file lives with until a day: the word stays unproven, "
            + "the exit code becomes 0.") { Example = "" },
        Text("accept[].hole", TextForms.HoleId, "hole-3f9a2c1b4d", "Id of the hole, as verify prints it. It is another "
            + "one, and the acceptance void, as soon as what the hole leads to changes.") with { Required = true },
        Text("accept[].reason", TextForms.Reason, "The firewall team vouches for the appliance.",
            "Why, for whoever reads this next.")
            with { Required = true },
        Text("accept[].until", TextForms.Date, "2027-03-31", "The last day on which it is accepted, in UTC.")
            with { Required = true },
    ];

    private static SpecKey Reference(string path, string example, string doc) =>
        Text(path, TextForms.SecretReference, example, doc) with { Sensitive = true };

    private static SpecKey References(string path, string doc) => new(path, SpecKeyKind.TextMap, doc)
    {
        Names = TextForms.PartKey,
        Form = TextForms.SecretReference,
        Example = "second=env:BGP_KEY_2",
        Sensitive = true,
    };

    // A URL may hold a password where somebody wrote one, so it is not repeated either.
    private static SpecKey Endpoint(string path, string service)
    {
        var doc = $"Base URL of {service}. Default: the vendor's own.";
        return Text(path, TextForms.Url, "https://proxy.example.net:8443", doc) with { Sensitive = true };
    }
}
