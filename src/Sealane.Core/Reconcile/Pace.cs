namespace Sealane.Core.Reconcile;

/// <summary>
/// How often to look at something that takes a while: seldom while it cannot be ready yet, often when it is about to
/// be.
/// Vendors ask for 10-15 seconds between looks at slow objects; Megaport allows 500 requests in five minutes.
/// </summary>
public static class Pace
{
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(30);

    public static TimeSpan Next(TimeSpan expected, TimeSpan waited)
    {
        var often = expected < TimeSpan.FromMinutes(3) ? Least : Usual;
        var quarter = (expected - waited) / 4;
        return quarter < often ? often : quarter > Most ? Most : quarter;
    }
}
