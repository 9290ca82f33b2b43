using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds;

/// <summary>What one cloud must wait for in the others, though it reads nothing from there.</summary>
internal static class Transport
{
    /// <summary>The resources that keep everything but tunnel endpoints off the transport.</summary>
    public static IReadOnlyList<ObjectRef> Filters(NetworkDesign design) =>
    [
        .. On(design.AwsVxcs.Select(vxc => vxc.Key), "megaport/aws-filters"),
        .. On(design.AzureVxcs.Select(vxc => vxc.Key), "megaport/azure-filters"),
        .. design.Routers.SelectMany(router => On([router.Key], "megaport/aws-import-entries",
            "megaport/aws-export-entries", "megaport/azure-import-entries", "megaport/azure-export-entries")),
    ];

    /// <summary>The routers' static routes to the tunnel endpoints.</summary>
    public static IReadOnlyList<ObjectRef> StaticRoutes(NetworkDesign design) =>
    [
        .. On(design.AwsVxcs.Select(vxc => vxc.Key), "megaport/aws-routes"),
        .. On(design.AzureVxcs.Select(vxc => vxc.Key), "megaport/azure-routes"),
    ];

    /// <summary>The circuits' connections to the ExpressRoute gateway.</summary>
    public static IReadOnlyList<ObjectRef> Connections(NetworkDesign design) =>
        [.. design.Circuits.Select(Connection)];

    /// <summary>The same of one circuit.</summary>
    public static ObjectRef Connection(CircuitDesign circuit) => new(circuit.Key.On("azure/er-connection"));

    /// <summary>Azure's ends of the tunnels.</summary>
    public static IReadOnlyList<ObjectRef> TunnelEnds(NetworkDesign design) =>
        [.. design.Tunnels.Select(tunnel => new ObjectRef($"azure/vpn-connection-{tunnel.Number}"))];

    private static IReadOnlyList<ObjectRef> On(IEnumerable<PartKey> keys, params string[] ids) =>
        [.. from key in keys from id in ids select new ObjectRef(key.On(id))];
}
