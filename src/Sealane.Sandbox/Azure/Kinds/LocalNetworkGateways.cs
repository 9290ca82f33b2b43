using System.Text.Json.Nodes;
using Sealane.Core;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Azure.Kinds;

/// <summary>Azure's picture of one AWS tunnel endpoint. Guide steps 20 and 21.</summary>
/// <remarks>https://learn.microsoft.com/rest/api/network-gateway/local-network-gateways</remarks>
internal sealed class LocalNetworkGateways : ResourceKind
{
    public override string Type => "localNetworkGateways";
    public override string Noun => "LocalNetworkGateway";

    public override MemberSchema Members { get; } = new(
        "LocalNetworkGatewayPropertiesFormat",
        "localNetworkAddressSpace:o gatewayIpAddress:s fqdn:s bgpSettings:o resourceGuid:- provisioningState:-");

    public override IEnumerable<ArmError> Problems(PutRequest put)
    {
        var properties = put.Properties;
        var address = properties.Text("gatewayIpAddress");
        if (address is null == properties.Text("fqdn") is null
            || (address is not null && Cidr.Address(address) is null))
        {
            yield return ArmError.Bad(PlaceholderCodes.LocalGatewayAddress,
                $"Local network gateway {put.Self} needs either a valid gatewayIpAddress or an fqdn.");
        }
        foreach (var text in properties.Texts("localNetworkAddressSpace", "addressPrefixes"))
        {
            if (Cidr.Problem(text, put.Self) is { } error)
            {
                yield return error;
            }
            else if (Bgp.LinkLocal.Overlaps(Prefix.Parse(text)))
            {
                yield return ArmError.Bad(PlaceholderCodes.LocalGatewayAddress,
                    $"The address prefix {text} is link-local.");
            }
        }
        if (properties.At("bgpSettings") is { } bgp)
        {
            if (Bgp.AsnProblem(bgp.Number("asn")) is { } error)
            {
                yield return error;
            }
            if (bgp.Text("bgpPeeringAddress") is { } peer && !Bgp.IsPeerAddress(peer))
            {
                yield return ArmError.BadBgpAddress(peer);
            }
        }
    }

    public override JsonObject Accept(PutRequest put)
    {
        var kept = base.Accept(put);
        kept["localNetworkAddressSpace"] ??= new JsonObject { ["addressPrefixes"] = new JsonArray() };
        if (kept["bgpSettings"] is JsonObject bgp)
        {
            bgp["peerWeight"] ??= 0;
        }
        return kept;
    }

    public override IEnumerable<string> Locks(ResourceId id, JsonNode? properties) => [id.ToString()];

    public override Duration WriteTakes(PutRequest put) => Durations.ArmQuick;

    public override ArmError? RefusesDelete(AzureState state, ArmResource resource) =>
        state.All(AllKinds.Connections)
            .FirstOrDefault(connection =>
                ResourceId.Same(connection.Properties.Text("localNetworkGateway2", "id"), resource.Id))
            is { } user
            ? ArmError.Bad(PlaceholderCodes.LocalGatewayInUse,
                $"Local network gateway {resource.Id} cannot be deleted because it is in use by {user.Id}.")
            : null;
}
