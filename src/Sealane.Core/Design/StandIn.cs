namespace Sealane.Core.Design;

/// <summary>Prefixes for networks of which the spec names none, where something must be worked out without the clouds:
/// apart from each other, and those of the guide where there is one of each.</summary>
public static class StandIn
{
    /// <param name="index">Its place among the link's VPCs.</param>
    public static Prefix OfVpc(int index) => Of(index == 0 ? 1 : 100 + index);

    /// <param name="index">Its place among the link's VNets.</param>
    public static Prefix OfVnet(int index) => Of(index == 0 ? 2 : 200 + index);

    private static Prefix Of(int second) => Prefix.Parse($"10.{second}.0.0/16");
}
