namespace Sealane.Clouds.Megaport;

/// <summary>
/// Megaport's life of a service: DEPLOYABLE, CONFIGURED, LIVE; then CANCELLED or DECOMMISSIONED. Words not named here
/// mean that it is still being built.
/// </summary>
/// <remarks>https://docs.megaport.com (service status); github.com/megaport/megaportgo, product constants.</remarks>
public static class ProvisioningStatus
{
    /// <summary>Both carry traffic as far as Megaport is concerned; the vendor's clients take either.</summary>
    public static bool IsReady(string? status) => status is "CONFIGURED" or "LIVE";

    /// <summary>Listed for ever, but no longer there.</summary>
    public static bool IsGone(string? status) => status is "CANCELLED" or "CANCELLED_PARENT" or "DECOMMISSIONED";

    public static bool IsFailed(string? status) => status is "FAILED";
}
