using System.Globalization;
using Sealane.Core;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Aws;

/// <summary>
/// The claim on a link: an empty security group <c>sealane-NAME</c> in the protected VPC. It costs nothing, protects
/// nothing
/// and stands only while a run orders or deletes; EC2 takes no second group of that name in the VPC, so of two runs one
/// gets
/// it. That this holds for two calls at the same instant is not documented.
/// </summary>
/// <remarks>
/// API: ec2 CreateSecurityGroup ("You can't have two security groups for the same VPC with the same name"),
/// DescribeSecurityGroups, DeleteSecurityGroup.
/// </remarks>
/// <param name="owner">Tells this machine from others: a claim that it left behind is its own.</param>
/// <param name="run">Tells this run from others, and what a person reads: command, place, start.</param>
/// <param name="takeOver">A person has looked, and says that the run that holds it is no more.</param>
public sealed class LinkClaim(
    AwsClients clients, NetworkDesign design, TimeProvider clock, string owner, string run, bool takeOver) : IClaim
{
    private const string OwnerTag = "sealane-owner";
    private const string RunTag = "sealane-run";
    private const string SinceTag = "sealane-since";

    /// <summary>A group that was made a moment ago may not be listed yet.</summary>
    private const int Looks = 6;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(5);

    // In the account of the first VPC, which is the same for every run.
    private readonly Ec2Client _ec2 = clients.Of(design.Vpcs[0]).Ec2;

    private string Name => $"sealane-{design.Name}";

    public async Task<ClaimTaken> Take(CancellationToken ct)
    {
        var since = clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var (uncertain, tookOver) = (false, false);
        for (var look = 1; ; look++)
        {
            try
            {
                await _ec2.CreateSecurityGroup(
                    design.Vpcs[0].Id, Name, $"Sealane works on link {design.Name}. Removed when the run ends.",
                    [
                        ("Name", Name), (LinkTag.Key, design.Name), (OwnerTag, owner), (RunTag, run), (SinceTag, since),
                        .. ObjectTags.AskedOf(design.Link),
                    ], ct).ConfigureAwait(false);
                return tookOver ? ClaimTaken.Left : ClaimTaken.Fresh;
            }
            catch (CloudError error) when (error.Kind is CloudErrorKind.Exists or CloudErrorKind.Uncertain)
            {
                uncertain |= error.Kind == CloudErrorKind.Uncertain;
            }
            var held = await _ec2.FindSecurityGroup(design.Vpcs[0].Id, Name, ct).ConfigureAwait(false);
            if (held?.Tags.GetValueOrDefault(OwnerTag) == owner)
            {
                // By this very call, whose reply was lost, or by a run of this machine that is no more.
                return uncertain && held.Tags.GetValueOrDefault(SinceTag) == since ? ClaimTaken.Fresh : ClaimTaken.Left;
            }
            if (held is not null && takeOver && !tookOver)
            {
                tookOver = true;
                await AwsLookup.Gone(_ec2.DeleteSecurityGroup(held.Id, ct)).ConfigureAwait(false);
            }
            else if (held is not null || look == Looks)
            {
                throw new ClaimHeld(Story(held));
            }
            else
            {
                await Task.Delay(BetweenLooks, clock, ct).ConfigureAwait(false);
            }
        }
    }

    public async Task<bool> IsLeft(CancellationToken ct)
    {
        for (var look = 1; look <= Looks; look++)
        {
            if (await _ec2.FindSecurityGroup(design.Vpcs[0].Id, Name, ct).ConfigureAwait(false) is { } held)
            {
                return held.Tags.GetValueOrDefault(OwnerTag) == owner;
            }
            await Task.Delay(BetweenLooks, clock, ct).ConfigureAwait(false);
        }
        return false;
    }

    public async Task Release(CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (await _ec2.FindSecurityGroup(design.Vpcs[0].Id, Name, ct).ConfigureAwait(false) is { } held
                    && held.Tags.GetValueOrDefault(OwnerTag) == owner)
                {
                    await AwsLookup.Gone(_ec2.DeleteSecurityGroup(held.Id, ct)).ConfigureAwait(false);
                }
                return;
            }
            catch (CloudError error) when (attempt < Looks && error.Kind is CloudErrorKind.Uncertain
                or CloudErrorKind.Unavailable or CloudErrorKind.Busy or CloudErrorKind.Throttled)
            {
                await Task.Delay(BetweenLooks, clock, ct).ConfigureAwait(false);
            }
        }
    }

    private string Story(Ec2SecurityGroup? held) =>
        $"another run works on link {design.Name}: "
        + (held is null ? "it has just begun"
            : Plain.Line($"{held.Tags.GetValueOrDefault(RunTag) ?? "of unknown origin"}, since "
                + $"{held.Tags.GetValueOrDefault(SinceTag) ?? "an unknown time"} (security group {held.Id} in "
                + $"{held.VpcId})"))
        + "; nothing was done\n  fix: wait until it ends and run the command again. If that run is no more, because "
        + "its "
        + "machine is gone: look at what it made with sealane status, and go on with --take-over";
}
