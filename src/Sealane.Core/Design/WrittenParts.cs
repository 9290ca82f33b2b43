using Sealane.Core.Spec;

namespace Sealane.Core.Design;

/// <summary>A part as the spec has it, and where: the section that a finding points at.</summary>
internal sealed record Written<T>(T Spec, string Path)
{
    /// <summary>Where its addresses stand; a preset has them apart from the part.</summary>
    public string Addresses { get; init; } = Path;
}

/// <summary>
/// The parts with a key: those that are written out, and those that a preset in one word stands for. In the order of
/// their keys: their places in the file mean nothing.
/// </summary>
internal sealed record WrittenParts(
    IReadOnlyList<Written<RouterPartSpec>> Routers, IReadOnlyList<Written<AwsVxcPartSpec>> AwsVxcs,
    IReadOnlyList<Written<CircuitPartSpec>> Circuits, IReadOnlyList<Written<AzureVxcPartSpec>> AzureVxcs,
    IReadOnlyList<Written<VpcPartSpec>> Vpcs, IReadOnlyList<Written<SpokePartSpec>> Spokes)
{
    private const string Second = "second";

    public static WrittenParts Of(NetworkSpec spec, Resilience resilience) => new(
        [.. Preset(resilience >= Resilience.Routers, SecondRouter(spec)),
            .. Listed(spec.Megaport.Routers, "megaport.routers")],
        [.. Preset(resilience >= Resilience.Routers, SecondAwsVxc(spec)),
            .. Listed(spec.Megaport.AwsVxcs, "megaport.awsVxcs")],
        [.. Preset(resilience == Resilience.Locations, SecondCircuit(spec)),
            .. Listed(spec.Azure.Circuits, "azure.circuits")],
        [.. AzureVxcsOf(spec, resilience), .. Listed(spec.Megaport.AzureVxcs, "megaport.azureVxcs")],
        [.. Listed(spec.Aws.Vpcs, "aws.vpcs")], [.. Listed(spec.Azure.Spokes, "azure.spokes")]);

    private static IEnumerable<Written<T>> Preset<T>(bool isPart, Written<T> part) => isPart ? [part] : [];

    private static IEnumerable<Written<T>> Listed<T>(IReadOnlyList<T> items, string list)
        where T : PartSpec =>
        items.Index().Where(each => !each.Item.Gone)
            .Select(each => new Written<T>(each.Item, $"{list}[{each.Index}]"))
            .OrderBy(part => part.Spec.Key, StringComparer.Ordinal);

    private static Written<RouterPartSpec> SecondRouter(NetworkSpec spec) => new(new()
    {
        Key = Second,
        Name = spec.Megaport.SecondRouter.Name,
        Location = spec.Megaport.SecondRouter.Location,
        DiversityZone = spec.Megaport.SecondRouter.DiversityZone,
        Standby = spec.Megaport.SecondRouter.Standby,
    }, "megaport.secondRouter");

    private static Written<AwsVxcPartSpec> SecondAwsVxc(NetworkSpec spec)
    {
        var vxc = new AwsVxcPartSpec
        {
            Key = Second,
            Router = Second,
            AwsLocation = spec.Megaport.SecondRouter.AwsLocation ?? spec.Megaport.SecondRouter.Location
                ?? spec.Megaport.AwsLocation,
            Mcr = spec.Transport.SecondMcrToAws ?? "192.168.100.5/30",
            Amazon = spec.Transport.SecondAmazonAddress ?? "192.168.100.6/30",
        };
        return new(vxc, "megaport.awsVxc") { Addresses = "transport.secondAws" };
    }

    private static Written<CircuitPartSpec> SecondCircuit(NetworkSpec spec)
    {
        var circuit = new CircuitPartSpec
        {
            Key = Second,
            Name = spec.Azure.SecondCircuit.Name,
            PeeringLocation = spec.Azure.SecondCircuit.PeeringLocation,
            ConnectionName = spec.Azure.SecondCircuit.ConnectionName,
            Primary = spec.Transport.SecondAzurePrimary ?? "192.168.101.8/30",
            Secondary = spec.Transport.SecondAzureSecondary ?? "192.168.101.12/30",
        };
        return new(circuit, "azure.secondCircuit") { Addresses = "transport.secondAzure" };
    }

    /// <summary>One or both paths of each circuit; with one circuit between two routers the second has the secondary
    /// path, as Megaport's own example of two MCRs has it (terraform-provider-megaport,
    /// examples/multicloud-scenarios).</summary>
    private static IEnumerable<Written<AzureVxcPartSpec>> AzureVxcsOf(NetworkSpec spec, Resilience resilience)
    {
        const string path = "megaport.azureVxc";
        if (resilience == Resilience.None)
        {
            yield break;
        }
        yield return new(new()
        {
            Key = "secondary",
            Name = spec.Megaport.SecondaryAzureVxcName,
            Router = resilience == Resilience.Routers ? Second : null,
        }, path);
        if (resilience == Resilience.Locations)
        {
            yield return new(new() { Key = Second, Router = Second, Circuit = Second, Path = "primary" }, path);
            yield return new(new()
            {
                Key = "secondary-second",
                Name = spec.Megaport.SecondaryAzureVxcName is { } name ? $"{name}-{Second}" : null,
                Router = Second,
                Circuit = Second,
            }, path);
        }
    }
}
