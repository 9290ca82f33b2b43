using System.Text.Json.Nodes;
using Sealane.Core;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Azure;

/// <summary>The VNet with the workloads. It exists already and is only read.</summary>
/// <remarks>API: https://learn.microsoft.com/rest/api/virtualnetwork/virtual-networks/get</remarks>
public sealed class Vnet(ArmClient arm) : AzureResource<Vnet.Desired, Vnet.Observed>(arm)
{
    /// <param name="Prefixes">Empty: whatever the VNet has.</param>
    public sealed record Desired(string Region, IReadOnlyList<Prefix> Prefixes);

    public sealed record Subnet(string Name, IReadOnlyList<Prefix> Prefixes);

    /// <param name="Prefixes">IPv4 only: the link carries nothing else.</param>
    public sealed record Observed(ArmObject Envelope, IReadOnlyList<Prefix> Prefixes, IReadOnlyList<Subnet> Subnets)
        : IArmObserved, IAddressSpace;

    public override string Id => "azure/vnet";
    public override string Title => "Virtual network";
    public override IReadOnlyList<int> GuideSteps => [];
    public override IReadOnlyList<string> Operations => ["GET virtualNetworks"];
    public override TimeSpan Expected => TimeSpan.Zero;

    public override bool IsOurs(NetworkDesign design) => false;

    public override Desired Derive(NetworkDesign design, IKnown known) =>
        new(AzureIds.Region(design.Azure.Region), design.Azure.VnetPrefixes);

    public override async Task<Observed?> Observe(NetworkDesign design, IKnown known, CancellationToken ct)
    {
        var id = AzureIds.Vnet(design);
        var found = await Arm.Observe(id, ct).ConfigureAwait(false)
            ?? throw new CloudError(
                Cloud.Azure, $"GET virtualNetworks/{AzureIds.NameOf(id)}", CloudErrorKind.NotFound, 404, null,
                $"there is no virtual network {id}",
                advice: "check azure.subscription, azure.resourceGroup and azure.vnet; "
                    + "the VNet must exist before the link is built");
        var subnets = found.Properties.Items("subnets")
            .Select(subnet => new Subnet(subnet.Text("name") ?? "", PrefixesOf(subnet.At("properties"))));
        return new(found, PrefixesOf(found.Properties.At("addressSpace")), [.. subnets]);
    }

    public override Change Compare(Desired desired, Observed observed)
    {
        // A gateway lives in the region of its VNet.
        var differences = new Differences()
            .Word("region", desired.Region, AzureIds.Region(observed.Envelope.Location ?? ""));
        if (desired.Prefixes.Count > 0)
        {
            differences.Set("address space", desired.Prefixes, observed.Prefixes);
        }
        return Change.Refused(differences.Lines);
    }

    public override Task Create(Desired desired, CancellationToken ct) =>
        throw new InvalidOperationException("the VNet is never made by Sealane");

    public override Task Delete(Observed observed, CancellationToken ct) =>
        throw new InvalidOperationException("the VNet is never deleted by Sealane");

    public override bool IsOurs(Observed observed) => false;

    // A VNet whose last change failed still carries traffic and can be used.
    public override string? Failed(Observed observed) => null;

    public override bool IsReady(Observed observed) => !observed.Envelope.IsDeleting;

    protected override IReadOnlyList<(string Name, string Value)> Facts(Observed observed) =>
        [("address space", string.Join(", ", observed.Prefixes))];

    /// <summary>The service answers either the singular or the plural member.</summary>
    internal static IReadOnlyList<Prefix> PrefixesOf(JsonNode? node)
    {
        var written = node.Texts("addressPrefixes") is { Count: > 0 } many ? many
            : node.Text("addressPrefix") is { } one ? [one] : [];
        return [.. written.Select(text => Prefix.TryParse(text, out var prefix) ? prefix : (Prefix?)null)
            .OfType<Prefix>()];
    }
}
