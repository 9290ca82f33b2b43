using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Azure;

/// <summary>What a person sees of an object: the service's own state, the id, the page in the portal.</summary>
internal static class AzurePortal
{
    public static ResourceView View(ArmObject found, string state, IReadOnlyList<(string Name, string Value)> facts) =>
        new(state, found.Id, Of(found.Id), facts);

    public static string Of(string id) => $"https://portal.azure.com/#@/resource{id}";
}
