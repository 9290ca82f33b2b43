using System.Text.Json.Nodes;
using Sealane.Core;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Azure.Kinds;

/// <summary>VNets. One write at a time, its subnets and peerings included.</summary>
/// <remarks>https://learn.microsoft.com/rest/api/virtualnetwork/virtual-networks</remarks>
internal sealed class VirtualNetworks : ResourceKind
{
    public override string Type => "virtualNetworks";
    public override string Noun => "VirtualNetwork";

    public override MemberSchema Members { get; } = new(
        "VirtualNetworkPropertiesFormat",
        "addressSpace:o dhcpOptions:o flowTimeoutInMinutes:n subnets:- virtualNetworkPeerings:- resourceGuid:- "
            + "provisioningState:-",
        "enableDdosProtection:b enableVmProtection:b ddosProtectionPlan:o bgpCommunities:o encryption:o "
            + "ipAllocations:a flowLogs:-",
        "privateEndpointVNetPolicies:s summarizedGatewayPrefixes:o defaultPublicNatGateway:-");

    public override IReadOnlyDictionary<string, ResourceKind> Inline => new Dictionary<string, ResourceKind>
    {
        ["subnets"] = AllKinds.Subnets,
        ["virtualNetworkPeerings"] = AllKinds.VirtualNetworkPeerings,
    };

    public override IEnumerable<ArmError> Problems(PutRequest put)
    {
        var prefixes = put.Properties.Texts("addressSpace", "addressPrefixes");
        if (prefixes.Count == 0)
        {
            yield return ArmError.Bad("NoAddressPrefixOrPoolProvided",
                $"Virtual network {put.Self} has no address prefix.");
        }
        foreach (var text in prefixes.Where(text => !Cidr.IsIpv6(text))
            .Concat(put.Properties.Texts("summarizedGatewayPrefixes", "addressPrefixes")))
        {
            if (Cidr.Problem(text, put.Self) is { } error)
            {
                yield return error;
            }
        }
        var read = Cidr.Read(prefixes);
        if (read.Count == 0 && prefixes.Any(Cidr.IsIpv6))
        {
            yield return ArmError.Bad("InvalidAddressPrefixFormat",
                $"Virtual network {put.Self} has an IPv6 address prefix and no IPv4 one beside it.");
        }
        if (read.Where((prefix, index) => read.Skip(index + 1).Any(prefix.Overlaps)).Any())
        {
            yield return ArmError.Bad("AddressSpaceOverlaps",
                $"Address prefixes of virtual network {put.Self} overlap.");
        }
    }

    public override JsonObject Accept(PutRequest put)
    {
        var kept = base.Accept(put);
        kept["enableDdosProtection"] ??= false;
        kept["privateEndpointVNetPolicies"] ??= "Disabled";
        return kept;
    }

    public override void Show(ShowCall show, ArmResource resource, JsonObject properties)
    {
        if (!show.Since("2025-07-01"))
        {
            properties.Remove("summarizedGatewayPrefixes");
        }
        foreach (var (member, kind) in Inline)
        {
            properties[member] = new JsonArray([.. show.State.Children(resource, kind)
                .Select(child => (JsonNode)ResourceReader.Show(show, child))]);
        }
    }

    public override Duration WriteTakes(PutRequest put) => Durations.ArmQuick;

    public override ArmError? RefusesDelete(AzureState state, ArmResource resource) =>
        state.Children(resource, AllKinds.Subnets).Select(subnet => Subnets.InUse(state, subnet))
            .FirstOrDefault(error => error is not null);

    public static IReadOnlyList<Prefix> Prefixes(JsonNode? properties) =>
        Cidr.Read(properties.Texts("addressSpace", "addressPrefixes"));
}
