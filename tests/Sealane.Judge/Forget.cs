using Sealane.Core.Routing;

namespace Sealane.Judge;

/// <summary>
/// Deliberate errors: the model is handed a network in which it cannot see one knob, as if its rule were missing. The
/// judge must notice each.
/// </summary>
internal static class Forget
{
    public static IReadOnlyList<string> Knobs { get; } =
    [
        "prepend", "med", "import", "export", "deny", "shutdown", "export-policy", "ecmp", "statics", "allowed",
    ];

    public static Network From(Network network, string knob) => knob switch
    {
        "" => network,
        "prepend" => Sessions(network, session => session with { PrependCount = 0 }),
        "med" => Sessions(network, session => session with { MedIn = null, MedOut = null }),
        "import" => Sessions(network, session => session with { ImportWhitelist = null }),
        "export" => Sessions(network, session => session with { ExportWhitelist = null }),
        "deny" => Sessions(network, session => session with { ImportBlacklist = null, ExportBlacklist = null }),
        "shutdown" => Sessions(network, session => session with { Shutdown = false }),
        "export-policy" => Sessions(network, session => session with { DenyExportTo = [] }),
        "ecmp" => network with
        {
            TransitGateways = [.. network.TransitGateways.Select(one => one with { VpnEcmp = !one.VpnEcmp })],
        },
        "statics" => network with
        {
            Mcrs = [.. network.Mcrs.Select(mcr => mcr with
            {
                Interfaces = [.. mcr.Interfaces.Select(one => one with { StaticRoutes = [] })],
            })],
        },
        "allowed" => network with
        {
            DxGateways = [.. network.DxGateways.Select(one => one with
            {
                Associations = [.. one.Associations.Select(two => two with { AllowedPrefixes = [] })],
            })],
        },
        _ => throw new ArgumentException($"no knob '{knob}'"),
    };

    private static Network Sessions(Network network, Func<McrBgpSession, McrBgpSession> change) => network with
    {
        Mcrs = [.. network.Mcrs.Select(mcr => mcr with
        {
            Interfaces = [.. mcr.Interfaces.Select(one => one with { Sessions = [.. one.Sessions.Select(change)] })],
        })],
    };
}
