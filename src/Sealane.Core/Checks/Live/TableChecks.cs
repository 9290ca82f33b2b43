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
                return Unknown($"still coming up: {List(seen.ComingUp.Select(one => one.Words))}; without it every "
                    + "table "
                    + "agrees");
            }
            var rest = unexplained.Count > Told ? $"; and {unexplained.Count - Told} more" : "";
            var habits = List(report.Differences.Select(one => one.Explained));
            var silent = Silent(seen.Network, seen.Shown);
            return unexplained.Count == 0 && silent.Count > 0
                ? Unknown($"no table of {List(silent)} was shown: nothing there judges the model")
                : unexplained.Count > 0 ? Fail(string.Join("; ", unexplained.Take(Told)) + rest)
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

    // Each cloud judges its own part; one that showed nothing has not agreed.
    private static List<string> Silent(Routing.Network network, IReadOnlyList<ShownTable> shown) =>
    [
        .. new (string Name, bool Takes, Func<ShownKind, bool> Shows)[]
        {
            ("AWS", network.TransitGateways.Length + network.DxGateways.Length > 0,
                kind => kind is ShownKind.TransitGateway or ShownKind.VifAccepted or ShownKind.VifAdvertised),
            ("Megaport", network.Mcrs.Length > 0, kind => kind is ShownKind.McrIp or ShownKind.McrBgp
                or ShownKind.McrReceived or ShownKind.McrAdvertised),
            ("Azure", network.Circuits.Length + network.ExpressRouteGateways.Length + network.VpnGateways.Length > 0,
                kind => kind is ShownKind.EdgeRouter or ShownKind.GatewayLearned or ShownKind.GatewayAdvertised
                    or ShownKind.SubnetEffective),
        }.Where(cloud => cloud.Takes && !shown.Any(table => cloud.Shows(table.Kind))).Select(cloud => cloud.Name),
    ];
}
