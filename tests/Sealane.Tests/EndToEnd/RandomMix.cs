using System.Text.Json;
using System.Text.Json.Nodes;
using Sealane.Cli;
using Sealane.Core.Checks;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;
using Sealane.Sandbox.World;

namespace Sealane.Tests.EndToEnd;

/// <summary>Which part of a link was there before and is used, chosen by chance.</summary>
internal static class RandomMix
{
    /// <summary>Each member of the used objects, but for what each write changes.</summary>
    public static IReadOnlyList<string> Members(StoredWorld world, IReadOnlySet<string> ids)
    {
        var found = new List<string>();
        void Walk(JsonNode? node)
        {
            if (node is JsonObject row)
            {
                row.Remove("etag");
                row.Remove("changedAt");
                if (new[] { row["id"], row["number"] }.Any(id => id is not null && ids.Contains(id.ToString())))
                {
                    found.Add(row.ToJsonString());
                }
                row.Select(member => member.Value).ToList().ForEach(Walk);
            }
            (node as JsonArray)?.ToList().ForEach(Walk);
        }
        Walk(JsonSerializer.SerializeToNode(world, WorldJson.Whole));
        return [.. found.Order(StringComparer.Ordinal)];
    }

    /// <summary>Takes from used objects what the link needs on them, as far as chance wants and nothing of theirs
    /// stands on it.</summary>
    /// <returns>What the spec must let apply change.</returns>
    public static IReadOnlyList<string> Differ(
        SandboxWorld world, NetworkDesign design, IReadOnlyList<string> chosen, Random random)
    {
        var changed = new List<string>();
        var (gateway, dxGateway) = (design.TransitGateway.ExistingId, design.DxGateway.ExistingId);
        if (gateway is null || random.Next(4) == 0
            || world.Aws.VpnConnections.Any(vpn => vpn.IsLive))
        {
            return changed;
        }
        var association = world.Aws.DxAssociations.Find(each =>
            each.State == "associated" && each.TransitGatewayId == gateway && each.DxGatewayId == dxGateway);
        var isNamed = chosen.Contains("aws/dx-association");
        if (association is not null && !isNamed && random.Next(2) == 0)
        {
            world.Aws.DxAssociations.Remove(association);
            world.Aws.Attachments.RemoveAll(each => each.Id == association.AttachmentId);
        }
        else if (association is not null)
        {
            association.AllowedPrefixes = ["192.0.2.0/24"];
            association.AnnouncedPrefixes = ["192.0.2.0/24"];
            changed.Add("aws/dx-association");
        }
        foreach (var vpc in design.Vpcs.Where(vpc => chosen.Contains(vpc.Key.On("aws/vpc-attachment"))))
        {
            var attachment = world.Aws.Attachments.Single(each => each is { ResourceType: "vpc", IsUsable: true }
                && each.ResourceId == vpc.Id && each.TransitGatewayId == gateway);
            if (attachment.SubnetIds.Count > 1)
            {
                attachment.SubnetIds.RemoveAt(random.Next(attachment.SubnetIds.Count));
                changed.Add(vpc.Key.On("aws/vpc-attachment"));
            }
        }
        world.Aws.TransitGateways.Single(each => each.Id == gateway).Cidrs.Clear();
        changed.Add("aws/transit-gateway");
        return changed;
    }

    /// <summary>Some of what can be named, and whatever they stand on: what stands on nothing that stays would not have
    /// been there.</summary>
    public static IReadOnlyList<string> Chosen(
        NetworkDesign design, IReadOnlyDictionary<string, string> ids, Random random)
    {
        var graph = new ResourceGraph(AllResources.Offline(design).Resources);
        var names = UsedObjects.Of(design).Select(kind => kind.Name).Concat(ByOthers.Own).Where(ids.ContainsKey)
            .ToHashSet(StringComparer.Ordinal);
        if (design.TransitGateway.ExistingId is not null)
        {
            // It is used in the first life already.
            names.Remove("aws/transit-gateway");
        }
        var above = graph.Resources.Where(resource => resource is { IsMade: true, Making: Making.Created })
            .ToDictionary(resource => resource.Id, resource => graph.BuiltOn(resource.Id));
        IEnumerable<string> Under(Resource resource) =>
            above.Where(below => below.Value.Contains(resource.Id)).Select(below => below.Key);
        var share = random.Next(1, 5) / 10.0;
        var chosen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in names.Order(StringComparer.Ordinal).Where(_ => random.NextDouble() < share))
        {
            var more = chosen.Append(name).ToHashSet(StringComparer.Ordinal);
            // What is set on a used object is as it was, so what it was made from was there too.
            for (var had = 0; had < more.Count;)
            {
                had = more.Count;
                more.UnionWith(graph.Resources.Where(resource => more.Contains(resource.Id)
                        || (resource.SetOn.Count > 0 && resource.SetOn.All(on => more.Contains(on.Id))))
                    .SelectMany(Under).ToList());
            }
            if (more.IsSubsetOf(names))
            {
                chosen = more;
            }
        }
        return [.. chosen.Order(StringComparer.Ordinal)];
    }
}
