using Sealane.Core;
using Sealane.Core.Routing;
using Sealane.Sandbox.Aws;

namespace Sealane.Sandbox.World.Net;

/// <summary>AWS takes a session down when it is sent more prefixes than a VIF may carry, and it stays down.</summary>
/// <remarks>https://docs.aws.amazon.com/directconnect/latest/UserGuide/limits.html</remarks>
internal static class PrefixLimit
{
    /// <summary>Whether the session, were it up, would be sent too much.</summary>
    public static bool IsPassed(SandboxWorld world, RoutingTables tables, DxVif vif)
    {
        if (vif.Ipv4Peer?.Amazon?.Address is not { } amazon
            || world.Megaport.Vxcs.Find(vxc => !vxc.Ended && vxc.Aws?.ConnectionId == vif.ConnectionId) is not { } vxc)
        {
            return false;
        }
        // A session is sent no more than its router knows: in ordinary worlds that ends the question.
        var known = tables.McrBgpRoutes(vxc.McrUid).DistinctBy(route => route.Prefix).Count();
        if (known <= AwsLimits.PrefixesPerVifSession)
        {
            return false;
        }
        // The model would shut the session itself, and then count what a shut session announces.
        var up = tables.Network.Change($"{vxc.McrUid}/{amazon}", session => session with { Up = true }) with
        {
            Ignore = RoutingRules.VifPrefixLimit,
        };
        return Announced(RoutingTables.Solve(up), vxc.McrUid, amazon) > AwsLimits.PrefixesPerVifSession;
    }

    private static int Announced(RoutingTables tables, string mcrUid, Ipv4 peer) =>
        tables.McrAdvertised(mcrUid, peer).DistinctBy(route => route.Prefix).Count();
}
