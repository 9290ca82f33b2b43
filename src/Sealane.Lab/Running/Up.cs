using System.Globalization;
using Sealane.Lab.Namespaces;
using Sealane.Lab.Plan;
using Sealane.Lab.StrongSwan;

namespace Sealane.Lab.Running;

/// <summary>
/// Brings a lab up: the network, the daemons, the tunnels' devices, the underlay, IKE, BGP in the tunnels, and a first
/// packet. Each step waits on what it needs to see, never on a clock.
/// </summary>
public sealed class Up(LabRun lab, Action<string> progress)
{
    private static readonly TimeSpan s_daemons = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_routes = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_sessions = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_ike = TimeSpan.FromSeconds(8);
    private readonly long _start = lab.Time.GetTimestamp();
    private readonly List<string> _missing = [];

    /// <summary>Seconds from nothing to the first answered echo between the hosts; null: none was answered.</summary>
    public double? FirstPingSeconds { get; private set; }

    /// <summary>What did not come, in words; empty when all did.</summary>
    public IReadOnlyList<string> Missing => _missing;

    public async Task Run(LabRecord record, CancellationToken ct)
    {
        await Build(record, ct).ConfigureAwait(false);
        await StartDaemons(ct).ConfigureAwait(false);
        await Connect(ct).ConfigureAwait(false);
    }

    /// <summary>Boxes and links.</summary>
    public async Task Build(LabRecord record, CancellationToken ct)
    {
        Doctor.Demand();
        if (lab.Files.Exists)
        {
            throw new LabError($"the lab {lab.Files.Name} is there already\n"
                + $"  fix: sealane lab down --name {lab.Files.Name}, or give this one another --name");
        }
        var spaces = lab.Plan.Boxes.Select(box => lab.Space(box.Name)).ToList();
        if (spaces.Find(space => File.Exists(NetNs.PathOf(space))) is { } foreign)
        {
            throw new LabError($"a namespace {foreign} exists, and no lab is on record that made it\n"
                + $"  fix: ip netns del {foreign}, if nobody needs it");
        }
        lab.Files.Write(record with { Spaces = spaces });
        await Shell.Run(NetworkScript.Of(lab.Plan, lab.Files), ct).ConfigureAwait(false);
        Say($"network: {lab.Plan.Boxes.Count} boxes, {lab.Plan.Links.Count} links");
    }

    /// <summary>Routers and IKE daemons, with the tunnels' devices in their gateways.</summary>
    public async Task StartDaemons(CancellationToken ct)
    {
        await Daemons.Start(lab, lab.Plan.Boxes, s_daemons, ct).ConfigureAwait(false);
        var count = lab.Plan.Routers.Sum(box => 2 + (box.Frr!.Statics is null ? 0 : 1) + (box.Frr.Bfd ? 1 : 0))
            + lab.Plan.Endpoints.Count();
        Say($"daemons: {count}, and {lab.Plan.Endpoints.Count()} tunnel devices in their gateways");
    }

    /// <summary>The underlay's routes, IKE, BGP in the tunnels, and the first packet.</summary>
    public async Task Connect(CancellationToken ct)
    {
        var routes = new Routes(lab);
        foreach (var (what, there) in routes.Underlay())
        {
            Note(await lab.Until(there, s_routes, ct).ConfigureAwait(false), what);
        }
        Say("underlay: " + (_missing.Count == 0 ? "routes to every tunnel endpoint" : _missing[0]));

        var tunnels = lab.Plan.Endpoints.Where(box => box.Charon is { Initiates: true, Configured: true }).ToList();
        var answers = await Task.WhenAll(tunnels.Select(box => Task.Run(() => Initiate(box), ct)))
            .ConfigureAwait(false);
        for (var i = 0; i < tunnels.Count; i++)
        {
            Note(answers[i].Length == 0, $"{tunnels[i].Name}: {answers[i]}");
        }
        Say(string.Create(CultureInfo.InvariantCulture,
            $"IKE: {answers.Count(answer => answer.Length == 0)} of {tunnels.Count} tunnels"));
        foreach (var (what, there) in routes.Overlay())
        {
            Note(await lab.Until(there, _missing.Count == 0 ? s_routes : TimeSpan.FromSeconds(3), ct)
                .ConfigureAwait(false), what);
        }
        Say("BGP in the tunnels: " + (_missing.Count == 0 ? "routes at both ends" : _missing[^1]));
        var hosts = lab.Plan.Boxes.Where(box => box.Name.StartsWith("vnet-host", StringComparison.Ordinal)).ToList();
        var from = lab.Plan.Boxes.First(box => box.Name.StartsWith("vpc-host", StringComparison.Ordinal)).Name;
        if (await First(from, lab.Address(hosts[0].Name), ct).ConfigureAwait(false))
        {
            FirstPingSeconds = lab.Time.GetElapsedTime(_start).TotalSeconds;
            Say($"ping {from} to {hosts[0].Name}: answered");
        }
        else
        {
            Note(false, $"no answer from {hosts[0].Name} to {from}");
            Say(_missing[^1]);
        }
        if (_missing.Count == 0)
        {
            await AllSessions(routes, ct).ConfigureAwait(false);
        }
    }

    // The first packet needs one way; a link is whole when every session stands.
    private async Task AllSessions(Routes routes, CancellationToken ct)
    {
        var routers = lab.Plan.Routers.Select(box => box.Name).ToList();
        if (!await lab.Until(() => routers.All(routes.Stand), s_sessions, ct).ConfigureAwait(false))
        {
            routers.ForEach(routes.Nudge);
        }
        foreach (var box in routers)
        {
            Note(await lab.Until(() => routes.Stand(box), s_routes, ct).ConfigureAwait(false),
                $"a BGP session of {box}");
        }
        Say("BGP: " + (_missing.Count == 0 ? "every session stands" : $"{_missing[0]} does not stand"));
    }

    private async Task<bool> First(string from, Core.Ipv4 address, CancellationToken ct)
    {
        for (var attempt = 0; attempt < (_missing.Count == 0 ? 10 : 1); attempt++)
        {
            if (await lab.Echo(from, address, ct).ConfigureAwait(false))
            {
                return true;
            }
        }
        return false;
    }

    private string Initiate(Box box)
    {
        using var vici = lab.Vici(box.Name);
        return Ike.Initiate(vici, s_ike);
    }

    private void Note(bool there, string what)
    {
        if (!there)
        {
            _missing.Add(what);
        }
    }

    private void Say(string text) =>
        progress(string.Create(CultureInfo.InvariantCulture,
            $"{lab.Time.GetElapsedTime(_start).TotalSeconds,6:0.00} s  {text}"));
}
