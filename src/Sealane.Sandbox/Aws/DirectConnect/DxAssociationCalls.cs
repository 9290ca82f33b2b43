using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sealane.Sandbox.Aws.Ec2;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Aws.DirectConnect;

/// <summary>
/// A Direct Connect gateway bound to a transit gateway, and what it announces to the MCR: the allowed prefixes,
/// verbatim,
/// whatever the VPCs contain. Lock c. Guide step 3.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/directconnect/latest/APIReference/API_CreateDirectConnectGatewayAssociation.html</remarks>
internal static partial class DxAssociationCalls
{
    public const string Add = "addAllowedPrefixesToDirectConnectGateway";
    public const string Remove = "removeAllowedPrefixesToDirectConnectGateway";
    private static readonly DxShape PrefixShape = new("cidr:string");

    public static IReadOnlyList<DxOperation> All { get; } =
    [
        new("CreateDirectConnectGatewayAssociation",
            $"*directConnectGatewayId:string gatewayId:string {Add}:list virtualGatewayId:string", Create),
        new("DescribeDirectConnectGatewayAssociations",
            "associationId:string associatedGatewayId:string directConnectGatewayId:string virtualGatewayId:string"
                + DxOperation.Page,
            Describe),
        new("UpdateDirectConnectGatewayAssociation", $"associationId:string {Add}:list {Remove}:list", Update),
        new("DeleteDirectConnectGatewayAssociation",
            "associationId:string directConnectGatewayId:string virtualGatewayId:string", Delete),
    ];

    private static JsonObject Create(DxCall call)
    {
        var gateway = call.Gateway(call.Input.Required("directConnectGatewayId"));
        var target = Target(call);
        return Reply(call, call.Owns(target) ? Associate(call, gateway, target, Prefixes(call, Add))
            : throw AwsRefusal.DirectConnect($"Gateway {target} does not exist in {call.Region}."));
    }

    /// <summary>By the owner of the Direct Connect gateway, whoever owns the other.</summary>
    public static DxGatewayAssociation Associate(
        DxCall call, DxGateway gateway, string target, List<string> prefixes)
    {
        if (gateway.State != "available")
        {
            throw AwsRefusal.DirectConnect(
                $"Direct Connect Gateway {gateway.Id} is in state {gateway.State} and must be available.");
        }
        var (asn, transit) = Gateway(call, target);
        if (gateway.AmazonSideAsn == asn)
        {
            throw AwsRefusal.DirectConnect(
                $"Gateway {target} and Direct Connect Gateway {gateway.Id} must not have the same Amazon side ASN "
                + $"{asn}.");
        }
        var others = call.State.AssociationsOf(gateway.Id).ToList();
        if (others.Any(a => a.TransitGatewayId == target))
        {
            throw AwsRefusal.DirectConnect(
                $"Direct Connect Gateway {gateway.Id} is already associated with {target}.");
        }
        // https://docs.aws.amazon.com/directconnect/latest/UserGuide/direct-connect-gateways-intro.html
        if (others.Any(a => a.ToVpnGateway != transit is null))
        {
            throw AwsRefusal.DirectConnect(
                $"Direct Connect Gateway {gateway.Id} cannot have both virtual private gateways and transit gateways.");
        }
        if (others.Count >= AwsLimits.TransitGatewaysPerDxGateway
            || call.State.DxAssociations.Count(a => a.TransitGatewayId == target && a.State != "disassociated")
                >= AwsLimits.DxGatewaysPerTransitGateway)
        {
            throw AwsRefusal.DirectConnect("You have exceeded the limit of associations.");
        }
        if (prefixes.Count == 0 && transit is not null)
        {
            throw AwsRefusal.DirectConnect(
                "At least one allowed prefix is required for an association with a transit gateway.");
        }
        CheckPrefixes(prefixes, others);
        var association = new DxGatewayAssociation
        {
            Id = call.State.NewUuid(call.World, "dx-association", $"{gateway.Id}/{target}"),
            State = "associating",
            CreatedAt = call.World.Now,
            ChangedAt = call.World.Now,
            DxGatewayId = gateway.Id,
            TransitGatewayId = target,
            TransitGatewayRegion = transit?.Region ?? call.Region,
            AttachmentId = transit is null ? "" : Attach(call, gateway, transit).Id,
            AllowedPrefixes = prefixes,
        };
        call.State.DxAssociations.Add(association);
        call.World.Then(association, call.World.Take(Durations.AssociationCreate, association.Id), "associated");
        return association;
    }

    private static JsonObject Describe(DxCall call)
    {
        var (id, gateway, transit) = (call.Input.Text("associationId"), call.Input.Text("directConnectGatewayId"),
            call.Input.Text("associatedGatewayId") ?? call.Input.Text("virtualGatewayId"));
        if (id is null && gateway is null && transit is null)
        {
            throw AwsRefusal.DirectConnect(
                "One of associationId, directConnectGatewayId or associatedGatewayId must be provided.");
        }
        return call.Page("directConnectGatewayAssociations",
            call.State.DxAssociations.Where(a => (call.Owns(a.DxGatewayId) || call.Owns(a.TransitGatewayId))
                && (id is null || a.Id == id)
                && (gateway is null || a.DxGatewayId == gateway)
                && (transit is null || a.TransitGatewayId == transit)), a => Json(call, a));
    }

    /// <summary>Only the named prefixes change; the attachment stays as it is.</summary>
    private static JsonObject Update(DxCall call)
    {
        var association = Named(call, call.Input.Required("associationId"));
        if (association.State != "associated")
        {
            throw AwsRefusal.DirectConnect($"The association is in state {association.State} and must be associated.");
        }
        var removed = Prefixes(call, Remove);
        if (removed.FirstOrDefault(cidr => !association.AllowedPrefixes.Contains(cidr)) is { } foreign)
        {
            throw AwsRefusal.DirectConnect($"Allowed prefix {foreign} does not exist in the association.");
        }
        List<string> prefixes = [.. association.AllowedPrefixes.Except(removed), .. Prefixes(call, Add)];
        Allow(call, association, prefixes);
        return Reply(call, association);
    }

    public static void Allow(DxCall call, DxGatewayAssociation association, List<string> prefixes)
    {
        CheckPrefixes(prefixes, call.State.AssociationsOf(association.DxGatewayId).Where(a => a != association));
        association.AllowedPrefixes = prefixes;
        call.World.Enter(association, "updating");
        call.World.Then(association,
            call.World.Take(Durations.AssociationUpdate, $"{association.Id}/{call.World.Now.UtcTicks}"), "associated");
    }

    private static JsonObject Delete(DxCall call)
    {
        var association = call.Input.Text("associationId") is { } id
            ? Named(call, id)
            : call.State.DxAssociations.FirstOrDefault(a => a.State != "disassociated" && call.Owns(a.DxGatewayId)
                && a.DxGatewayId == call.Input.Text("directConnectGatewayId")
                    && a.TransitGatewayId == call.Input.Text("virtualGatewayId"))
                ?? throw AwsRefusal.DirectConnect("The Direct Connect Gateway association does not exist.");
        if (association.State == "disassociating")
        {
            return Reply(call, association);
        }
        if (call.State.VpnConnections.FirstOrDefault(v => v.TransportAttachmentId == association.AttachmentId
            && v.State != "deleted") is { } vpn)
        {
            throw AwsRefusal.DirectConnect($"The association is in use as transport of VPN connection {vpn.Id}.");
        }
        call.World.Enter(association, "disassociating");
        association.AnnouncedPrefixes = [];
        call.World.Then(association, call.World.Take(Durations.AssociationDelete, association.Id), "disassociated");
        AwsState.Forget(call.World, association, Durations.DeletedVifStaysListed);
        return Reply(call, association);
    }

    public static string Target(DxCall call) => call.Input.Text("gatewayId") ?? call.Input.Text("virtualGatewayId")
        ?? throw AwsRefusal.DirectConnect("Either gatewayId or virtualGatewayId must be provided.");

    /// <summary>The request must go to the gateway's region.</summary>
    public static (long Asn, TransitGateway? Transit) Gateway(DxCall call, string id)
    {
        if (call.State.VpnGateways.Find(g => g.Id == id && g.Region == call.Region && g.IsLive) is { } vpn)
        {
            return (vpn.AmazonSideAsn, null);
        }
        var transit = call.State.TransitGateways
            .FirstOrDefault(g => g.Id == id && g.Region == call.Region && g.State != "deleted")
            ?? throw AwsRefusal.DirectConnect($"Gateway {id} does not exist in {call.Region}.");
        return transit.State is "available" or "modifying"
            ? (transit.AmazonSideAsn, transit)
            : throw AwsRefusal.DirectConnect($"Gateway {id} is in state {transit.State} and must be available.");
    }

    private static TransitGatewayAttachment Attach(DxCall call, DxGateway gateway, TransitGateway transit)
    {
        var attachment = new TransitGatewayAttachment
        {
            Id = call.State.NewId(call.World, "tgw-attach-", $"{transit.Id}/{gateway.Id}"),
            Region = transit.Region,
            State = "pending",
            CreatedAt = call.World.Now,
            ChangedAt = call.World.Now,
            TransitGatewayId = transit.Id,
            ResourceType = TransitGatewayAttachment.DxGatewayType,
            ResourceId = gateway.Id,
            ResourceOwner = call.Owns(transit.Id) ? null : call.Account,
        };
        call.State.Attachments.Add(attachment);
        return attachment;
    }

    private static DxGatewayAssociation Named(DxCall call, string id) =>
        !Uuid().IsMatch(id) ? throw AwsRefusal.DirectConnect($"Association ID {id} has an invalid format.")
        : call.State.DxAssociations.FirstOrDefault(a => a.Id == id && a.State != "disassociated"
            && call.Owns(a.DxGatewayId))
            ?? throw AwsRefusal.DirectConnect($"Association {id} does not exist.");

    public static List<string> Prefixes(DxCall call, string name) =>
    [
        .. call.Input.Items(name, PrefixShape).Select(item => item.Required("cidr")).Select(written =>
            Cidr.Canonical(written) ?? throw AwsRefusal.DirectConnect($"Prefix {written} has an invalid format."))
                .Distinct(),
    ];

    private static void CheckPrefixes(List<string> prefixes, IEnumerable<DxGatewayAssociation> others)
    {
        if (prefixes.Distinct().Count() != prefixes.Count)
        {
            throw AwsRefusal.DirectConnect("An allowed prefix is already in the association.");
        }
        if (prefixes.Count > AwsLimits.AllowedPrefixesPerAssociation)
        {
            throw AwsRefusal.DirectConnect(
                $"The number of allowed prefixes exceeds the limit of {AwsLimits.AllowedPrefixesPerAssociation}.");
        }
        if (others.SelectMany(a => a.AllowedPrefixes).FirstOrDefault(taken => prefixes.Any(p => Cidr.Overlap(p, taken)))
            is { } overlapped)
        {
            throw AwsRefusal.DirectConnect(
                $"Allowed prefixes overlap with {overlapped} of another association of the gateway.");
        }
    }

    public static JsonObject Reply(DxCall call, DxGatewayAssociation association) =>
        DxJson.Of(("directConnectGatewayAssociation", Json(call, association)));

    private static JsonObject Json(DxCall call, DxGatewayAssociation association) => DxJson.Of(
        ("directConnectGatewayId", association.DxGatewayId),
        ("directConnectGatewayOwnerAccount", call.State.OwnerOf(association.DxGatewayId)),
        ("associationState", association.State),
        ("stateChangeError", association.StateChangeError),
        ("associatedGateway", AssociatedGateway(call, association.TransitGatewayId, association.TransitGatewayRegion)),
        ("associationId", association.Id),
        ("allowedPrefixesToDirectConnectGateway", DxJson.Prefixes(association.AllowedPrefixes)));

    public static JsonObject AssociatedGateway(DxCall call, string id, string region) => DxJson.Of(
        ("id", id),
        ("type", id.StartsWith("vgw-", StringComparison.Ordinal) ? "virtualPrivateGateway" : "transitGateway"),
        ("ownerAccount", call.State.OwnerOf(id)),
        ("region", region));

    [GeneratedRegex("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
    private static partial Regex Uuid();
}
