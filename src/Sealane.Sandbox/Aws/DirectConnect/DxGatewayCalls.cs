using System.Text.Json.Nodes;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Aws.DirectConnect;

/// <summary>Direct Connect gateways. Guide step 1.</summary>
/// <remarks>https://docs.aws.amazon.com/directconnect/latest/APIReference/API_CreateDirectConnectGateway.html</remarks>
internal static class DxGatewayCalls
{
    public static IReadOnlyList<DxOperation> All { get; } =
    [
        new("CreateDirectConnectGateway", "*directConnectGatewayName:string tags:list amazonSideAsn:long", Create),
        new("DescribeDirectConnectGateways", "directConnectGatewayId:string" + DxOperation.Page, Describe),
        new("UpdateDirectConnectGateway", "*directConnectGatewayId:string *newDirectConnectGatewayName:string", Update),
        new("DeleteDirectConnectGateway", "*directConnectGatewayId:string", Delete),
    ];

    /// <summary>Names are not unique: a second call makes a second gateway.</summary>
    private static JsonObject Create(DxCall call)
    {
        var name = Name(call.Input.Required("directConnectGatewayName"));
        var asn = call.Input.Number("amazonSideAsn") ?? 64512;
        if (asn is not ((>= 64512 and <= 65534) or (>= 4200000000 and <= 4294967294)))
        {
            throw AwsRefusal.DirectConnect(
                $"Amazon side ASN {asn} must be in the range 64512-65534 or 4200000000-4294967294");
        }
        var tags = DxTags.Read(call.Input);
        if (call.Own(call.State.DxGateways).Count() >= AwsLimits.DxGateways)
        {
            throw AwsRefusal.DirectConnect("You have exceeded the limit of Direct Connect gateways.");
        }
        var gateway = new DxGateway
        {
            Id = call.State.NewUuid(call.World, "dx-gateway", name),
            Region = "",
            State = "pending",
            CreatedAt = call.World.Now,
            ChangedAt = call.World.Now,
            Name = name,
            AmazonSideAsn = asn,
            Tags = tags,
        };
        call.State.DxGateways.Add(gateway);
        call.World.Then(gateway, call.World.Take(Durations.DxGatewayCreate, gateway.Id), "available");
        return DxJson.Of(("directConnectGateway", Json(call, gateway)));
    }

    /// <summary>An unknown id is no error: the list is empty.</summary>
    private static JsonObject Describe(DxCall call)
    {
        var id = call.Input.Text("directConnectGatewayId");
        return call.Page("directConnectGateways", call.Own(call.State.DxGateways).Where(g => id is null || g.Id == id),
            g => Json(call, g));
    }

    private static JsonObject Update(DxCall call)
    {
        var gateway = call.Gateway(call.Input.Required("directConnectGatewayId"));
        gateway.Name = Name(call.Input.Required("newDirectConnectGatewayName"));
        return DxJson.Of(("directConnectGateway", Json(call, gateway)));
    }

    /// <summary>A gateway in use is not refused: it goes <c>deleting</c> and later comes back (terraform-provider-aws
    /// #10214).</summary>
    private static JsonObject Delete(DxCall call)
    {
        var gateway = call.Gateway(call.Input.Required("directConnectGatewayId"));
        if (gateway.State != "deleting")
        {
            var inUse = call.State.IsInUse(gateway);
            gateway.StateChangeError = null;
            call.World.Enter(gateway, "deleting");
            call.World.Then(gateway,
                call.World.Take(inUse ? Durations.DxGatewayRevert : Durations.DxGatewayDelete, gateway.Id),
                inUse ? "available" : Transition.Gone);
        }
        return DxJson.Of(("directConnectGateway", Json(call, gateway)));
    }

    private static string Name(string name) =>
        name.Length <= 100 ? name : throw AwsRefusal.DirectConnect("Direct Connect Gateway name must have length less "
            + "than or equal to 100");

    private static JsonObject Json(DxCall call, DxGateway gateway) => DxJson.Of(
        ("directConnectGatewayId", gateway.Id),
        ("directConnectGatewayName", gateway.Name),
        ("amazonSideAsn", gateway.AmazonSideAsn),
        ("ownerAccount", call.Account),
        ("directConnectGatewayState", gateway.State),
        ("stateChangeError", gateway.StateChangeError),
        ("tags", DxTags.Write(gateway.Tags)));
}
