using System.Text.Json.Nodes;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Azure.Kinds;

/// <summary>NAT gateways: the way of a subnet to the internet, never to a private prefix.</summary>
/// <remarks>https://learn.microsoft.com/rest/api/virtualnetwork/nat-gateways</remarks>
internal sealed class NatGateways : ResourceKind
{
    public override string Type => "natGateways";
    public override string Noun => "NatGateway";

    public override MemberSchema Members { get; } = new(
        "NatGatewayPropertiesFormat",
        "idleTimeoutInMinutes:n publicIpAddresses:a publicIpAddressesV6:a publicIpPrefixes:a publicIpPrefixesV6:a "
            + "subnets:-",
        "sourceVirtualNetwork:o serviceGateway:o resourceGuid:- provisioningState:-");

    public override JsonObject Accept(PutRequest put)
    {
        var kept = base.Accept(put);
        kept["idleTimeoutInMinutes"] ??= 4;
        return kept;
    }

    public override void Show(ShowCall show, ArmResource resource, JsonObject properties) =>
        properties["subnets"] = new JsonArray([.. show.State.All(AllKinds.Subnets)
            .Where(subnet => ResourceId.Same(subnet.Properties.Text("natGateway", "id"), resource.Id))
            .Select(subnet => (JsonNode)new JsonObject { ["id"] = subnet.Id })]);

    public override Duration WriteTakes(PutRequest put) => Durations.ArmQuick;
}
