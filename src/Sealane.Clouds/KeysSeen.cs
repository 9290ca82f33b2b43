using Sealane.Clouds.Aws;
using Sealane.Clouds.Azure;
using Sealane.Clouds.Http;
using Sealane.Clouds.Megaport;
using Sealane.Core;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds;

/// <summary>One key of a link as its ends show it. An end that keeps it to itself says nothing.</summary>
/// <param name="Label">As keys are derived: <c>psk/tunnel-1</c>, <c>bgp/aws</c>, <c>bgp/azure</c>.</param>
/// <param name="Shown">One for each object that holds it; null where it is not shown.</param>
public sealed record KeySeen(string Label, Secret Wanted, IReadOnlyList<Secret?> Shown)
{
    public bool IsTunnel => Label.StartsWith("psk/", StringComparison.Ordinal);

    /// <summary>No end shows another one.</summary>
    public bool IsSet => Shown.All(key => ShownKey.MayBe(Wanted, key));

    /// <summary>Both ends have the same other one: it is in use.</summary>
    public bool IsOther => !IsSet && Agrees;

    /// <summary>No two ends show different ones.</summary>
    public bool Agrees => Shown.OfType<Secret>().All(key => ShownKey.MayBe(key, InUse));

    /// <summary>What stands there; null where no end shows it.</summary>
    public Secret? InUse => Shown.OfType<Secret>().FirstOrDefault(key => !ShownKey.MayBe(new("-"), key));
}

/// <summary>The keys of a link against what the three clouds hold.</summary>
public static class KeysSeen
{
    public static IReadOnlyList<KeySeen> Of(NetworkDesign design, Known known, LinkKeys wanted) =>
    [
        .. from vpn in design.VpnConnections
           from tunnel in vpn.Tunnels
           orderby tunnel.Number
           select new KeySeen(LinkKeys.LabelOf(tunnel), wanted.Tunnel(tunnel.Number),
           [
               known.Find(VpnConnection.Ref(vpn))?.Tunnels
                   .FirstOrDefault(one => one.InsideCidr == tunnel.InsideCidr)?.PreSharedKey,
               known.Find(GatewayConnection.Ref(tunnel))?.PreSharedKey,
           ]),
        .. design.AwsVxcs.Select(vxc => new KeySeen(LinkKeys.LabelOf(vxc), wanted.AwsBgp(vxc.Key),
            [known.Find(VxcLeg.Aws(vxc))?.Session?.Password, known.Find(TransitVif.Ref(vxc))?.Vif.AuthKey])),
        .. design.Circuits.Select(circuit => new KeySeen(LinkKeys.LabelOf(circuit), wanted.AzureBgp(circuit.Key),
            [.. design.AzureVxcs.Where(vxc => vxc.Circuit.Key == circuit.Key)
                .Select(vxc => known.Find(VxcLeg.Azure(vxc))?.Session?.Password)])),
    ];

    /// <summary>What of a network the traffic must do without while a key is changed.</summary>
    public static IReadOnlyList<string> Lost(NetworkDesign design, Known known, string label) =>
    [
        .. design.Tunnels.Where(tunnel => LinkKeys.LabelOf(tunnel) == label)
            .Select(tunnel => $"tunnel-{tunnel.Number}"),
        .. design.AwsVxcs.Where(vxc => LinkKeys.LabelOf(vxc) == label)
            .Select(vxc => known.Find(VxcLeg.Aws(vxc))?.Uid).OfType<string>(),
        .. design.AzureVxcs.Where(vxc => LinkKeys.LabelOf(vxc.Circuit) == label)
            .Select(vxc => known.Find(VxcLeg.Azure(vxc))?.Uid).OfType<string>(),
    ];
}
