using Sealane.Cli.Output;
using Sealane.Clouds.Megaport;
using Sealane.Clouds.Pricing;
using Sealane.Core.Design;
using Sealane.Core.Pricing;
using Sealane.Core.Reconcile;
using Sealane.Sandbox.World;

namespace Sealane.Cli;

/// <summary>The way to prices alone: it needs no key of a link, and of credentials Megaport's only, if there are
/// any.</summary>
internal static class PriceReach
{
    /// <summary>What the embedded Megaport takes.</summary>
    public static (string Access, string Secret)? RehearsalKey =>
        (SandboxIdentity.MegaportAccessKey, SandboxIdentity.MegaportSecretKey);

    public static async Task<PriceSheet> Ask(
        NetworkDesign design, IReadOnlyList<PriceItem> items, bool sandbox, CancellationToken ct) => sandbox
            ? await AskSandbox(design, items, ct).ConfigureAwait(false)
            : await AskVendors(design, items, ct).ConfigureAwait(false);

    private static async Task<PriceSheet> AskVendors(
        NetworkDesign design, IReadOnlyList<PriceItem> items, CancellationToken ct)
    {
        using var sockets = CloudReach.Sockets();
        return await Ask(design, items, Endpoints.Of(design), NamedCredentials.Megaport(design), sockets,
            CloudReach.RealClock(), LivePrices.UsualLimit, ct).ConfigureAwait(false);
    }

    /// <summary>Of a world that nobody keeps: lists of prices do not depend on what is built.</summary>
    private static async Task<PriceSheet> AskSandbox(
        NetworkDesign design, IReadOnlyList<PriceItem> items, CancellationToken ct)
    {
        if (Endpoints.Ignored(design) is { Count: > 0 } ignored)
        {
            Console.Error.Line($"note: a rehearsal goes to no network; not used: {string.Join(", ", ignored)}");
        }
        var stored = Rehearsal.New(design, seed: null);
        var clock = new VirtualClock(stored.Now);
        var world = stored.Wake(clock);
        using var clouds = new InProcessClouds(world, Rehearsal.Faces(world, () => world.Now));
        using var turn = VirtualClock.Enter(clock);
        return await Ask(design, items, Endpoints.Vendors, RehearsalKey, clouds, clock, LivePrices.InProcessLimit, ct)
            .ConfigureAwait(false);
    }

    private static async Task<PriceSheet> Ask(
        NetworkDesign design, IReadOnlyList<PriceItem> items, Endpoints endpoints, (string Access, string Secret)? key,
        HttpMessageHandler transport, TimeProvider clock, TimeSpan limit, CancellationToken ct)
    {
        using var megaport = key is var (access, secret)
            ? new MegaportClient(new(clock, transport), endpoints.OfMegaport(design, access, secret)) : null;
        return await new LivePrices(transport, endpoints.ForPrices(megaport), clock, limit).Ask(items, ct)
            .ConfigureAwait(false);
    }
}
