using static Sealane.Core.Spec.Keys.KeyShapes;

namespace Sealane.Core.Spec.Keys;

internal static class MegaportKeys
{
    public static IReadOnlyList<SpecKey> All { get; } =
    [
        Section("megaport", "The Megaport side: where the MCR stands and how fast the link is.")
            with { Required = true },
        Word("megaport.environment", ["production", "staging"], "staging",
            "staging takes orders without billing and carries no traffic.") with { Default = "production" },
        Text("megaport.profile", TextForms.Word, "network",
            "One of several API keys: with network, MEGAPORT_ACCESS_KEY_NETWORK and so on. Default: "
                + "MEGAPORT_ACCESS_KEY."),
        Text("megaport.location", TextForms.Label, "Equinix SY1",
            "Data centre of the MCR (guide step 5): name or numeric id.")
            with { Required = true, NumberIsFine = true },
        Text("megaport.awsLocation", TextForms.Label, "Equinix SY3",
            "Data centre of the AWS port: name or numeric id. Default: the MCR's.") with { NumberIsFine = true },
        Number("megaport.bandwidth", 1, 100_000, "50",
            "Rate of both virtual cross connects, Mbps (guide steps 6 and 10).")
            with
            {
                Required = true, Numbers = [50, 100, 200, 300, 400, 500, 1000, 2000, 5000, 10000], JudgedByCheck = true,
            },
        Word("megaport.diversityZone", ["red", "blue"], "blue", "Default: the first zone that offers the MCR's speed."),
        Number("megaport.term", 1, 60, "12", "Contract term in months; 1 has no minimum term.")
            with { Default = "1", Numbers = [1, 12, 24, 36, 48, 60] },
        Text("megaport.costCentre", TextForms.CostCentre, "net-ops", "Printed on Megaport's invoice."),
        Section("megaport.mcr", "The Megaport Cloud Router (guide step 5)."),
        Text("megaport.mcr.uid", TextForms.Guid, "01234567-89ab-cdef-0123-456789abcdef",
            "An existing MCR to use; it is never deleted."),
        Text("megaport.mcr.name", TextForms.MegaportName, "core-mcr", "Default: <name>-mcr."),
        Number("megaport.mcr.speed", 1, 400_000, "2500",
            "Mbps, fixed for the MCR's life. Default: the smallest that carries megaport.bandwidth.")
            with { Numbers = [1000, 2500, 5000, 10000, 25000, 50000, 100000], JudgedByCheck = true },
        Asn("megaport.mcr.asn", "64700", "ASN of the MCR (guide step 7: 133937).") with { Default = "133937" },
        Section("megaport.secondRouter",
            "The second MCR (resilience: routers or locations). Its ASN, speed and rates are the first's."),
        Text("megaport.secondRouter.name", TextForms.MegaportName, "core-mcr-2", "Default: <name>-mcr-second."),
        Text("megaport.secondRouter.location", TextForms.Label, "NextDC Sydney S1",
            "Data centre: name or numeric id. Default: the first MCR's, in the other diversity zone.")
            with { NumberIsFine = true },
        Text("megaport.secondRouter.awsLocation", TextForms.Label, "NextDC Sydney S1",
            "Data centre of its AWS port. Default: its own location if that is named, else the first's.")
            with { NumberIsFine = true },
        Word("megaport.secondRouter.diversityZone", ["red", "blue"], "blue",
            "Default: at the first MCR's data centre the zone that the first is not in."),
        Word("megaport.secondRouter.standby", ["true", "false"], "true",
            "Carries only while the first does not: it prepends its ASN three times towards both clouds.")
            with { Default = "false" },
        .. Parts("megaport.routers",
            "Further MCRs, written out; not together with resilience. What one does not say is the first's."),
        Text("megaport.routers[].name", TextForms.MegaportName, "core-mcr-blue", "Default: <name>-mcr-KEY."),
        Text("megaport.routers[].location", TextForms.Label, "NextDC Sydney S1",
            "Data centre: name or numeric id. Default: the first MCR's, in the other diversity zone.")
            with { NumberIsFine = true },
        Word("megaport.routers[].diversityZone", ["red", "blue"], "blue",
            "Default: at the first MCR's data centre the zone that the first is not in."),
        Word("megaport.routers[].standby", ["true", "false"], "true",
            "Carries only while no other does: it prepends its ASN three times towards both clouds.")
            with { Default = "false" },
        Asn("megaport.routers[].asn", "64701",
            "ASN. Default: the first's, which routers that share a circuit must have alike."),
        .. Parts("megaport.awsVxcs", "Further cross connects to AWS, each with a transit VIF."),
        Text("megaport.awsVxcs[].router", TextForms.PartKey, "blue", "Key of its router. Default: the first."),
        Text("megaport.awsVxcs[].awsLocation", TextForms.Label, "NextDC Sydney S1",
            "Data centre of its AWS port. Default: its router's.") with { NumberIsFine = true },
        Text("megaport.awsVxcs[].mcr", TextForms.InterfaceAddress30, "192.168.200.9/30",
            "The MCR's address with its mask. Default: of a /30 in 192.168.104.0/21 that its key chooses."),
        Text("megaport.awsVxcs[].amazon", TextForms.InterfaceAddress30, "192.168.200.10/30",
            "Amazon's address with its mask. Default: the other host of the MCR's /30."),
        .. Parts("megaport.azureVxcs", "Further cross connects to Azure, each to a path of a circuit."),
        Text("megaport.azureVxcs[].name", TextForms.MegaportName, "core-azure-blue", "Default: <name>-azure-KEY."),
        Text("megaport.azureVxcs[].router", TextForms.PartKey, "blue", "Key of its router. Default: the first."),
        Text("megaport.azureVxcs[].circuit", TextForms.PartKey, "west", "Key of its circuit. Default: the first."),
        Word("megaport.azureVxcs[].path", ["primary", "secondary"], "primary", "The circuit's path.")
            with { Default = "secondary" },
        Section("megaport.awsVxc", "The virtual cross connect to AWS (guide step 6)."),
        Text("megaport.awsVxc.name", TextForms.MegaportName, "core-aws",
            "Also the hosted connection's name. Default: <name>-aws."),
        Section("megaport.azureVxc", "The virtual cross connect to Azure (guide step 10)."),
        Text("megaport.azureVxc.name", TextForms.MegaportName, "core-azure", "Default: <name>-azure."),
        Text("megaport.azureVxc.secondaryName", TextForms.MegaportName, "core-azure-2",
            "Of the one to the circuit's secondary path (resilience: paths, routers or locations). Default: "
                + "<name>-azure-secondary."),
    ];
}
