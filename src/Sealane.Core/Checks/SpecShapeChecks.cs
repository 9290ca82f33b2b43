using Sealane.Core.Design;

namespace Sealane.Core.Checks;

/// <summary>SL1xx: the file itself.</summary>
public static class SpecShapeChecks
{
    public static readonly DesignCheck SilencedCheckExists = new()
    {
        Id = "SL101",
        Severity = Severity.Error,
        Title = "A silenced check exists",
        Why = "An id that no check has silences nothing; whoever wrote it believes otherwise.",
        Fix = "Correct the id; `sealane check` prints it with each finding.",
        Sources = [Docs.Guide],
        Find = design => Silences(design)
            .Where(silence => AllChecks.Find(silence.Id) is null)
            .Select(silence => new Flaw($"{silence.Path}.check", $"there is no check {silence.Id}{Near(silence.Id)}")),
    };

    public static readonly DesignCheck EncryptedPathIsNotSilenced = new()
    {
        Id = "SL102",
        Severity = Severity.Error,
        Title = "No error of the encrypted path is silenced",
        Why = "These errors mean that traffic can leave in the clear while every status is green. "
            + "A link that may do so is not what this program builds.",
        Fix = "Remove the silence and correct the spec instead.",
        Sources = [Docs.Guide],
        Find = design => Silences(design)
            .Where(silence => AllChecks.Find(silence.Id) is { MayBeSilenced: false })
            .Select(silence => new Flaw($"{silence.Path}.check", $"{silence.Id} cannot be silenced")),
    };

    public static readonly DesignCheck SilenceHasAnEffect = new()
    {
        Id = "SL103",
        Severity = Severity.Warning,
        Title = "A silence silences something",
        Why = "A silence that is no longer needed would hide the next finding of that check without anybody having "
            + "decided so.",
        Fix = "Remove the silence.",
        Sources = [Docs.Guide],
        Find = design => Silences(design)
            .Where(silence => silence.Id != "SL103"
                && AllChecks.Find(silence.Id) is DesignCheck { MayBeSilenced: true } check
                && !check.Find(design).Any())
            .Select(silence => new Flaw($"{silence.Path}.check", $"{silence.Id} finds nothing here, so there is "
                + $"nothing to silence")),
    };

    public static readonly DesignCheck NamesAreDistinct = new()
    {
        Id = "SL104",
        Severity = Severity.Error,
        Title = "Two objects of one kind have different names",
        Why = "Objects are created under their name and found again by it. In Azure a second object of the same kind "
            + "and name is an update of the first; at Megaport the two could not be told apart after a lost reply.",
        Fix = "Rename one of them, or leave both names to their defaults.",
        Sources = ["https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules", Docs.Mcr],
        Find = design =>
        [
            .. SameNames("Azure virtual network gateways",
                ($"{design.ExpressRouteGateway.Path}.name", design.ExpressRouteGateway.Name),
                ($"{design.VpnGateway.Path}.name", design.VpnGateway.Name)),
            .. SameNames("Azure connections",
                [.. design.Circuits.Select(circuit =>
                    ($"{design.ExpressRouteGateway.Path}.connectionName", circuit.ConnectionName)),
                    .. design.Tunnels.Select(tunnel =>
                        ($"{tunnel.Path}.connectionName", tunnel.ConnectionName))]),
            .. SameNames("Azure local network gateways",
                [.. design.Tunnels.Select(tunnel =>
                    ($"{tunnel.Path}.localGatewayName", tunnel.LocalGatewayName))]),
            .. SameNames("Megaport services",
                [.. design.Routers.Select(router => ($"{router.Path}.name", router.Name)),
                    .. design.AwsVxcs.Select(vxc => ($"{vxc.Path}.name", vxc.Name)),
                    .. design.AzureVxcs.Select(vxc => ($"{vxc.Path}.name", vxc.Name))]),
        ],
    };

    public static readonly DesignCheck EndpointsAreEncrypted = new()
    {
        Id = "SL105",
        Severity = Severity.Error,
        Title = "An endpoint on another machine is reached over HTTPS",
        Why = "Requests carry tokens, signatures, pre-shared keys and BGP keys; plain HTTP shows them to everybody "
            + "on the way.",
        Fix = "Write https://. Plain HTTP is for a sandbox on this machine (127.0.0.1 or localhost).",
        Sources = ["https://www.rfc-editor.org/rfc/rfc6750#section-5.3"],
        Find = design => Endpoints(design)
            .Where(endpoint => Uri.TryCreate(endpoint.Url, UriKind.Absolute, out var uri)
                && uri.Scheme != Uri.UriSchemeHttps && !uri.IsLoopback)
            .Select(endpoint => new Flaw(endpoint.Path, $"{endpoint.Url} would carry keys and tokens unencrypted")),
    };

    public static readonly DesignCheck KeysAreDistinct = new()
    {
        Id = "SL106",
        Severity = Severity.Warning,
        Title = "Each key has a source of its own",
        Why = "A BGP key is configured on routers and read by more people and systems than a pre-shared key. "
            + "One value for two purposes turns the leak of one into the leak of both, and both must be rotated "
            + "together.",
        Fix = "Name another variable or file, or leave the keys out: then each is derived from the link key under "
            + "its own label.",
        Sources = ["https://www.rfc-editor.org/rfc/rfc5869"],
        Find = design => KeySources(design)
            .Where(key => key.Source is not null)
            .GroupBy(key => key.Source, StringComparer.Ordinal)
            .SelectMany(same => same.Skip(1)
                .Select(key => new Flaw(key.Path, $"{key.Path} and {same.First().Path} come from one source"))),
    };

    public static readonly DesignCheck ListsHaveNoRepeats = new()
    {
        Id = "SL107",
        Severity = Severity.Error,
        Title = "No subnet, route table or zone is listed twice",
        Why = "AWS takes one subnet of each availability zone for an attachment and refuses a repeated id; "
            + "a repeat usually stands where another id was meant.",
        Fix = "Remove the repeat or put in the id that was meant.",
        Sources = [Docs.VpcAttachments],
        Find = design =>
        [
            .. design.Vpcs.SelectMany(vpc => Repeats($"{vpc.Path}.subnets", vpc.SubnetIds)),
            .. design.Vpcs.SelectMany(vpc => Repeats($"{vpc.Path}.routeTables", vpc.RouteTableIds)),
            .. Repeats($"{design.VpnGateway.Path}.zones", design.VpnGateway.Zones),
        ],
    };

    /// <summary>Of the 50 that AWS and Azure take: the link's own, an object's name, and the mark of a GatewaySubnet or
    /// of a fallback.</summary>
    private const int MostTags = 47;

    public static readonly DesignCheck TagsFitEverywhere = new()
    {
        Id = "SL108",
        Severity = Severity.Error,
        Title = "An object can carry all tags",
        Why = "AWS and Azure take 50 tags an object, and refuse the call that makes one with more: some of the link is "
            + "then ordered and the rest is not.",
        Fix = "Leave no more than 47 names in tags and azure.tags together: Sealane has three of its own.",
        Sources =
        [
            "https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources",
            "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html#tag-restrictions",
        ],
        Find = design => design.Spec.Tags.Keys.Concat(design.Spec.Azure.Tags.Keys)
            .Distinct(StringComparer.OrdinalIgnoreCase).Count() is var count and > MostTags
            ? [new Flaw("azure.tags", $"{count} tags, more than {MostTags}")] : [],
    };

    public static readonly DesignCheck UsedObjectsKeepTheirNames = new()
    {
        Id = "SL109",
        Severity = Severity.Warning,
        Title = "A name is written for what is made",
        Why = "An object whose id is in the spec is used as it is: it is found by the id, and never renamed. A name "
            + "beside the id has no effect, and whoever wrote it may believe that it has.",
        Fix = "Remove the name; or the id, if an object of that name is to be made for the link.",
        Sources = [Docs.Guide],
        Find = design =>
        [
            .. new (string Path, string? Id, string? Name)[]
            {
                (design.DxGateway.Path, design.DxGateway.ExistingId, design.Spec.Aws.DirectConnectGateway.Name),
                (design.TransitGateway.Path, design.TransitGateway.ExistingId, design.Spec.Aws.TransitGateway.Name),
                (design.ExpressRouteGateway.Path, design.ExpressRouteGateway.ExistingId,
                    design.Spec.Azure.ExpressRouteGateway.Name),
                (design.VpnGateway.Path, design.VpnGateway.ExistingId, design.Spec.Azure.VpnGateway.Name),
                (design.Routers[0].Path, design.Routers[0].ExistingId, design.Spec.Megaport.Mcr.Name),
            }
            .Where(named => named is { Id: not null, Name: not null })
            .Select(named => new Flaw($"{named.Path}.name", $"{named.Name} is not its name here: {named.Id} is used "
                + "under the name that it has")),
        ],
    };

    private static IEnumerable<(string Id, string Path)> Silences(NetworkDesign design) =>
        design.Spec.Silence.Select((silence, i) => (silence.Check, $"silence[{i}]"));

    private static string Near(string id) =>
        Nearest.Hint(id, AllChecks.Ids);

    private static IEnumerable<Flaw> SameNames(string kind, params (string Path, string Name)[] objects) =>
        objects.GroupBy(named => named.Name, StringComparer.OrdinalIgnoreCase)
            .Where(same => same.Count() > 1)
            .Select(same => new Flaw(same.Last().Path, $"two {kind} would be named {same.Key}"));

    private static (string Path, string? Url)[] Endpoints(NetworkDesign design)
    {
        var endpoints = design.Spec.Endpoints;
        return
        [
            ("endpoints.ec2", endpoints.Ec2), ("endpoints.directConnect", endpoints.DirectConnect),
            ("endpoints.sts", endpoints.Sts),
            ("endpoints.arm", endpoints.Arm), ("endpoints.login", endpoints.Login),
            ("endpoints.megaport", endpoints.Megaport), ("endpoints.megaportToken", endpoints.MegaportToken),
        ];
    }

    private static IEnumerable<(string Path, string? Source)> KeySources(NetworkDesign design)
    {
        var secrets = design.Spec.Secrets;
        return
        [
            ("secrets.linkKey", secrets.LinkKey), ("secrets.awsBgpKey", secrets.AwsBgpKey),
            ("secrets.azureBgpKey", secrets.AzureBgpKey),
            .. secrets.AwsBgpKeys.Select(each => ($"secrets.awsBgpKeys.{each.Key}", (string?)each.Value)),
            .. secrets.AzureBgpKeys.Select(each => ($"secrets.azureBgpKeys.{each.Key}", (string?)each.Value)),
            ("secrets.authorizationKey", secrets.AuthorizationKey),
            .. secrets.AuthorizationKeys.Select(each => ($"secrets.authorizationKeys.{each.Key}", (string?)each.Value)),
            .. secrets.TunnelKeys.Select((key, i) => ($"secrets.tunnelKeys[{i}]", (string?)key)),
        ];
    }

    private static IEnumerable<Flaw> Repeats(string path, IReadOnlyList<string> items) =>
        items.Select((item, i) => (item, i))
            .Where(at => items.Take(at.i).Contains(at.item))
            .Select(at => new Flaw($"{path}[{at.i}]", $"{at.item} is listed twice"));
}
