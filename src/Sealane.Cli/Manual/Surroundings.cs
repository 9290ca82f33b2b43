namespace Sealane.Cli.Manual;

/// <summary>What a page says beside the commands: variables, files, and the first lines that somebody types.</summary>
internal static class Surroundings
{
    public static IReadOnlyList<(string Head, string? Words)> Variables { get; } =
    [
        ("SEALANE_LINK_KEY", "The key from which all keys of a link are derived, unless the spec points elsewhere."),
        ("SEALANE_CA_FILE", "Certificates in PEM form that are trusted besides the system's authorities."),
        ("SEALANE_AWS_PRICES_ENDPOINT", "Where AWS's price list is asked for, in place of AWS."),
        ("SEALANE_AZURE_PRICES_ENDPOINT", "Where Azure's retail prices are asked for, in place of Azure."),
        ("SEALANE_WEBHOOK_SECRET", "The key by which watch --webhook signs what it sends."),
        ("SEALANE_SERVICE", "The program that serve starts, where it is not beside this one."),
        ("SEALANE_TOKEN", "Who somebody is to the service, for fleet and --server."),
        ("SEALANE_TOKEN_FILE", "The file that the token is taken from instead."),
        ("SEALANE_DEBUG", "Not empty: a defect of Sealane is told with all that is known of it."),
        ("SEALANE_ARM_ENDPOINT, SEALANE_MEGAPORT_ENDPOINT, SEALANE_MEGAPORT_TOKEN_ENDPOINT",
            "Addresses to call instead of the clouds' own, as sandbox serve prints them."),
        ("SEALANE_CLOCK_SPEED", "Virtual seconds a second of a served sandbox, as it prints it."),
        ("MEGAPORT_ACCESS_KEY, MEGAPORT_SECRET_KEY", "Credentials of Megaport."),
        ("AWS_PROFILE, AWS_ACCESS_KEY_ID and others", "Read as by the AWS SDK."),
        ("AZURE_TENANT_ID, AZURE_CLIENT_ID, AZURE_CLIENT_SECRET and others", "Read as by the Azure SDK."),
        ("NO_COLOR", "Not empty: no colour."),
        ("TERM", "dumb: no view that is drawn again, a line for each event instead."),
    ];

    public static IReadOnlyList<(string Head, string? Words)> Files { get; } =
    [
        (".sealane/NAME.journal.jsonl", "Orders in flight of a link; gone when there are none."),
        (".sealane/NAME.receipts.jsonl, .sealane/NAME.repairs.jsonl", "What was ordered, and what was put back."),
        (".sealane/sandbox/NAME/world.json", "The simulated clouds of a rehearsal."),
    ];

    public static IReadOnlyList<string> FromNothing { get; } =
    [
        "sealane init my.yaml --offline",
        "sealane check my.yaml",
        "sealane price my.yaml --book",
        "sealane plan my.yaml --sandbox",
        "sealane apply my.yaml --sandbox --yes",
        "sealane verify my.yaml --sandbox",
        "sealane diagram my.yaml --format svg > my.svg",
        "sealane destroy my.yaml --sandbox --yes",
    ];
}
