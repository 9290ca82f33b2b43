using System.Text.Json.Nodes;
using Sealane.Core;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Azure;

/// <summary>What Azure knows of AWS's end of one tunnel: outside address, ASN, BGP address. Guide steps 20 and
/// 21.</summary>
/// <remarks>API: https://learn.microsoft.com/rest/api/network-gateway/local-network-gateways</remarks>
public sealed class LocalNetworkGateway(
    ArmClient arm, AzureIds ids, VpnConnectionDesign vpn, TunnelDesign tunnel, TransitGatewayDesign transitGateway)
    : AzureResource<LocalNetworkGateway.Desired, LocalNetworkGateway.Observed>(Ref(tunnel), arm, ids)
{
    public sealed record Desired(
        string Id, string Region, Ipv4 OutsideAddress, long Asn, Ipv4 BgpAddress,
        IReadOnlyDictionary<string, string> Tags);

    /// <param name="StaticPrefixes">Each would become a static route into the tunnel; with BGP there are none.</param>
    public sealed record Observed(
        ArmObject Envelope, string? OutsideAddress, long? Asn, string? BgpAddress, IReadOnlyList<string> StaticPrefixes)
        : IArmObserved;

    public static ObjectRef<Observed> Ref(TunnelDesign tunnel) => new($"azure/local-gateway-{tunnel.Number}");

    public override string Title => $"Local network gateway {tunnel.Number}";
    public override IReadOnlyList<int> GuideSteps => tunnel.Number is 1 or 2 ? [19 + tunnel.Number] : [];
    public override IReadOnlyList<string> Operations =>
        ["GET localNetworkGateways", "PUT localNetworkGateways", "DELETE localNetworkGateways"];

    public override IReadOnlyList<ObjectRef> Needs => [ITunnelEndpoints.Ref(vpn)];
    public override IReadOnlyList<ObjectRef> After => [ResourceGroup.Ref];

    // Seconds, sometimes minutes.
    public override TimeSpan Expected => TimeSpan.FromSeconds(15);

    public override Desired Derive(IKnown known)
    {
        if (!known.Get(ITunnelEndpoints.Ref(vpn))
            .OutsideAddresses.TryGetValue(tunnel.InsideCidr, out var outside))
        {
            throw new CloudError(
                Cloud.Azure, $"PUT localNetworkGateways/{tunnel.LocalGatewayName}", CloudErrorKind.Busy,
                null, null,
                $"AWS shows no outside address of the tunnel with inside CIDR {tunnel.InsideCidr} yet");
        }
        return new(
            Ids.LocalGateway(tunnel), Ids.Region, outside,
            transitGateway.Asn, tunnel.AwsInside, Ids.Link.TagsInAzure());
    }

    protected override string OwnId => Ids.LocalGateway(tunnel);

    public override async Task<Observed?> Observe(IKnown known, CancellationToken ct)
    {
        if (Ids.Link.IsFormer && known.Find(ITunnelEndpoints.Ref(vpn)) is null)
        {
            return null;
        }
        var found = await ObserveOurs(ct).ConfigureAwait(false);
        return found is null ? null : new(
            found, found.Properties.Text("gatewayIpAddress"), found.Properties.Number("bgpSettings", "asn"),
            found.Properties.Text("bgpSettings", "bgpPeeringAddress"),
            found.Properties.Texts("localNetworkAddressSpace", "addressPrefixes"));
    }

    public override Change Compare(Desired desired, Observed observed)
    {
        var moved = new Differences()
            .Word("region", desired.Region, AzureIds.RegionOf(observed.Envelope.Location ?? ""));
        if (moved.Lines.Count > 0)
        {
            return Change.Replace(moved.Lines, $"tunnel {tunnel.Number} is down for some minutes",
                stops: false);
        }
        return OrRepair(
            observed.Envelope,
            Change.InPlace(new Differences()
                .Word("outside address", desired.OutsideAddress.ToString(), observed.OutsideAddress)
                .Told("ASN", desired.Asn, observed.Asn)
                .Word("BGP address", desired.BgpAddress.ToString(), observed.BgpAddress)
                .Set("static prefixes", [], observed.StaticPrefixes).Lines,
            $"tunnel {tunnel.Number} starts anew, a minute or two"),
            traffic: "none");
    }

    // A private outside address is accepted. The address space stays empty: BGP says what is behind the tunnel.
    public override Task Create(Desired desired, CancellationToken ct) => Arm.Put(desired.Id, BodyOf(desired), ct);

    // Its address is AWS's to choose, and not known before.
    public override (string Id, JsonObject Body)? Foretold(IKnown known) => (Ids.LocalGateway(tunnel), CommonBody);

    private static JsonObject BodyOf(Desired desired) => new()
    {
        ["location"] = desired.Region,
        ["tags"] = ArmJson.Tags(desired.Tags),
        ["properties"] = new JsonObject
        {
            ["gatewayIpAddress"] = desired.OutsideAddress.ToString(),
            ["localNetworkAddressSpace"] = new JsonObject { ["addressPrefixes"] = new JsonArray() },
            ["bgpSettings"] = new JsonObject
            {
                ["asn"] = desired.Asn,
                ["bgpPeeringAddress"] = desired.BgpAddress.ToString(),
                ["peerWeight"] = 0,
            },
        },
    };

    // An address and a name (fqdn) of the far end exclude each other: ours is an address.
    public override Task Update(Desired desired, Observed observed, CancellationToken ct) =>
        ChangeInPlace(desired.Id, BodyOf(desired), ct, "fqdn");

    protected override IReadOnlyList<(string Name, string Value)> Facts(Observed observed) =>
    [
        ("outside address", observed.OutsideAddress ?? ""),
        ("BGP", $"{observed.BgpAddress} AS{observed.Asn}"),
    ];
}
