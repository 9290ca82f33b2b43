using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Megaport;

/// <summary>Megaport's part of the link, in reading order.</summary>
public static class MegaportResources
{
    public static IReadOnlyList<Resource> All(NetworkDesign design, MegaportClient api, LinkKeys keys)
    {
        var link = design.Link;
        var endpoints = Endpoints.Of(design);
        var lists = design.Routers.SelectMany(RouterList.Of).ToList();
        IReadOnlyList<VxcLeg> legs =
        [
            .. design.AwsVxcs.Select(vxc => VxcLeg.Of(vxc, keys)),
            .. design.AzureVxcs.Select(vxc => VxcLeg.Of(vxc, keys)),
        ];
        return
        [
            .. design.Routers.Select(router => new Mcr(
                api, link, router, [.. design.Routers.Where(other => other.Key != router.Key)],
                [
                    .. design.AwsVxcs.Where(vxc => vxc.Router.Key == router.Key).Select(vxc => vxc.Name),
                    .. design.AzureVxcs.Where(vxc => vxc.Router.Key == router.Key).Select(vxc => vxc.Name),
                ])),
            .. lists.Select(list => new PrefixList(api, list)),
            .. design.AwsVxcs.Select(vxc =>
                new AwsVxc(
                    api, link, vxc, VxcLeg.Of(vxc, keys), design.Aws, design.DxGateway, design.LearnsFromAws)),
            .. design.AzureVxcs.Select(vxc => new AzureVxc(
                api, link, vxc, VxcLeg.Of(vxc, keys),
                [.. design.AzureVxcs.Where(other => other.Key != vxc.Key)])),
            .. legs.Select(leg => new VxcFilters(api, link, leg)),
            .. lists.Select(list => new PrefixListEntries(api, list, endpoints)),
            .. legs.Select(leg => new VxcRoutes(api, link, leg, endpoints)),
        ];
    }
}
