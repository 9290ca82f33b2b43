using System.Globalization;
using Sealane.Lab.Model;
using Sealane.Lab.Namespaces;
using Sealane.Lab.Running;
using Sealane.Tests.Lab;

namespace Sealane.Judge;

/// <summary>
/// Figures of the link with two routers and four tunnels, which no spec describes: how soon it stands, and what the
/// failure of each element costs under several timers and static routes. bench/lab calls it.
/// </summary>
internal static class Measure
{
    public static async Task<int> Run(IReadOnlyDictionary<string, string> options)
    {
        var network = Network(
            options.GetValueOrDefault("--bfd") == "yes", options.GetValueOrDefault("--statics", "fixed")) with
        {
            TransportTimers = options.GetValueOrDefault("--timers") == "tight" ? LabNetwork.TightTimers : null,
        };
        var rounds = int.Parse(options.GetValueOrDefault("--rounds", "1"), CultureInfo.InvariantCulture);
        var patience = int.Parse(options.GetValueOrDefault("--patience", "60"), CultureInfo.InvariantCulture);
        var seconds = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            var files = LabFiles.Of($"measure-{Environment.ProcessId % 10000}");
            var lab = new LabRun(network, files, TimeProvider.System);
            try
            {
                if (options.TryGetValue("--order", out var order))
                {
                    return await Order(order == "guide", files).ConfigureAwait(false);
                }
                var up = new Up(lab, _ => { });
                await up.Run(new([], [], false, ""), CancellationToken.None).ConfigureAwait(false);
                seconds.Add(up.FirstPingSeconds ?? double.NaN);
                up.Missing.ToList().ForEach(missing => Console.WriteLine($"missing: {missing}"));
                if (options.TryGetValue("--drill", out var names))
                {
                    var drill = new Drill(lab, TimeSpan.FromSeconds(patience), Console.Error.WriteLine);
                    var chosen = drill.Elements.Where(one => names.Split(',').Contains(one.Name)).ToList();
                    Console.WriteLine(DrillText.Of(await drill.Run(chosen, CancellationToken.None)
                        .ConfigureAwait(false)));
                }
            }
            finally
            {
                await new Down(files, TimeProvider.System).Run(CancellationToken.None).ConfigureAwait(false);
            }
        }
        seconds.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"first encrypted ping, s (min / median / max of "
            + $"{seconds.Count}): {seconds[0]:0.00} / {seconds[seconds.Count / 2]:0.00} / {seconds[^1]:0.00}"));
        return 0;
    }

    // The steps of an apply, with every MCR captured. The guide filters no imports, has one table for all attachments
    // and allows the VPC's prefix.
    private static async Task<int> Order(bool guide, LabFiles files)
    {
        var network = Labs.TwoRouters();
        if (guide)
        {
            network = network with
            {
                TransitGateway = network.TransitGateway with { Propagates = true, Associates = true },
                DxGateway = network.DxGateway with
                {
                    AllowedPrefixes = [.. network.DxGateway.AllowedPrefixes.Union(network.VpcPrefixes)],
                },
                Routers = [.. network.Routers.Select(router => router with
                {
                    Legs = [.. router.Legs.Select(leg => leg with { Session = leg.Session with { Import = null } })],
                })],
            };
        }
        var replay = new Replay(new(network, files, TimeProvider.System), guide, Console.WriteLine);
        var reports = await replay.Run(new([], [], false, ""), CancellationToken.None).ConfigureAwait(false);
        reports.ToList().ForEach(Console.WriteLine);
        return reports.All(report => report.Clean) ? 0 : 1;
    }

    // How the MCRs know the tunnels' outside addresses: by static routes bound to the VXC (the guide); by static routes
    // through a prefix that the session brings; or, towards AWS, from the session itself.
    private static LabNetwork Network(bool bfd, string statics)
    {
        var network = Labs.TwoRouters(bfd);
        var (cidr, vnet) = (network.TransitGateway.Cidr, network.VnetPrefixes.First());
        LabLeg Change(LabLeg leg)
        {
            var through = leg.Cloud == Cloud.Aws ? cidr : vnet;
            return statics switch
            {
                "recursive" => leg with
                {
                    Statics = [.. leg.Statics.Select(one => new LabMcrStatic(one.Prefix, through.Host(1), true))],
                    Session = leg.Session with { Import = new([.. leg.Session.Import!.Entries, new(through)]) },
                },
                "learned" when leg.Cloud == Cloud.Aws => leg with { Statics = [] },
                _ => leg,
            };
        }
        return network with
        {
            DxGateway = statics == "learned"
                ? network.DxGateway with { AllowedPrefixes = [.. network.AwsOutside.Select(one => one.ToPrefix())] }
                : network.DxGateway,
            Routers = [.. network.Routers.Select(router => router with { Legs = [.. router.Legs.Select(Change)] })],
        };
    }
}
