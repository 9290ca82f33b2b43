using System.Globalization;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Aws;

/// <summary>
/// Megaport's hosted connection in the customer's account: accepted here, made and removed with the VXC. Guide step 7.
/// </summary>
/// <remarks>
/// API: directconnect DescribeConnections, ConfirmConnection. Deleting it from this side first leaves half an order at
/// Megaport (megaport/terraform-provider-megaport #19, #20, #39), so it goes with the VXC.
/// </remarks>
public sealed class HostedConnection(AwsClients clients, LinkDesign link, AwsVxcDesign vxc)
    : Setting<HostedConnection.Desired, DirectConnectConnection>(Ref(vxc))
{
    /// <param name="ConnectionId">As Megaport shows it; null: found by its name.</param>
    public sealed record Desired(string? ConnectionId, string Name);

    public static ObjectRef<DirectConnectConnection> Ref(AwsVxcDesign vxc) => new(vxc.Key.On("aws/hosted-connection"));

    public override Cloud Cloud => Cloud.Aws;
    public override string? Account => clients.Account;
    public override string Title => vxc.Key.After("Hosted connection");
    public override IReadOnlyList<int> GuideSteps => [7];
    public override IReadOnlyList<string> Operations =>
        ["directconnect:DescribeConnections", "directconnect:ConfirmConnection", "directconnect:TagResource"];
    public override IReadOnlyList<ObjectRef> Needs => [IHostedConnectionOrder.Ref(vxc)];
    public override IReadOnlyList<ObjectRef> SetOn => Needs;
    public override TimeSpan Expected => AwsTimes.HostedConnection;

    /// <summary>To accept it is to make it: the port hours begin.</summary>
    public override Making Making => Making.Created;

    /// <summary>Port hours from acceptance until it is deleted, used or not.</summary>
    public override bool Billed => true;

    public override Desired Derive(IKnown known) =>
        new(known.Find(IHostedConnectionOrder.Ref(vxc))?.ConnectionId, vxc.Name);

    // A connection that waits for acceptance is not there yet: creating it means to accept it.
    public override async Task<DirectConnectConnection?> Observe(IKnown known,
        CancellationToken ct) =>
        known.Find(IHostedConnectionOrder.Ref(vxc)) is null ? null
        : await Find(Derive(known), ct).ConfigureAwait(false) is { ConnectionState: not "ordering" } found
            ? found : null;

    // Found by what Megaport and its name say: it bears the spec's tags only.
    public override IReadOnlyList<string> LostMarks(DirectConnectConnection observed) => observed.Tags is null ? []
        : [.. AwsMarks.LostAsked(ObjectTags.AskedOf(link), AwsMarks.Read(observed.Tags))];

    public override Task Mark(DirectConnectConnection observed, CancellationToken ct) => clients.Connections.Tag(
        $"arn:aws:directconnect:{clients.ConnectionRegion}:{observed.OwnerAccount}:dxcon/{observed.ConnectionId}",
        ObjectTags.AskedOf(link), ct);

    public override Change Compare(Desired desired, DirectConnectConnection observed) => Change.None;

    /// <exception cref="CloudError">Busy: AWS does not show the connection yet, which can be minutes after the VXC is
    /// live.</exception>
    public override async Task Create(Desired desired, CancellationToken ct)
    {
        var found = await Find(desired, ct).ConfigureAwait(false)
            ?? throw await Deleted(desired, ct).ConfigureAwait(false) ?? new CloudError(
            Cloud.Aws, "directconnect:DescribeConnections", CloudErrorKind.Busy, 200, "NotThereYet",
            $"the hosted connection {desired.ConnectionId ?? desired.Name} is not in the account yet",
            advice: $"check that the VXC was ordered for this account and for a port of region "
                + $"{clients.ConnectionRegion}");
        if (found.ConnectionState == "ordering")
        {
            await clients.Connections.ConfirmConnection(found.ConnectionId, ct).ConfigureAwait(false);
        }
        if (LostMarks(found).Count > 0)
        {
            await Mark(found, ct).ConfigureAwait(false);
        }
    }

    /// <summary>AWS goes on showing a deleted connection for a while: nobody need wait for it to come.</summary>
    private async Task<CloudError?> Deleted(Desired desired, CancellationToken ct) =>
        desired.ConnectionId is { } id && await clients.Connections.FindConnection(id, ct).ConfigureAwait(false)
            is { ConnectionState: "deleted" or "deleting" }
            ? new(Cloud.Aws, "directconnect:DescribeConnections", CloudErrorKind.Invalid, 200, "Deleted",
                $"the hosted connection {id} was deleted at AWS, and the VXC that it belongs to is still billed",
                advice: "cancel that VXC at Megaport and apply again: it is ordered anew")
            : null;

    // The virtual interface must have the VLAN that the partner chose.
    public override bool IsReady(DirectConnectConnection observed) =>
        observed is { ConnectionState: "available", Vlan: not null };

    public override string? Failed(DirectConnectConnection observed) =>
        observed.ConnectionState == "rejected" ? "the connection was rejected; cancel the VXC and order it again"
            : null;

    public override string? Hindrance(DirectConnectConnection observed) => observed.ConnectionState == "down"
        ? $"AWS sees no link on {observed.ConnectionId}, which neither Sealane nor an order changes: look for "
            + $"maintenance "
            + "or an outage at AWS and Megaport, and ask Megaport's support about the VXC and AWS's about the "
                + "connection"
        : null;

    public override ResourceView View(DirectConnectConnection observed) => new(
        observed.ConnectionState ?? "unknown", observed.ConnectionId,
        AwsConsole.Connection(clients.ConnectionRegion, observed.ConnectionId),
        [
            ("VLAN", observed.Vlan?.ToString(CultureInfo.InvariantCulture) ?? "unknown"),
            ("bandwidth", observed.Bandwidth ?? "unknown"), ("location", observed.Location ?? "unknown"),
        ]);

    private async Task<DirectConnectConnection?> Find(Desired desired, CancellationToken ct)
    {
        if (desired.ConnectionId is { } id)
        {
            return await clients.Connections.FindConnection(id, ct)
                .ConfigureAwait(false) is { ConnectionState: not "deleted" } found
                ? found : null;
        }
        var named = (await clients.Connections.AllConnections(ct).ConfigureAwait(false))
            .Where(connection => connection.ConnectionName == desired.Name
                && connection.ConnectionState is not ("deleted" or "deleting" or "rejected")).ToList();
        return named.Count <= 1 ? named.FirstOrDefault() : throw new CloudError(
            Cloud.Aws, "directconnect:DescribeConnections", CloudErrorKind.Invalid, 200, null,
            $"{named.Count} connections are named {desired.Name}: "
                + $"{string.Join(", ", named.Select(each => each.ConnectionId))}; "
            + "Sealane stops here and asks",
            advice: "find out which VXC is the link's, and cancel the other at Megaport");
    }
}
