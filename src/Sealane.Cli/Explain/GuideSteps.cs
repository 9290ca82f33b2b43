namespace Sealane.Cli.Explain;

/// <summary>The 24 steps in the guide's order. docs/guide.md is rendered from this list and from the
/// resources.</summary>
public static class GuideSteps
{
    public static IReadOnlyList<GuideStep> All { get; } =
    [
        new(1, "AWS Direct Connect Gateway",
            "Creates the gateway with the Amazon-side ASN of the spec.",
            "The ASN is always written (64550 by default): AWS gives both of its gateways 64512, and gateways of one "
                + "ASN cannot be associated."),
        new(2, "AWS Transit Gateway",
            "Creates the transit gateway with its CIDR block and ASN, and two route tables.",
            "Default association and propagation are off. The guide's one table for all attachments lets clear "
                + "packets from Direct Connect reach the VPC; two tables keep transport and overlay apart (lock d)."),
        new(3, "AWS Direct Connect Gateway to Transit Gateway association",
            "Associates the gateways, allows the transit gateway CIDR, and keeps the attachment in a table of its own.",
            "The guide also allows the VPC CIDR. Azure would learn it over ExpressRoute and prefer that to the "
                + "tunnels, so it is left out (lock c)."),
        new(4, "AWS Transit Gateway attachment to VPC",
            "Attaches the VPC, puts the attachment into the workload table, and last of all adds the VPC's routes to "
                + "the VNet.",
            "The guide leaves the VPC's routes out; without them nothing passes. They come after both tunnels are up "
                + "and all locks are closed."),
        new(5, "Megaport Cloud Router",
            "Validates the order, buys the MCR and its four prefix lists.",
            "The lists of step 19 are made here, before anything is connected, and closed: their one entry is "
                + "192.0.2.1/32 (RFC 5737)."),
        new(6, "Megaport Virtual Cross Connect (VXC) to AWS Direct Connect Hosted Connection",
            "Buys the VXC with BGP addresses, ASN, BGP key and both filters in the order.",
            "The session has its filters from its first moment, and the BGP key is derived from the link key."),
        new(7, "AWS Direct Connect Transit VIF",
            "Accepts the hosted connection and creates the transit VIF on its VLAN with the same addresses, ASN and "
                + "key."),
        new(8, "Confirm MCR has received AWS Prefixes",
            "verify looks at the VIF's BGP state and asks the looking glass.",
            "The guide expects to see the VPC CIDR and the transit gateway CIDR. Here the import filter keeps both "
                + "out (lock a), and verify fails if it sees either."),
        new(9, "Azure ExpressRoute Circuit",
            "Creates the circuit (and the resource group if it is missing) and reads the service key.",
            "The service key is a secret: it goes from Azure to Megaport without being shown."),
        new(10, "Megaport Virtual Cross Connect (VXC) to Azure ExpressRoute",
            "Buys the VXC by service key, waits for the private peering that Megaport makes in Azure, and sets both "
                + "filters in one PUT.",
            "Peering subnets, VLAN and key are chosen by Sealane; the guide leaves them to Megaport. As in the guide, "
                + "only the circuit's primary path is used."),
        new(11, "Azure ExpressRoute Virtual Network Gateway",
            "Creates GatewaySubnet if it is missing, and the gateway.",
            "ErGw1AZ instead of Standard, which has no availability zones. No public IP is made: Azure assigns one "
                + "itself since August 2025."),
        new(12, "Azure ExpressRoute to ExpressRoute Virtual Gateway Connection",
            "Creates the connection.",
            "It waits for the filters of both sessions (locks a and b). In the guide's order all prefixes cross from "
                + "here until step 19."),
        new(13, "Confirm MCR has received Azure Prefixes",
            "verify looks at the circuit and at what Microsoft's edge and the ExpressRoute gateway learned.",
            "The guide expects the VNet CIDR at the MCR. Here the import filter keeps it out (lock a)."),
        new(14, "Azure VPN Virtual Network Gateway",
            "Creates the public IP and the VPN gateway with BGP and two custom APIPA addresses.",
            "VpnGw1AZ instead of VpnGw1, which Azure no longer creates; its public IP must have zones."),
        new(15, "Azure VPN Virtual Network Gateway - Enable Gateway Private IPs",
            "Asks for private addresses when the gateway is created, and reads the address that Azure gave.",
            "One operation instead of two: the second 20 minutes of the guide fall away."),
        new(16, "AWS VPN Customer Gateway",
            "Creates the customer gateway with the VPN gateway's private address and ASN."),
        new(17, "AWS Site-to-Site VPN",
            "Creates the VPN over the Direct Connect attachment, both tunnels with inside CIDR, key and suite, and "
                + "puts its attachment into the workload table.",
            "One suite is pinned at both ends. The guide leaves it to the clouds' defaults, which meet at "
                + "Diffie-Hellman group 2."),
        new(18, "Megaport Cloud Router Static Routes",
            "Adds a /32 route for every tunnel endpoint, next hop the BGP peer: one PUT a VXC, which carries session, "
                + "key and filters again."),
        new(19, "Megaport Cloud Router Prefix Filter Lists",
            "Makes four lists, sets two on each session, and opens each for the tunnel endpoints once the clouds have "
                + "chosen them.",
            "Import lists besides the guide's export lists (lock a besides lock b), and both before anything is "
                + "connected instead of after everything."),
        new(20, "Azure Local Network Gateway (1 of 2)",
            "Creates the local network gateway of tunnel 1: AWS's outside address, ASN and BGP address."),
        new(21, "Azure Local Network Gateway (2 of 2)",
            "The same for tunnel 2.",
            "The guide's text names tunnel 1 again; tunnel 2 is meant."),
        new(22, "Azure VPN Virtual Network Gateway - VPN Connection (1 of 2)",
            "Creates the IPsec connection of tunnel 1 on the private address with its custom BGP address, key and "
                + "suite.",
            "With an explicit IPsec policy, as in step 17."),
        new(23, "Azure VPN Virtual Network Gateway - VPN Connection (2 of 2)",
            "The same for tunnel 2, after the first: two connections of one gateway cannot be written at once "
                + "(terraform-provider-azurerm #10582).",
            "With an explicit IPsec policy, as in step 17."),
        new(24, "Verification",
            "apply waits until both tunnels are up; verify asks both clouds for tunnels, BGP peers and routes, and "
                + "proves from them that no flow is clear.",
            "The guide ends with green states, which look the same while traffic flows in the clear. verify also "
                + "tries every single failure and counts the locks."),
    ];

    public static GuideStep? Find(string id) =>
        All.FirstOrDefault(step => string.Equals(step.Id, id.Replace(' ', '-'), StringComparison.OrdinalIgnoreCase));
}
