namespace Sealane.Cli.Explain;

/// <summary>A step of the manual guide, and what Sealane makes of it.</summary>
/// <param name="Number">1 to 24.</param>
/// <param name="Title">The guide's own heading.</param>
/// <param name="Does">What Sealane does instead of the clicks.</param>
/// <param name="Deviation">Where Sealane differs from the guide, and why; null where it does the same.</param>
/// <remarks>The guide: https://github.com/Mark-Austen/mcr-aws-azure-private-ip-vpn</remarks>
public sealed record GuideStep(int Number, string Title, string Does, string? Deviation = null)
{
    public string Id => $"step-{Number}";
}
