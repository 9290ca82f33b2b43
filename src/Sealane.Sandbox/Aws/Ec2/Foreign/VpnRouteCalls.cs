using System.Xml.Linq;
using static Sealane.Sandbox.Aws.Ec2.Ec2Xml;

namespace Sealane.Sandbox.Aws.Ec2.Foreign;

/// <summary>Static routes of a VPN connection on a virtual private gateway.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpnConnectionRoute.html</remarks>
internal static class VpnRouteCalls
{
    private const string Both = "*DestinationCidrBlock *VpnConnectionId";

    public static IReadOnlyList<Ec2Operation> All { get; } =
    [
        new("CreateVpnConnectionRoute", Both, Create),
        new("DeleteVpnConnectionRoute", Both, Delete),
    ];

    private static IEnumerable<XElement?> Create(Ec2Call call)
    {
        var vpn = VpnConnectionCalls.Named(call);
        if (vpn.VpnGatewayId is null || !vpn.StaticRoutesOnly)
        {
            throw AwsRefusal.Ec2("InvalidVpnConnection.InvalidType",
                $"The VPN connection {vpn.Id} does not use static routes.");
        }
        var block = Block(call);
        if (!vpn.StaticRoutes.Contains(block))
        {
            vpn.StaticRoutes.Add(block);
        }
        return Done;
    }

    private static IEnumerable<XElement?> Delete(Ec2Call call)
    {
        var vpn = VpnConnectionCalls.Named(call);
        return vpn.StaticRoutes.Remove(Block(call)) ? Done
            : throw AwsRefusal.Ec2("InvalidRoute.NotFound", $"The route does not exist on {vpn.Id}.");
    }

    private static string Block(Ec2Call call)
    {
        var written = call.Parameters.Required("DestinationCidrBlock");
        return Cidr.Canonical(written) ?? throw AwsRefusal.Value(written, "DestinationCidrBlock");
    }
}
