using Sealane.Core;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Megaport;

/// <summary>A router's side of one VXC: the cloud behind it, the far end of its session, the session's key.</summary>
/// <param name="Cloud">The cloud at its far end.</param>
/// <param name="FarEnd">The BGP peer as designed; Megaport may have chosen another host of the network.</param>
public sealed record VxcLeg(Cloud Cloud, PartKey Key, RouterDesign Router, Ipv4 FarEnd, Secret BgpKey)
{
    public static VxcLeg Of(AwsVxcDesign vxc, LinkKeys keys) =>
        new(Cloud.Aws, vxc.Key, vxc.Router, vxc.AmazonAddress.Address, keys.AwsBgp(vxc.Key));

    public static VxcLeg Of(AzureVxcDesign vxc, LinkKeys keys) =>
        new(Cloud.Azure, vxc.Key, vxc.Router, vxc.MicrosoftAddress, keys.AzureBgp(vxc.Circuit.Key));

    /// <summary>The VXC to AWS, for readers without the link's keys.</summary>
    public static ObjectRef<VxcProduct> Aws(AwsVxcDesign vxc) => new(vxc.Key.On("megaport/aws-vxc"));

    /// <summary>The VXC to Azure, for readers without the link's keys.</summary>
    public static ObjectRef<VxcProduct> Azure(AzureVxcDesign vxc) => new(vxc.Key.On("megaport/azure-vxc"));

    public ObjectRef<VxcProduct> Vxc => new(Key.On($"megaport/{Word}-vxc"));
    public ObjectRef<VxcRouting> Filters => new(Key.On($"megaport/{Word}-filters"));
    public ObjectRef<VxcRouting> Routes => new(Key.On($"megaport/{Word}-routes"));
    public RouterList Import => new(Router, Cloud, Imports: true);
    public RouterList Export => new(Router, Cloud, Imports: false);
    public string Title => Key.After(Cloud == Cloud.Aws ? "AWS" : "Azure");

    private string Word => Cloud == Cloud.Aws ? "aws" : "azure";
}
