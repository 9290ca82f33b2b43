using System.Text.Json.Nodes;
using Sealane.Clouds.Http;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Azure;

/// <summary>What ARM's error codes mean for the engine, and what a person can do about them: the whole table.</summary>
/// <remarks>
/// Codes as seen in answers that are quoted in the issues of terraform-provider-azurerm and azure-rest-api-specs, and
/// on
/// https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/common-deployment-errors
/// </remarks>
public static class AzureErrors
{
    private const string ZoneAdvice =
        "give the VPN gateway's public IP zones (azure.vpnGateway.zones: [\"1\", \"2\", \"3\"]); "
        + "in a region without zones leave them out (zones: [])";

    private const string SkuAdvice = "use one of VpnGw1AZ to VpnGw5AZ (azure.vpnGateway.sku)";

    private const string RoleAdvice =
        "give the identity the role Network Contributor on the resource group of the link, and on the VNet's";

    private const string LoginAdvice =
        "run `az login`, or set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET of a service principal";

    private static readonly Dictionary<string, (CloudErrorKind Kind, string? Advice)> Codes = new(
        StringComparer.OrdinalIgnoreCase)
    {
        // Another write holds the object, or one that it refers to is still changing: the same call works later.
        ["AnotherOperationInProgress"] = (CloudErrorKind.Busy, null),
        ["RetryableError"] = (CloudErrorKind.Busy, null),
        // Also for some minutes after the gateway is there (hashicorp/terraform #30569).
        ["RemoteVnetHasNoGateways"] = (CloudErrorKind.Busy, null),
        ["RetryableErrorDueToAnotherOperation"] = (CloudErrorKind.Busy, null),
        ["ReferencedResourceNotProvisioned"] = (CloudErrorKind.Busy, null),
        ["OperationPreempted"] = (CloudErrorKind.Busy, null),
        ["Canceled"] = (CloudErrorKind.Busy, null),
        ["PreconditionFailed"] = (CloudErrorKind.Busy, null),
        ["ResourceGroupBeingDeleted"] = (CloudErrorKind.Busy, "wait until the resource group is gone, then run again"),
        // Back-references outlive the object that held them by seconds to minutes (azurerm #688).
        ["InUseSubnetCannotBeDeleted"] = (CloudErrorKind.Busy, null),
        ["PublicIPAddressCannotBeDeleted"] = (CloudErrorKind.Busy, null),
        ["VirtualNetworkGatewayCannotBeDeleted"] = (CloudErrorKind.Busy, null),
        ["LocalNetworkGatewayCannotBeDeleted"] = (CloudErrorKind.Busy, null),
        // On a circuit: the provider has not let go of it yet.
        ["ConflictError"] = (CloudErrorKind.Busy,
            "the circuit can be deleted when Megaport has cancelled the VXC that uses it"),

        ["ResourceNotFound"] = (CloudErrorKind.NotFound, null),
        ["NotFound"] = (CloudErrorKind.NotFound, null),
        ["ResourceGroupNotFound"] = (CloudErrorKind.NotFound, null),
        ["ParentResourceNotFound"] = (CloudErrorKind.NotFound, null),
        ["SubscriptionNotFound"] = (CloudErrorKind.Denied,
            "check azure.subscription, and that the identity can see that subscription: `az account list`"),
        ["InvalidSubscriptionId"] = (CloudErrorKind.Invalid, "check azure.subscription"),

        ["InvalidAuthenticationToken"] = (CloudErrorKind.Denied, LoginAdvice),
        ["InvalidAuthenticationTokenTenant"] = (CloudErrorKind.Denied,
            "the credentials belong to another tenant than the subscription: set azure.tenant"),
        ["ExpiredAuthenticationToken"] = (CloudErrorKind.Denied, LoginAdvice),
        ["AuthenticationFailed"] = (CloudErrorKind.Denied, LoginAdvice),
        ["AuthorizationFailed"] = (CloudErrorKind.Denied, RoleAdvice),
        ["LinkedAuthorizationFailed"] = (CloudErrorKind.Denied, RoleAdvice),
        ["RequestDisallowedByPolicy"] = (CloudErrorKind.Denied,
            "an Azure Policy of the subscription forbids it: ask its owner"),
        ["ScopeLocked"] = (CloudErrorKind.Denied, "remove the resource lock on the resource group or the object"),

        ["TooManyRequests"] = (CloudErrorKind.Throttled, null),
        ["SubscriptionRequestsThrottled"] = (CloudErrorKind.Throttled, null),

        ["StaticPublicIPCountLimitReached"] =
            (CloudErrorKind.Quota, "ask for more static public IP addresses in that region"),
        ["PublicIPCountLimitReached"] = (CloudErrorKind.Quota, "ask for more public IP addresses in that region"),
        ["IPv4BasicSkuPublicIpCountLimitReached"] = (CloudErrorKind.Invalid,
            "Basic public IPs cannot be made any more: use Standard"),
        ["QuotaExceeded"] = (CloudErrorKind.Quota, "ask for a higher quota in that region"),

        ["InvalidResourceLocation"] = (CloudErrorKind.Exists,
            "an object of that name exists in another region: choose another name or delete it"),
        ["MissingSubscriptionRegistration"] = (CloudErrorKind.Invalid,
            "register the provider once: `az provider register --namespace Microsoft.Network`"),
        ["NonAzSkusNotAllowedForVPNGateway"] = (CloudErrorKind.Invalid, SkuAdvice),
        ["VmssVpnGatewayPublicIpsMustHaveZonesConfigured"] = (CloudErrorKind.Invalid, ZoneAdvice),
        ["LocationNotSupportAvailabilityZones"] = (CloudErrorKind.Invalid, ZoneAdvice),
        ["PublicIpForGatewayIsRequired"] = (CloudErrorKind.Invalid, null),
        ["BgpPeeringAddressesCountNotCorrect"] = (CloudErrorKind.Invalid, null),
        ["VirtualNetworkGatewayBgpPeeringAddressCannotBeModified"] = (CloudErrorKind.Invalid, null),
        ["InvalidGatewaySkuSpecifiedForGatewayDeploymentType"] = (CloudErrorKind.Invalid, SkuAdvice),
        ["InvalidGatewaySize"] =
            (CloudErrorKind.Invalid, "check azure.vpnGateway.sku and azure.expressRouteGateway.sku"),
        ["ExpressRouteVirtualNetworkGatewayAutoscaleBoundsNotValid"] = (CloudErrorKind.Invalid,
            "an ExpressRoute gateway cannot move between zonal and regional SKUs in place"),
        ["LocalNetworkGatewayCannotHaveSameAddressAsConnectedVnetGateway"] = (CloudErrorKind.Invalid, null),
        ["InvalidResourceReference"] = (CloudErrorKind.Invalid, null),
    };

    /// <param name="writes">Whether the call could have changed something: then an unusable answer leaves us
    /// uncertain.</param>
    public static (CloudErrorKind Kind, string? Advice) Classify(int? status, string? code, bool writes)
    {
        if (code is not null && Codes.TryGetValue(code, out var known))
        {
            return known;
        }
        return status switch
        {
            401 => (CloudErrorKind.Denied, LoginAdvice),
            403 => (CloudErrorKind.Denied, RoleAdvice),
            412 => (CloudErrorKind.Busy, null),
            429 => (CloudErrorKind.Throttled, null),
            408 or >= 500 => (writes ? CloudErrorKind.Uncertain : CloudErrorKind.Unavailable, null),
            // ARM refuses with a code. What comes without one comes from something in between, and says nothing of ARM.
            not null when code is null =>
                (writes ? CloudErrorKind.Uncertain : CloudErrorKind.Unavailable, UnreadableReply.Advice),
            _ => (CloudErrorKind.Invalid, null),
        };
    }

    /// <summary>An answer that says no, as the envelope <c>{"error":{"code","message","details"}}</c> has it.</summary>
    internal static CloudError Of(string operation, ArmReply reply, bool writes)
    {
        var error = reply.Body.At("error") ?? reply.Body;
        var code = error.Text("code");
        var (kind, advice) = Classify(reply.Status, code, writes);
        return new(Cloud.Azure, operation, kind, reply.Status, code, MessageOf(error, reply.Status), reply.RequestId,
            advice)
        {
            RetryAfter = reply.RetryAfter,
        };
    }

    /// <summary>A good status with an answer that does not say what was asked.</summary>
    internal static CloudError Unreadable(string operation, ArmReply reply, bool writes, string what) => new(
        Cloud.Azure, operation, writes ? CloudErrorKind.Uncertain : CloudErrorKind.Unavailable, reply.Status, null,
        $"the reply could not be read: {what}", reply.RequestId, UnreadableReply.Advice);

    /// <summary>The <c>error</c> of a long-running operation that ended <c>Failed</c> or <c>Canceled</c>.</summary>
    internal static CloudError OfOperation(string operation, JsonNode? error, string? requestId)
    {
        var code = error.Text("code");
        var (kind, advice) = Classify(null, code, writes: true);
        return new(Cloud.Azure, operation, kind, null, code, MessageOf(error, null), requestId, advice);
    }

    /// <summary>The token could not be had. Messages of the login service name the fault, never the secret.</summary>
    internal static CloudError NoToken(string reason, bool unavailable, Exception? inner) => new(
        Cloud.Azure, "POST token", unavailable ? CloudErrorKind.Unavailable : CloudErrorKind.Denied, null, null,
        unavailable ? $"the login service does not answer: {reason}" : $"no token for Azure: {reason}",
        advice: unavailable ? null : LoginAdvice, inner: inner);

    /// <summary>An object of the name that we would use, which this link did not make.</summary>
    internal static CloudError Foreign(string id, string link, string? otherLink) => new(
        Cloud.Azure, $"GET {AzureIds.NameOf(id)}", CloudErrorKind.Doubtful, null, null,
        otherLink is null
            ? $"{id} exists and does not carry the tag sealane={link}"
            : LinkTag.IsDisowned(otherLink) ? $"{id} was {otherLink}"
            : $"{id} belongs to the link {otherLink}",
        advice: "choose another name in the spec, or, if it is to be this link's, hand it over with sealane adopt");

    internal static CloudError Renamed(string found, string wanted, string link) => new(
        Cloud.Azure, $"GET {AzureIds.NameOf(wanted)}", CloudErrorKind.Invalid, null, null,
        $"{found} bears the tag sealane={link}, but no name of the spec is its own",
        advice: "put the old name back into the spec: names of living objects cannot change; for another name, "
            + "destroy first and apply then. Where only the key of a written part was changed, name both in moved: "
            + "[{from: OLD, to: NEW}]");

    private static string MessageOf(JsonNode? error, int? status)
    {
        var message = error.Text("message") ?? (status is { } s ? $"HTTP {s} without a reason" : "no reason given");
        var details = error.Items("details")
            .Select(detail => $"{detail.Text("code")}: {detail.Text("message")}")
            .Where(text => text.Length > 2 && !message.Contains(text, StringComparison.Ordinal));
        return string.Join("; ", new[] { message }.Concat(details));
    }
}
