using System.Collections.Immutable;
using Sealane.Core.Routing;
using Sealane.Sandbox.Megaport;
using Routing = Sealane.Core.Routing;

namespace Sealane.Sandbox.World.Net;

/// <summary>Megaport's services as boxes of the routing model.</summary>
internal static class MegaportBoxes
{
    public static ImmutableArray<Routing.Mcr> Mcrs(SandboxWorld world) =>
    [
        .. world.Megaport.Mcrs.Where(mcr => mcr.Ready).Select(mcr => new Routing.Mcr
        {
            Id = mcr.Id,
            Asn = mcr.Asn,
            Interfaces =
                [.. world.Megaport.VxcsOf(mcr.Id)
                    .SelectMany(vxc => vxc.Interfaces.Select(port => Interface(world, mcr, vxc, port)))],
        }),
    ];

    /// <summary>Where an MCR rewrites addresses: the model does not follow the new ones.</summary>
    public static ImmutableArray<Hole> Holes(SandboxWorld world) =>
    [
        .. from mcr in world.Megaport.Mcrs
           where mcr.Ready
           from vxc in world.Megaport.VxcsOf(mcr.Id)
           where vxc.Interfaces.Any(port => port.NatAddresses.Count > 0)
           select new Hole
           {
               Id = $"NAT on {vxc.Id}",
               Kind = HoleKind.LeadsOut,
               At = vxc.Id,
               Hides = "what becomes of the packets' addresses",
               Fix = "",
           },
    ];

    private static Routing.McrInterface Interface(SandboxWorld world, Sandbox.Megaport.Mcr mcr, Vxc vxc,
        Sandbox.Megaport.McrInterface port)
    {
        var farEnd = FarEnds.Of(world, vxc);
        return new()
        {
            VxcId = vxc.Id,
            Addresses = [.. port.Addresses],
            FarEnd = farEnd,
            Up = vxc is { Ready: true, Shutdown: false },
            StaticRoutes = [.. port.Routes.Select(route => new Routing.McrStaticRoute(route.Prefix, route.NextHop))],
            Sessions = [.. port.BgpConnections.Select(session => Session(world, mcr, session, farEnd))],
        };
    }

    private static McrBgpSession Session(SandboxWorld world, Sandbox.Megaport.Mcr mcr, McrBgpConnection session,
        string? farEnd) => new()
        {
            Id = $"{mcr.Id}/{session.PeerAddress}",
            LocalAddress = session.LocalAddress,
            PeerAddress = session.PeerAddress,
            PeerAsn = session.PeerAsn,
            LocalAsn = session.LocalAsn,
            Up = farEnd is not null && world.Sessions.IsUp(SessionIds.Transport(farEnd)),
            Shutdown = session.Shutdown,
            PeerType = session.PeerType switch
            {
                "NON_CLOUD" => McrPeerType.NonCloud,
                "PUB_CLOUD" => McrPeerType.PublicCloud,
                _ => McrPeerType.PrivateCloud,
            },
            ImportWhitelist = Filter(world, mcr, session.ImportWhitelist),
            ImportBlacklist = Filter(world, mcr, session.ImportBlacklist),
            ExportWhitelist = Filter(world, mcr, session.ExportWhitelist),
            ExportBlacklist = Filter(world, mcr, session.ExportBlacklist),
            MedIn = session.MedIn,
            MedOut = session.MedOut,
            PrependCount = session.AsPathPrependCount,
            AsOverride = session.AsOverride,
            ExportPolicyDeny = session.ExportPolicy == "deny",
            PermitExportTo = [.. session.PermitExportTo],
            DenyExportTo = [.. session.DenyExportTo],
        };

    private static PrefixFilter? Filter(SandboxWorld world, Sandbox.Megaport.Mcr mcr, int? number) =>
        number is { } n && world.Megaport.FindPrefixList(mcr.Id, n) is { } list
            ? new(n.ToString(System.Globalization.CultureInfo.InvariantCulture),
            [
                .. list.Entries.Where(entry => entry.Ipv4Prefix is not null)
                    .Select(entry => new Routing.PrefixFilterEntry(entry.Action == "permit", entry.Ipv4Prefix!.Value,
                        entry.Ge, entry.Le)),
            ])
            : null;
}
