namespace Sealane.Core.Design;

/// <summary>Megaport's environment and the terms of every order.</summary>
public sealed record MegaportDesign
{
    public required bool Staging { get; init; }
    public required Contract Contract { get; init; }
}

/// <summary>What every order at Megaport says about its contract.</summary>
public sealed record Contract(int TermMonths, string CostCentre);

/// <summary>A Megaport Cloud Router.</summary>
public sealed record RouterDesign
{
    /// <summary>
    /// More than any difference of the ways: with AWS and at Microsoft the shorter AS path wins, among transit VIFs as
    /// long as their locations belong to one region.
    /// </summary>
    /// <remarks>https://learn.microsoft.com/azure/expressroute/designing-for-high-availability-with-expressroute,
    /// https://docs.aws.amazon.com/directconnect/latest/UserGuide/routing-and-bgp.html</remarks>
    public const int PrependsOnStandby = 3;

    public required PartKey Key { get; init; }

    /// <summary>The section of the spec that it comes from.</summary>
    public required string Path { get; init; }
    public required string Name { get; init; }

    /// <summary>An existing MCR to use, or null: order one.</summary>
    public required string? ExistingId { get; init; }

    /// <summary>Name or numeric id, as the user wrote it.</summary>
    public required string Location { get; init; }
    public required string? DiversityZone { get; init; }

    /// <summary>A router of the same site, whose zone this one keeps away from; null where there is none.</summary>
    public RouterDesign? AwayFrom { get; init; }
    public required int SpeedMbps { get; init; }
    public required long Asn { get; init; }
    public required FilterNames FilterNames { get; init; }
    public required Contract Contract { get; init; }

    /// <summary>How often it puts its ASN before what it announces, beside the once of every router; 0 to 10
    /// (<c>asPathPrependCount</c>).</summary>
    public int Prepends { get; init; }
}

/// <summary>The names of a router's four prefix lists: what it may learn from each cloud, and announce to it.</summary>
/// <param name="AwsExport">The guide's AWS-Export.</param>
/// <param name="AzureExport">The guide's Azure-Export.</param>
public sealed record FilterNames(string AwsImport, string AwsExport, string AzureImport, string AzureExport)
{
    public static FilterNames Of(string link, PartKey router) => new(
        router.On($"{link} AWS-Import"), router.On($"{link} AWS-Export"),
        router.On($"{link} Azure-Import"), router.On($"{link} Azure-Export"));
}

/// <summary>A VXC to AWS, its hosted connection and its transit VIF.</summary>
public sealed record AwsVxcDesign
{
    public required PartKey Key { get; init; }
    public required string Path { get; init; }

    /// <summary>The section with the session's addresses.</summary>
    public required string SessionPath { get; init; }
    public required RouterDesign Router { get; init; }

    /// <summary>Also the hosted connection's.</summary>
    public required string Name { get; init; }
    public required string VifName { get; init; }

    /// <summary>Location of the AWS port; the MCR's when the user named no other.</summary>
    public required string Location { get; init; }
    public required string? DiversityZone { get; init; }

    /// <summary>Another cross connect of the same router ends on the device of its zone: this one takes the
    /// other.</summary>
    public bool AcrossZone { get; init; }

    /// <summary>A hosted connection's speed cannot be changed: a new rate is a new VXC.</summary>
    public required int RateMbps { get; init; }
    public required Contract Contract { get; init; }

    /// <summary>The MCR's address towards AWS with its mask (guide step 7: 192.168.100.1/30).</summary>
    public required InterfaceAddress McrAddress { get; init; }

    /// <summary>Amazon's address on the transit VIF with its mask (guide step 7: 192.168.100.2/30).</summary>
    public required InterfaceAddress AmazonAddress { get; init; }
    public required int VifMtu { get; init; }
}

/// <summary>A VXC to one path of an ExpressRoute circuit.</summary>
public sealed record AzureVxcDesign
{
    public required PartKey Key { get; init; }
    public required string Path { get; init; }
    public required RouterDesign Router { get; init; }
    public required CircuitDesign Circuit { get; init; }
    public required CircuitPort Port { get; init; }
    public required string Name { get; init; }
    public required int RateMbps { get; init; }
    public required Contract Contract { get; init; }

    public Prefix Subnet => Circuit.Subnet(Port);
    public Ipv4 McrAddress => Subnet.Host(1);
    public Ipv4 MicrosoftAddress => Subnet.Host(2);
}
