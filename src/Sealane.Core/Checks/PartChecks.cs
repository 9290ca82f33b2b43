using Sealane.Core.Design;
using Sealane.Core.Spec;

namespace Sealane.Core.Checks;

/// <summary>SL511-515, 517: parts that are written out, and how they fit together.</summary>
public static class PartChecks
{
    public static readonly DesignCheck KeysAreDistinct = new()
    {
        Id = "SL511",
        Severity = Severity.Error,
        Title = "Each part of a kind has a key of its own",
        Why = "Ids, names and keys of sessions are made from it: two parts with one key would be one object, ordered "
            + "for both. A preset in one word has parts of its own, with the keys second and secondary.",
        Fix = "Give each another key; with parts written out, leave resilience out.",
        Sources = [Docs.Guide],
        Find = design =>
        [
            .. Twice(design.Vpcs, vpc => (vpc.Key, vpc.Path)),
            .. Twice(design.Vnets, vnet => (vnet.Key, vnet.Path)),
            .. Twice(design.Routers, router => (router.Key, router.Path)),
            .. Twice(design.AwsVxcs, vxc => (vxc.Key, vxc.Path)),
            .. Twice(design.Circuits, circuit => (circuit.Key, circuit.Path)),
            .. Twice(design.AzureVxcs, vxc => (vxc.Key, vxc.Path)),
            .. from list in Lists(design)
               where design.Link.Resilience != Resilience.None && list.Path is not ("aws.vpcs" or "azure.spokes")
                   && list.Parts.Any(part => !part.Gone)
               select new Flaw(list.Path, $"resilience: {design.Spec.Resilience} has parts of its own beside these"),
            .. from list in Lists(design)
               from part in list.Parts.Index()
               where part.Item.Gone && list.Parts.Any(other => !other.Gone && other.Key == part.Item.Key)
               select new Flaw($"{list.Path}[{part.Index}]", $"{part.Item.Key} is gone, and another part has its key"),
            .. from moved in design.Spec.Moved.Index()
               from list in Lists(design)
               let both = new[] { moved.Item.From, moved.Item.To }
               where both.All(key => list.Parts.Any(part => part.Key == key))
               select new Flaw($"moved[{moved.Index}].from",
                   $"{list.Path} still has {moved.Item.From} beside {moved.Item.To}, which was made as it"),
            .. from moved in design.Spec.Moved.Index()
               where design.Spec.Moved.Any(other => other != moved.Item
                   && (other.From == moved.Item.From || other.To == moved.Item.To || other.From == moved.Item.To))
               select new Flaw($"moved[{moved.Index}]",
                   $"{moved.Item.From} to {moved.Item.To} is not the only move of that key: from is the key that "
                       + "a part was made with, to the one that it has now"),
        ],
    };

    public static readonly DesignCheck PartsExist = new()
    {
        Id = "SL512",
        Severity = Severity.Error,
        Title = "A cross connect names a router and a circuit that there are",
        Why = "It would be ordered at another router than its author means.",
        Fix = "Write the key of one of megaport.routers or azure.circuits; or leave it out for the first.",
        Sources = [Docs.Guide],
        Find = design =>
        [
            .. from vxc in design.Spec.Megaport.AwsVxcs.Index()
               where !vxc.Item.Gone && Lacks(design.Routers.Select(router => router.Key), vxc.Item.Router)
               select new Flaw($"megaport.awsVxcs[{vxc.Index}].router", $"there is no router {vxc.Item.Router}"),
            .. from vxc in design.Spec.Megaport.AzureVxcs.Index()
               where !vxc.Item.Gone && Lacks(design.Routers.Select(router => router.Key), vxc.Item.Router)
               select new Flaw($"megaport.azureVxcs[{vxc.Index}].router", $"there is no router {vxc.Item.Router}"),
            .. from vxc in design.Spec.Megaport.AzureVxcs.Index()
               where !vxc.Item.Gone && Lacks(design.Circuits.Select(circuit => circuit.Key), vxc.Item.Circuit)
               select new Flaw($"megaport.azureVxcs[{vxc.Index}].circuit", $"there is no circuit {vxc.Item.Circuit}"),
            .. from key in design.Spec.Secrets.AwsBgpKeys.Keys
               where Lacks(design.AwsVxcs.Select(vxc => vxc.Key), key)
               select new Flaw($"secrets.awsBgpKeys.{key}", $"there is no cross connect {key}"),
            .. from key in design.Spec.Secrets.AzureBgpKeys.Keys
               where Lacks(design.Circuits.Select(circuit => circuit.Key), key)
               select new Flaw($"secrets.azureBgpKeys.{key}", $"there is no circuit {key}"),
            .. from key in design.Spec.Secrets.AuthorizationKeys.Keys
               where Lacks(design.Circuits.Select(circuit => circuit.Key), key)
               select new Flaw($"secrets.authorizationKeys.{key}", $"there is no circuit {key}"),
            .. from moved in design.Spec.Moved.Index()
               where Lists(design).All(list => list.Parts.All(part => part.Key != moved.Item.To))
               select new Flaw($"moved[{moved.Index}].to", $"there is no part {moved.Item.To}"),
        ],
    };

    public static readonly DesignCheck OneAsnOnACircuit = new()
    {
        Id = "SL513",
        Severity = Severity.Error,
        Title = "Routers that share a circuit have one ASN",
        Why = "A circuit's private peering has one peer ASN for both of its paths: Microsoft's edge refuses the "
            + "session of the router that has another.",
        Fix = "Give both routers the same ASN, or each a circuit of its own.",
        Sources = [Docs.ExpressRouteRouting, Docs.MegaportAzure],
        Find = design => from vxc in design.AzureVxcs
                         where vxc.Router.Asn != vxc.Circuit.PeerAsn
                         select new Flaw($"{vxc.Router.Path}.asn",
                             $"router {vxc.Router.Name} is AS {vxc.Router.Asn}, and the peering of circuit "
                                 + $"{vxc.Circuit.Name} is with AS {vxc.Circuit.PeerAsn}"),
    };

    public static readonly DesignCheck PathsAreUsedOnce = new()
    {
        Id = "SL514",
        Severity = Severity.Error,
        Title = "Each path of a circuit has one cross connect, and each circuit has one at least",
        Why = "A path ends at one port, which takes one cross connect: Megaport refuses the second. A circuit without "
            + "any is billed and carries nothing.",
        Fix = "Give the cross connect the other path or another circuit; a circuit that nothing leads to, take out.",
        Sources = [Docs.MegaportAzure, Docs.ExpressRouteFaq],
        Find = design =>
        [
            .. from path in design.AzureVxcs.GroupBy(vxc => (vxc.Circuit.Key, vxc.Port))
               from vxc in path.Skip(1)
               select new Flaw(vxc.Path, $"the {vxc.Port.ToString().ToLowerInvariant()} path of circuit "
                   + $"{vxc.Circuit.Name} has {path.First().Name} already"),
            .. from circuit in design.Circuits
               where design.AzureVxcs.All(vxc => vxc.Circuit.Key != circuit.Key)
               select new Flaw(circuit.Path, $"no cross connect leads to circuit {circuit.Name}"),
        ],
    };

    public static readonly DesignCheck RoutersLeadToBoth = new()
    {
        Id = "SL515",
        Severity = Severity.Warning,
        Title = "Each router leads to both clouds",
        Why = "An MCR with a cross connect to one cloud only is billed and carries nothing: what one router learns, "
            + "another does not pass on.",
        Fix = "Give it a cross connect to the other cloud, or take it out.",
        Sources = [Docs.Mcr],
        Find = design => from router in design.Routers
                         let aws = design.AwsVxcs.Any(vxc => vxc.Router.Key == router.Key)
                         let azure = design.AzureVxcs.Any(vxc => vxc.Router.Key == router.Key)
                         where !aws || !azure
                         select new Flaw(router.Path, $"router {router.Name} has no cross connect to "
                             + $"{(aws ? "Azure" : azure ? "AWS" : "either cloud")}"),
    };

    public static readonly DesignCheck NetworksStandOnce = new()
    {
        Id = "SL517",
        Severity = Severity.Error,
        Title = "Each VPC and each VNet stands in the file once",
        Why = "A VPC has one attachment to a transit gateway, and two VNets one peering: the cloud refuses the second, "
            + "and two parts would take turns at one object.",
        Fix = "Take one of the two out; further subnets and route tables of a VPC go into its own entry.",
        Sources = [Docs.VpcAttachments, Docs.VnetPeering],
        Find = design =>
        [
            .. from same in design.Vpcs.GroupBy(vpc => vpc.Id, StringComparer.Ordinal)
               from second in same.Skip(1)
               select new Flaw($"{second.Path}.vpc", $"{second.Id} is {same.First().Path}.vpc already"),
            .. from same in design.Vnets.GroupBy(vnet => vnet.Label(), StringComparer.OrdinalIgnoreCase)
               from second in same.Skip(1)
               select new Flaw($"{second.Path}.vnet", $"{second.Name} is {same.First().Path}.vnet already"),
        ],
    };

    private static IEnumerable<Flaw> Twice<T>(IReadOnlyList<T> parts, Func<T, (PartKey Key, string Path)> of) =>
        from same in parts.Select(of).GroupBy(part => part.Key)
        from second in same.Skip(1)
        select new Flaw(second.Path, $"{same.First().Path} has the key {second.Key} already");

    private static (string Path, IReadOnlyList<PartSpec> Parts)[] Lists(NetworkDesign design) =>
    [
        ("aws.vpcs", design.Spec.Aws.Vpcs),
        ("azure.spokes", design.Spec.Azure.Spokes),
        ("megaport.routers", design.Spec.Megaport.Routers),
        ("megaport.awsVxcs", design.Spec.Megaport.AwsVxcs),
        ("megaport.azureVxcs", design.Spec.Megaport.AzureVxcs),
        ("azure.circuits", design.Spec.Azure.Circuits),
    ];

    private static bool Lacks(IEnumerable<PartKey> keys, string? wanted) =>
        wanted is not null && !keys.Contains(new(wanted));
}
