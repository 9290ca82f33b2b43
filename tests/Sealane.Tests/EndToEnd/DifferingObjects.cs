using Sealane.Sandbox.Aws;
using Sealane.Sandbox.World;

namespace Sealane.Tests.EndToEnd;

/// <summary>Objects of a company that lack one thing that the link needs, as its owner's tools left them, and a spec
/// that uses them and asks for that to be changed.</summary>
internal static class DifferingObjects
{
    public const string Gateway = "tgw-0aaaabbbbccccdddd";
    public const string DxGateway = "11111111-2222-3333-4444-555555555555";
    public const string Transport = "tgw-attach-0aaaabbbbccccddd1";
    public const string Block = "10.254.1.0/24";
    private const string Association = "11111111-2222-3333-4444-666666666666";
    private const string Attachment = "tgw-attach-0aaaabbbbccccdddd";
    private const string Table = "tgw-rtb-0aaaabbbbccccdddd";
    private const string Region = "ap-southeast-2";
    private const string Vnets = "/subscriptions/00000000-1111-2222-3333-444444444444/resourceGroups/rg-sydney"
        + "/providers/Microsoft.Network/virtualNetworks";
    public const string HubSide = $"{Vnets}/vnet-app/virtualNetworkPeerings/corp-to-data";
    public const string SpokeSide = $"{Vnets}/vnet-data/virtualNetworkPeerings/corp-to-app";

    public static IReadOnlySet<string> Ids { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
    {
        Gateway, DxGateway, Association, Attachment, Transport, Table, HubSide, SpokeSide,
    };

    /// <summary>Each with what plan says of it.</summary>
    public static IReadOnlyDictionary<string, string> Kinds { get; } = new Dictionary<string, string>
    {
        ["association"] = $"association none → {DxGateway} with {Gateway}",
        ["prefixes"] = $"allowed prefixes {{192.0.2.0/24}} → {{{Block}, 192.0.2.0/24}}",
        ["prefixes of a named association"] = $"allowed prefixes {{192.0.2.0/24}} → {{{Block}, 192.0.2.0/24}}",
        ["block"] = $"CIDR blocks {{}} → {{{Block}}}",
        ["subnets"] = "subnets {subnet-0a1b2c3d4e5f60001} → {subnet-0a1b2c3d4e5f60001, subnet-0a1b2c3d4e5f60002}",
        ["peering"] = "useRemoteGateways of corp-to-app off → on",
    };

    /// <summary>Whether the link has what it lacked.</summary>
    public static bool Has(StoredWorld world, string kind) => kind switch
    {
        "association" => world.Aws.DxAssociations.Any(each => each.State == "associated"),
        "block" => Company(world).Cidrs.Contains(Block),
        "subnets" => world.Aws.Attachments.Single(each => each.Id == Attachment).SubnetIds.Count == 2,
        "peering" => (bool)world.Azure.Resources.Single(each => each.Id == HubSide)
                .Body["properties"]!["allowGatewayTransit"]!
            && (bool)world.Azure.Resources.Single(each => each.Id == SpokeSide)
                .Body["properties"]!["useRemoteGateways"]!,
        _ => world.Aws.DxAssociations.Single(each => each.Id == Association).AllowedPrefixes.Contains(Block),
    };

    public static TransitGateway Company(StoredWorld world) =>
        world.Aws.TransitGateways.Single(each => each.Id == Gateway);

    /// <summary>The same where the link's circuit is another subscription's, so that the link has no object of its own
    /// that could say what they were.</summary>
    public static Task<Link> WithoutCircuit(string kind) => Of(kind, $"azure/circuit: {CircuitElsewhereTests.Circuit}",
        "secrets: { authorizationKey: \"env:ER_KEY\" }\n");

    public static async Task<Link> Of(string kind, string uses = "", string more = "")
    {
        if (kind == "peering")
        {
            return await Peered(uses.Length == 0 ? more : $"existing: {{ {uses} }}\n{more}");
        }
        var link = Link.Example("minimal");
        link.Write(File.ReadAllText(link.Spec) + more);
        if (uses.Length > 0)
        {
            // The world begins with what the first spec uses.
            var spec = File.ReadAllText(link.Spec);
            link.Write($"{spec}existing: {{ {uses} }}\n");
            (await link.Run("plan")).Exits(0);
            link.Write(spec);
        }
        if (uses.Length == 0)
        {
            (await link.Run("plan")).Exits(0);
        }
        link.Tamper(world => Furnish(world, kind));
        var named = kind.EndsWith("named association", StringComparison.Ordinal);
        link.Edit("  vpc: ", $"  transitGateway:\n    id: {Gateway}\n    asn: 64512\n"
            + (kind is "block" or "subnets" ? "" : $"  directConnectGateway:\n    id: {DxGateway}\n    asn: 64550\n")
            + "  vpc: ");
        var existing = string.Join(", ", new[]
        {
            uses, named ? $"aws/dx-association: {Association}, aws/transport-route-table: {Table}" : "",
            kind == "subnets" ? $"aws/vpc-attachment: {Attachment}, aws/workload-route-table: {Table}" : "",
        }.Where(part => part.Length > 0));
        link.Write(File.ReadAllText(link.Spec) + (existing.Length == 0 ? "" : $"existing: {{ {existing} }}\n")
            + kind switch
            {
                "association" => "",
                "block" => "changeUsed: [aws/transit-gateway]\n",
                "subnets" => "changeUsed: [aws/vpc-attachment]\n",
                _ => "changeUsed: [aws/dx-association]\n",
            });
        return link;
    }

    private static void Furnish(SandboxWorld world, string kind)
    {
        world.Aws.TransitGateways.Add(new()
        {
            Id = Gateway,
            Region = Region,
            State = "available",
            AmazonSideAsn = 64512,
            Cidrs = kind == "block" ? [] : [Block],
            Tags = new() { ["Name"] = "company" },
        });
        if (kind is "block")
        {
            return;
        }
        if (kind == "subnets")
        {
            Attach(world, Attachment, "vpc", world.Aws.Vpcs[0].Id, [world.Aws.Subnets[0].Id]);
            Associate(world, Attachment);
            world.Aws.RouteTables.Single(each => each.Id == Table).Propagations.Add(Attachment);
            return;
        }
        world.Aws.DxGateways.Add(new()
        {
            Id = DxGateway,
            Region = "",
            State = "available",
            Name = "company",
            AmazonSideAsn = 64550,
        });
        if (kind == "association")
        {
            return;
        }
        world.Aws.DxAssociations.Add(new()
        {
            Id = Association,
            State = "associated",
            DxGatewayId = DxGateway,
            TransitGatewayId = Gateway,
            TransitGatewayRegion = Region,
            AttachmentId = Transport,
            AllowedPrefixes = ["192.0.2.0/24"],
            AnnouncedPrefixes = ["192.0.2.0/24"],
        });
        Attach(world, Transport, "direct-connect-gateway", DxGateway, []);
        if (kind != "prefixes")
        {
            Associate(world, Transport);
        }
    }

    private static void Attach(SandboxWorld world, string id, string type, string resource, List<string> subnets) =>
        world.Aws.Attachments.Add(new()
        {
            Id = id,
            Region = Region,
            State = "available",
            TransitGatewayId = Gateway,
            ResourceType = type,
            ResourceId = resource,
            SubnetIds = subnets,
        });

    private static void Associate(SandboxWorld world, string attachment)
    {
        world.Aws.RouteTables.Add(new()
        {
            Id = Table,
            Region = Region,
            State = "available",
            TransitGatewayId = Gateway,
        });
        world.Aws.RouteTableAssociations.Add(new()
        {
            Id = $"{attachment}-{Table}",
            State = "associated",
            RouteTableId = Table,
            AttachmentId = attachment,
        });
    }

    /// <summary>Both gateways of the hub are used too, so that several notes stand on one circuit.</summary>
    private static async Task<Link> Peered(string more)
    {
        var link = Link.Example("adopted").Edit("  gatewaySubnet: 10.2.0.0/24\n", "  gatewaySubnet: 10.2.0.0/24\n"
            + "  spokes: [{ key: data, vnet: vnet-data, cidrs: [10.6.0.0/16] }]\n");
        link.Write(File.ReadAllText(link.Spec)
            + more + "changeUsed: [azure/hub-peering-data, azure/spoke-peering-data]\n");
        (await link.Run("plan")).Exits(0);
        await HubGateway.Raw(link, async azure =>
        {
            await azure.Must("PUT", HubSide, Peering("vnet-data"));
            await azure.Must("PUT", SpokeSide, Peering("vnet-app"));
        });
        return link;
    }

    public static string Peering(string far, bool uses = false) => $$"""
        {"properties":{"remoteVirtualNetwork":{"id":"{{Vnets}}/{{far}}"},"allowVirtualNetworkAccess":true,
         "allowForwardedTraffic":true,"allowGatewayTransit":false,"useRemoteGateways":{{(uses ? "true" : "false")}}} }
        """;
}
