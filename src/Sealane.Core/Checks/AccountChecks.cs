using Sealane.Core.Design;

namespace Sealane.Core.Checks;

/// <summary>SL518: VPCs of other accounts than the transit gateway's.</summary>
public static class AccountChecks
{
    public static readonly DesignCheck OthersAreReached = new()
    {
        Id = "SL518",
        Severity = Severity.Error,
        Title = "A VPC of another account is reached with that account's profile, on a shared transit gateway",
        Why = "Only a VPC's own account attaches it and writes its routes, and it sees no transit gateway that is "
            + "not shared with it. To share one with an account opens its network to that account: that is its "
            + "owner's to do, and one that is still to be made cannot be shared before.",
        Fix = "Name the transit gateway that is shared (aws.transitGateway.id) and the profile of the VPC's account; "
            + "for a VPC of the link's own account name neither account nor profile.",
        Sources = [Docs.SharedTransitGateways],
        Find = design =>
        [
            .. from vpc in design.Vpcs
               where vpc.Account is not null && vpc.Profile is null
               select new Flaw(Key(vpc, "account"), $"no profile is named for account {vpc.Account}"),
            .. from vpc in design.Vpcs
               where vpc.Account is null && vpc.Profile is not null
               select new Flaw(Key(vpc, "profile"), $"{vpc.Id} is reached as {design.Aws.Account}, without this"),
            .. from vpc in design.Vpcs
               where vpc.Account is not null && design.TransitGateway.ExistingId is null
               select new Flaw(Key(vpc, "account"), "the transit gateway is still to be made, and shared with nobody"),
            .. from vpc in design.Vpcs
               where vpc.Account is not null
               from other in design.Vpcs.TakeWhile(other => other != vpc)
               where other.Account == vpc.Account && other.Profile is not null && vpc.Profile is not null
                   && other.Profile != vpc.Profile
               select new Flaw(Key(vpc, "profile"), $"{vpc.Account} has the profile {other.Profile} already"),
        ],
    };

    /// <summary>The first VPC's keys stand beside the link's own.</summary>
    private static string Key(VpcDesign vpc, string key) => vpc.Key == PartKey.None
        ? $"{vpc.Path}.vpc{char.ToUpperInvariant(key[0])}{key[1..]}" : $"{vpc.Path}.{key}";
}
