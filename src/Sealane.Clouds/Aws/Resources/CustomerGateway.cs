using System.Globalization;
using Sealane.Core;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Aws;

/// <summary>Azure's VPN gateway as AWS knows it, by its private address (10.2.0.6 in the guide). Guide step
/// 16.</summary>
/// <remarks>
/// API: ec2 CreateCustomerGateway, DescribeCustomerGateways, DeleteCustomerGateway. Nothing of it can be changed.
/// https://docs.aws.amazon.com/vpn/latest/s2svpn/cgw-options.html
/// </remarks>
public sealed class CustomerGateway(
    AwsClients clients, LinkDesign link, VpnConnectionDesign vpn, VpnGatewayDesign gateway,
    IReadOnlyList<string> siblings, IReadOnlyList<string> former)
    : Resource<CustomerGateway.Desired, Ec2CustomerGateway>(Ref(vpn))
{
    /// <param name="Address">Null while the VPN gateway has none yet.</param>
    public sealed record Desired(ObjectTags Tags, Ipv4? Address, long Asn);

    public static ObjectRef<Ec2CustomerGateway> Ref(VpnConnectionDesign vpn) => new(vpn.Key.On("aws/customer-gateway"));

    public override Cloud Cloud => Cloud.Aws;
    public override string Title => vpn.Key.After("Customer gateway");
    public override IReadOnlyList<int> GuideSteps => [16];
    public override IReadOnlyList<string> Operations =>
        ["ec2:CreateCustomerGateway", "ec2:DescribeCustomerGateways", "ec2:DeleteCustomerGateway",
            "ec2:CreateTags"];
    public override IReadOnlyList<ObjectRef> Needs => [IPrivateEndpoint.VpnGateway];
    public override TimeSpan Expected => AwsTimes.CustomerGateway;
    public override TimeSpan CreateLag => AwsTimes.Ec2Lag;

    public override Desired Derive(IKnown known) => new(
        ObjectTags.Of(link, vpn.CustomerGatewayName),
        known.Get(IPrivateEndpoint.VpnGateway).AddressOf(vpn.Instance), gateway.Asn);

    public override async Task<Ec2CustomerGateway?> Observe(IKnown known, CancellationToken ct)
    {
        if (UsedId is { } used)
        {
            return await Kind.Used(clients, used, ct).ConfigureAwait(false);
        }
        // Of an instance that the gateway does not have there is none: what was built on it goes before it does.
        if (link.IsFormer && known.Find(IPrivateEndpoint.VpnGateway)?.AddressOf(vpn.Instance) is null)
        {
            return null;
        }
        var tags = ObjectTags.Of(link, vpn.CustomerGatewayName);
        var named = await clients.Ec2.CustomerGatewaysNamed(tags.Name, ct).ConfigureAwait(false);
        // One that only a former spec names is known by its name or not at all.
        var ours = await clients.Marks.Find(Kind, tags, named, async () => link.IsFormer ? []
            : await clients.Ec2.CustomerGatewaysOf(tags.Link, ct).ConfigureAwait(false),
            AwsLookup.AdoptOrRename, ct, siblings, former).ConfigureAwait(false);
        return ours is null && !link.IsFormer
            && await Carrier(tags.Link, ct).ConfigureAwait(false) is { } bare ? throw bare : ours;
    }

    private async Task<CloudError?> Carrier(string link, CancellationToken ct)
    {
        var connection = (await clients.Ec2.VpnConnectionsOf(link, ct).ConfigureAwait(false)).FirstOrDefault(each =>
            each is { State: not ("deleted" or "deleting"), CustomerGatewayId: not null }
            && AwsLookup.Name(each.Tags) == vpn.Name);
        var bare = connection is null ? null
            : (await clients.Ec2.CustomerGatewaysById([connection.CustomerGatewayId!], ct).ConfigureAwait(false))
                .FirstOrDefault(each => each.State is not ("deleted" or "deleting"));
        return bare is null ? null : AwsMarks.Unmarked(Kind.Operation, bare.Id, connection!.Id, bare);
    }

    private static AwsKind<Ec2CustomerGateway> Kind { get; } = new(
        "ec2:DescribeCustomerGateways", gateway => gateway.Id, gateway => gateway.State,
        gateway => AwsLookup.Name(gateway.Tags), gateway => AwsLookup.Link(gateway.Tags),
        async (clients, id, ct) =>
            (await clients.Ec2.CustomerGatewaysById([id], ct).ConfigureAwait(false)).FirstOrNull());

    public override IReadOnlyList<string> LostMarks(Ec2CustomerGateway observed) =>
        AwsMarks.Lost(ObjectTags.Of(link, vpn.CustomerGatewayName), observed.Tags);

    public override Task Mark(Ec2CustomerGateway observed, CancellationToken ct) =>
        clients.Ec2.CreateTags(observed.Id, ObjectTags.Of(link, vpn.CustomerGatewayName), ct);

    public override IHandover? Handover => IsUsed ? null : Kind.Handover(clients, link.Name, Mark);

    public override Change Compare(Desired desired, Ec2CustomerGateway observed) => Change.Replace(
        new Differences()
            .Field("address", (desired.Address ?? default).ToString(),
                desired.Address is null ? default(Ipv4).ToString() : observed.Address ?? desired.Address.ToString())
            .Field("ASN", desired.Asn, observed.Asn ?? desired.Asn).Lines,
        "both tunnels are down until the VPN connection is made again (about 10 minutes)");

    /// <exception cref="CloudError">Busy: the VPN gateway has no private address yet.</exception>
    public override Task Create(Desired desired, CancellationToken ct) => desired.Address is { } address
        ? clients.Ec2.CreateCustomerGateway(desired.Tags, address, desired.Asn, ct)
        : throw new CloudError(Cloud.Aws, "ec2:CreateCustomerGateway", CloudErrorKind.Busy, null, "NoAddressYet",
            "Azure's VPN gateway shows no private address yet");

    public override Task Delete(Ec2CustomerGateway observed, CancellationToken ct) =>
        AwsLookup.Delete(observed.State, () => clients.Ec2.DeleteCustomerGateway(observed.Id, ct));

    public override bool IsReady(Ec2CustomerGateway observed) => observed.State == "available";

    public override ResourceView View(Ec2CustomerGateway observed) => new(
        observed.State, observed.Id, AwsConsole.CustomerGateway(clients.Region, observed.Id),
        [("address", observed.Address ?? "unknown"),
            ("ASN", observed.Asn?.ToString(CultureInfo.InvariantCulture) ?? "unknown")]);
}
