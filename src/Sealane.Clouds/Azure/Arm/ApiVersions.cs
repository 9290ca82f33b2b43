namespace Sealane.Clouds.Azure;

/// <summary>The api-versions that every ARM call is pinned to: a newer one may rename members under our feet.</summary>
/// <remarks>https://learn.microsoft.com/rest/api/virtualnetwork/ and
/// https://learn.microsoft.com/rest/api/resources/</remarks>
public static class ApiVersions
{
    /// <summary>Microsoft.Network: gateways, circuits, connections, addresses, subnets.</summary>
    public const string Network = "2025-05-01";

    /// <summary>Shows a VNet's summarizedGatewayPrefixes, which earlier versions leave out.</summary>
    /// <remarks>https://learn.microsoft.com/azure/expressroute/expressroute-about-virtual-network-gateways</remarks>
    public const string VnetWithSummary = "2025-07-01";

    /// <summary>Resource groups and what is in them.</summary>
    public const string Resources = "2025-04-01";

    /// <summary>Subscriptions and their regions.</summary>
    public const string Subscriptions = "2022-12-01";

    /// <summary>What an identity may do at a scope.</summary>
    /// <remarks>https://learn.microsoft.com/rest/api/authorization/permissions</remarks>
    public const string Permissions = "2022-04-01";

    /// <remarks>https://learn.microsoft.com/rest/api/resources/management-locks</remarks>
    public const string Locks = "2020-05-01";

    /// <summary>What policies would say of an object.</summary>
    /// <remarks>https://learn.microsoft.com/rest/api/policyinsights/policy-restrictions</remarks>
    public const string PolicyRestrictions = "2024-10-01";

    /// <summary>All tags of a scope, as an object of their own.</summary>
    /// <remarks>https://learn.microsoft.com/rest/api/resources/tags</remarks>
    public const string Tags = "2021-04-01";
    internal const string TagsOfScope = "/providers/Microsoft.Resources/tags/default";

    public static string Of(string path) => IsOfSubscription(path) ? Subscriptions :
        path.EndsWith("/providers/Microsoft.PolicyInsights/checkPolicyRestrictions",
            StringComparison.OrdinalIgnoreCase) ? PolicyRestrictions :
        path.EndsWith("/providers/Microsoft.Authorization/permissions", StringComparison.OrdinalIgnoreCase)
            ? Permissions :
        path.EndsWith(TagsOfScope, StringComparison.OrdinalIgnoreCase) ? Tags :
        path.EndsWith("/providers/Microsoft.Authorization/locks", StringComparison.OrdinalIgnoreCase) ? Locks :
        path.Contains("/providers/Microsoft.Network/", StringComparison.OrdinalIgnoreCase) ? Network : Resources;

    private static bool IsOfSubscription(string path) => path.Trim('/').Split('/') is ["subscriptions", _]
        or ["subscriptions", _, "locations"];
}
