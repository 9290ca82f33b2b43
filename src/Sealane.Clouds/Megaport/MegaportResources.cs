using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Megaport;

/// <summary>Megaport's part of the link, in reading order.</summary>
public static class MegaportResources
{
    public static IReadOnlyList<Resource> All(NetworkDesign design, MegaportClient api, LinkKeys keys) =>
    [
        new Mcr(api, design),
        new PrefixList(api, design, PrefixListRole.AwsImport),
        new PrefixList(api, design, PrefixListRole.AwsExport),
        new PrefixList(api, design, PrefixListRole.AzureImport),
        new PrefixList(api, design, PrefixListRole.AzureExport),
        new AwsVxc(api, design, keys),
        new AzureVxc(api, design, keys),
        new VxcFilters(api, design, keys, VxcRole.Aws),
        new VxcFilters(api, design, keys, VxcRole.Azure),
        new PrefixListEntries(api, design, PrefixListRole.AwsImport),
        new PrefixListEntries(api, design, PrefixListRole.AwsExport),
        new PrefixListEntries(api, design, PrefixListRole.AzureImport),
        new PrefixListEntries(api, design, PrefixListRole.AzureExport),
        new VxcRoutes(api, design, keys, VxcRole.Aws),
        new VxcRoutes(api, design, keys, VxcRole.Azure),
    ];
}
