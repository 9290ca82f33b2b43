using System.Text.Json.Nodes;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Aws.DirectConnect;

/// <summary>Transit virtual interfaces: BGP towards the MCR. Guide step 7.</summary>
/// <remarks>https://docs.aws.amazon.com/directconnect/latest/APIReference/API_CreateTransitVirtualInterface.html</remarks>
internal static class TransitVifCalls
{
    private static readonly DxShape NewVif = new(
        "virtualInterfaceName:string vlan:integer asn:integer asnLong:long mtu:integer authKey:string "
            + "amazonAddress:string "
        + "customerAddress:string addressFamily:string directConnectGatewayId:string tags:list enableSiteLink:boolean");

    public static IReadOnlyList<DxOperation> All { get; } =
    [
        new("CreateTransitVirtualInterface", "*connectionId:string *newTransitVirtualInterface:object", Create),
        new("DescribeVirtualInterfaces", "connectionId:string virtualInterfaceId:string" + DxOperation.Page, Describe),
        new("UpdateVirtualInterfaceAttributes",
            "*virtualInterfaceId:string mtu:integer enableSiteLink:boolean virtualInterfaceName:string", Update),
        new("DeleteVirtualInterface", "*virtualInterfaceId:string", Delete),
    ];

    private static JsonObject Create(DxCall call)
    {
        var connection = call.Connection(call.Input.Required("connectionId"));
        var asked = call.Input.At("newTransitVirtualInterface", NewVif);
        if (connection.State != "available")
        {
            throw AwsRefusal.DirectConnect(
                $"Connection {connection.Id} is in state {connection.State} and must be available.");
        }
        var name = asked.Required("virtualInterfaceName");
        var vlan = asked.Number("vlan") ?? throw AwsRefusal.DirectConnect("VLAN must be provided.");
        if (vlan != connection.Vlan)
        {
            throw AwsRefusal.DirectConnect(
                $"VLAN {vlan} does not match VLAN {connection.Vlan} of hosted connection {connection.Id}.");
        }
        if (call.State.HasVirtualInterface(connection.Id))
        {
            throw AwsRefusal.DirectConnect(
                $"Hosted connection {connection.Id} already has a virtual interface; the limit is one.");
        }
        var gateway = call.Gateway(asked.Required("directConnectGatewayId"));
        if (gateway.State != "available")
        {
            throw AwsRefusal.DirectConnect(
                $"Direct Connect Gateway {gateway.Id} is in state {gateway.State} and must be available.");
        }
        if (call.State.VifsOf(gateway.Id).Count() >= AwsLimits.VifsPerDxGateway)
        {
            throw AwsRefusal.DirectConnect($"The number of virtual interfaces on {gateway.Id} exceeds the limit.");
        }
        var mtu = Mtu(asked) ?? 1500;
        var tags = DxTags.Read(asked);
        var peer = BgpPeerCalls.Make(call, asked, name);
        var vif = new TransitVif
        {
            Id = call.State.NewDxId(call.World, "dxvif-", name),
            Region = connection.Region,
            State = "pending",
            CreatedAt = call.World.Now,
            ChangedAt = call.World.Now,
            Name = name,
            ConnectionId = connection.Id,
            DxGatewayId = gateway.Id,
            Vlan = (int)vlan,
            Mtu = mtu,
            SiteLink = asked.Flag("enableSiteLink") ?? false,
            Peers = [peer],
            Tags = tags,
        };
        call.State.Vifs.Add(vif);
        call.World.Then(vif, call.World.Take(Durations.VifCreate, vif.Id), "down");
        return DxJson.Of(("virtualInterface", VifJson.Of(call, vif)));
    }

    /// <summary>An unknown id gives an empty list. Deleted VIFs stay listed for a quarter of an hour.</summary>
    private static JsonObject Describe(DxCall call)
    {
        var (id, connection) = (call.Input.Text("virtualInterfaceId"), call.Input.Text("connectionId"));
        return call.Page("virtualInterfaces",
            call.State.Vifs.Where(v => v.Region == call.Region && (id is null || v.Id == id)
                && (connection is null || v.ConnectionId == connection)), v => VifJson.Of(call, v));
    }

    private static JsonObject Update(DxCall call)
    {
        var vif = call.Vif(call.Input.Required("virtualInterfaceId"));
        if (vif.State is not ("down" or "testing"))
        {
            throw AwsRefusal.DirectConnect(
                $"Virtual Interface {vif.Id} is in state {vif.State} and must be available.");
        }
        var mtu = Mtu(call.Input);
        vif.Name = call.Input.Text("virtualInterfaceName") ?? vif.Name;
        vif.SiteLink = call.Input.Flag("enableSiteLink") ?? vif.SiteLink;
        if (mtu is not null && mtu != vif.Mtu)
        {
            // A change of MTU sets the port up anew and interrupts its sessions.
            vif.Mtu = mtu.Value;
            call.World.Enter(vif, "pending");
            call.World.Then(vif, call.World.Take(Durations.VifUpdate, $"{vif.Id}/{call.World.Now.UtcTicks}"), "down");
        }
        return VifJson.Of(call, vif);
    }

    private static JsonObject Delete(DxCall call)
    {
        var vif = call.Vif(call.Input.Required("virtualInterfaceId"));
        if (vif.State != "deleting")
        {
            call.World.Enter(vif, "deleting");
            call.World.Then(vif, call.World.Take(Durations.VifDelete, vif.Id), "deleted");
            AwsState.Forget(call.World, vif, Durations.DeletedVifStaysListed);
        }
        return DxJson.Of(("virtualInterfaceState", vif.State));
    }

    private static int? Mtu(DxInput input) => input.Number("mtu") switch
    {
        null => null,
        1500 => 1500,
        8500 => 8500,
        var other => throw AwsRefusal.DirectConnect($"MTU {other} is invalid. A transit virtual interface supports "
            + $"1500 and 8500."),
    };
}
