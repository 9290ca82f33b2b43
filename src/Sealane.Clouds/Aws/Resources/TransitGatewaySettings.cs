using Sealane.Clouds.Used;
using Sealane.Core;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Aws;

/// <summary>The CIDR block that the tunnels' outside addresses come from, on a transit gateway of others that has
/// none.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyTransitGateway.html</remarks>
public sealed class TransitGatewaySettings(AwsClients clients, NetworkDesign design, UsedNotes notes)
    : UsedSettings(TransitGateway.Ref.Id, notes)
{
    public override Cloud Cloud => Cloud.Aws;
    public override string Title => "CIDR block of the used transit gateway";
    public override IReadOnlyList<ObjectRef> Needs => [TransitGateway.Ref];
    public override TimeSpan Expected => AwsTimes.TransitGateway;

    protected override IReadOnlyList<string> Calls =>
        ["ec2:DescribeTransitGateways", "ec2:ModifyTransitGateway", "ec2:DescribeVpnConnections"];

    protected override string? ObjectOf(IKnown known) => design.TransitGateway.ExistingId;

    protected override IReadOnlyList<string> Values =>
        design.Link.Changes(TransitGateway.Ref.Id) ? [design.TransitGateway.Cidr.ToString()] : [];

    protected override async Task<UsedLook?> See(string id, UsedNote? note, IKnown? known, CancellationToken ct)
    {
        if (await clients.Ec2.FindTransitGateway(id, ct).ConfigureAwait(false)
            is not { State: not ("deleted" or "deleting") } found)
        {
            return null;
        }
        var others = note is null ? [] : await OthersVpns.On(id, design, clients, ct).ConfigureAwait(false);
        return new(id, found.State, found.CidrBlocks)
        {
            ReliedOn =
            [
                .. from block in found.CidrBlocks
                   from vpn in others
                   where vpn.EndsIn(block)
                   select (block, vpn.Id),
            ],
            IsBusy = found.State != "available",
            Console = AwsConsole.TransitGateway(clients.Region, id),
        };
    }

    // Outside addresses come from the first block: behind another one ours would serve nothing.
    protected override IReadOnlyList<string> Missing(IReadOnlyList<string> wanted, Observed observed) =>
        observed.Look.Has.Count > 0 ? [] : base.Missing(wanted, observed);

    protected override IReadOnlyList<string> Lines(UsedLook look, IReadOnlyList<string> missing) =>
        new Differences().Set("CIDR blocks", missing, look.Has).Lines;

    protected override string Impact(UsedLook look) => "none: nobody has an address in the block yet";

    protected override bool Knows(string value) => Prefix.TryParse(value, out _);

    protected override string Word(string value) => $"CIDR block {value}";

    protected override Task Add(UsedLook look, IReadOnlyList<string> missing, CancellationToken ct) =>
        clients.Ec2.ChangeCidrBlocks(look.Id, missing, [], ct);

    protected override Task Remove(UsedLook look, IReadOnlyList<string> own, CancellationToken ct) =>
        clients.Ec2.ChangeCidrBlocks(look.Id, [], own, ct);
}
