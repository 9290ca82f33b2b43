using static Sealane.Core.Spec.Keys.KeyShapes;

namespace Sealane.Core.Spec.Keys;

/// <summary>Keys of the transport's addresses, the tunnels and their suite.</summary>
internal static class OverlayKeys
{
    private static readonly string[] Encryption = ["AES128", "AES256", "AES128-GCM-16", "AES256-GCM-16"];

    public static IReadOnlyList<SpecKey> All { get; } =
    [
        Section("transport", "Addresses of the MCR's BGP sessions."),
        Section("transport.aws", "The session with the Direct Connect gateway (guide step 7)."),
        Text("transport.aws.mcr", TextForms.InterfaceAddress30, "192.168.200.1/30", "The MCR's address with its mask.")
            with { Default = "192.168.100.1/30" },
        Text("transport.aws.amazon", TextForms.InterfaceAddress30, "192.168.200.2/30",
            "Amazon's address with its mask.")
            with { Default = "192.168.100.2/30" },
        Section("transport.azure", "The sessions with Microsoft's edge (guide step 10)."),
        Text("transport.azure.primary", TextForms.Prefix, "192.168.201.0/30",
            "The /30 of the primary path: the MCR takes the first host, Microsoft the second.")
                with { Default = "192.168.101.0/30" },
        Text("transport.azure.secondary", TextForms.Prefix, "192.168.201.4/30",
            "The /30 of the secondary path; Azure wants it named even where only the primary is used.")
            with { Default = "192.168.101.4/30" },
        Number("transport.azure.vlan", 2, 4093, "200", "C-tag of the private peering.") with { Default = "100" },

        Section("transport.secondAws", "The second router's session with the Direct Connect gateway."),
        Text("transport.secondAws.mcr", TextForms.InterfaceAddress30, "192.168.200.5/30",
            "The second MCR's address with its mask.") with { Default = "192.168.100.5/30" },
        Text("transport.secondAws.amazon", TextForms.InterfaceAddress30, "192.168.200.6/30",
            "Amazon's address with its mask.") with { Default = "192.168.100.6/30" },
        Section("transport.secondAzure", "The sessions of the second circuit with Microsoft's edge."),
        Text("transport.secondAzure.primary", TextForms.Prefix, "192.168.201.8/30", "The /30 of its primary path.")
            with { Default = "192.168.101.8/30" },
        Text("transport.secondAzure.secondary", TextForms.Prefix, "192.168.201.12/30",
            "The /30 of its secondary path.") with { Default = "192.168.101.12/30" },

        new("tunnels", SpecKeyKind.SectionList, "The two tunnels, in the guide's order (guide steps 17 and 20 to 23); "
            + "four with azure.vpnGateway.mode: active-active, two to each instance.")
        {
            Example = "", MinItems = 2, MaxItems = 4,
        },
        Text("tunnels[].insideCidr", TextForms.Prefix, "169.254.21.4/30",
            "The /30 inside the tunnel: AWS takes the first host, Azure the second. Defaults: 169.254.21.0/30, "
                + "169.254.22.0/30, 169.254.21.4/30 and 169.254.22.4/30."),
        Text("tunnels[].localGatewayName", TextForms.AzureName, "lng-aws-1",
            "Name of the Azure local network gateway. Default: <name>-lng-N."),
        Text("tunnels[].connectionName", TextForms.AzureName, "conn-aws-1",
            "Name of the Azure connection. Default: <name>-tunnel-N."),

        Section("ipsec", "The one IKEv2 and ESP suite, pinned at both ends of both tunnels, in AWS's words."),
        Word("ipsec.phase1Encryption", Encryption, "AES128", "Encryption of IKE.")
            with { Default = "AES256", JudgedByCheck = true },
        Word("ipsec.phase1Integrity", ["SHA2-256", "SHA2-384"], "SHA2-384", "Integrity and PRF of IKE.")
            with { Default = "SHA2-256", JudgedByCheck = true },
        Number("ipsec.phase1DhGroup", 1, 31, "20", "Diffie-Hellman group of IKE: 14, 19 (ECP256), 20 (ECP384) or 24.")
            with { Default = "14", Numbers = [14, 19, 20, 24], JudgedByCheck = true },
        Number("ipsec.phase1LifetimeSeconds", 1, 1_000_000, "14400", "Seconds.") with { Default = "28800" },
        Word("ipsec.phase2Encryption", Encryption, "AES128-GCM-16", "Encryption of ESP.")
            with { Default = "AES256-GCM-16", JudgedByCheck = true },
        Word("ipsec.phase2Integrity", ["SHA2-256", "SHA2-384"], "SHA2-384",
            "Integrity of ESP; unused with GCM, which is its own.")
            with { Default = "SHA2-256", JudgedByCheck = true },
        Number("ipsec.phase2DhGroup", 1, 31, "20", "Group of perfect forward secrecy.")
            with { Default = "14", Numbers = [14, 19, 20, 24], JudgedByCheck = true },
        Number("ipsec.phase2LifetimeSeconds", 1, 1_000_000, "1800", "Seconds.") with { Default = "3600" },
        Number("ipsec.dpdTimeoutSeconds", 1, 100_000, "45",
            "Seconds without an answer until the peer is taken for dead.")
            with { Default = "30" },
        Number("ipsec.tcpMss", 536, 1460, "1300", "Bytes to which hosts or firewalls should clamp TCP.")
            with { Default = "1350" },
    ];
}
