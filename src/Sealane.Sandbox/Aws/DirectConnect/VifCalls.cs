using System.Text.Json.Nodes;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Aws.DirectConnect;

/// <summary>Virtual interfaces: BGP towards the MCR. Guide step 7.</summary>
/// <remarks>https://docs.aws.amazon.com/directconnect/latest/APIReference/API_CreateTransitVirtualInterface.html</remarks>
internal static class VifCalls
{
    private const string NewVif =
        "virtualInterfaceName:string vlan:integer asn:integer asnLong:long authKey:string amazonAddress:string "
        + "customerAddress:string addressFamily:string tags:list";

    private static readonly Dictionary<string, DxShape> Shapes = new()
    {
        [DxVif.Transit] = new(NewVif + " mtu:integer directConnectGatewayId:string enableSiteLink:boolean"),
        [DxVif.Private] = new(
            NewVif + " mtu:integer directConnectGatewayId:string virtualGatewayId:string enableSiteLink:boolean"),
        [DxVif.Public] = new(NewVif + " routeFilterPrefixes:list"),
    };

    private static readonly DxShape PrefixShape = new("cidr:string");

    public static IReadOnlyList<DxOperation> All { get; } =
    [
        new("CreateTransitVirtualInterface", "*connectionId:string *newTransitVirtualInterface:object",
            call => DxJson.Of(("virtualInterface", Create(call, DxVif.Transit, "newTransitVirtualInterface")))),
        new("CreatePrivateVirtualInterface", "*connectionId:string *newPrivateVirtualInterface:object",
            call => Create(call, DxVif.Private, "newPrivateVirtualInterface")),
        new("CreatePublicVirtualInterface", "*connectionId:string *newPublicVirtualInterface:object",
            call => Create(call, DxVif.Public, "newPublicVirtualInterface")),
        new("DescribeVirtualInterfaces", "connectionId:string virtualInterfaceId:string" + DxOperation.Page, Describe),
        new("UpdateVirtualInterfaceAttributes",
            "*virtualInterfaceId:string mtu:integer enableSiteLink:boolean virtualInterfaceName:string", Update),
        new("DeleteVirtualInterface", "*virtualInterfaceId:string", Delete),
        new("DescribeVirtualGateways", "" + DxOperation.Page, Gateways),
    ];

    private static JsonObject Create(DxCall call, string type, string member)
    {
        var connection = call.Connection(call.Input.Required("connectionId"));
        var asked = call.Input.At(member, Shapes[type]);
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
        var (dxGateway, vpnGateway) = GatewayOf(call, asked, type);
        var mtu = Mtu(asked, type) ?? 1500;
        var tags = DxTags.Read(asked);
        var peer = BgpPeerCalls.Make(call, asked, name);
        var vif = new DxVif
        {
            Id = call.State.NewDxId(call.World, "dxvif-", name),
            Region = connection.Region,
            State = "pending",
            CreatedAt = call.World.Now,
            ChangedAt = call.World.Now,
            Type = type,
            Name = name,
            ConnectionId = connection.Id,
            DxGatewayId = dxGateway ?? "",
            VirtualGatewayId = vpnGateway ?? "",
            RouteFilterPrefixes = [.. asked.Items("routeFilterPrefixes", PrefixShape).Select(p => p.Required("cidr"))],
            Vlan = (int)vlan,
            Mtu = mtu,
            SiteLink = asked.Flag("enableSiteLink") ?? false,
            Peers = [peer],
            Tags = tags,
        };
        call.State.Vifs.Add(vif);
        call.World.Then(vif, call.World.Take(Durations.VifCreate, vif.Id), "down");
        return VifJson.Of(call, vif);
    }

    /// <summary>A transit VIF has a Direct Connect gateway, a private one that or a virtual private gateway.</summary>
    private static (string? DxGateway, string? VpnGateway) GatewayOf(DxCall call, DxInput asked, string type)
    {
        if (type == DxVif.Public)
        {
            return (null, null);
        }
        if (type == DxVif.Private && asked.Text("virtualGatewayId") is { } vpn)
        {
            return call.Own(call.State.VpnGateways).Any(g => g.Id == vpn && g.IsLive && g.Region == call.Region)
                ? (null, vpn)
                : throw AwsRefusal.DirectConnect($"Virtual gateway {vpn} does not exist.");
        }
        var gateway = call.Gateway(asked.Required("directConnectGatewayId"));
        if (gateway.State != "available")
        {
            throw AwsRefusal.DirectConnect(
                $"Direct Connect Gateway {gateway.Id} is in state {gateway.State} and must be available.");
        }
        return call.State.VifsOf(gateway.Id).Count() < AwsLimits.VifsPerDxGateway
            ? (gateway.Id, null)
            : throw AwsRefusal.DirectConnect($"The number of virtual interfaces on {gateway.Id} exceeds the limit.");
    }

    private static JsonObject Gateways(DxCall call) => call.Page("virtualGateways",
        call.Own(call.State.VpnGateways).Where(g => g.Region == call.Region && g.State != "deleted"),
        g => DxJson.Of(("virtualGatewayId", g.Id), ("virtualGatewayState", g.State)));

    /// <summary>An unknown id gives an empty list. Deleted VIFs stay listed for a quarter of an hour.</summary>
    private static JsonObject Describe(DxCall call)
    {
        var (id, connection) = (call.Input.Text("virtualInterfaceId"), call.Input.Text("connectionId"));
        return call.Page("virtualInterfaces",
            call.Own(call.State.Vifs).Where(v => v.Region == call.Region && (id is null || v.Id == id)
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
        var mtu = Mtu(call.Input, vif.Type);
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

    private static int? Mtu(DxInput input, string type) => (input.Number("mtu"), type) switch
    {
        (null, _) => null,
        (1500, _) => 1500,
        (8500, DxVif.Transit) => 8500,
        (9001, DxVif.Private) => 9001,
        var (other, _) => throw AwsRefusal.DirectConnect(
            $"MTU {other} is invalid. A transit virtual interface supports 1500 and 8500, "
            + "a private one 1500 and 9001."),
    };
}
