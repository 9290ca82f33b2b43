using System.Text.Json.Nodes;

namespace Sealane.Sandbox.Aws.DirectConnect;

/// <summary>VIFs seen from their Direct Connect gateway.</summary>
/// <remarks>https://docs.aws.amazon.com/directconnect/latest/APIReference/API_DescribeDirectConnectGatewayAttachments.html</remarks>
internal static class DxAttachmentCalls
{
    public static IReadOnlyList<DxOperation> All { get; } =
    [
        new("DescribeDirectConnectGatewayAttachments",
            "directConnectGatewayId:string virtualInterfaceId:string" + DxOperation.Page, Describe),
    ];

    private static JsonObject Describe(DxCall call)
    {
        var (gateway, vif) = (call.Input.Text("directConnectGatewayId"), call.Input.Text("virtualInterfaceId"));
        return gateway is null && vif is null
            ? throw AwsRefusal.DirectConnect("One of directConnectGatewayId or virtualInterfaceId must be provided.")
            : call.Page("directConnectGatewayAttachments",
                call.State.Vifs.Where(v => v.State != "deleted" && v.DxGatewayId.Length > 0
                    && (call.Owns(v.DxGatewayId) || call.Owns(v.Id))
                    && (gateway is null || v.DxGatewayId == gateway) && (vif is null || v.Id == vif)),
                v => DxJson.Of(
                    ("directConnectGatewayId", v.DxGatewayId),
                    ("virtualInterfaceId", v.Id),
                    ("virtualInterfaceRegion", v.Region),
                    ("virtualInterfaceOwnerAccount", call.State.OwnerOf(v.Id)),
                    ("attachmentState",
                        v.State switch { "pending" => "attaching", "deleting" => "detaching", _ => "attached" }),
                    ("attachmentType",
                        v.Type == DxVif.Private ? "PrivateVirtualInterface" : "TransitVirtualInterface")));
    }
}
