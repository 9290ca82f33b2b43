namespace Sealane.Sandbox.Azure.Kinds;

/// <summary>A gateway can be connected to a circuit that its provider has provisioned and that has a private
/// peering.</summary>
/// <remarks>https://learn.microsoft.com/azure/expressroute/expressroute-howto-linkvnet-portal-resource-manager</remarks>
internal static class ExpressRouteConnectionRules
{
    public static IEnumerable<ArmError> Of(PutRequest put)
    {
        var circuit = put.Lookup("peer", "id")!;
        var gateway = put.Lookup("virtualNetworkGateway1", "id")!;
        var peeringLocation = circuit.Properties.Text("serviceProviderProperties", "peeringLocation");
        if (AuthorizationProblem(put, circuit) is { } problem)
        {
            yield return problem;
        }
        if (ProviderStates.Of(circuit) != ProviderStates.Provisioned)
        {
            yield return ArmError.Bad(PlaceholderCodes.CircuitNotProvisioned,
                $"Circuit {circuit.Id} is not provisioned by its service provider.");
        }
        if (!put.State.Children(circuit, AllKinds.CircuitPeerings)
            .Any(peering => peering is { Name: CircuitPeerings.Private, Works: true }))
        {
            yield return ArmError.Bad(PlaceholderCodes.CircuitWithoutPrivatePeering,
                $"Circuit {circuit.Id} has no {CircuitPeerings.Private}.");
        }
        if (circuit.Body.Text("sku", "tier") is "Local" or "MultiCloud"
            && PeeringLocation.Find(peeringLocation)?.LocalRegions.Contains(gateway.Location) != true)
        {
            yield return ArmError.Bad("InvalidParameter",
                $"Connection {put.Self} cannot be created because your circuit in {peeringLocation} cannot be "
                    + $"connected to "
                + $"{gateway.Location} on a Local circuit.");
        }
        var others = VirtualNetworkGateways.Connections(put.State, gateway)
            .Where(connection => connection != put.Existing).ToList();
        if (others.Any(other => ResourceId.Same(other.Properties.Text("peer", "id"), circuit.Id))
            || others.Count >= GatewaySkus.CircuitLimit(gateway.Properties.Text("sku", "name")))
        {
            yield return ArmError.Bad(PlaceholderCodes.CircuitLimit,
                $"Gateway {gateway.Id} is connected to this circuit already or to as many circuits as its sku allows.");
        }
        if (put.Properties.Flag("expressRouteGatewayBypass")
            && gateway.Properties.Text("sku", "name") is not ("UltraPerformance" or "ErGw3AZ" or "ErGwScale"))
        {
            yield return ArmError.Bad(PlaceholderCodes.GatewaySkuFeature,
                $"The sku of gateway {gateway.Id} does not support FastPath.");
        }
        if (put.Properties.Number("routingWeight") is < 0 or > 32000)
        {
            yield return ArmError.Bad(PlaceholderCodes.ConnectionParameter, "routingWeight must be 0 to 32000.");
        }
    }

    /// <summary>A circuit of another subscription takes the key of an authorization that no other connection has
    /// redeemed.</summary>
    private static ArmError? AuthorizationProblem(PutRequest put, ArmResource circuit)
    {
        var key = put.Properties.Text("authorizationKey");
        var own = ResourceId.Same(ResourceId.Read(circuit.Id)!.Subscription, put.Id.Subscription);
        return key is null ? own ? null : ArmError.Bad(PlaceholderCodes.AuthorizationMissing,
                $"Circuit {circuit.Id} is in another subscription than connection {put.Self}: an authorization key is "
                + "required.")
            : CircuitAuthorizations.Find(put.State, circuit, key) is not { } authorization
            ? ArmError.Bad(PlaceholderCodes.AuthorizationInvalid,
                $"The authorization key '{key}' is not valid for circuit {circuit.Id}.")
            : authorization.Facts.Text("usedBy") is { } user
                && !(ResourceId.Same(user, put.Self) && put.Existing is not null)
            ? ArmError.Bad(PlaceholderCodes.AuthorizationInUse,
                $"The authorization key '{key}' was redeemed by another connection already.")
            : null;
    }
}
