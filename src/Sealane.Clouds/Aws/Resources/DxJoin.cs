using Sealane.Core;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Aws;

/// <summary>
/// How the two gateways are associated. In one account that is one call; where Direct Connect is another account's, the
/// owner of the transit gateway proposes it and the owner of the Direct Connect gateway accepts. A run that was cut in
/// between goes on with the proposal that waits.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/directconnect/latest/UserGuide/multi-account-associate-vgw.html</remarks>
public sealed class DxJoin(AwsClients clients, NetworkDesign design)
{
    private const string Propose = "directconnect:CreateDirectConnectGatewayAssociationProposal";
    private const string Withdrawal = "directconnect:DeleteDirectConnectGatewayAssociationProposal";
    private readonly string? _owner = design.DxGateway.Account;

    /// <summary>Of the account that has the Direct Connect gateway: it may see, change and delete the
    /// association.</summary>
    public DirectConnectClient Direct { get; } = clients.Of(design.DxGateway).DirectConnect;

    public IReadOnlyList<string> Operations =>
    [
        _owner is null ? "directconnect:CreateDirectConnectGatewayAssociation" : Propose,
        "directconnect:DescribeDirectConnectGatewayAssociations",
        "directconnect:UpdateDirectConnectGatewayAssociation", "directconnect:DeleteDirectConnectGatewayAssociation",
        .. _owner is null ? Array.Empty<string>() :
        [
            "directconnect:DescribeDirectConnectGatewayAssociationProposals",
            "directconnect:AcceptDirectConnectGatewayAssociationProposal", Withdrawal,
        ],
    ];

    /// <summary>Whose right an operation takes.</summary>
    public string? AccountOf(string operation) =>
        operation is Propose or Withdrawal || operation.StartsWith("ec2:", StringComparison.Ordinal) ? null : _owner;

    /// <summary>The proposal that waits for an answer.</summary>
    public async Task<AssociationProposal?> Open(string gateway, string transit, CancellationToken ct) =>
        _owner is null ? null
            : (await Direct.OpenProposals(gateway, transit, ct).ConfigureAwait(false)).FirstOrNull();

    /// <exception cref="CloudError">Busy: what was proposed does not show yet.</exception>
    public async Task Make(string gateway, string transit, IReadOnlyList<string> prefixes, CancellationToken ct)
    {
        if (_owner is null)
        {
            await Direct.CreateAssociation(gateway, transit, prefixes, ct).ConfigureAwait(false);
            return;
        }
        var proposal = await Open(gateway, transit, ct).ConfigureAwait(false);
        if (proposal is null)
        {
            await clients.DirectConnect.ProposeAssociation(gateway, _owner, transit, prefixes, ct)
                .ConfigureAwait(false);
            proposal = await Open(gateway, transit, ct).ConfigureAwait(false);
        }
        await Direct.AcceptProposal(gateway, proposal?.ProposalId ?? throw new CloudError(
            Cloud.Aws, Propose, CloudErrorKind.Busy, null, null, "the proposal is not shown yet"),
            design.Aws.Account, prefixes, ct).ConfigureAwait(false);
    }

    /// <summary>The same by hand.</summary>
    public string ToType(string gateway, string transit, IEnumerable<Prefix> prefixes)
    {
        var what = $"--direct-connect-gateway-id {gateway} --gateway-id {transit} "
            + "--add-allowed-prefixes-to-direct-connect-gateway "
            + string.Join(' ', prefixes.Select(prefix => $"cidr={prefix}"));
        return _owner is null ? $"aws directconnect create-direct-connect-gateway-association {what}"
            : $"aws directconnect create-direct-connect-gateway-association-proposal {what} "
                + $"--direct-connect-gateway-owner-account {_owner}, and as {_owner} aws directconnect "
                + $"accept-direct-connect-gateway-association-proposal --direct-connect-gateway-id {gateway} "
                + $"--associated-gateway-owner-account {design.Aws.Account} --proposal-id with the id that it answers";
    }

    public Task Withdraw(AssociationProposal proposal, CancellationToken ct) =>
        proposal.ProposalId is { } id ? AwsLookup.Gone(clients.DirectConnect.WithdrawProposal(id, ct))
            : Task.CompletedTask;
}
