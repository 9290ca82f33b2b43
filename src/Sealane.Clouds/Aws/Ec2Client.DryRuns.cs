using Sealane.Core;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Aws;

/// <summary>
/// Calls that are not made: EC2 says whether these credentials may make them. Whether it looks at ids and states as
/// well is not documented; an answer that speaks of those says nothing of permissions.
/// </summary>
/// <remarks>
/// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/CommonParameters.html: <c>DryRunOperation</c> where the call
/// would be allowed, <c>UnauthorizedOperation</c> where not.
/// </remarks>
public sealed partial class Ec2Client
{
    private const string Allowed = "DryRunOperation";
    private const string Refused = "UnauthorizedOperation";

    /// <summary>What a customer gateway is asked about with: an address for documentation (RFC 5737).</summary>
    private static readonly Ipv4 SomeAddress = Ipv4.Parse("192.0.2.1");

    public Task<bool?> MayCreateTransitGateway(ObjectTags tags, long asn, string cidr, CancellationToken ct) =>
        Ask("CreateTransitGateway", NewTransitGateway(tags, asn, cidr), ct);

    public Task<bool?> MayCreateCustomerGateway(ObjectTags tags, long asn, CancellationToken ct) =>
        Ask("CreateCustomerGateway", NewCustomerGateway(tags, SomeAddress, asn), ct);

    public Task<bool?> MayCreateRouteTable(ObjectTags tags, string transitGatewayId, CancellationToken ct) =>
        Ask("CreateTransitGatewayRouteTable", NewRouteTable(tags, transitGatewayId), ct);

    public Task<bool?> MayCreateVpcAttachment(
        ObjectTags tags, string transitGatewayId, string vpcId, IReadOnlyList<string> subnetIds,
        CancellationToken ct) =>
        Ask("CreateTransitGatewayVpcAttachment", NewVpcAttachment(tags, transitGatewayId, vpcId, subnetIds), ct);

    public Task<bool?> MayCreateRoute(
        string tableId, string destination, string transitGatewayId, CancellationToken ct) =>
        Ask("CreateRoute", NewRoute(tableId, destination, transitGatewayId), ct);

    /// <summary>What each deletion calls the object that goes.</summary>
    private static readonly Dictionary<string, string> Deletions = new(StringComparer.Ordinal)
    {
        ["DeleteCustomerGateway"] = "CustomerGatewayId",
        ["DeleteTransitGateway"] = "TransitGatewayId",
        ["DeleteTransitGatewayRouteTable"] = "TransitGatewayRouteTableId",
        ["DeleteTransitGatewayVpcAttachment"] = "TransitGatewayAttachmentId",
        ["DeleteVpnConnection"] = "VpnConnectionId",
    };

    /// <param name="action">Null as well for a deletion that names more than the object.</param>
    public async Task<bool?> MayDelete(string action, string id, CancellationToken ct) =>
        Deletions.TryGetValue(action, out var parameter)
            ? await Ask(action, new QueryForm().Add(parameter, id), ct).ConfigureAwait(false) : null;

    /// <summary>Null: the answer speaks of something else than permissions.</summary>
    private async Task<bool?> Ask(string action, QueryForm form, CancellationToken ct)
    {
        try
        {
            return await Read<bool?>(action, form.With("DryRun", "true"),
                _ => throw new Http.UnreadableReply("a dry run is answered with a refusal"), ct).ConfigureAwait(false);
        }
        catch (CloudError error) when (error.Code == Allowed)
        {
            return true;
        }
        catch (CloudError error) when (error.Code == Refused)
        {
            return false;
        }
        catch (CloudError error) when (error.Kind is not (CloudErrorKind.Denied or CloudErrorKind.Throttled
            or CloudErrorKind.Unavailable))
        {
            return null;
        }
    }
}
