using System.Globalization;
using System.Text.Json.Nodes;
using Sealane.Clouds.Aws;
using Sealane.Clouds.Azure;
using Sealane.Clouds.Megaport;
using Sealane.Core.Checks.Ahead;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Ahead;

/// <summary>
/// Asks the three clouds whatever can be known before something is paid for. Nothing here changes anything; a question
/// that a cloud does not answer is told, and holds up nothing.
/// </summary>
/// <remarks>
/// https://learn.microsoft.com/rest/api/resources/subscriptions,
/// https://learn.microsoft.com/rest/api/resources/providers/get,
/// https://learn.microsoft.com/rest/api/expressroute/express-route-service-providers/list
/// </remarks>
public sealed class Questions(AwsClients aws, ArmClient azure, MegaportClient megaport, NetworkDesign design)
{
    private readonly List<Unasked> _unasked = [];

    private string Subscription => $"/subscriptions/{design.Azure.Subscription}";

    /// <param name="known">A fresh survey.</param>
    /// <param name="toBeMade">What the plan makes.</param>
    public async Task<FoundAhead> Ask(Known known, IReadOnlySet<string> toBeMade, CancellationToken ct)
    {
        var vpc = known.Find(Vpc.Ref);
        var vnet = known.Find(Vnet.Ref);
        return new()
        {
            Design = design,
            ToBeMade = toBeMade,
            VpcPrefixes = vpc?.Prefixes,
            VnetPrefixes = vnet?.Prefixes,
            GatewaySubnet = vnet?.Subnets.FirstOrDefault(subnet => subnet.Name == "GatewaySubnet")?.Prefixes
                .Select(prefix => (Core.Prefix?)prefix).FirstOrDefault(),
            Azure = await OfAzure(ct).ConfigureAwait(false),
            Aws = await OfAws(vpc, vnet, ct).ConfigureAwait(false),
            Megaport = await OfMegaport(ct).ConfigureAwait(false),
            Unasked = _unasked,
        };
    }

    private async Task<AzureAhead> OfAzure(CancellationToken ct)
    {
        var provider = await Answer("which peering locations Megaport has", () => List(
            $"{Subscription}/providers/Microsoft.Network/expressRouteServiceProviders", ct)).ConfigureAwait(false);
        var ours = provider?.FirstOrDefault(each => string.Equals(
            each.Text("name"), ExpressRouteCircuit.Provider, StringComparison.OrdinalIgnoreCase));
        var regions = await Answer("which regions the subscription has", () => List($"{Subscription}/locations", ct))
            .ConfigureAwait(false);
        var vnet = await Answer("what stands in the VNet", () => azure.Get(AzureIds.Vnet(design), ct))
            .ConfigureAwait(false);
        return new()
        {
            SubscriptionState = (await Answer("whether the subscription is enabled", () => azure.Get(Subscription, ct))
                .ConfigureAwait(false)).Text("state"),
            NetworkProvider = (await Answer("whether the subscription is registered for Microsoft.Network",
                () => azure.Get($"{Subscription}/providers/Microsoft.Network", ct)).ConfigureAwait(false))
                .Text("registrationState"),
            Regions = regions?.Select(region => new RegionFound(
                region.Text("name") ?? "", region.Text("displayName") ?? "",
                    region.Items("availabilityZoneMappings").Count()))
                .ToList(),
            PeeringLocations = ours?.Texts("properties", "peeringLocations"),
            CircuitMbps = ours?.Items("properties", "bandwidthsOffered")
                .Select(offer => (int)(offer.Number("valueInMbps") ?? 0)).ToList(),
            Gateways = await Answer("which gateways stand in the VNet", () => Gateways(vnet, ct)).ConfigureAwait(false),
            RemoteGatewayPeerings = vnet?.Items("properties", "virtualNetworkPeerings")
                .Where(peering => peering.Flag("properties", "useRemoteGateways"))
                .Select(peering => peering.Text("name") ?? "").ToList(),
        };
    }

    /// <summary>A gateway shows in the subnet by its IP configuration, in whatever resource group it lives.</summary>
    private async Task<IReadOnlyList<GatewayFound>?> Gateways(JsonNode? vnet, CancellationToken ct)
    {
        const string type = "/virtualNetworkGateways/";
        var ids = vnet.Items("properties", "subnets").Where(subnet => subnet.Text("name") == "GatewaySubnet")
            .SelectMany(subnet => subnet.Items("properties", "ipConfigurations")).Select(entry =>
                entry.Text("id") ?? "")
            .Where(id => id.Contains(type, StringComparison.OrdinalIgnoreCase))
            .Select(id => string.Join('/', id.Split('/').Take(9))).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var found = new List<GatewayFound>();
        foreach (var id in ids)
        {
            if (await azure.Get(id, ct).ConfigureAwait(false) is { } gateway)
            {
                found.Add(new(id, AzureIds.NameOf(id), gateway.Text("properties", "gatewayType") ?? "",
                    gateway.Text("tags", LinkTag.Key)));
            }
        }
        return found;
    }

    private async Task<AwsAhead> OfAws(VpcNetwork? vpc, Vnet.Observed? vnet, CancellationToken ct)
    {
        var gateways = await Answer<IReadOnlyList<Ec2TransitGateway>>("how many transit gateways there are",
            async () => await aws.Ec2.AllTransitGateways(ct).ConfigureAwait(false)).ConfigureAwait(false);
        var tables = vpc is null ? [] : design.Aws.RouteTableIds.Count > 0 ? design.Aws.RouteTableIds
            : vpc.TablesServing(design.Aws.SubnetIds.Count > 0 ? design.Aws.SubnetIds
                : vpc.Subnets.Select(subnet => subnet.Id));
        var wanted = (vnet?.Prefixes ?? []).Select(prefix => prefix.ToString()).ToHashSet();
        return new()
        {
            TransitGateways = gateways?.Count(gateway => gateway.State != "deleted"),
            RoutesInTheWay = vpc?.RouteTables.Where(table => tables.Contains(table.Id)).SelectMany(table => table.Routes
                .Where(route => wanted.Contains(route.Destination) && !IsOurs(route.Target, gateways))
                .Select(route => new RouteFound(table.Id, route.Destination, route.Target))).ToList(),
        };
    }

    /// <summary>A route to the link's own transit gateway is the link's, or will be.</summary>
    private bool IsOurs(string target, IReadOnlyList<Ec2TransitGateway>? gateways) =>
        target == design.Aws.TransitGatewayId
        || gateways?.Any(gateway => gateway.Id == target && AwsLookup.Link(gateway.Tags) == design.Name) == true;

    private async Task<MegaportAhead> OfMegaport(CancellationToken ct)
    {
        var sites = await Answer("which data centres Megaport has", async () =>
            (IReadOnlyList<Megaport.Wire.Location>?)await megaport.Locations(ct).ConfigureAwait(false))
                .ConfigureAwait(false);
        var ports = await Answer("where AWS has ports", async () =>
            (IReadOnlyList<Megaport.Wire.PartnerPort>?)await megaport.AwsHostedConnectionPorts(ct)
                .ConfigureAwait(false))
            .ConfigureAwait(false);
        return new()
        {
            Sites = sites?.Where(site => site.Id is not null).Select(site => new SiteFound(
                site.Id!.Value, site.Name ?? site.Id.Value.ToString(CultureInfo.InvariantCulture), site.Metro,
                new Dictionary<string, IReadOnlyList<int>>
                {
                    ["red"] = site.DiversityZones?.Red?.McrSpeedMbps ?? [],
                    ["blue"] = site.DiversityZones?.Blue?.McrSpeedMbps ?? [],
                })).ToList(),
            AwsPorts = ports?.Where(port => AwsPort.Serves(port, design.Aws.ConnectionRegion) && port.LocationId
                is not null)
                .Select(port => new AwsPortFound(
                    port.LocationId!.Value, port.DiversityZone, port.MaxVxcSpeed ?? int.MaxValue)).ToList(),
        };
    }

    private async Task<IReadOnlyList<JsonNode>?> List(string path, CancellationToken ct) =>
        await azure.List(path, ct).ConfigureAwait(false);

    private async Task<T?> Answer<T>(string what, Func<Task<T?>> ask)
        where T : class
    {
        try
        {
            return await ask().ConfigureAwait(false);
        }
        catch (CloudError error)
        {
            _unasked.Add(new(what, error.Message));
            return null;
        }
    }
}
