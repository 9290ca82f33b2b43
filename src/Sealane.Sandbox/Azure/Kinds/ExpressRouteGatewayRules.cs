namespace Sealane.Sandbox.Azure.Kinds;

/// <summary>What an ExpressRoute gateway must look like. Guide step 11.</summary>
internal static class ExpressRouteGatewayRules
{
    public static IEnumerable<ArmError> Of(PutRequest put)
    {
        var sku = put.Properties.Text("sku", "name");
        if (!GatewaySkus.IsExpressRoute(sku))
        {
            yield return ArmError.Bad("InvalidGatewaySkuSpecifiedForGatewayDeploymentType",
                $"Gateway sku {sku} is not valid for gateway type ExpressRoute.");
        }
        var (least, most) = (put.Properties.Number("autoScaleConfiguration", "bounds", "min"),
            put.Properties.Number("autoScaleConfiguration", "bounds", "max"));
        var zonal = IsZonal(sku);
        if ((put.Properties.At("autoScaleConfiguration") is not null
            && (sku != "ErGwScale" || least < 1 || most > 40 || most < least))
            || (put.Existing is { } existing && IsZonal(existing.Properties.Text("sku", "name")) != zonal))
        {
            yield return ArmError.Bad("ExpressRouteVirtualNetworkGatewayAutoscaleBoundsNotValid",
                $"The sku or the scale units of express route gateway {put.Self} are not valid or cannot be changed "
                    + $"in place.");
        }
        // The service gives the gateway a hidden address of its own since August 2025; one that is sent is still taken.
        foreach (var configuration in put.Properties.Items("ipConfigurations"))
        {
            if (put.State.Find(configuration.Text("properties", "publicIPAddress", "id"))
                ?.Body.Text("sku", "name") == "Basic")
            {
                yield return ArmError.Bad("PublicIpWithBasicSkuNotAllowedOnExpressRouteGateways",
                    "A public IP address with Basic sku is not allowed on ExpressRoute gateways.");
            }
        }
    }

    private static bool IsZonal(string? sku) => sku is not null && sku.StartsWith("ErGw", StringComparison.Ordinal);
}
