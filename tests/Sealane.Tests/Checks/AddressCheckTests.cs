using Sealane.Core;
using Sealane.Core.Checks;
using Sealane.Core.Design;
using Sealane.Core.Spec;

namespace Sealane.Tests.Checks;

/// <summary>Rules on addresses and ASNs over whole ranges, not only over the examples of tests/checks.</summary>
public sealed class AddressCheckTests
{
    private const int Seed = 20261122;

    private static readonly NetworkDesign Sydney = Designer.Design(
        SpecReader.Read("sydney.yaml", File.ReadAllText(Repository.PathOf("examples", "sydney.yaml"))).Spec!);

    [Fact]
    public void Both_clouds_have_128_inside_networks_in_common()
    {
        var common = Enumerable.Range(0, 1 << 14)
            .Select(i => new Prefix(new(Ipv4.Parse("169.254.0.0").Value + (uint)(i * 4)), 30))
            .Where(prefix => WithTunnel(Sydney.Tunnels[0] with { InsideCidr = prefix }) is var design
                && !TunnelAddressChecks.InAzureWindow.Find(design).Any()
                    && !TunnelAddressChecks.NotReservedByAws.Find(design).Any())
            .ToList();
        Assert.Equal(128, common.Count);
        Assert.Equal(("169.254.21.0/30", "169.254.22.252/30"), (common[0].ToString(), common[^1].ToString()));
    }

    [Fact]
    public void An_overlap_is_found_exactly_when_an_address_is_shared()
    {
        var chance = new Random(Seed);
        for (var round = 0; round < 2000; round++)
        {
            // Small numbers close together, so that about half of the pairs meet.
            var (vpc, vnet) = (Any(chance), Any(chance));
            var design = Sydney with
            {
                Vpcs = [Sydney.Vpcs[0] with { Prefixes = [vpc] }],
                Vnets = [Sydney.Vnets[0] with { Prefixes = [vnet] }],
            };
            var shared = vpc.Network.Value <= vnet.Last.Value && vnet.Network.Value <= vpc.Last.Value;
            Assert.True(shared == NetworkOverlapChecks.VpcAndVnetAreApart.Find(design).Any(), $"{vpc} and {vnet}");
        }
    }

    [Theory]
    [InlineData(64511, false, "one below the private range")]
    [InlineData(64512, true, "the first private number")]
    [InlineData(65514, true, "the last before Azure's own")]
    [InlineData(65515, false, "Azure VPN gateways")]
    [InlineData(65516, true, "in no list of reserved numbers")]
    [InlineData(65517, false, "Azure")]
    [InlineData(65520, false, "Azure")]
    [InlineData(65521, true, "the first after Azure's own")]
    [InlineData(65533, true, "private")]
    [InlineData(65535, false, "IANA")]
    [InlineData(4199999999, false, "one below the 32-bit private range")]
    [InlineData(4200000000, true, "the first 32-bit private number")]
    [InlineData(4294967294, true, "the last 32-bit private number")]
    [InlineData(4294967295, false, "IANA")]
    public void A_transit_gateway_asn_must_suit_aws_and_azure(long asn, bool fits, string reason)
    {
        var design = Sydney with { TransitGateway = Sydney.TransitGateway with { Asn = asn } };
        var findings = AsnChecks.AmazonRange.Find(design).Concat(AsnChecks.NotReserved.Find(design)).ToList();
        Assert.True(fits == (findings.Count == 0), reason);
    }

    [Theory]
    [InlineData("10.254.1.0/24", true, "all of the transit gateway CIDR")]
    [InlineData("10.254.1.0/32", true, "a single endpoint")]
    [InlineData("10.254.0.0/23", false, "covers the CIDR and its neighbour")]
    [InlineData("10.0.0.0/8", false, "covers the VPC: open as soon as the tunnels are down")]
    [InlineData("0.0.0.0/0", false, "a default route")]
    [InlineData("10.1.0.0/16", false, "the VPC, as in guide step 3")]
    [InlineData("10.1.255.255/32", false, "one host of the VPC")]
    [InlineData("10.2.0.0/16", false, "the VNet itself")]
    [InlineData("192.168.100.0/30", false, "the transport")]
    public void Only_parts_of_the_transit_gateway_cidr_may_be_allowed(string prefix, bool fits, string reason)
    {
        var design = Sydney with { DxGateway = Sydney.DxGateway with { AllowedPrefixes = [Prefix.Parse(prefix)] } };
        var findings = DesignChecks.Run(design).Findings.Where(finding => finding.Check.Id is "SL301" or "SL302");
        Assert.True(fits == !findings.Any(), reason);
    }

    private static NetworkDesign WithTunnel(TunnelDesign tunnel) =>
        Sydney with { VpnConnections = [Sydney.VpnConnections[0] with { Tunnels = [tunnel] }] };

    private static Prefix Any(Random chance) =>
        new(new(Ipv4.Parse("10.0.0.0").Value + (uint)chance.Next(1 << 12)), chance.Next(20, 33));
}
