using System.Text.Json.Nodes;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Azure.Kinds;

/// <summary>NICs: only what it takes to ask one for its effective routes. Each counts as that of a running
/// VM.</summary>
/// <remarks>https://learn.microsoft.com/rest/api/virtualnetwork/network-interfaces</remarks>
internal sealed class NetworkInterfaces : ResourceKind
{
    public override string Type => "networkInterfaces";
    public override string Noun => "NetworkInterface";

    public override MemberSchema Members { get; } = new(
        "NetworkInterfacePropertiesFormat",
        "virtualMachine:- networkSecurityGroup:o privateEndpoint:- ipConfigurations:a tapConfigurations:- "
            + "dnsSettings:o macAddress:-",
        "primary:- vnetEncryptionSupported:- defaultOutboundConnectivityEnabled:- enableAcceleratedNetworking:b",
        "disableTcpStateTracking:b enableIPForwarding:b hostedWorkloads:- dscpConfiguration:- resourceGuid:- "
            + "provisioningState:-",
        "workloadType:s nicType:s privateLinkService:o migrationPhase:s auxiliaryMode:s auxiliarySku:s");

    public override IEnumerable<Reference> References(PutRequest put) =>
        put.Properties.Items("ipConfigurations").Select(configuration => new Reference(
            "properties.ipConfigurations[0].properties.subnet",
            configuration.Text("properties", "subnet", "id"), "virtualNetworks/subnets"));

    public override IEnumerable<ArmError> Problems(PutRequest put)
    {
        if (put.Properties.Items("ipConfigurations").Count == 0)
        {
            yield return ArmError.Bad("NetworkInterfaceMustHaveOneIpConfiguration",
                $"Network interface {put.Id.Name} must have one or more IP configurations.");
        }
    }

    public override void Written(PutRequest put, ArmResource resource)
    {
        var used = put.State.All(this).Select(nic => nic.Facts.Text("privateIPAddress")).ToHashSet();
        if (resource.Facts["privateIPAddress"] is null
            && put.State.Find(resource.Properties.Items("ipConfigurations")[0].Text("properties", "subnet", "id"))
                is { } subnet
            && Cidr.OfSubnet(subnet.Properties) is { } prefix)
        {
            // The first four addresses and the last of every subnet are Azure's own.
            resource.Facts["privateIPAddress"] = Enumerable.Range(4, (int)Math.Min(prefix.Size - 5, 1000))
                .Select(host => prefix.Host(host).ToString()).First(address => !used.Contains(address));
        }
    }

    public override void Show(ShowCall show, ArmResource resource, JsonObject properties)
    {
        foreach (var configuration in properties.Items("ipConfigurations").OfType<JsonObject>())
        {
            configuration["id"] = $"{resource.Id}/ipConfigurations/{configuration.Text("name")}";
            if (configuration["properties"] is JsonObject inner)
            {
                inner["privateIPAddress"] = resource.Facts["privateIPAddress"]?.DeepClone();
            }
        }
    }

    public override Duration WriteTakes(PutRequest put) => Durations.ArmQuick;
}
