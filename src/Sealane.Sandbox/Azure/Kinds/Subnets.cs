using System.Text.Json.Nodes;
using Sealane.Core;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Azure.Kinds;

/// <summary>Subnets, among them the one that must be named <c>GatewaySubnet</c>. Guide step 11.</summary>
/// <remarks>https://learn.microsoft.com/rest/api/virtualnetwork/subnets</remarks>
internal sealed class Subnets : ResourceKind
{
    public const string Gateway = "GatewaySubnet";

    public override string Type => "virtualNetworks/subnets";
    public override string Noun => "Subnet";

    public override MemberSchema Members { get; } = new(
        "SubnetPropertiesFormat",
        "addressPrefix:s addressPrefixes:a networkSecurityGroup:o routeTable:o natGateway:o serviceEndpoints:a",
        "serviceEndpointPolicies:a privateEndpoints:- ipConfigurations:- ipConfigurationProfiles:- ipAllocations:a",
        "resourceNavigationLinks:- serviceAssociationLinks:- delegations:a purpose:- provisioningState:-",
        "privateEndpointNetworkPolicies:s privateLinkServiceNetworkPolicies:s applicationGatewayIPConfigurations:a",
        "sharingScope:s defaultOutboundAccess:b ipamPoolPrefixAllocations:a serviceGateway:o");

    public override IEnumerable<Reference> References(PutRequest put) =>
        from member in new[] { "routeTable", "networkSecurityGroup", "natGateway" }
        where put.Properties.At(member) is not null
        select new Reference($"properties.{member}", put.Properties.Text(member, "id"), $"{member}s");

    public override IEnumerable<ArmError> Problems(PutRequest put)
    {
        if (Cidr.Written(put.Properties) is not { } text)
        {
            yield return ArmError.Bad("NoAddressPrefixOrPoolProvided", $"Subnet {put.Self} has no address prefix.");
            yield break;
        }
        if (Cidr.Problem(text, put.Self) is { } error)
        {
            yield return error;
            yield break;
        }
        var prefix = Prefix.Parse(text);
        var vnet = put.Id.Parent!.Name;
        if (!VirtualNetworks.Prefixes(put.ParentProperties).Any(space => space.Contains(prefix)))
        {
            yield return ArmError.Bad("NetcfgSubnetRangeOutsideVnet",
                $"Subnet '{put.Id.Name}' is not valid because its IP address range is outside the IP address range of "
                    + $"virtual "
                + $"network '{vnet}'.");
        }
        if (put.Siblings.Any(other => Cidr.OfSubnet(other.At("properties")) is { } taken && taken.Overlaps(prefix)))
        {
            yield return ArmError.Bad("NetcfgSubnetRangesOverlap",
                $"Subnet '{put.Id.Name}' is not valid because its IP address range overlaps with that of an existing "
                    + $"subnet in "
                + $"virtual network '{vnet}'.");
        }
        if (prefix.Length > 29)
        {
            yield return ArmError.Bad(PlaceholderCodes.SubnetTooSmall,
                $"Subnet '{put.Id.Name}' must be /29 or larger.");
        }
        if (put.Existing is { } existing && Cidr.OfSubnet(existing.Properties) != prefix
            && Occupants(put.State, existing).Count > 0)
        {
            yield return ArmError.Bad("InUsePrefixCannotBeDeleted",
                $"IpPrefix {Cidr.OfSubnet(existing.Properties)} on Subnet {put.Id.Name} has active allocations and "
                    + $"cannot be "
                + "deleted.");
        }
        if (ResourceId.Same(put.Id.Name, Gateway))
        {
            foreach (var problem in GatewaySubnetProblems(put, prefix))
            {
                yield return problem;
            }
        }
    }

    public override JsonObject Accept(PutRequest put)
    {
        var kept = base.Accept(put);
        kept["delegations"] ??= new JsonArray();
        kept["privateEndpointNetworkPolicies"] ??= "Disabled";
        kept["privateLinkServiceNetworkPolicies"] ??= "Enabled";
        return kept;
    }

    public override void Show(ShowCall show, ArmResource resource, JsonObject properties)
    {
        List<string> occupants = [.. Occupants(show.State, resource)];
        if (show.State.Variants.HiddenInterfacesAreListed)
        {
            occupants.AddRange(Hidden(show, resource));
        }
        if (occupants.Count > 0)
        {
            properties["ipConfigurations"] =
                new JsonArray([.. occupants.Select(id => (JsonNode)new JsonObject { ["id"] = id })]);
        }
    }

    public override Duration WriteTakes(PutRequest put) => Durations.SubnetWrite;

    public override Duration DeleteTakes(ArmResource resource) => Durations.SubnetWrite;

    public override ArmError? RefusesDelete(AzureState state, ArmResource resource) => InUse(state, resource);

    public static ArmError? InUse(AzureState state, ArmResource subnet) =>
        Occupants(state, subnet) is [var occupant, ..]
            ? ArmError.Bad("InUseSubnetCannotBeDeleted",
                $"Subnet {subnet.Name} is in use by {occupant} and cannot be deleted. In order to delete the subnet, "
                    + $"delete all the "
                + "resources within the subnet. See aka.ms/deletesubnet.")
            : null;

    /// <summary>The interfaces of an ExpressRoute gateway's two machines, in the service's own group.</summary>
    /// <remarks>github.com/erjosito/net-lab-builder, labs/expressroute-megaport-bgp/show-output/21.</remarks>
    private static IEnumerable<string> Hidden(ShowCall show, ArmResource subnet) =>
        from gateway in show.State.All(AllKinds.VirtualNetworkGateways)
        where gateway.Properties.Text("gatewayType") == VirtualNetworkGateways.ExpressRoute
            && gateway.Properties.Items("ipConfigurations").Any(configuration =>
                ResourceId.Same(configuration.Text("properties", "subnet", "id"), subnet.Id))
        from machine in new[] { 0, 1 }
        select $"/subscriptions/{show.State.Subscription}/resourceGroups/"
            + $"ARMRG-{show.World.Uuid($"hidden/{gateway.Id}").ToUpperInvariant()}/PROVIDERS/MICROSOFT.COMPUTE/"
            + $"VIRTUALMACHINESCALESETS/ERGW/VIRTUALMACHINES/{machine}/NETWORKINTERFACES/CUSTNIC/ipConfigurations/"
            + "IPCONFIG";

    /// <summary>Ids of the IP configurations in a subnet.</summary>
    public static IReadOnlyList<string> Occupants(AzureState state, ArmResource subnet) =>
    [
        .. from resource in state.All(AllKinds.VirtualNetworkGateways).Concat(state.All(AllKinds.NetworkInterfaces))
           from configuration in resource.Properties.Items("ipConfigurations")
           where ResourceId.Same(configuration.Text("properties", "subnet", "id"), subnet.Id)
           select $"{resource.Id}/ipConfigurations/{configuration.Text("name")}",
        .. state.All(AllKinds.RouteServerIpConfigurations)
            .Where(configuration => ResourceId.Same(configuration.Properties.Text("subnet", "id"), subnet.Id))
            .Select(configuration => configuration.Id),
        .. state.Ghosts(subnet),
    ];

    /// <remarks>https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-about-vpn-gateway-settings#gwsub</remarks>
    private static IEnumerable<ArmError> GatewaySubnetProblems(PutRequest put, Prefix prefix)
    {
        if (put.Properties.At("networkSecurityGroup") is not null)
        {
            // github.com/Azure-Terraform/terraform-azurerm-virtual-network issue 18
            yield return ArmError.Bad("NetworkSecurityGroupCannotBeAttachedToGatewaySubnet",
                "A network security group cannot be associated with GatewaySubnet.");
        }
        if (put.State.Find(put.Properties.Text("routeTable", "id")) is { } table
            && Routes.Of(put.State, table)
                .Any(route => route.Prefix == Prefix.Default || route.Prefix.Overlaps(prefix)))
        {
            yield return ArmError.Bad(PlaceholderCodes.GatewaySubnetRoute,
                "A route table of GatewaySubnet cannot have a default route or a route to GatewaySubnet itself.");
        }
    }
}
