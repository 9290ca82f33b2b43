using Sealane.Core.Design;

namespace Sealane.Core.Checks;

/// <summary>SL231-236: autonomous system numbers.</summary>
public static class AsnChecks
{
    /// <summary>Megaport's own, and the default of its routers.</summary>
    private const long MegaportAsn = 133937;

    /// <summary>Default of Azure VPN gateways; reserved for everybody else.</summary>
    private const long AzureVpnGatewayAsn = 65515;

    public static readonly DesignCheck AmazonRange = new()
    {
        Id = "SL231",
        Severity = Severity.Error,
        Title = "The Amazon side ASNs are in the ranges that AWS takes",
        Why = "Direct Connect gateways and transit gateways take 64512 to 65534 and 4200000000 to 4294967294 only.",
        Fix = "Use the guide's numbers: 64550 for the Direct Connect gateway, 65534 for the transit gateway.",
        Sources = [Docs.DxGateways, Docs.TransitGateways, Docs.PrivateAsns],
        Find = design => from gateway in Amazon(design)
                         where gateway.Asn is not ((>= 64512 and <= 65534) or (>= 4200000000 and <= 4294967294))
                         select new Flaw(gateway.Path, $"{gateway.Name} ASN {gateway.Asn} is not in AWS's ranges"),
    };

    public static readonly DesignCheck AmazonSidesDiffer = new()
    {
        Id = "SL232",
        Severity = Severity.Error,
        Title = "Direct Connect gateway and transit gateway have different ASNs",
        Why = "AWS refuses to associate the two when their ASNs are equal. Both default to 64512, and neither can be "
            + "changed later.",
        Fix = "Give one of them another number; left out, they are 64550 and 65534.",
        Sources = [Docs.DxTransitGateway],
        Find = design => design.DxGateway.Asn == design.TransitGateway.Asn
            ? [new($"{design.DxGateway.Path}.asn", $"both Amazon gateways would have ASN {design.DxGateway.Asn}")]
            : [],
    };

    public static readonly DesignCheck NotReserved = new()
    {
        Id = "SL233",
        Severity = Severity.Error,
        Title = "No ASN of AWS or the MCR is reserved by Azure or IANA",
        Why = "Azure refuses a BGP peer with one of its own numbers (8074, 8075, 12076, 65515, 65517 to 65520) or "
            + "with one that IANA reserves; a path that holds one is dropped as a loop.",
        Fix = "Use the guide's numbers, or a private ASN from 64512 to 65514 or 65521 to 65534.",
        Sources = [Docs.VpnGatewayFaq, Docs.AzureBgp,
            "https://www.iana.org/assignments/iana-as-numbers-special-registry/"],
        Find = design => from end in Amazon(design).Concat(Routers(design))
                         where IsReservedByAzure(end.Asn) || IsReservedByIana(end.Asn)
                         select new Flaw(end.Path,
                             $"{end.Name} ASN {end.Asn} is reserved by "
                             + $"{(IsReservedByAzure(end.Asn) ? "Azure" : "IANA")}"),
    };

    public static readonly DesignCheck PeersDiffer = new()
    {
        Id = "SL234",
        Severity = Severity.Error,
        Title = "The two ends of each BGP session have different ASNs",
        Why = "With equal numbers the session is internal BGP, which neither cloud speaks to a customer: it never "
            + "comes up.",
        Fix = "Give one end another number.",
        Sources = [Docs.VirtualInterfaces, Docs.CustomerGateway, Docs.VpnGatewayFaq],
        Find = design =>
        [
            .. Routers(design).SelectMany(router => Same(router, "Direct Connect gateway", design.DxGateway.Asn)),
            .. Routers(design).SelectMany(router => Same(router, "Microsoft edge", Msee.Asn)),
            .. Same(($"{design.VpnGateway.Path}.asn", "VPN gateway", design.VpnGateway.Asn), "transit gateway",
                design.TransitGateway.Asn),
        ],
    };

    public static readonly DesignCheck VpnGatewayAsn = new()
    {
        Id = "SL235",
        Severity = Severity.Error,
        Title = "The VPN gateway's ASN is its default or one that Azure leaves to customers",
        Why = "65515 is the default of Azure VPN gateways; the other numbers that Azure or IANA reserve are refused.",
        Fix = "Leave azure.vpnGateway.asn out, or use a private ASN from 64512 to 65514 or 65521 to 65534.",
        Sources = [Docs.VpnGatewayFaq],
        Find = design => design.VpnGateway.Asn is var asn && asn != AzureVpnGatewayAsn
            && (IsReservedByAzure(asn) || IsReservedByIana(asn))
                ? [new($"{design.VpnGateway.Path}.asn", $"VPN gateway ASN {asn} is reserved")]
                : [],
    };

    public static readonly DesignCheck McrAsnIsOurs = new()
    {
        Id = "SL236",
        Severity = Severity.Warning,
        Title = "The MCR's ASN is Megaport's or private",
        Why = "A public ASN stands for its owner. Announced by somebody else it confuses whoever reads the paths, "
            + "and networks that know the owner drop the route as a loop.",
        Fix = "Leave megaport.mcr.asn out (133937), use a private ASN, or silence this with the note that the ASN is "
            + "yours.",
        Sources = [Docs.Mcr, Docs.PrivateAsns],
        Find = design => from router in Routers(design)
                         where router.Asn != MegaportAsn && router.Asn
                             is not ((>= 64512 and <= 65534) or (>= 4200000000 and <= 4294967294))
                         select new Flaw(router.Path, $"{router.Name} ASN {router.Asn} is public"),
    };

    private static IEnumerable<(string Path, string Name, long Asn)> Amazon(NetworkDesign design) =>
    [
        ($"{design.DxGateway.Path}.asn", "Direct Connect gateway", design.DxGateway.Asn),
        ($"{design.TransitGateway.Path}.asn", "transit gateway", design.TransitGateway.Asn),
    ];

    private static IEnumerable<(string Path, string Name, long Asn)> Routers(NetworkDesign design) =>
        design.Routers.Select(router => ($"{router.Path}.asn", router.Key.After("MCR"), router.Asn));

    private static bool IsReservedByAzure(long asn) => asn is 8074 or 8075 or Msee.Asn or AzureVpnGatewayAsn
        or (>= 65517 and <= 65520);

    private static bool IsReservedByIana(long asn) =>
        asn is 23456 or (>= 64496 and <= 64511) or (>= 65535 and <= 65551) or 4294967295;

    private static IEnumerable<Flaw> Same((string Path, string Name, long Asn) end, string peer, long peerAsn) =>
        end.Asn == peerAsn ? [new(end.Path, $"{end.Name} and {peer} would both have ASN {end.Asn}")] : [];
}
