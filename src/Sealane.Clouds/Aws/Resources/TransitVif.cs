using System.Globalization;
using Sealane.Clouds.Http;
using Sealane.Core;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Aws;

/// <summary>The virtual interface and the state of its attachment to the Direct Connect gateway.</summary>
public sealed record TransitVifPair(VirtualInterface Vif, string? AttachmentState);

/// <summary>The transit VIF: BGP between the MCR and the Direct Connect gateway. Guide step 7.</summary>
/// <remarks>
/// API: directconnect CreateTransitVirtualInterface, DescribeVirtualInterfaces, UpdateVirtualInterfaceAttributes,
/// DeleteVirtualInterface, DescribeDirectConnectGatewayAttachments.
/// https://docs.aws.amazon.com/directconnect/latest/UserGuide/WorkingWithVirtualInterfaces.html
/// </remarks>
public sealed class TransitVif(AwsClients clients, LinkDesign link, AwsVxcDesign vxc, Secret bgpKey)
    : Resource<TransitVif.Desired, TransitVifPair>(Ref(vxc))
{
    public sealed record Desired(
        ObjectTags Tags, string ConnectionId, string GatewayId, int Vlan, long Asn, Secret BgpAuthKey,
        InterfaceAddress McrAddress, InterfaceAddress AmazonAddress, int Mtu);

    public static ObjectRef<TransitVifPair> Ref(AwsVxcDesign vxc) => new(vxc.Key.On("aws/transit-vif"));

    private const string Rebuilt = "the transport to AWS, and with it both tunnels, is down while the VIF is made "
        + "again (about 10 minutes)";

    public override Cloud Cloud => Cloud.Aws;
    public override string? Account => clients.Account;
    public override string Title => vxc.Key.After("Transit VIF");
    public override IReadOnlyList<int> GuideSteps => [7];
    public override IReadOnlyList<string> Operations =>
    [
        "directconnect:CreateTransitVirtualInterface", "directconnect:DescribeVirtualInterfaces",
        "directconnect:UpdateVirtualInterfaceAttributes", "directconnect:DeleteVirtualInterface",
        "directconnect:DescribeDirectConnectGatewayAttachments", "directconnect:TagResource",
    ];
    public override IReadOnlyList<ObjectRef> Needs => [HostedConnection.Ref(vxc), DxGateway.Ref];
    public override TimeSpan Expected => AwsTimes.TransitVif;
    public override TimeSpan ExpectedDelete => AwsTimes.TransitVifDelete;

    public override Desired Derive(IKnown known)
    {
        var connection = known.Get(HostedConnection.Ref(vxc));   // the partner chose its VLAN
        return new(ObjectTags.Of(link, vxc.VifName), connection.ConnectionId,
            known.Get(DxGateway.Ref).DirectConnectGatewayId, connection.Vlan ?? 0,
            vxc.Router.Asn,
            bgpKey, vxc.McrAddress, vxc.AmazonAddress, vxc.VifMtu);
    }

    // A hosted connection carries one virtual interface: it is found by the connection, so that a lost reply is met
    // again. The connection goes away with an MCR that somebody cancels, and the interface stays behind and holds the
    // gateway: then the account's whole list is asked, and both marks count.
    public override async Task<TransitVifPair?> Observe(IKnown known, CancellationToken ct)
    {
        var tags = ObjectTags.Of(link, vxc.VifName);
        IReadOnlyList<VirtualInterface> found = known.Find(HostedConnection.Ref(vxc)) is { } connection
            ? await clients.Connections.VirtualInterfaces(connection.ConnectionId, ct).ConfigureAwait(false) : [];
        if (UsedId is null && !found.Any(IsThere))
        {
            found = [.. (await clients.Connections.AllVirtualInterfaces(ct).ConfigureAwait(false))
                .Where(each => IsThere(each) && IsMarked(each, tags))];
        }
        var vif = UsedId is { } used ? found.FirstOrDefault(each => each.VirtualInterfaceId == used && IsThere(each))
            : AwsLookup.Ours("directconnect:DescribeVirtualInterfaces", tags,
            found.Where(each => each.VirtualInterfaceState is not "rejected"), each => each.VirtualInterfaceId,
            each => each.VirtualInterfaceState ?? "unknown", each => LinkOf(each, tags),
            "the connection can carry one virtual interface: delete this one, or hand it over with sealane adopt");
        if (vif is null)
        {
            return null;
        }
        var attachments = vif.DirectConnectGatewayId is { Length: > 0 } gateway
            ? await clients.Connections.Attachments(gateway, vif.VirtualInterfaceId, ct).ConfigureAwait(false) : [];
        return new(vif, attachments.Count > 0 ? attachments[0].AttachmentState : null);
    }

    private static bool IsThere(VirtualInterface vif) => vif.VirtualInterfaceState is not ("rejected" or "deleted");

    private static bool IsMarked(VirtualInterface vif, ObjectTags tags) => vif.VirtualInterfaceName == tags.Name
        && vif.Tags?.Any(tag => tag.Key == LinkTag.Key && tag.Value == tags.Link) == true;

    // The connection is ours, and nothing but ours can be on it under our name: tags need not be shown.
    private static string? LinkOf(VirtualInterface vif, ObjectTags tags) =>
        vif.Tags?.FirstOrDefault(tag => tag.Key == LinkTag.Key)?.Value
            ?? (vif.VirtualInterfaceName == tags.Name ? tags.Link : null);

    public override IReadOnlyList<string> LostMarks(TransitVifPair observed) =>
        observed.Vif.Tags is null || observed.Vif.VirtualInterfaceName is null ? []
            : AwsMarks.Lost(ObjectTags.Of(link, vxc.VifName), observed.Vif.VirtualInterfaceName,
                AwsMarks.Read(observed.Vif.Tags));

    public override async Task Mark(TransitVifPair observed, CancellationToken ct)
    {
        var vif = observed.Vif;
        if (vif.VirtualInterfaceName != vxc.VifName)
        {
            await clients.Connections.RenameVirtualInterface(vif.VirtualInterfaceId, vxc.VifName, ct)
                .ConfigureAwait(false);
        }
        await clients.Connections.Tag(ArnOf(vif), ObjectTags.Of(link, vxc.VifName).All, ct).ConfigureAwait(false);
    }

    public override IHandover? Handover => IsUsed ? null : new Handover<TransitVifPair>(
        async (id, ct) => (await clients.Connections.AllVirtualInterfaces(ct).ConfigureAwait(false))
            .FirstOrDefault(vif => vif.VirtualInterfaceId == id && IsThere(vif)
                && vif.VirtualInterfaceState != "deleting") is { } found ? new(found, null) : null,
        pair => pair.Vif.Tags?.FirstOrDefault(tag => tag.Key == LinkTag.Key)?.Value, Mark,
        (pair, ct) => clients.Connections.Tag(
            ArnOf(pair.Vif), [(LinkTag.Key, LinkTag.DisownedBy(link.Name))], ct));

    private string ArnOf(VirtualInterface vif) =>
        $"arn:aws:directconnect:{clients.ConnectionRegion}:{vif.OwnerAccount}:dxvif/{vif.VirtualInterfaceId}";

    // The API changes MTU, name and SiteLink in place. Anything else is a new VIF.
    public override Change Compare(Desired desired, TransitVifPair observed)
    {
        var vif = observed.Vif;
        var fixedLines = new Differences()
            .Told("VLAN", desired.Vlan, desired.Vlan == 0 ? null : vif.Vlan)
            .Field("MCR ASN", desired.Asn, vif.CustomerAsn ?? desired.Asn)
            .Field("MCR address", desired.McrAddress.ToString(), vif.CustomerAddress ?? desired.McrAddress.ToString())
            .Field("Amazon address", desired.AmazonAddress.ToString(),
                vif.AmazonAddress ?? desired.AmazonAddress.ToString())
            .Field("Direct Connect gateway", desired.GatewayId, vif.DirectConnectGatewayId ?? desired.GatewayId)
            .Hidden("BGP key", ShownKey.MayBe(desired.BgpAuthKey, vif.AuthKey));
        if (!vif.BgpIsUp && desired.ConnectionId is { Length: > 0 })
        {
            fixedLines.Word("connection", desired.ConnectionId, vif.ConnectionId);
        }
        return fixedLines.Lines.Count > 0
            ? Change.Replace(fixedLines.Lines, Rebuilt)
            : Change.InPlace(new Differences().Field("MTU", desired.Mtu, vif.Mtu ?? desired.Mtu).Lines,
                "a change to 8500 may interrupt the connection for up to 30 seconds");
    }

    // The connection that it was on is no more; while its session stands, the connection is only not shown.
    public override Change Foresee(TransitVifPair observed, Func<ObjectRef, bool> toBeMade) =>
        toBeMade(HostedConnection.Ref(vxc)) && !observed.Vif.BgpIsUp
            ? Change.Replace([$"connection {observed.Vif.ConnectionId} → a new one"], Rebuilt) : Change.None;

    public override Task Create(Desired desired, CancellationToken ct) =>
        clients.Connections.CreateTransitVirtualInterface(
        new(desired.Tags, desired.ConnectionId, desired.GatewayId, desired.Vlan, desired.Asn, desired.BgpAuthKey,
            desired.McrAddress, desired.AmazonAddress, desired.Mtu), ct);

    public override Task Update(Desired desired, TransitVifPair observed, CancellationToken ct) =>
        clients.Connections.UpdateVirtualInterfaceMtu(observed.Vif.VirtualInterfaceId, desired.Mtu, ct);

    public override Task Delete(TransitVifPair observed, CancellationToken ct) =>
        AwsLookup.Delete(observed.Vif.VirtualInterfaceState,
            () => clients.Connections.DeleteVirtualInterface(observed.Vif.VirtualInterfaceId, ct));

    // "down" is no failure: it means that BGP is not up yet.
    public override bool IsReady(TransitVifPair observed) =>
        observed is { Vif: { VirtualInterfaceState: "available", BgpIsUp: true }, AttachmentState: "attached" };

    public override ResourceView View(TransitVifPair observed) => new(
        observed.Vif.VirtualInterfaceState ?? "unknown", observed.Vif.VirtualInterfaceId,
        AwsConsole.VirtualInterface(clients.ConnectionRegion, observed.Vif.VirtualInterfaceId),
        [
            ("BGP", observed.Vif.BgpIsUp ? "up" : "down"),
            ("gateway attachment", observed.AttachmentState ?? "not there yet"),
            ("VLAN", observed.Vif.Vlan?.ToString(CultureInfo.InvariantCulture) ?? "unknown"),
            ("MCR address", observed.Vif.CustomerAddress ?? "unknown"),
            ("Amazon address", observed.Vif.AmazonAddress ?? "unknown"),
        ]);
}
