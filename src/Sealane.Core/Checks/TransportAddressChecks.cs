using Sealane.Core.Design;

namespace Sealane.Core.Checks;

/// <summary>SL211, 212, 221: the MCR's addresses towards the clouds.</summary>
public static class TransportAddressChecks
{
    public static readonly DesignCheck AzureNetworks = new()
    {
        Id = "SL211",
        Severity = Severity.Error,
        Title = "The private peering has two separate /30s",
        Why = "Azure wants a /30 for each of the two paths: the first host is the MCR's, the second Microsoft's. "
            + "The secondary must be named even where only the primary path is ordered.",
        Fix = "Write two /30s, such as 192.168.101.0/30 and 192.168.101.4/30.",
        Sources = [Docs.ExpressRouteRouting, Docs.MegaportAzure],
        Find = design =>
        [
            .. from network in Networks.TransportToAzure(design)
               where network.Prefix.Length != 30
               select new Flaw(network.Path, $"{network} is not a /30"),
            .. Networks.OverlapsWithin(Networks.TransportToAzure(design)),
        ],
    };

    public static readonly DesignCheck AwsAddresses = new()
    {
        Id = "SL212",
        Severity = Severity.Error,
        Title = "The MCR and Amazon have the two host addresses of one /30 or /31",
        Why = "BGP on the transit VIF runs over one hop. In different networks, or with the network's first or last "
            + "address, the session never leaves Idle and the VIF stays down.",
        Fix = "Write two hosts of one /30, such as 192.168.100.1/30 and 192.168.100.2/30.",
        Sources = [Docs.VirtualInterfaces],
        Find = design =>
        [
            .. design.AwsVxcs.SelectMany(AwsPair), .. Networks.OverlapsWithin(Networks.TransportToAws(design)),
        ],
    };

    public static readonly DesignCheck PrivateOrLinkLocal = new()
    {
        Id = "SL221",
        Severity = Severity.Warning,
        Title = "The transport's addresses are private or link-local",
        Why = "Public addresses are taken only from whoever owns them, and hide the owner's own network behind the "
            + "MCR.",
        Fix = "Use a /30 of RFC 1918 or 169.254.0.0/16.",
        Sources = [Docs.VirtualInterfaces, Docs.ExpressRouteRouting],
        Find = design => from network in Networks.TransportToAws(design).Concat(Networks.TransportToAzure(design))
                         where !Networks.IsPrivate(network.Prefix) && !Networks.LinkLocal.Contains(network.Prefix)
                         select new Flaw(network.Path, $"{network} is public"),
    };

    private static IEnumerable<Flaw> AwsPair(AwsVxcDesign vxc)
    {
        var (mcr, amazon) = (vxc.McrAddress, vxc.AmazonAddress);
        var (mcrPath, amazonPath) = ($"{vxc.SessionPath}.mcr", $"{vxc.SessionPath}.amazon");
        if (mcr.Length is not (30 or 31))
        {
            yield return new(mcrPath, $"{mcr} is not in a /30 or /31");
        }
        else if (mcr.Network != amazon.Network)
        {
            yield return new(amazonPath, $"{amazon} is not in the MCR's network {mcr.Network}");
        }
        else if (mcr.Address == amazon.Address)
        {
            yield return new(amazonPath, $"the MCR and Amazon would both have {mcr.Address}");
        }
        else if (mcr.Length == 30)
        {
            foreach (var (path, end) in new[] { (mcrPath, mcr), (amazonPath, amazon) })
            {
                if (end.Address == end.Network.Network || end.Address == end.Network.Last)
                {
                    yield return new(path, $"{end.Address} is the network or broadcast address of {end.Network}, not "
                        + $"a host");
                }
            }
        }
    }
}
