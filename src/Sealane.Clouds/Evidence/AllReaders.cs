using Sealane.Clouds.Evidence.Aws;
using Sealane.Clouds.Evidence.Azure;
using Sealane.Clouds.Evidence.Megaport;

namespace Sealane.Clouds.Evidence;

/// <summary>Every kind of object that evidence is read from, by hand and in the order of a packet's way.</summary>
internal static class AllReaders
{
    public static Reader Vpc { get; } = new VpcReader();
    public static Reader VpnGateway { get; } = new VpnGatewayReader();
    public static Reader TransitGateway { get; } = new TransitGatewayReader();
    public static Reader DxGateway { get; } = new DxGatewayReader();
    public static Reader VirtualInterfaces { get; } = new DxGatewayReader.VirtualInterfacesReader();
    public static Reader Mcr { get; } = new McrReader();
    public static Reader CircuitKey { get; } = new CircuitKeyReader();
    public static Reader Circuit { get; } = new CircuitReader();
    public static Reader Gateway { get; } = new GatewayReader();
    public static Reader Vnet { get; } = new VnetReader();
    public static Reader NetworkInterface { get; } = new NetworkInterfaceReader();

    public static IReadOnlyList<Reader> List { get; } =
        [Vpc, VpnGateway, TransitGateway, DxGateway, VirtualInterfaces, Mcr, CircuitKey, Circuit, Gateway, Vnet,
            NetworkInterface];
}
