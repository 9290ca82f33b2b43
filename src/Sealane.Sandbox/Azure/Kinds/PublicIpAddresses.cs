using System.Text.Json.Nodes;
using Sealane.Core;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Azure.Kinds;

/// <summary>The public IP of the VPN gateway. Guide step 14.</summary>
/// <remarks>https://learn.microsoft.com/azure/virtual-network/ip-services/public-ip-addresses</remarks>
internal sealed class PublicIpAddresses : ResourceKind
{
    public override string Type => "publicIPAddresses";
    public override string Noun => "PublicIpAddress";

    public override MemberSchema Members { get; } = new(
        "PublicIPAddressPropertiesFormat",
        "publicIPAllocationMethod:s publicIPAddressVersion:s ipConfiguration:- dnsSettings:o ddosSettings:o ipTags:a "
            + "ipAddress:-",
        "publicIPPrefix:o idleTimeoutInMinutes:n resourceGuid:- provisioningState:- servicePublicIPAddress:- "
            + "natGateway:-",
        "migrationPhase:- linkedPublicIPAddress:- deleteOption:s");

    public override IEnumerable<ArmError> Problems(PutRequest put)
    {
        var sku = put.Body.Text("sku", "name") ?? "Basic";
        if (put.Existing is { } existing && existing.Body.Text("sku", "name") != sku)
        {
            yield return ArmError.Bad("SkuCannotBeChangedOnUpdate",
                $"Sku cannot be changed on update of resource {put.Self}.");
        }
        if (sku is "Basic")
        {
            // Creation of Basic public IPs ended on 31 March 2025.
            yield return ArmError.Bad("IPv4BasicSkuPublicIpCountLimitReached",
                "Cannot create more than 0 IPv4 Basic SKU public IP addresses for this subscription in this region.");
        }
        if (sku is not ("Standard" or "StandardV2"))
        {
            yield return ArmError.Format("sku.name",
                $"Error converting value \"{sku}\" to type 'PublicIPAddressSkuName'.");
        }
        if (put.Properties.Text("publicIPAllocationMethod") != "Static")
        {
            yield return ArmError.Bad(PlaceholderCodes.PublicIpAllocation,
                $"Standard sku publicIp {put.Self} must have AllocationMethod set to Static.");
        }
        // The words of a subscription that had used up its addresses: github.com/coreos/tectonic-installer/issues/1454.
        if (put.Existing is null && put.State.StaticPublicAddressesMax is { } most
            && put.State.All(AllKinds.PublicIpAddresses).Count() >= most)
        {
            yield return ArmError.Bad("StaticPublicIPCountLimitReached",
                $"Cannot create more than {most} public IP addresses with static allocation method for this "
                + "subscription in this region.");
        }
        if (put.Body.Items("zones").Count > 0 && put.Region is { HasZones: false } region)
        {
            yield return ArmError.Bad("LocationNotSupportAvailabilityZones",
                $"The resource 'Microsoft.Network/publicIPAddresses/{put.Id.Name}' does not support availability "
                    + $"zones at location "
                + $"'{region.Name}'.");
        }
        if (put.Existing is { } old && !old.Body.Texts("zones").Order().SequenceEqual(put.Body.Texts("zones").Order()))
        {
            yield return ArmError.Bad("ResourceAvailabilityZonesCannotBeModified",
                $"Resource {put.Self} has an existing availability zone constraint "
                    + $"{string.Join(", ", old.Body.Texts("zones"))} and "
                + $"the request has availability zone constraint {string.Join(", ", put.Body.Texts("zones"))}, which "
                    + $"do not match. "
                + "Zones cannot be added/updated/removed once the resource is created.");
        }
    }

    public override JsonObject Accept(PutRequest put)
    {
        var kept = base.Accept(put);
        kept["publicIPAddressVersion"] ??= "IPv4";
        kept["idleTimeoutInMinutes"] ??= 4;
        kept["ipTags"] ??= new JsonArray();
        return kept;
    }

    public override void Written(PutRequest put, ArmResource resource)
    {
        if (resource.Body["sku"] is JsonObject sku)
        {
            sku["tier"] ??= "Regional";
        }
    }

    public override void Ready(SandboxWorld world, ArmResource resource)
    {
        if (resource.Facts["ipAddress"] is null)
        {
            var host = (uint)(world.Chance($"public-ip/{resource.Id}") * (1 << 21));
            resource.Facts["ipAddress"] = new Prefix(new((20u << 24) | (53u << 16)), 11).Host(host | 4).ToString();
        }
    }

    public override void Show(ShowCall show, ArmResource resource, JsonObject properties)
    {
        properties["ipAddress"] = resource.Facts["ipAddress"]?.DeepClone();
        if (User(show.State, resource) is { } user)
        {
            properties["ipConfiguration"] = new JsonObject { ["id"] = user };
        }
        if (properties["ipAddress"] is null)
        {
            properties.Remove("ipAddress");
        }
    }

    public override Duration WriteTakes(PutRequest put) => Durations.ArmQuick;

    public override ArmError? RefusesDelete(AzureState state, ArmResource resource) =>
        User(state, resource) is { } user
            ? ArmError.Bad("PublicIPAddressCannotBeDeleted",
                $"Public IP address {resource.Id} can not be deleted since it is still allocated to resource {user}. "
                    + $"In order to "
                + "delete the public IP, disassociate/detach the Public IP address from the resource.")
            : null;

    /// <summary>Id of the IP configuration that has it, or null.</summary>
    public static string? User(AzureState state, ArmResource address) =>
        (from gateway in state.All(AllKinds.VirtualNetworkGateways)
         from configuration in gateway.Properties.Items("ipConfigurations")
         where ResourceId.Same(configuration.Text("properties", "publicIPAddress", "id"), address.Id)
         select $"{gateway.Id}/ipConfigurations/{configuration.Text("name")}").Concat(state.Ghosts(address))
             .FirstOrDefault();
}
