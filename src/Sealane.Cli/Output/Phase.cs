using Sealane.Core.Reconcile;

namespace Sealane.Cli.Output;

/// <summary>The parts of the link that a person thinks in while it is built.</summary>
internal enum Phase
{
    Transport,
    Locks,
    Tunnels,
    Traffic,
}

internal static class Phases
{
    /// <summary>Guide steps that belong to the tunnels; everything earlier is transport.</summary>
    private const int FirstTunnelStep = 14;

    public static Phase Of(Resource resource) =>
        resource.GuardedBy == Locks.All ? Phase.Traffic
        : resource.GuideSteps.Contains(19) || resource.Closes.HasFlag(Locks.TransitGatewayIsolation) ? Phase.Locks
        : resource.GuideSteps.Any(step => step >= FirstTunnelStep) ? Phase.Tunnels
        : Phase.Transport;
}

internal static class CloudNames
{
    public static string Of(Cloud cloud) => cloud switch
    {
        Cloud.Aws => "AWS",
        Cloud.Azure => "Azure",
        _ => "Megaport",
    };
}
