namespace Sealane.Core.Reconcile;

/// <summary>
/// How often to look at something that takes a while: seldom while it cannot be ready yet; then again when a fortieth
/// more of the time has gone by, so that what is found late is found late by little of what it took; and seldom where
/// nobody waits for it.
/// Vendors ask for 10-15 seconds between looks at slow objects; Megaport allows 500 requests in five minutes.
/// </summary>
public static class Pace
{
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(20);

    /// <param name="slack">How much later it could be ready without the run ending later.</param>
    public static TimeSpan Next(TimeSpan expected, TimeSpan waited, TimeSpan slack = default)
    {
        var early = (expected / 3) - waited;
        var next = early > TimeSpan.Zero ? early : waited / 40;
        next = next > slack / 20 ? next : slack / 20;
        return TimeSpan.FromSeconds(Math.Round((next < Least ? Least : next > Most ? Most : next).TotalSeconds));
    }
}
