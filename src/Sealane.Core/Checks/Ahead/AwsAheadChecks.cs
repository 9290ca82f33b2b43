namespace Sealane.Core.Checks.Ahead;

/// <summary>SL621-622: what AWS says before a gateway is ordered.</summary>
public static class AwsAheadChecks
{
    /// <summary>As shipped; it can be raised on request:
    /// https://docs.aws.amazon.com/vpc/latest/tgw/transit-gateway-quotas.html</summary>
    private const int TransitGatewaysAsShipped = 5;

    public static readonly AheadCheck NoRouteInTheWay = new()
    {
        Id = "SL621",
        Severity = Severity.Error,
        Title = "No route of the VPC leads the VNet's prefixes elsewhere",
        Why = "The VPC's routes come last of all. A table that has a route to the same prefix refuses a second one "
            + "(RouteAlreadyExists), half an hour after everything was ordered.",
        Fix = "Delete the route if nothing needs it, or name other tables in aws.routeTables.",
        Sources = [Docs.VpcAttachments],
        Find = found => from route in found.Aws.RoutesInTheWay ?? []
                        select new Flaw("aws.routeTables", $"{route.Table} has a route {route.Destination} to "
                            + $"{route.Target} already"),
    };

    public static readonly AheadCheck TransitGatewayQuota = new()
    {
        Id = "SL622",
        Severity = Severity.Error,
        Title = "The account may have another transit gateway",
        Why = $"An account has at most {TransitGatewaysAsShipped} transit gateways a region as shipped "
            + "(TransitGatewayLimitExceeded).",
        Fix = "Use an existing one (aws.transitGateway.id), or have the quota raised and silence this with that "
            + "reason.",
        Sources = [Docs.TransitGatewayQuotas],
        Find = found => found.Aws.TransitGateways is { } count && count >= TransitGatewaysAsShipped
            && found.Makes("aws/transit-gateway")
            ? [new("aws.transitGateway", $"the region has {count} transit gateways already; "
                + $"{TransitGatewaysAsShipped} is the quota as shipped")]
            : [],
    };
}
