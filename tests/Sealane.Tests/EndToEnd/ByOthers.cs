using System.Text.Json.Nodes;
using Sealane.Sandbox.World;

namespace Sealane.Tests.EndToEnd;

/// <summary>A world in which somebody else built the link: no object bears a mark of ours, and none has its name but in
/// Azure, where a name is for life.</summary>
internal static class ByOthers
{
    private static readonly string[] Own =
        ["megaport/mcr", "aws/transit-gateway", "aws/dx-gateway", "azure/er-gateway", "azure/vpn-gateway"];

    /// <summary>Takes every mark away.</summary>
    public static void Unmark(SandboxWorld world)
    {
        var serial = 0;
        foreach (var each in world.Aws.Taggable())
        {
            each.Object.Tags.Clear();
        }
        foreach (var gateway in world.Aws.DxGateways)
        {
            gateway.Tags.Clear();
            gateway.Name = $"theirs-{++serial}";
        }
        foreach (var vif in world.Aws.Vifs)
        {
            vif.Tags.Clear();
            vif.Name = $"theirs-{++serial}";
        }
        foreach (var product in world.Megaport.Mcrs.Concat<Sealane.Sandbox.Megaport.Product>(world.Megaport.Vxcs))
        {
            (product.Tags, product.Name) = ([], $"theirs-{++serial}");
        }
        foreach (var list in world.Megaport.PrefixLists)
        {
            list.Description = $"list {++serial}";
        }
        foreach (var resource in world.Azure.Resources)
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

    /// <summary>The gateways have keys of their own.</summary>
    public static IReadOnlyDictionary<string, string> Gateways(JsonObject status) => status["objects"]!.AsArray()
        .Where(row => Own.Contains((string)row!["id"]!))
        .ToDictionary(row => (string)row!["id"]!, row => (string)row!["cloudId"]!);
}
