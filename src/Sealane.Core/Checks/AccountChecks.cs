using Sealane.Core.Design;

namespace Sealane.Core.Checks;

/// <summary>SL518: VPCs and Direct Connect of other accounts than the transit gateway's.</summary>
public static class AccountChecks
{
    /// <param name="What">Reached with the account's credentials.</param>
    private sealed record Part(string What, string AccountKey, string? Account, string ProfileKey, string? Profile);

    public static readonly DesignCheck OthersAreReached = new()
    {
        Id = "SL518",
        Severity = Severity.Error,
        Title = "What lies in another account is reached with that account's profile, a VPC on a shared transit "
            + "gateway",
        Why = "Only a VPC's own account attaches it and writes its routes, and it sees no transit gateway that is "
            + "not shared with it. To share one with an account opens its network to that account: that is its "
            + "owner's to do, and one that is still to be made cannot be shared before. A VIF belongs to the account "
            + "of its Direct Connect gateway, which also accepts the hosted connection.",
        Fix = "Name the transit gateway that is shared (aws.transitGateway.id) and the profile of the other account; "
            + "for what lies in the link's own account name neither account nor profile.",
        Sources = [Docs.SharedTransitGateways, Docs.DirectConnectAcrossAccounts],
        Find = design =>
        [
            .. from part in Parts(design)
               where part.Account is not null && part.Profile is null
               select new Flaw(part.AccountKey, $"no profile is named for account {part.Account}"),
            .. from part in Parts(design)
               where part.Account is null && part.Profile is not null
               select new Flaw(part.ProfileKey, $"{part.What} is reached as {design.Aws.Account}, without this"),
            .. from vpc in design.Vpcs
               where vpc.Account is not null && design.TransitGateway.ExistingId is null
               select new Flaw(Key(vpc, "account"), "the transit gateway is still to be made, and shared with nobody"),
            .. from part in Parts(design)
               where part.Account is not null
               from other in Parts(design).TakeWhile(other => other != part)
               where other.Account == part.Account && other.Profile is not null && part.Profile is not null
                   && other.Profile != part.Profile
               select new Flaw(part.ProfileKey, $"{part.Account} has the profile {other.Profile} already"),
        ],
    };

    private static IEnumerable<Part> Parts(NetworkDesign design) => design.Vpcs
        .Select(vpc => new Part(vpc.Id, Key(vpc, "account"), vpc.Account, Key(vpc, "profile"), vpc.Profile))
        .Append(new("Direct Connect", $"{design.DxGateway.Path}.account", design.DxGateway.Account,
            $"{design.DxGateway.Path}.profile", design.DxGateway.Profile));

    /// <summary>The first VPC's keys stand beside the link's own.</summary>
    private static string Key(VpcDesign vpc, string key) => vpc.Key == PartKey.None
        ? $"{vpc.Path}.vpc{char.ToUpperInvariant(key[0])}{key[1..]}" : $"{vpc.Path}.{key}";
}
