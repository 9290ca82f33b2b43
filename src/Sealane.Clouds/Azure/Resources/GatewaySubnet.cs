using System.Text.Json.Nodes;
using Sealane.Core;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Azure;

/// <summary>
/// The subnet named GatewaySubnet, which both gateways live in; a VNet has at most one. Used when it is there, made
/// when it is
/// not. Guide step 11.
/// </summary>
/// <remarks>
/// A subnet has no tags, and the VNet is not ours to mark. That we made the subnet is therefore written, before it is
/// made, as
/// a tag on the VPN gateway's public IP, which exists earlier and goes later. Where that tag is missing the subnet
/// stays.
/// API: https://learn.microsoft.com/rest/api/virtualnetwork/subnets. Size:
/// https://learn.microsoft.com/azure/expressroute/expressroute-howto-coexist-resource-manager
/// </remarks>
/// <param name="marked">The instance whose public IP bears the mark; null where the VPN gateway is used, so that the
/// subnet was there before.</param>
public sealed class GatewaySubnet(ArmClient arm, AzureIds ids, VnetDesign vnet, GatewayInstanceDesign? marked)
    : AzureResource<GatewaySubnet.Desired, GatewaySubnet.Observed>(Ref, arm, ids)
{
    /// <summary>Tag on the public IP; its value is the subnet's prefix.</summary>
    public const string MarkTag = "sealane-gateway-subnet";

    /// <summary>Both gateways together need a /27 or larger.</summary>
    private const int LongestPrefix = 27;

    /// <param name="IsNamed">The spec gives the prefix; otherwise an existing subnet is right as it is.</param>
    public sealed record Desired(string Id, string? PublicIpId, Prefix Prefix, bool IsNamed);

    /// <param name="IsOurs">We made it, and nothing but our gateways is in it.</param>
    public sealed record Observed(ArmObject Envelope, Prefix? Prefix, bool HasSecurityGroup, bool IsOurs)
        : IArmObserved;

    public static ObjectRef<Observed> Ref { get; } = new("azure/gateway-subnet");

    public override string Title => "GatewaySubnet";
    public override IReadOnlyList<int> GuideSteps => [11];
    public override IReadOnlyList<string> Operations =>
    [
        "GET virtualNetworks/subnets", "PUT virtualNetworks/subnets", "DELETE virtualNetworks/subnets",
        "PATCH publicIPAddresses",
    ];

    public override IReadOnlyList<ObjectRef> Needs => [Vnet.Ref(vnet)];
    public override IReadOnlyList<ObjectRef> After => marked is null ? [] : [PublicIp.Ref(marked)];
    public override bool IsMade => marked is not null;
    public override TimeSpan Expected => TimeSpan.FromSeconds(5);
    public override TimeSpan ExpectedDelete => TimeSpan.FromSeconds(15);

    public override Desired Derive(IKnown known)
    {
        var found = known.Get(Vnet.Ref(vnet));
        var prefix = vnet.GatewaySubnet ?? Existing(found) ?? FirstFree(found);
        return new(Ids.GatewaySubnet(vnet), marked is null ? null : Ids.PublicIp(marked), prefix,
            vnet.GatewaySubnet is not null);
    }

    public override async Task<Observed?> Observe(IKnown known, CancellationToken ct)
    {
        var found = await Arm.Observe(Ids.GatewaySubnet(vnet), ct).ConfigureAwait(false);
        if (found is null)
        {
            return null;
        }
        var prefixes = Vnet.PrefixesOf(found.Properties);
        return new(
            found, prefixes.Count > 0 ? prefixes[0] : null,
            found.Properties.Text("networkSecurityGroup", "id") is not null,
            marked is not null && HoldsOnlyOurs(Ids, found)
                && await IsMarked(Ids.PublicIp(marked), ct).ConfigureAwait(false));
    }

    // Moving the subnet means deleting both gateways; that is not done unasked.
    public override Change Compare(Desired desired, Observed observed)
    {
        var differences = new Differences();
        if (desired.IsNamed)
        {
            differences.Told("prefix", desired.Prefix, observed.Prefix);
        }
        var lines = differences.Lines.ToList();
        if (observed.Prefix is { Length: > LongestPrefix } small)
        {
            lines.Add($"prefix {small} is too small: two gateways need a /{LongestPrefix} or larger");
        }
        if (observed.HasSecurityGroup)
        {
            lines.Add("a network security group is attached, which gateways do not support");
        }
        return Change.Refused(lines, "down for about an hour if both gateways are rebuilt in another subnet");
    }

    public override async Task Create(Desired desired, CancellationToken ct)
    {
        await Mark(desired.PublicIpId!, desired.Prefix, ct).ConfigureAwait(false);
        await Arm.Put(desired.Id, BodyOf(desired), ct).ConfigureAwait(false);
    }

    public override (string Id, JsonObject Body)? Foretold(IKnown known) =>
        known.Find(Vnet.Ref(vnet)) is null ? null : (Ids.GatewaySubnet(vnet), BodyOf(Derive(known)));

    private static JsonObject BodyOf(Desired desired) => new()
    {
        ["properties"] = new JsonObject { ["addressPrefix"] = desired.Prefix.ToString() },
    };

    public override bool IsOurs(Observed observed) => observed.IsOurs;

    public override string? Failed(Observed observed) => observed.IsOurs ? observed.Envelope.Failure : null;

    protected override IReadOnlyList<(string Name, string Value)> Facts(Observed observed) =>
        [("prefix", observed.Prefix?.ToString() ?? ""), ("made by", observed.IsOurs ? "Sealane" : "others")];

    private async Task Mark(string publicIpId, Prefix prefix, CancellationToken ct)
    {
        var tags = ArmJson.TagsOf(await Arm.Get(publicIpId, ct).ConfigureAwait(false));
        tags[MarkTag] = prefix.ToString();
        await Arm.PatchTags(publicIpId, tags, ct).ConfigureAwait(false);
    }

    private async Task<bool> IsMarked(string publicIpId, CancellationToken ct)
    {
        var address = await Arm.Get(publicIpId, ct).ConfigureAwait(false);
        return address.Text("tags", MarkTag) is not null;
    }

    /// <summary>Whether everything in it is a gateway of ours, or a machine behind one.</summary>
    internal static bool HoldsOnlyOurs(AzureIds ids, ArmObject subnet)
    {
        var gateways = ids.OwnGateways.Select(id => $"{id}/").ToList();
        return subnet.Properties.Items("ipConfigurations").Select(occupant => occupant.Text("id")).All(id =>
            id is not null && (IsMachineOfGateway(id)
                || gateways.Any(gateway => id.StartsWith(gateway, StringComparison.OrdinalIgnoreCase))));
    }

    /// <summary>
    /// An interface of the machines behind an ExpressRoute gateway, in a group that no customer sees. Whose gateway it
    /// is is told by the gateway's own entry beside it; only gateways stand in this subnet.
    /// </summary>
    /// <remarks>
    /// github.com/erjosito/net-lab-builder, labs/expressroute-megaport-bgp/show-output/21-vnet-show-bgp-community.txt.
    /// </remarks>
    private static bool IsMachineOfGateway(string id) =>
        id.Split('/') is [_, _, _, _, var group, _, var provider, var kind, ..]
        && group.StartsWith("ARMRG-", StringComparison.OrdinalIgnoreCase)
        && provider.Equals("Microsoft.Compute", StringComparison.OrdinalIgnoreCase)
        && kind.Equals("virtualMachineScaleSets", StringComparison.OrdinalIgnoreCase);

    private static Prefix? Existing(Vnet.Observed vnet) => vnet.Subnets
        .Where(subnet => subnet.Name.Equals(AzureIds.GatewaySubnetName, StringComparison.OrdinalIgnoreCase))
        .SelectMany(subnet => subnet.Prefixes).Select(prefix => (Prefix?)prefix).FirstOrDefault();

    private static Prefix FirstFree(Vnet.Observed vnet)
    {
        var taken = vnet.Subnets.SelectMany(subnet => subnet.Prefixes).ToList();
        foreach (var space in vnet.Prefixes.Where(space => space.Length <= LongestPrefix))
        {
            for (var at = (long)space.Network.Value; at <= space.Last.Value;)
            {
                var candidate = new Prefix(new((uint)at), LongestPrefix);
                var inTheWay = taken.Where(candidate.Overlaps).Select(prefix => (long)prefix.Last.Value).ToList();
                if (inTheWay.Count == 0)
                {
                    return candidate;
                }
                // On behind the subnet in the way, at the next boundary of a /27.
                at = Math.Max(inTheWay.Max(), candidate.Last.Value) / candidate.Size * candidate.Size + candidate.Size;
            }
        }
        throw new CloudError(Cloud.Azure, "PUT virtualNetworks/subnets", CloudErrorKind.Quota, null, null,
            $"the VNet {AzureIds.NameOf(vnet.Envelope.Id)} has no free /{LongestPrefix} for GatewaySubnet",
            advice: "add a prefix to the VNet, or free one; azure.gatewaySubnet names the one to use");
    }
}
