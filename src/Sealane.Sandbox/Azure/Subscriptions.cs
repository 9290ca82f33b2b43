using System.Text.Json.Nodes;
using Sealane.Core.Design;
using Sealane.Sandbox.Azure.Kinds;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Azure;

/// <summary>The tenant, its subscription, registered providers, regions, and lists over the whole
/// subscription.</summary>
/// <remarks>https://learn.microsoft.com/rest/api/resources/subscriptions</remarks>
internal static class Subscriptions
{
    private static readonly string[] ApiVersions =
    [
        "2026-01-01", "2025-09-01", "2025-07-01", "2025-05-01", "2025-03-01", "2024-10-01", "2024-07-01", "2024-05-01",
        "2024-03-01", "2023-09-01", "2022-01-01", "2020-11-01", "2018-11-01",
    ];

    public static WireReply Tenants(ArmCall call) => ResourceReader.Pages(call,
    [
        new()
        {
            ["id"] = $"/tenants/{call.State.Tenant}",
            ["tenantId"] = call.State.Tenant,
            ["countryCode"] = "AU",
            ["displayName"] = "Sandbox",
            ["domains"] = Json.Array(["sandbox.onmicrosoft.com"]),
            ["tenantCategory"] = "Home",
        },
    ]);

    public static WireReply List(ArmCall call) => ResourceReader.Pages(call,
        [.. call.State.OtherSubscriptions.Prepend(call.State.Subscription).Select(one => Show(call, one))]);

    public static JsonObject Show(ArmCall call) => Show(call, call.Subscription);

    private static JsonObject Show(ArmCall call, string subscription) => new()
    {
        ["id"] = $"/subscriptions/{subscription}",
        ["authorizationSource"] = "RoleBased",
        ["subscriptionId"] = subscription,
        ["tenantId"] = call.State.Tenant,
        ["displayName"] = "Sandbox",
        ["state"] = "Enabled",
        ["subscriptionPolicies"] = new JsonObject
        {
            ["locationPlacementId"] = "Public_2014-09-01",
            ["quotaId"] = "PayAsYouGo_2014-09-01",
            ["spendingLimit"] = "Off",
        },
    };

    public static WireReply Answer(ArmCall call, IReadOnlyList<string> rest) =>
        call.Method != "GET" ? ArmFace.NotAllowed(call)
        : rest switch
        {
            [var what] when ResourceId.Same(what, "locations") =>
                ResourceReader.Pages(call, [.. Region.All.Select(region => Show(call, region))]),
            [var what] when ResourceId.Same(what, "providers") => ResourceReader.Pages(call, [Provider(call)]),
            [var what] when ResourceId.Same(what, "resources") => Resources(call, null),
            [var what, var provider]
                when ResourceId.Same(what, "providers") => ResourceId.Same(provider, ResourceId.Provider)
                ? call.Reply(200, Provider(call))
                : UnknownNamespace(call, provider),
            _ => ArmFace.NotServed(call),
        };

    public static WireReply Register(ArmCall call, string provider, bool registered)
    {
        if (call.Method != "POST")
        {
            return ArmFace.NotAllowed(call);
        }
        if (!ResourceId.Same(provider, ResourceId.Provider))
        {
            return UnknownNamespace(call, provider);
        }
        call.State.RegisteredProviders.Remove(ResourceId.Provider);
        if (registered)
        {
            call.State.RegisteredProviders.Add(ResourceId.Provider);
        }
        return call.Reply(200, Provider(call));
    }

    public static WireReply ListType(ArmCall call, string type) =>
        ResourceId.Same(type, "expressRouteServiceProviders") ? ResourceReader.Pages(call, [ServiceProvider(call)])
        : AllKinds.Find(type) is { IsChild: false } kind ? ResourceReader.List(call,
            call.State.All(kind).Where(one => AzureState.IsIn(one, $"/subscriptions/{call.Subscription}")))
        : ArmFace.NotServed(call);

    /// <summary>All resources that stand by themselves, in short form; <c>$filter</c> by type, name or tag.</summary>
    public static WireReply Resources(ArmCall call, ArmResource? inGroup)
    {
        var filter = ResourceFilter.Read(call.Query.GetValueOrDefault("$filter", ""));
        return filter is null
            ? call.Refuse(ArmError.Bad("InvalidFilterInQueryString", "Invalid $filter in the query string."))
            : ResourceReader.Pages(call,
            [
                .. from resource in call.State.Resources
                   where resource.ParentId is null && filter(resource)
                       && AzureState.IsIn(resource, inGroup?.Id ?? $"/subscriptions/{call.Subscription}")
                   select Short(resource),
            ]);
    }

    private static JsonObject Short(ArmResource resource)
    {
        var shown = new JsonObject
        {
            ["id"] = resource.Id,
            ["name"] = resource.Name,
            ["type"] = resource.Type,
            ["location"] = resource.Location,
        };
        foreach (var member in new[] { "tags", "sku", "zones" })
        {
            if (resource.Body[member] is { } value)
            {
                shown[member] = value.DeepClone();
            }
        }
        return shown;
    }

    private static WireReply UnknownNamespace(ArmCall call, string provider) =>
        call.Refuse(new(404, "InvalidResourceNamespace", $"The resource namespace '{provider}' is invalid."));

    private static JsonObject Show(ArmCall call, Region region)
    {
        var shown = Plain(call, region);
        if (region.HasZones)
        {
            shown["availabilityZoneMappings"] = new JsonArray([.. Enumerable.Range(1, 3).Select(zone =>
                (JsonNode)new JsonObject
                {
                    ["logicalZone"] = $"{zone}",
                    ["physicalZone"] = $"{region.Name}-az{zone}",
                })]);
        }
        return shown;
    }

    private static JsonObject Plain(ArmCall call, Region region) => new()
    {
        ["id"] = $"/subscriptions/{call.Subscription}/locations/{region.Name}",
        ["name"] = region.Name,
        ["type"] = "Region",
        ["displayName"] = region.DisplayName,
        ["regionalDisplayName"] = region.DisplayName,
        ["metadata"] = new JsonObject { ["regionType"] = "Physical", ["regionCategory"] = "Recommended" },
    };

    private static JsonObject Provider(ArmCall call) => new()
    {
        ["id"] = $"/subscriptions/{call.Subscription}/providers/{ResourceId.Provider}",
        ["namespace"] = ResourceId.Provider,
        ["registrationPolicy"] = "RegistrationRequired",
        ["registrationState"] = call.State.RegisteredProviders.Contains(ResourceId.Provider) ? "Registered"
            : "NotRegistered",
        ["resourceTypes"] = new JsonArray([.. AllKinds.All.Select(kind => (JsonNode)new JsonObject
        {
            ["resourceType"] = kind.Type,
            ["locations"] = Json.Array(Region.All.Select(region => region.DisplayName)),
            ["apiVersions"] = Json.Array(ApiVersions),
        })]),
    };

    private static JsonObject ServiceProvider(ArmCall call) => new()
    {
        ["name"] = PeeringLocation.Provider,
        ["id"] = $"/subscriptions/{call.Subscription}/providers/{ResourceId.Provider}/expressRouteServiceProviders"
            + $"/{PeeringLocation.Provider}",
        ["type"] = $"{ResourceId.Provider}/expressRouteServiceProviders",
        ["properties"] = new JsonObject
        {
            ["provisioningState"] = "Succeeded",
            ["peeringLocations"] = Json.Array(PeeringLocation.All.Select(location => location.Name)),
            ["bandwidthsOffered"] = new JsonArray([.. CircuitSizes.Mbps.Select(mbps => (JsonNode)new JsonObject
            {
                ["offerName"] = mbps < 1000 ? $"{mbps}Mbps" : $"{mbps / 1000}Gbps",
                ["valueInMbps"] = mbps,
            })]),
        },
    };
}
