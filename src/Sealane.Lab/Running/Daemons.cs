using System.Text;
using Sealane.Lab.Frr;
using Sealane.Lab.Namespaces;
using Sealane.Lab.Plan;
using Sealane.Lab.StrongSwan;

namespace Sealane.Lab.Running;

/// <summary>Writes each box's configuration and starts its daemons; the order is what each one waits for.</summary>
internal static class Daemons
{
    private static readonly TimeSpan s_notice = TimeSpan.FromSeconds(1);

    public static async Task Start(LabRun lab, IReadOnlyList<Box> boxes, TimeSpan patience, CancellationToken ct)
    {
        var script = new StringBuilder();
        var waiting = new List<Box>();
        foreach (var box in boxes)
        {
            Write(lab, box);
            if (box.Frr is not null)
            {
                waiting.Add(box);
                Frr(script, lab, box, "zebra", $"-z {lab.Files.Box(box.Name)}/zserv.api");
            }
            if (box.Charon is not null)
            {
                waiting.Add(box);
                Background(script, lab, box, "charon",
                    $"env STRONGSWAN_CONF={lab.Files.Box(box.Name)}/strongswan.conf {Doctor.CharonPath}");
            }
        }
        // Daemons of FRR leave root for the user frr, so their directory must be its own.
        var owned = string.Join(' ', boxes.Where(box => box.Frr is not null).Select(box => lab.Files.Box(box.Name)));
        await Shell.Run((owned.Length > 0 ? $"chown -R frr:frr {owned}\n" : "") + script, ct).ConfigureAwait(false);
        if (!await lab.Until(() => Advance(lab, waiting), patience, ct).ConfigureAwait(false))
        {
            var box = waiting[0];
            throw new LabError($"a daemon of {box.Name} does not come up\n  see: {lab.Files.Box(box.Name)}/*.log");
        }
        foreach (var box in boxes.Where(box => box.Frr is not null))
        {
            if (!await lab.Until(() => File.Exists($"{lab.Files.Box(box.Name)}/bgpd.vty"), patience, ct)
                .ConfigureAwait(false))
            {
                throw new LabError($"bgpd of {box.Name} does not come up\n  see: {lab.Files.Box(box.Name)}/bgpd.log");
            }
        }
        foreach (var box in boxes.Where(box => box.Charon is not null))
        {
            await Meet(lab, box, patience, ct).ConfigureAwait(false);
        }
    }

    // A zebra that reads its interfaces at the very moment in which a device arrives may miss the device's address
    // (seen
    // in FRR 8.4: no connected route, so BGP waits for its next hop without end). Setting the address again tells it.
    private static async Task Meet(LabRun lab, Box box, TimeSpan patience, CancellationToken ct)
    {
        var charon = box.Charon!;
        var inside = lab.Plan[charon.Gateway].Ports.First(one => one.Name == charon.Device).Addresses[0];
        var routes = new Routes(lab);
        bool Knows() => routes.Fib(charon.Gateway)
            .Any(row => row.Protocol == "connected" && row.Prefix == inside.Network);
        if (await lab.Until(Knows, s_notice, ct).ConfigureAwait(false))
        {
            return;
        }
        var (space, device) = (lab.Space(charon.Gateway), charon.Device);
        await Shell.Run($"""
            ip -n {space} -batch - <<'END'
            addr del {inside} dev {device}
            link set {device} down
            link set {device} up
            addr add {inside} dev {device}
            END

            """, ct).ConfigureAwait(false);
        if (!await lab.Until(Knows, patience, ct).ConfigureAwait(false))
        {
            throw new LabError($"zebra of {charon.Gateway} does not see {charon.Device}\n"
                + $"  see: {lab.Files.Box(charon.Gateway)}/zebra.log");
        }
    }

    /// <summary>Starts what has become possible; true when nothing is left to start.</summary>
    private static bool Advance(LabRun lab, List<Box> waiting)
    {
        var script = new StringBuilder();
        var loaded = new List<Box>();
        waiting.RemoveAll(box =>
        {
            var directory = lab.Files.Box(box.Name);
            if (box.Frr is { } frr)
            {
                if (!File.Exists($"{directory}/zserv.api") || !File.Exists($"{directory}/zebra.vty"))
                {
                    return false;
                }
                foreach (var daemon in Others(frr))
                {
                    var bfd = daemon == "bfdd" ? $" --bfdctl {directory}/bfdd.sock" : "";
                    Frr(script, lab, box, daemon, $"-z {directory}/zserv.api{bfd}");
                }
                return true;
            }
            if (!File.Exists($"{directory}/charon.vici") || !NetNs.Interfaces(lab.Space(box.Name)).Contains("ipsec0"))
            {
                return false;
            }
            HandOver(script, lab, box);
            loaded.Add(box);
            return true;
        });
        if (script.Length > 0)
        {
            Shell.Run(script.ToString(), CancellationToken.None).GetAwaiter().GetResult();
        }
        foreach (var box in loaded)
        {
            using var vici = lab.Vici(box.Name);
            Ike.Load(vici, box.Charon!);
        }
        return waiting.Count == 0;
    }

    private static IEnumerable<string> Others(FrrConfig frr)
    {
        if (frr.Bfd)
        {
            yield return "bfdd";
        }
        yield return "bgpd";
        if (frr.Statics is not null)
        {
            yield return "staticd";
        }
    }

    // The device moves into the gateway, where BGP and routes meet it; the daemon goes on encrypting through its file
    // descriptor. A stand-in of the same name stays, because kernel-libipsec sets a route on it for every child.
    private static void HandOver(StringBuilder script, LabRun lab, Box box)
    {
        var charon = box.Charon!;
        var (space, gateway) = (lab.Space(box.Name), lab.Space(charon.Gateway));
        var port = lab.Plan[charon.Gateway].Ports.First(one => one.Name == charon.Device);
        script.AppendLine($"ip -n {space} link set dev ipsec0 netns {gateway} name {charon.Device}");
        script.AppendLine($"ip -n {gateway} -batch - <<'END'");
        script.AppendLine($"link set {charon.Device} mtu {Compiler.TunnelMtu} group {port.Group} up");
        script.AppendLine($"addr add {port.Addresses[0]} dev {charon.Device}");
        script.AppendLine("END");
        script.AppendLine($"ip -n {space} -batch - <<'END'");
        script.AppendLine("link add ipsec0 type bridge");
        script.AppendLine("link set ipsec0 up");
        script.AppendLine("END");
    }

    private static void Write(LabRun lab, Box box)
    {
        var directory = lab.Files.Box(box.Name);
        if (box.Frr is { } frr)
        {
            Directory.CreateDirectory(directory);
            Put($"{directory}/zebra.conf", FrrConfig.ZebraFile);
            Put($"{directory}/bgpd.conf", frr.BgpFile());
            Put($"{directory}/staticd.conf", frr.StaticFile());
            Put($"{directory}/bfdd.conf", FrrConfig.BfdFile);
        }
        if (box.Charon is not null)
        {
            Directory.CreateDirectory(directory);
            Put($"{directory}/strongswan.conf", Charon.File(directory));
        }
    }

    // Keys of the rehearsal stand in bgpd.conf: nobody else reads them.
    private static void Put(string path, string text)
    {
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    private static void Frr(StringBuilder script, LabRun lab, Box box, string daemon, string options)
    {
        var directory = lab.Files.Box(box.Name);
        Background(script, lab, box, daemon,
            $"{Doctor.FrrDirectory}/{daemon} -f {directory}/{daemon}.conf -i {directory}/{daemon}.pid "
            + $"{options} --vty_socket {directory} -A 127.0.0.1 -P 0 -u frr -g frr --log stdout --log-level info");
    }

    private static void Background(StringBuilder script, LabRun lab, Box box, string log, string command) =>
        script.AppendLine($"setsid nsenter --net={NetNs.PathOf(lab.Space(box.Name))} {command} "
            + $"> {lab.Files.Box(box.Name)}/{log}.log 2>&1 < /dev/null &");
}
