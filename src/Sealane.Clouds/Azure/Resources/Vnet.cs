using System.Text.Json.Nodes;
using Sealane.Core;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Azure;

/// <summary>The VNet with the workloads. It exists already and is only read.</summary>
/// <remarks>API: https://learn.microsoft.com/rest/api/virtualnetwork/virtual-networks/get</remarks>
/// <param name="hub">The VNet with the gateways: this one, or the one whose gateways it is to use.</param>
public sealed class Vnet(ArmClient arm, AzureIds ids, VnetDesign vnet, VnetDesign hub)
    : Existing<Vnet.Desired, Vnet.Observed>(Ref(vnet))
{
    /// <param name="Prefixes">Empty: whatever the VNet has.</param>
    public sealed record Desired(string Region, IReadOnlyList<Prefix> Prefixes);

    public sealed record Subnet(string Name, IReadOnlyList<Prefix> Prefixes);

    /// <param name="Prefixes">IPv4 only: the link carries nothing else.</param>
    public sealed record Observed(ArmObject Envelope, IReadOnlyList<Prefix> Prefixes, IReadOnlyList<Subnet> Subnets)
        : IArmObserved, IAddressSpace;

    public static ObjectRef<Observed> Ref(VnetDesign vnet) => new(vnet.Key.On("azure/vnet"));

    public override Cloud Cloud => Cloud.Azure;
    public override string Title => vnet.Key.After("Virtual network");
    public override IReadOnlyList<int> GuideSteps => [];
    public override IReadOnlyList<string> Operations => ["GET virtualNetworks"];
    public override TimeSpan Expected => TimeSpan.Zero;

    public override Desired Derive(IKnown known) =>
        new(ids.Region, vnet.Prefixes);

    public override async Task<Observed?> Observe(IKnown known, CancellationToken ct)
    {
        var id = ids.Vnet(vnet);
        if (await arm.Observe(id, ct).ConfigureAwait(false) is not { } found)
        {
            return ids.Link.IsFormer ? null : throw new CloudError(
                Cloud.Azure, $"GET virtualNetworks/{AzureIds.NameOf(id)}", CloudErrorKind.NotFound, 404, null,
                $"there is no virtual network {id}",
                advice: $"check azure.subscription, azure.resourceGroup and {vnet.Path}.vnet; "
                    + "the VNet must exist before the link is built");
        }
        var subnets = found.Properties.Items("subnets")
            .Select(subnet => new Subnet(subnet.Text("name") ?? "", PrefixesOf(subnet.At("properties"))));
        return new(found, PrefixesOf(found.Properties.At("addressSpace")), [.. subnets]);
    }

    public override Change Compare(Desired desired, Observed observed)
    {
        var differences = new Differences();
        if (vnet.Key.IsNone)
        {
            // A gateway lives in the region of its VNet.
            differences.Word("region", desired.Region, AzureIds.RegionOf(observed.Envelope.Location ?? ""));
        }
        if (desired.Prefixes.Count > 0 && observed.Prefixes.Count > 0)
        {
            differences.Set("address space", desired.Prefixes, observed.Prefixes);
        }
        return Change.Refused([.. differences.Lines, .. vnet.Key.IsNone ? [] : NoSpoke(observed)]);
    }

    /// <summary>Why it cannot use the hub's gateways: it has some already.</summary>
    private IEnumerable<string> NoSpoke(Observed observed) =>
    [
        .. from peering in observed.Envelope.Properties.Items("virtualNetworkPeerings")
           let remote = peering.Text("properties", "remoteVirtualNetwork", "id") ?? ""
           where peering.Flag("properties", "useRemoteGateways")
               && !remote.Equals(ids.Vnet(hub), StringComparison.OrdinalIgnoreCase)
           select $"{vnet.Name} uses the gateways of {AzureIds.NameOf(remote)} over its peering "
               + $"{peering.Text("name")}, "
               + "and a VNet uses those of one: switch 'use remote gateways' off there, or leave the spoke out",
        .. from subnet in observed.Envelope.Properties.Items("subnets")
           where subnet.Text("name") == AzureIds.GatewaySubnetName
               && subnet.Items("properties", "ipConfigurations").Any()
           select $"{vnet.Name} has a gateway of its own and cannot use another's: leave the spoke out",
    ];

    // A VNet whose last change failed still carries traffic and can be used.
    public override bool IsReady(Observed observed) => !observed.Envelope.IsDeleting;

    public override ResourceView View(Observed observed) => AzurePortal.View(
        observed.Envelope, observed.Envelope.ProvisioningState,
        [("address space", string.Join(", ", observed.Prefixes))]);

    /// <summary>The service answers either the singular or the plural member.</summary>
    internal static IReadOnlyList<Prefix> PrefixesOf(JsonNode? node)
    {
        var written = node.Texts("addressPrefixes") is { Count: > 0 } many ? many
            : node.Text("addressPrefix") is { } one ? [one] : [];
        return [.. written.Select(text => Prefix.TryParse(text, out var prefix) ? prefix : (Prefix?)null)
            .OfType<Prefix>()];
    }
}
