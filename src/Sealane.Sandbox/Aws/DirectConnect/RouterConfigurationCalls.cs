using System.Text.Json.Nodes;

namespace Sealane.Sandbox.Aws.DirectConnect;

/// <summary>The text for a router at the other end of a VIF.</summary>
/// <remarks>https://docs.aws.amazon.com/directconnect/latest/APIReference/API_DescribeRouterConfiguration.html</remarks>
internal static class RouterConfigurationCalls
{
    private const string Default = "CiscoSystemsInc-2900SeriesRouters-IOS124";

    public static IReadOnlyList<DxOperation> All { get; } =
    [
        new("DescribeRouterConfiguration", "*virtualInterfaceId:string routerTypeIdentifier:string", Describe),
    ];

    private static JsonObject Describe(DxCall call)
    {
        var vif = call.Vif(call.Input.Required("virtualInterfaceId"));
        var router = call.Input.Text("routerTypeIdentifier") ?? Default;
        if (router.Split('-') is not [var vendor, var platform, var software])
        {
            throw AwsRefusal.DirectConnect($"Router type {router} does not exist.");
        }
        return DxJson.Of(
            ("customerRouterConfig",
                VifJson.RouterConfig(call.State, vif)),
            ("router", DxJson.Of(
                ("vendor", vendor), ("platform", platform), ("software", software),
                ("xsltTemplateName", $"customer-router-{vendor.ToLowerInvariant()}.xslt"),
                ("xsltTemplateNameForMacSec", ""), ("routerTypeIdentifier", router))),
            ("virtualInterfaceId", vif.Id),
            ("virtualInterfaceName", vif.Name));
    }
}
