using System.Text.Json.Nodes;

namespace Sealane.Sandbox.Aws.DirectConnect;

/// <summary>
/// Associations across accounts: the owner of the transit or virtual private gateway proposes, the owner of the Direct
/// Connect gateway accepts, with other prefixes if he wants.
/// </summary>
/// <remarks>
/// https://docs.aws.amazon.com/directconnect/latest/APIReference/API_CreateDirectConnectGatewayAssociationProposal.html
/// </remarks>
internal static class DxProposalCalls
{
    private const string Override = "overrideAllowedPrefixesToDirectConnectGateway";

    public static IReadOnlyList<DxOperation> All { get; } =
    [
        new("CreateDirectConnectGatewayAssociationProposal",
            "*directConnectGatewayId:string *directConnectGatewayOwnerAccount:string *gatewayId:string "
                + $"{DxAssociationCalls.Add}:list {DxAssociationCalls.Remove}:list", Create),
        new("DescribeDirectConnectGatewayAssociationProposals",
            "directConnectGatewayId:string proposalId:string associatedGatewayId:string" + DxOperation.Page, Describe),
        new("AcceptDirectConnectGatewayAssociationProposal",
            $"*directConnectGatewayId:string *proposalId:string *associatedGatewayOwnerAccount:string {Override}:list",
            Accept),
        new("DeleteDirectConnectGatewayAssociationProposal", "*proposalId:string", Delete),
    ];

    /// <summary>One for gateways that are associated already asks for other prefixes.</summary>
    private static JsonObject Create(DxCall call)
    {
        var (gateway, owner) = (call.Input.Required("directConnectGatewayId"),
            call.Input.Required("directConnectGatewayOwnerAccount"));
        var target = DxAssociationCalls.Target(call);
        DxAssociationCalls.Gateway(call, target);
        if (!call.Owns(target))
        {
            throw AwsRefusal.DirectConnect($"Gateway {target} does not exist in {call.Region}.");
        }
        if (!call.State.DxGateways.Exists(g => g.Id == gateway && call.State.OwnerOf(g.Id) == owner))
        {
            throw AwsRefusal.DirectConnect($"Direct Connect Gateway {gateway} does not exist.");
        }
        if (Open(call).Any(p => p.DxGatewayId == gateway && p.GatewayId == target))
        {
            throw AwsRefusal.DirectConnect($"A proposal for {gateway} and {target} is already requested.");
        }
        var proposal = new DxProposal
        {
            Id = call.State.NewUuid(call.World, "dx-proposal", $"{gateway}/{target}"),
            DxGatewayId = gateway,
            DxGatewayOwner = owner,
            GatewayId = target,
            Region = call.Region,
            Prefixes = [.. (Existing(call, gateway, target)?.AllowedPrefixes ?? [])
                .Except(DxAssociationCalls.Prefixes(call, DxAssociationCalls.Remove))
                .Union(DxAssociationCalls.Prefixes(call, DxAssociationCalls.Add))],
        };
        call.State.DxProposals.Add(proposal);
        return Reply(call, proposal);
    }

    private static JsonObject Describe(DxCall call)
    {
        var (gateway, id, target) = (call.Input.Text("directConnectGatewayId"), call.Input.Text("proposalId"),
            call.Input.Text("associatedGatewayId"));
        return call.Page("directConnectGatewayAssociationProposals",
            Seen(call).Where(p => (gateway is null || p.DxGatewayId == gateway) && (id is null || p.Id == id)
                && (target is null || p.GatewayId == target)), p => Json(call, p));
    }

    private static JsonObject Accept(DxCall call)
    {
        var gateway = call.Gateway(call.Input.Required("directConnectGatewayId"));
        var proposal = Open(call).FirstOrDefault(p => p.Id == call.Input.Required("proposalId")
            && p.DxGatewayId == gateway.Id
            && call.State.OwnerOf(p.GatewayId) == call.Input.Required("associatedGatewayOwnerAccount"))
            ?? throw AwsRefusal.DirectConnect(
                $"Proposal {call.Input.Required("proposalId")} does not exist or is not requested.");
        var prefixes = !call.Input.Has(Override) ? [.. proposal.Prefixes]
            : DxAssociationCalls.Prefixes(call, Override);
        var association = Existing(call, gateway.Id, proposal.GatewayId);
        if (association is null)
        {
            association = DxAssociationCalls.Associate(call, gateway, proposal.GatewayId, prefixes);
        }
        else
        {
            DxAssociationCalls.Allow(call, association, prefixes);
        }
        proposal.State = "accepted";
        return DxAssociationCalls.Reply(call, association);
    }

    private static JsonObject Delete(DxCall call)
    {
        var proposal = Seen(call).FirstOrDefault(p => p.Id == call.Input.Required("proposalId"))
            ?? throw AwsRefusal.DirectConnect($"Proposal {call.Input.Required("proposalId")} does not exist.");
        proposal.State = "deleted";
        return Reply(call, proposal);
    }

    private static DxGatewayAssociation? Existing(DxCall call, string gateway, string target) =>
        call.State.AssociationsOf(gateway).FirstOrDefault(a => a.TransitGatewayId == target);

    private static IEnumerable<DxProposal> Seen(DxCall call) =>
        call.State.DxProposals.Where(p => call.Owns(p.GatewayId) || p.DxGatewayOwner == call.Account);

    private static IEnumerable<DxProposal> Open(DxCall call) => Seen(call).Where(p => p.State == "requested");

    private static JsonObject Reply(DxCall call, DxProposal proposal) =>
        DxJson.Of(("directConnectGatewayAssociationProposal", Json(call, proposal)));

    private static JsonObject Json(DxCall call, DxProposal proposal) => DxJson.Of(
        ("proposalId", proposal.Id),
        ("directConnectGatewayId", proposal.DxGatewayId),
        ("directConnectGatewayOwnerAccount", proposal.DxGatewayOwner),
        ("proposalState", proposal.State),
        ("associatedGateway", DxAssociationCalls.AssociatedGateway(call, proposal.GatewayId, proposal.Region)),
        ("existingAllowedPrefixesToDirectConnectGateway", DxJson.Prefixes(
            Existing(call, proposal.DxGatewayId, proposal.GatewayId)?.AllowedPrefixes ?? [])),
        ("requestedAllowedPrefixesToDirectConnectGateway", DxJson.Prefixes(proposal.Prefixes)));
}
