using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Megaport;

/// <summary>Megaport's part of the link, in reading order.</summary>
public static class MegaportResources
{
    public static IReadOnlyList<Resource> All(MegaportClient api, LinkKeys keys) =>
    [
        new Mcr(api),
        new PrefixList(api, PrefixListRole.AwsImport),
        new PrefixList(api, PrefixListRole.AwsExport),
        new PrefixList(api, PrefixListRole.AzureImport),
        new PrefixList(api, PrefixListRole.AzureExport),
        new AwsVxc(api, keys),
        new AzureVxc(api, keys),
        new VxcFilters(api, keys, VxcRole.Aws),
        new VxcFilters(api, keys, VxcRole.Azure),
        new PrefixListEntries(api, PrefixListRole.AwsImport),
        new PrefixListEntries(api, PrefixListRole.AwsExport),
        new PrefixListEntries(api, PrefixListRole.AzureImport),
        new PrefixListEntries(api, PrefixListRole.AzureExport),
        new VxcRoutes(api, keys, VxcRole.Aws),
        new VxcRoutes(api, keys, VxcRole.Azure),
    ];
}
