using System.Text.Json.Nodes;
using Sealane.Sandbox.World;

namespace Sealane.Tests.EndToEnd;

/// <summary>A world in which somebody else built the link: no object bears a mark of ours, and none has its name but in
/// Azure, where a name is for life.</summary>
internal static class ByOthers
{
    /// <summary>What is used by keys of its own, each with where such a key goes.</summary>
    private static readonly (string Name, string After, string Key)[] Placed =
    [
        ("aws/transit-gateway", "  cidrs: [10.1.0.0/16]\n", "  transitGateway: { id: ID }\n"),
        ("aws/dx-gateway", "  cidrs: [10.1.0.0/16]\n", "  directConnectGateway: { id: ID }\n"),
        ("azure/er-gateway", "  vnet: vnet-app\n", "  expressRouteGateway: { id: ID }\n"),
        ("azure/vpn-gateway", "  vpnGateway:\n", "    id: ID\n"),
        ("megaport/mcr", "  bandwidth: 50\n", "  mcr: { uid: ID }\n"),
    ];

    public static IEnumerable<string> Own => Placed.Select(each => each.Name);

    /// <summary>Takes every mark away.</summary>
    public static void Unmark(SandboxWorld world) => Unmark(world, _ => true);

    /// <param name="theirs">By the cloud's id.</param>
    public static void Unmark(SandboxWorld world, Func<string, bool> theirs)
    {
        var serial = 0;
        foreach (var each in world.Aws.Taggable().Where(each => theirs(each.Object.Id)))
        {
            each.Object.Tags.Clear();
            (each.Object as Sealane.Sandbox.Aws.TransitGatewayAttachment)?.OwnerTags.Clear();
        }
        foreach (var gateway in world.Aws.DxGateways.Where(each => theirs(each.Id)))
        {
            gateway.Tags.Clear();
            gateway.Name = $"theirs-{++serial}";
        }
        foreach (var vif in world.Aws.Vifs.Where(each => theirs(each.Id)))
        {
            vif.Tags.Clear();
            vif.Name = $"theirs-{++serial}";
        }
        foreach (var product in world.Megaport.Mcrs.Concat<Sealane.Sandbox.Megaport.Product>(world.Megaport.Vxcs)
            .Where(each => theirs(each.Id)))
        {
            (product.Tags, product.Name) = ([], $"theirs-{++serial}");
        }
        foreach (var list in world.Megaport.PrefixLists.Where(each => theirs($"{each.Number}")))
        {
            list.Description = $"list {++serial}";
        }
        foreach (var resource in world.Azure.Resources.Where(each => theirs(each.Id)))
        {
            resource.Body.Remove("tags");
        }
    }

    /// <summary>The spec with all that stands in it by the clouds' ids, from what status says of the link.</summary>
    public static string Using(string spec, JsonObject status, Func<string, bool>? only = null)
    {
        var ids = status["objects"]!.AsArray().Where(row => row!["cloudId"] is not null)
            .ToDictionary(row => (string)row!["id"]!, row => (string)row!["cloudId"]!);
        var design = Sealane.Core.Design.Designer.Design(
            Sealane.Core.Spec.SpecReader.Read("spec", spec).Spec!);
        var kinds = Sealane.Core.Checks.UsedObjects.Of(design).Select(kind => kind.Name)
            .Where(name => only?.Invoke(name) != false && ids.ContainsKey(name));
        return $"{spec}\nexisting:\n" + string.Concat(kinds.Select(name => $"  {name}: {ids[name]}\n"));
    }

    /// <summary>The spec with these, by their keys and by <c>existing</c>.</summary>
    public static string Using(string spec, IReadOnlyDictionary<string, string> ids)
    {
        foreach (var (name, after, key) in Placed.Where(each => ids.ContainsKey(each.Name)))
        {
            // Whose it is may be said already.
            var said = key.Replace("ID }\n", "", StringComparison.Ordinal).Replace("id: ", "account: ",
                StringComparison.Ordinal);
            if (spec.Contains(said, StringComparison.Ordinal))
            {
                spec = spec.Replace(said, said.Replace("account: ", $"id: {ids[name]}, account: ",
                    StringComparison.Ordinal), StringComparison.Ordinal);
                continue;
            }
            var at = spec.IndexOf(after, StringComparison.Ordinal) + after.Length;
            spec = spec[..at] + key.Replace("ID", ids[name], StringComparison.Ordinal) + spec[at..];
        }
        // A public address goes with the gateway that is used.
        var design = Sealane.Core.Design.Designer.Design(Sealane.Core.Spec.SpecReader.Read("spec", spec).Spec!);
        var others = Sealane.Core.Checks.UsedObjects.Of(design).Where(kind => ids.ContainsKey(kind.Name)).ToList();
        return others.Count == 0 ? spec
            : $"{spec}\nexisting:\n" + string.Concat(others.Select(kind => $"  {kind.Name}: {ids[kind.Name]}\n"));
    }

    /// <summary>The gateways have keys of their own.</summary>
    public static IReadOnlyDictionary<string, string> Gateways(JsonObject status) => status["objects"]!.AsArray()
        .Where(row => Own.Contains((string)row!["id"]!))
        .ToDictionary(row => (string)row!["id"]!, row => (string)row!["cloudId"]!);
}
