using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Megaport;

/// <summary>Ends a service now, and tells "already ended" from "not yet possible".</summary>
internal static class Cancellation
{
    /// <param name="blockedAdvice">What usually stands in the way of this kind of service.</param>
    public static async Task Cancel(
        MegaportClient api, string uid, bool locked, bool safeDelete, string blockedAdvice, CancellationToken ct)
    {
        if (locked)
        {
            throw new CloudError(
                Cloud.Megaport, "POST product/action/CANCEL_NOW", CloudErrorKind.Invalid, null, null,
                $"{uid} is locked",
                advice: "unlock the service in the Megaport portal, then run destroy again");
        }
        try
        {
            await api.CancelNow(uid, safeDelete, ct).ConfigureAwait(false);
        }
        catch (CloudError error) when (error.Kind == CloudErrorKind.NotFound)
        {
            return;
        }
        catch (CloudError error)
            when (error.Kind is CloudErrorKind.Invalid or CloudErrorKind.Busy && error.Status is 400 or 409)
        {
            // A second cancel is refused like one that comes too early, and the texts are not documented: the status
            // tells.
            var product = await api.Product(uid, ct).ConfigureAwait(false);
            if (product is null || ProvisioningStatus.IsGone(product.ProvisioningStatus))
            {
                return;
            }
            throw new CloudError(
                error.Cloud, error.Operation, CloudErrorKind.Busy, error.Status, error.Code, error.Message,
                error.RequestId,
                error.Advice ?? blockedAdvice, error);
        }
    }
}

/// <summary>The vendor's web console.</summary>
internal static class Portal
{
    public const string Services = "https://portal.megaport.com/services";
}
