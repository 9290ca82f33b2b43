using System.Text.Json;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Megaport;

/// <summary>
/// A change of a VXC. The interface list of the A-end is replaced as a whole: a password that is not sent again is
/// cleared (terraform-provider-megaport #466). What the change says reaches the router a while later.
/// </summary>
internal static class VxcChange
{
    public static void Apply(SandboxWorld world, Vxc vxc, JsonElement body, int? term)
    {
        var state = world.Megaport;
        if (!vxc.Ready)
        {
            throw new Refusal(400, "Service is not provisioned yet", "");
        }
        if (body.Get("bEndVlan") is not null || body.Get("bEndInnerVlan") is not null)
        {
            throw new Refusal(403, "Only B end owner can change B VLAN ", "");
        }
        if (body.Get("bEndConfig") is not null || body.Get("bEndProductUid") is not null
            || body.Get("aEndProductUid") is not null)
        {
            throw Refusal.Invalid("Only the virtual router end can be changed");
        }
        var problems = new List<string>();
        var rate = body.SmallNumber("rateLimit");
        CheckRate(world, vxc, rate, problems);
        var vlan = body.SmallNumber("aEndVlan");
        if (vlan is not null and not 0 && vlan != vxc.AVlan
            && (vlan is < 2 or > 4093 || state.VxcsOf(vxc.McrUid).Any(other => other.AVlan == vlan)))
        {
            problems.Add($"VLAN {vlan} not available on MEGAPORT service {state.FindMcr(vxc.McrUid)?.Number}");
        }
        var interfaces = body.Object("aEndConfig") is { } config ? ReadInterfaces(state, vxc, config, problems) : null;
        if (problems.Count > 0)
        {
            throw Refusal.Invalid(problems);
        }
        vxc.Name = body.Text("name") is { Length: > 0 } name ? name : vxc.Name;
        vxc.CostCentre = body.Text("costCentre") ?? vxc.CostCentre;
        vxc.TermMonths = term ?? vxc.TermMonths;
        vxc.Shutdown = body.Flag("shutdown") ?? vxc.Shutdown;
        vxc.RateMbps = rate ?? vxc.RateMbps;
        vxc.AVlan = vlan is null or 0 ? vxc.AVlan : vlan.Value;
        if (interfaces is not null)
        {
            Send(world, vxc, interfaces);
        }
    }

    private static void CheckRate(SandboxWorld world, Vxc vxc, int? rate, List<string> problems)
    {
        if (rate is null || rate == vxc.RateMbps)
        {
            return;
        }
        if (vxc.Kind == VxcKind.AwsHostedConnection)
        {
            problems.Add("The rate limit of an AWS hosted connection cannot be changed");
        }
        else if (rate < 1 || rate > world.Megaport.FindMcr(vxc.McrUid)?.SpeedMbps
            || (vxc.Azure is { } azure && rate > Provisioning.Provider(world)?.FindCircuit(azure.ServiceKey)
                ?.BandwidthMbps))
        {
            problems.Add("Invalid rate limit");
        }
    }

    private static List<McrInterface> ReadInterfaces(MegaportState state, Vxc vxc, JsonElement config,
        List<string> problems)
    {
        var mcr = state.FindMcr(vxc.McrUid)!;
        var reading = new InterfaceReading(state, mcr);
        var interfaces = reading.Read(config);
        problems.AddRange(reading.Problems);
        foreach (var session in interfaces.SelectMany(i => i.BgpConnections))
        {
            var before = vxc.Interfaces.SelectMany(i => i.BgpConnections).FirstOrDefault(
                other => other.PeerAddress == session.PeerAddress && other.PeerAsn == session.PeerAsn);
            if (before is not null
                && ((before.LocalAsn ?? mcr.Asn) == before.PeerAsn)
                    != ((session.LocalAsn ?? mcr.Asn) == session.PeerAsn))
            {
                problems.Add("A BGP session cannot change between iBGP and eBGP");
            }
        }
        return interfaces;
    }

    private static void Send(SandboxWorld world, Vxc vxc, List<McrInterface> interfaces)
    {
        var state = world.Megaport;
        var edit = new VxcEdit
        {
            Id = $"edit/{vxc.Id}/{++vxc.EditCount}",
            VxcUid = vxc.Id,
            Interfaces = interfaces,
            CreatedAt = world.Now,
        };
        // Changes arrive in the order in which they were accepted.
        var latest = state.Edits.Where(other => other.VxcUid == vxc.Id).SelectMany(other => other.Coming)
            .Select(coming => coming.At - world.Now).DefaultIfEmpty().Max();
        var taken = world.Take(Durations.VxcEdit, edit.Id);
        world.Then(edit, taken > latest ? taken : latest + TimeSpan.FromSeconds(1), "applied");
        state.Edits.Add(edit);
    }
}
