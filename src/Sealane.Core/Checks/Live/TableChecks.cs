using Sealane.Core.Routing;
using static Sealane.Core.Checks.Live.Say;

namespace Sealane.Core.Checks.Live;

/// <summary>The clouds judge the model that the proof rests on.</summary>
internal static class TableChecks
{
    private const int Told = 5;

    public static readonly LiveCheck TablesAgree = new()
    {
        Id = "SL911",
        BelongsToProof = true,
        Title = "Every table that a cloud shows is the one that the model derives",
        Fix = "A row that only one side has is a change that has not settled, or a rule of ours that is wrong: ask "
            + "again in a minute, and report it with the evidence if it stays.",
        Look = seen =>
        {
            var report = TableComparison.Of(RoutingTables.Solve(seen.Network), seen.Shown);
            var unexplained = report.Unexplained;
            if (unexplained.Count > 0 && seen.ComingUp.Count > 0 && AgreesWithout(seen))
            {
                return Unknown($"still coming up: {List(seen.ComingUp.Select(one => one.Words))}; without it every table "
                    + "agrees");
            }
            var rest = unexplained.Count > Told ? $"; and {unexplained.Count - Told} more" : "";
            var habits = List(report.Differences.Select(one => one.Explained));
            return unexplained.Count > 0 ? Fail(string.Join("; ", unexplained.Take(Told)) + rest)
                : Pass($"{report.Tables} tables, {report.Rows} rows"
                    + (report.Differences.Count == 0 ? "" : $"; {report.Differences.Count} explained: {habits}"));
        },
    };

    private static bool AgreesWithout(LinkObservation seen)
    {
        var down = seen.ComingUp.Select(one => one.Id).ToHashSet(StringComparer.Ordinal);
        var network = seen.Network with
        {
            Mcrs = [.. seen.Network.Mcrs.Select(mcr => mcr with
            {
                Interfaces = [.. mcr.Interfaces.Select(port => port with
                {
                    Sessions = [.. port.Sessions.Select(session =>
                        down.Contains(session.Id) ? session with { Up = false } : session)],
                })],
            })],
        };
        return TableComparison.Of(RoutingTables.Solve(network), seen.Shown).Unexplained.Count == 0;
    }
}
