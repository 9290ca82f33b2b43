using System.Collections.Concurrent;
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
    private const string Validation = "POST networkdesign/validate";
    private readonly ConcurrentQueue<Unasked> _unasked = [];
    private readonly AzureIds _ids = new(design);
    private string? _refusedRole;

    private string Subscription => $"/subscriptions/{design.Azure.Subscription}";

    /// <param name="known">A fresh survey.</param>
    /// <param name="toBeMade">What the plan makes.</param>
    /// <param name="acts">Whether the same credentials are about to act on the answer.</param>
    public async Task<FoundAhead> Ask(
        Known known, IReadOnlyList<Resource> toBeMade, CancellationToken ct, bool acts = true)
    {
        var vnets = design.Vnets.Select(vnet => (vnet.Key, Seen: known.Find(Vnet.Ref(vnet))))
            .Where(vnet => vnet.Seen is not null).ToDictionary(vnet => vnet.Key, vnet => vnet.Seen!);
        var vpcs = design.Vpcs.Select(vpc => (Vpc: vpc, Seen: known.Find(Vpc.Ref(vpc))))
            .Where(vpc => vpc.Seen is not null).ToList();
        // Side by side: the clouds do not wait for one another, and neither does the user.
        var ofAzure = OfAzure(known, toBeMade, ct);
        var ofAws = OfAws(vpcs!, [.. vnets.Values], known, toBeMade, ct);
        var ofMegaport = OfMegaport(known, toBeMade, ct);
        return new()
        {
            Design = design,
            Acts = acts,
            ToBeMade = toBeMade.Select(resource => resource.Id).ToHashSet(StringComparer.Ordinal),
            Vpcs = vpcs.ToDictionary(vpc => vpc.Vpc.Key, vpc => vpc.Seen!.Prefixes),
            Vnets = vnets.ToDictionary(vnet => vnet.Key, vnet => new VnetFound(vnet.Value.Prefixes,
                vnet.Value.Subnets.FirstOrDefault(subnet => subnet.Name == AzureIds.GatewaySubnetName)?.Prefixes
                    .Select(prefix => (Core.Prefix?)prefix).FirstOrDefault())),
            Azure = await ofAzure.ConfigureAwait(false),
            Aws = await ofAws.ConfigureAwait(false),
            Megaport = await ofMegaport.ConfigureAwait(false),
            Unasked = [.. _unasked.OrderBy(unasked => unasked.What, StringComparer.Ordinal)],
        };
    }

    private async Task<AzureAhead> OfAzure(Known known, IReadOnlyList<Resource> toBeMade, CancellationToken ct)
    {
        var rights = new AzureRights(azure, design);
        // A group that is still to be made inherits from the subscription, and so do the rights in it.
        var group = known.Find(ResourceGroup.Ref) is null ? Subscription : _ids.ResourceGroup;
        var provider = await Answer("which peering locations Megaport has", () => List(
            $"{Subscription}/providers/Microsoft.Network/expressRouteServiceProviders", ct)).ConfigureAwait(false);
        var ours = provider?.FirstOrDefault(each => string.Equals(
            each.Text("name"), ExpressRouteCircuit.Provider, StringComparison.OrdinalIgnoreCase));
        var regions = await Answer("which regions the subscription has", () => List($"{Subscription}/locations", ct))
            .ConfigureAwait(false);
        var vnets = new List<JsonNode?>();
        foreach (var vnet in design.Vnets)
        {
            vnets.Add(await Answer("what stands in the VNet", () => azure.Get(_ids.Vnet(vnet), ct))
                .ConfigureAwait(false));
        }
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
            Gateways = await Answer("which gateways stand in the VNet", () => Gateways([.. vnets.Take(1)], ct))
                .ConfigureAwait(false),
            RemoteGatewayPeerings = vnets.Take(1).SelectMany(vnet => vnet.Items("properties", "virtualNetworkPeerings"))
                .Where(peering => peering.Flag("properties", "useRemoteGateways"))
                .Select(peering => peering.Text("name") ?? "").ToList(),
            Scopes = await Scopes(rights, group, toBeMade, ct).ConfigureAwait(false),
            Denials = await Answer("which policies deny what is made", async () => (IReadOnlyList<DenialFound>?)
                await new AzurePolicies(azure).Denials(toBeMade, known, group, ct).ConfigureAwait(false))
                .ConfigureAwait(false),
            Locks = await Answer("which locks lie on the resource group and the VNet",
                async () => (IReadOnlyList<LockFound>?)await rights.Locks(ct).ConfigureAwait(false))
                .ConfigureAwait(false),
        };
    }

    private async Task<IReadOnlyList<ScopeFound>> Scopes(
        AzureRights rights, string group, IReadOnlyList<Resource> toBeMade, CancellationToken ct)
    {
        var found = new List<ScopeFound>();
        foreach (var (scope, path, actions) in rights.Needed(toBeMade, group))
        {
            if (await Answer($"what the identity may do on {scope}", () => rights.GrantsAt(scope, ct))
                .ConfigureAwait(false) is { } grants)
            {
                found.Add(new(scope, path, actions, grants));
            }
        }
        return found;
    }

    /// <summary>A gateway shows in the subnet by its IP configuration, in whatever resource group it lives.</summary>
    private async Task<IReadOnlyList<GatewayFound>?> Gateways(IEnumerable<JsonNode?> vnets, CancellationToken ct)
    {
        const string type = "/virtualNetworkGateways/";
        var ids = vnets.SelectMany(vnet => vnet.Items("properties", "subnets"))
            .Where(subnet => subnet.Text("name") == AzureIds.GatewaySubnetName)
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

    private async Task<AwsAhead> OfAws(
        IReadOnlyList<(VpcDesign Vpc, VpcNetwork Seen)> vpcs, IReadOnlyList<Vnet.Observed> vnets, Known known,
        IReadOnlyList<Resource> toBeMade, CancellationToken ct)
    {
        var (byDryRun, byPolicy) = await RefusedCalls(known, toBeMade, ct).ConfigureAwait(false);
        var gateways = await Answer<IReadOnlyList<Ec2TransitGateway>>("how many transit gateways there are",
            async () => await aws.Ec2.AllTransitGateways(ct).ConfigureAwait(false)).ConfigureAwait(false);
        var wanted = vnets.SelectMany(vnet => vnet.Prefixes).Select(prefix => prefix.ToString()).ToHashSet();
        return new()
        {
            TransitGateways = gateways?.Count(gateway => gateway.State != "deleted"),
            RefusedByDryRun = byDryRun,
            RefusedByPolicy = byPolicy,
            RoutesInTheWay =
            [
                .. from vpc in vpcs
                   let tables = TablesOf(vpc.Vpc, vpc.Seen)
                   from table in vpc.Seen.RouteTables
                   where tables.Contains(table.Id)
                   from route in table.Routes
                   where wanted.Contains(route.Destination) && !IsOurs(route.Target, gateways)
                   select new RouteFound(table.Id, route.Destination, route.Target),
            ],
        };
    }

    private async Task<(IReadOnlyList<string> ByDryRun, IReadOnlyList<string> ByPolicy)> RefusedCalls(
        Known known, IReadOnlyList<Resource> toBeMade, CancellationToken ct)
    {
        var (byDryRun, byPolicy) = (new List<string>(), new List<string>());
        foreach (var clients in toBeMade.Count == 0 ? [] : aws.All(design))
        {
            var rights = new AwsRights(clients, design);
            var needed = rights.Needed(toBeMade);
            var of = clients.Account is { } account ? $" in account {account}" : "";
            var answers = await Answer($"what EC2 lets the identity make{of}",
                async () => (IReadOnlyDictionary<string, bool>?)await rights.DryRuns(needed, known, ct)
                    .ConfigureAwait(false)).ConfigureAwait(false) ?? new Dictionary<string, bool>();
            var simulated = await Answer($"what the identity's policies in AWS allow{of}", async () =>
                await rights.Simulated([.. needed.Where(call => !answers.ContainsKey(call))], ct)
                    .ConfigureAwait(false)).ConfigureAwait(false);
            byDryRun.AddRange(answers.Where(answer => !answer.Value).Select(answer => answer.Key + of));
            byPolicy.AddRange((simulated ?? []).Select(call => call + of));
        }
        return (byDryRun, byPolicy);
    }

    private static IReadOnlyList<string> TablesOf(VpcDesign vpc, VpcNetwork seen) =>
        vpc.RouteTableIds.Count > 0 ? vpc.RouteTableIds
            : seen.TablesServing(vpc.SubnetIds.Count > 0 ? vpc.SubnetIds : seen.Subnets.Select(subnet => subnet.Id));

    /// <summary>A route to the link's own transit gateway is the link's, or will be.</summary>
    private bool IsOurs(string target, IReadOnlyList<Ec2TransitGateway>? gateways) =>
        target == design.TransitGateway.ExistingId
        || gateways?.Any(gateway => gateway.Id == target && AwsLookup.Link(gateway.Tags) == design.Name) == true;

    private async Task<MegaportAhead> OfMegaport(
        Known known, IReadOnlyList<Resource> toBeMade, CancellationToken ct)
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
            Orders = await Orders(known, toBeMade, ct).ConfigureAwait(false),
            RefusedRole = _refusedRole,
            AwsPorts = ports?.Where(port => AwsPort.Serves(port, design.Aws.ConnectionRegion) && port.LocationId
                is not null)
                .Select(port => new AwsPortFound(
                    port.LocationId!.Value, port.DiversityZone, port.MaxVxcSpeed ?? int.MaxValue)).ToList(),
        };
    }

    private async Task<IReadOnlyList<OrderFound>> Orders(
        Known known, IReadOnlyList<Resource> toBeMade, CancellationToken ct)
    {
        var found = new List<OrderFound>();
        // What is replaced stands in its successor's way until it is gone.
        foreach (var (resource, order) in toBeMade.Where(resource => known[resource.Id] is null)
            .Select(resource => (resource, resource as IPaidOrder)))
        {
            try
            {
                if (order is not null && await order.Quote(known, ct).ConfigureAwait(false) is { } price)
                {
                    found.Add(new(resource.Id, "megaport", null, price.Monthly, price.Currency));
                }
            }
            catch (CloudError error) when (error.Operation == Validation
                && error is { Kind: CloudErrorKind.Denied, Status: 403 })
            {
                _refusedRole = error.Message;
            }
            catch (CloudError error) when (error.Operation == Validation
                && error.Kind is CloudErrorKind.Invalid or CloudErrorKind.Quota or CloudErrorKind.Denied)
            {
                var refusal = error.Advice is { } advice ? $"{error.Message}; {advice}" : error.Message;
                found.Add(new(resource.Id, "megaport", refusal, null, null));
            }
            catch (CloudError error)
            {
                // A refused look-up is told by the rule about what was looked up.
                if (error.Kind != CloudErrorKind.Invalid)
                {
                    _unasked.Enqueue(new($"whether Megaport takes the order of {resource.Id}", error.Message));
                }
            }
        }
        return found;
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
            _unasked.Enqueue(new(what, error.Message));
            return null;
        }
    }
}
