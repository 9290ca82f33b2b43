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
        var former = FormerParts.Of(design);
        var lists = design.Routers.SelectMany(RouterList.Of).ToList();
        IReadOnlyList<VxcLeg> legs =
        [
            .. design.AwsVxcs.Select(vxc => VxcLeg.Of(vxc, keys)),
            .. design.AzureVxcs.Select(vxc => VxcLeg.Of(vxc, keys)),
        ];
        return
        [
            .. design.Routers.Select(router => new Mcr(
                api, link, router, [.. former.Routers.Where(other => other.Key != router.Key)],
                [
                    .. design.AwsVxcs.Where(vxc => vxc.Router.Key == router.Key).Select(vxc => vxc.Name),
                    .. design.AzureVxcs.Where(vxc => vxc.Router.Key == router.Key).Select(vxc => vxc.Name),
                ])),
            .. lists.Select(list => new PrefixList(api, list)),
            .. design.AwsVxcs.Select(vxc =>
                new AwsVxc(
                    api, link, vxc, VxcLeg.Of(vxc, keys), design.Aws, design.DxGateway, design.LearnsFromAws,
                    [.. former.AwsVxcs.Where(other => other.Key != vxc.Key).Select(other => other.Name)])),
            .. design.AzureVxcs.Select(vxc => new AzureVxc(api, vxc, VxcLeg.Of(vxc, keys), design)),
            .. legs.Select(leg => new VxcFilters(api, link, leg)),
            .. lists.Select(list => new PrefixListEntries(api, list, endpoints,
                !list.HoldsAwsEndpoints || design.LearnsFromAws ? []
                    : [.. legs.Where(leg => leg.Cloud == Cloud.Aws && leg.Router.Key == list.Router.Key)
                        .Select(leg => leg.Routes)])),
            .. design.AwsVxcs.Select(vxc => new VxcRoutes(api, link, VxcLeg.Of(vxc, keys), endpoints)),
            .. design.AzureVxcs.Select(vxc => new VxcRoutes(
                api, link, VxcLeg.Of(vxc, keys), endpoints, Transport.Connection(vxc.Circuit),
                design.Circuits.Count > 1)),
            .. link.IsFormer ? design.AzureVxcs.Select(vxc => new VxcOff(
                api, vxc, [.. design.Circuits.Where(other => other.Key != vxc.Circuit.Key)])) : [],
        ];
    }
}
