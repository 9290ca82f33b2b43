using Sealane.Core.Reconcile;
using Sealane.Sandbox.Aws;
using Sealane.Sandbox.Azure;
using Sealane.Sandbox.Megaport;
using Sealane.Sandbox.World;

namespace Sealane.Tests.Sandbox.World;

/// <summary>Worlds for tests of the host, which cares for no cloud in particular.</summary>
internal static class Worlds
{
    public static DateTimeOffset Morning { get; } = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    public static SandboxWorld Empty(TimeProvider? clock = null, long seed = 7) =>
        new(clock ?? new VirtualClock(Morning), seed, Morning, new AwsState(), new AzureState(), new MegaportState());

    public static Faces Echoes() => new(
        new EchoFace("aws"), new EchoFace("arm"), new EchoFace("login"), new EchoFace("megaport"),
        new EchoFace("token"));
}
