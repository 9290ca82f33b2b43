using System.Globalization;
using System.Text;

namespace Sealane.Tests.Contracts;

/// <summary><c>docs/fidelity.md</c>: how near the sandbox is to the clouds, who says so, and where it is known to
/// end.</summary>
internal static class FidelityPage
{
    private static readonly (string Cloud, string Title)[] Clouds =
        [("aws", "AWS"), ("azure", "Azure"), ("megaport", "Megaport")];

    /// <summary>What a judge looks at.</summary>
    private static readonly (string Judge, string Clouds, string Looks)[] AllJudges =
    [
        ("contracts", "all", "`tests/Sealane.Tests/Contracts`: Sealane asks as the file says, the sandbox answers as "
            + "the file says (exceptions below); the client reads every AWS file and those of the others that its own "
            + "tests name"),
        ("awscli", "AWS", "Debian's awscli over `sandbox serve` (`tests/vendor`)"),
        ("AWS SDK v3", "AWS", "the npm clients with their paginators, waiters and error names (`tests/vendor`)"),
        ("botocore models", "AWS", "every request of Sealane and every reply of the sandbox in whole runs, against "
            + "the service models of python3-botocore (`tests/vendor`)"),
        ("arm-network", "Azure", "the npm @azure/arm-network, two major versions, with its pollers, over TLS "
            + "(`tests/vendor`)"),
        ("arm-network models", "Azure",
            "bodies and replies of whole runs against the package's models (`tests/vendor`)"),
        ("python3-requests", "Megaport",
            "OAuth and the orders by hand (`tests/vendor`); no client of Megaport's is to be had as a package"),
        ("AWSSDK.EC2", "AWS", "AWS's client for .NET in process (`tests/Sealane.Tests/Foreign`): every operation that "
            + "is listed under official clients"),
        ("Terraform", "AWS", "Terraform with its AWS provider over `sandbox serve`: builds, changes, imports and "
            + "destroys "
            + "the AWS half (`tests/suites/terraform`, where the machine has it)"),
        ("megaportgo", "Megaport", "every reply of a whole life against the shapes of the official Go SDK's tests and "
            + "types (`tests/vendor/shapes`)"),
        ("unit", "all", "`tests/Sealane.Tests/Sandbox` and `Clouds`: refusals, states, filters, pages, order; not "
            + "listed below"),
    ];

    private static readonly (string Cloud, string[] Limits)[] NotDone =
    [
        ("aws",
        [
            "Not served: VPN concentrators, Connect peers, VPC endpoints and egress-only gateways (always none), "
                + "AssumeRole, CloudWatch, Secrets Manager, signatures in the query.",
            "Foreign objects (virtual private gateways, peerings, Connect, prefix lists, NAT and internet gateways, "
                + "private and public interfaces) are listed and named by routes, which take packets away; "
                + "nothing passes through them.",
            "Not simulated: a hosted connection that expires unaccepted, `InsufficientSubnetsException`.",
            "Own wording, for want of a public source: a VPN over a transport attachment that cannot carry it, a "
                + "second VIF on a hosted connection, another VLAN than the connection's, limits.",
            "The price list (`/offers/v1.0/aws/{AmazonVPC|AWSDirectConnect}/current/{region}/index.json`, its own "
                + "host): rows of three regions, and look-alikes beside them; no index, no csv, no other offer.",
            "A wrong secret on EC2 answers 403 `SignatureDoesNotMatch`; the real status is unconfirmed.",
            "A gateway association without allowed prefixes is refused; AWS's own pages disagree.",
            "Unknown members in a Direct Connect request are refused.",
        ]),
        ("azure",
        [
            "Not served: NAT rules as children, usages, CheckIPAddressAvailability, deployments.",
            "Retail prices (`/api/retail/prices`, its own host): rows of a few regions and the operators that its "
                + "pages name; pages of three rows; other currencies by rates of our own choice.",
            "Foreign objects (route servers, VNet-to-VNet connections, security groups, NAT gateways, Microsoft "
                + "peering) are listed and refused as Azure would; packets do not yet pass through them.",
            "Labs and the vendor's examples differ: whether an ExpressRoute connection shows a `connectionStatus` and "
                + "its gateway `bgpSettings`, and whether the GatewaySubnet lists network interfaces of a hidden "
                + "group. Each is a variant (below).",
            "Chosen: the VPN gateway's private address is the first free host from .6 of the GatewaySubnet, its "
                + "default BGP address the last usable host, the instances of the ER gateway .12 and .13.",
            "Chosen: a connection written without a key keeps the one it has; a VNet written without subnets loses "
                + "them; a peering or circuit in use is not deleted; a GatewaySubnet smaller than /27 is refused; ER "
                + "and VPN gateway are built side by side.",
            "Unknown members under `properties` are refused with `InvalidRequestFormat`.",
            "Plausible inventions: security associations (`getikesas`), route and resiliency reports, byte counters.",
        ]),
        ("megaport",
        [
            "Not simulated: rate limits, the nightly wipe of staging, NAT gateways, IPsec tunnels on an MCR, IPv6 on "
                + "interfaces, orders that fail or services that are withdrawn.",
            "Prices: read are MCRs of 1, 5 and 10 Gbps, VXCs within a metro, and terms to 36 months; the rest, rates "
                + "of exchange among it, is chosen. The members of a validated line are those of the NAT gateway's.",
            "Own wording: cancelling a VXC that carries a VIF, an unknown service key (400), the refusal of a safe "
                + "delete (409), a locked service (403), a wrong token (401), an order before its MCR is live.",
            "Strict: the next hop of a static route must lie in a subnet of its interface.",
        ]),
    ];

    public static string Text()
    {
        var files = ContractFile.All;
        var text = new StringBuilder();
        text.Append("# How faithful the sandbox is\n\n");
        text.Append("Generated from the files in `tests/contracts` (`SEALANE_UPDATE=1` rewrites this page); do not "
            + "edit. Nothing here has been\n");
        text.Append("compared with the real clouds yet: `published` means that a vendor's page, client or test, or the "
            + "output of somebody's lab, shows the shape; `recorded` would\n");
        text.Append("mean that an account showed it; `inferred` means that nobody has checked it against a source: "
            + "such a file was written from memory\n");
        text.Append("and partly from the sandbox's own replies, so that the sandbox agrees with it says nothing about "
            + "the cloud. `sealane sandbox compare` holds a recording of a real\n");
        text.Append("account (`--wire-log`) against the sandbox and prints where the two differ; `sealane sandbox "
            + "replay` serves it again (keys are\n");
        text.Append("hidden in it, and shown as stars, which `verify` does not call different; a circuit's service "
            + "key has a name that says which it is).\n\n");
        text.Append("| Cloud | Operations | Published | Recorded | Inferred |\n|---|--:|--:|--:|--:|\n");
        foreach (var (cloud, title) in Clouds.Append(("", "All")))
        {
            var own = files.Where(file => cloud.Length == 0 || file.Cloud == cloud).ToList();
            int Of(string status) => own.Count(file => file.Exchange.Status == status);
            text.Append(CultureInfo.InvariantCulture,
                $"| {title} | {own.Select(file => $"{file.Cloud} {file.Exchange.Operation}").Distinct().Count()} | "
                    + $"{Of("published")} | {Of("recorded")} | {Of("inferred")} |\n");
        }
        text.Append("\nThe three columns on the right count contract files; an operation that is used in several ways "
            + "has several.\n");
        text.Append("\n## Judges\n\n| Judge | Cloud | What it looks at |\n|---|---|---|\n");
        foreach (var (judge, clouds, looks) in AllJudges)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {judge} | {clouds} | {looks} |\n");
        }
        FidelityLists.Append(text);
        foreach (var (cloud, title) in Clouds)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"\n## {title}\n\n| Operation | Contract | Status | Judges | Source |\n|---|---|---|---|---|\n");
            foreach (var file in files.Where(file => file.Cloud == cloud)
                .OrderBy(file => file.Exchange.Operation.Split(' ')[^1], StringComparer.Ordinal)
                    .ThenBy(file => file.Exchange.Operation, StringComparer.Ordinal))
            {
                text.Append(CultureInfo.InvariantCulture,
                    $"| `{file.Exchange.Operation}` | [{file.Name}](../tests/contracts/{cloud}/{file.Name}.http) | "
                        + $"{file.Exchange.Status} | {Judges.Of(file)} | {file.Exchange.Source} |\n");
            }
            text.Append(CultureInfo.InvariantCulture,
                $"\n### What the sandbox's {title} does not do, or does by our own choice\n\n");
            foreach (var gap in KnownGaps.All.Where(gap =>
                gap.Contract.StartsWith($"{cloud}/", StringComparison.Ordinal)))
            {
                text.Append(CultureInfo.InvariantCulture,
                    $"- Not as in `{gap.Contract}`: {string.Join(", ", gap.Paths.Select(path => $"`{path}`"))}: "
                    + $"{gap.Reason}.\n");
            }
            foreach (var limit in NotDone.Single(each => each.Cloud == cloud).Limits)
            {
                text.Append(CultureInfo.InvariantCulture, $"- {limit}\n");
            }
        }
        return text.ToString();
    }
}
