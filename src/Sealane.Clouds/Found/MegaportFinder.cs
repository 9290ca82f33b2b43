using System.Globalization;
using Sealane.Clouds.Aws;
using Sealane.Clouds.Megaport;
using Sealane.Core.Design;

namespace Sealane.Clouds.Found;

/// <summary>The transport: transit VIF → hosted connection ↔ VXC → MCR → VXC of a circuit's service key.</summary>
/// <remarks>Of several, those are the link's that lead from its Direct Connect gateway to a circuit of its ExpressRoute
/// gateway over one MCR: whatever else hangs on either end is told and left out.</remarks>
internal sealed class MegaportFinder(AwsClients aws, MegaportClient api, FoundLink found)
{
    private sealed record Seen(McrProduct Mcr, VxcProduct Vxc);

    private sealed record ToAws(VirtualInterface Vif, Seen? End)
    {
        public string? Mcr => End?.Mcr.Uid;
    }

    private sealed record ToAzure(Seen End, FoundCircuit Circuit)
    {
        /// <summary>Null where no answer tells.</summary>
        public string? Path { get; } = Paths.FirstOrDefault(path =>
            Circuit.Has(path, End.Vxc.Session?.LocalIpAddress));
    }

    private static readonly string[] Paths = ["primary", "secondary"];

    public async Task Read(string? dxGateway, AzureFinder ends, CancellationToken ct)
    {
        var all = await Vxcs(ct).ConfigureAwait(false);
        var vifs = found.Picked((await aws.Connections.AllVirtualInterfaces(ct).ConfigureAwait(false)).Where(vif =>
            vif.VirtualInterfaceType == "transit" && vif.VirtualInterfaceState is "available" or "down"
            && dxGateway is not null && vif.DirectConnectGatewayId == dxGateway), vif => vif.VirtualInterfaceId);
        var toAws = vifs.Select(vif => new ToAws(vif,
            all.Find(each => each.Vxc.ConnectionId == vif.ConnectionId))).ToList();
        var toAzure = (from circuit in found.Picked(ends.Circuits, each => each.Id)
                       from each in all
                       where circuit.ServiceKey is { } key && key.Reveal().Equals(each.Vxc.ServiceKey?.Reveal(),
                           StringComparison.OrdinalIgnoreCase)
                       select new ToAzure(each, circuit)).ToList();
        var whole = toAws.FindAll(each => toAzure.Exists(other => other.End.Mcr.Uid == each.Mcr));
        if (whole.Count == 0 || whole.GroupBy(each => each.Vif.ConnectionId).Any(one => one.Count() > 1))
        {
            // What leads from end to end is not told by what is there: only one of a kind is no guess.
            whole = found.One("transit VIF of the Direct Connect gateway", toAws, each => each.Vif.VirtualInterfaceId)
                is { } only ? [only] : [];
        }
        var mcrs = whole.Select(each => each.Mcr).OfType<string>().Distinct().ToList();
        LeftOut(toAws.Except(whole).Select(each => each.Vif.VirtualInterfaceId), "the Direct Connect gateway");
        LeftOut(toAzure.Where(each => !mcrs.Contains(each.End.Mcr.Uid)).Select(each => each.End.Vxc.Uid), "a circuit");
        toAzure.RemoveAll(each => !mcrs.Contains(each.End.Mcr.Uid));
        if ((toAzure.Find(each => each.Path == "primary") ?? toAzure.FirstOrDefault()) is { } first)
        {
            // The parts without a key are those of a primary path.
            mcrs = [first.End.Mcr.Uid, .. mcrs.Where(uid => uid != first.End.Mcr.Uid)];
            if (first.Path != "primary")
            {
                found.Questions.Add("no cross connect to the primary path of a circuit was found, and the spec's first "
                    + "one is to such a path");
            }
        }
        var circuits = toAzure.Select(each => each.Circuit).Distinct().ToList();
        if (circuits.Count == 0 && found.One("circuit of the ExpressRoute gateway", ends.Circuits, each => each.Id)
            is { } sole)
        {
            circuits = [sole];
            found.Questions.Add($"no VXC of these routers to {sole.Id} was found");
        }
        LeftOut(ends.Circuits.Except(circuits).Select(each => each.Id), "the ExpressRoute gateway");
        circuits = [.. circuits.OrderBy(each => each == toAzure.Find(one => one.Path == "primary")?.Circuit ? 0 : 1)];
        foreach (var (index, circuit) in circuits.Index())
        {
            ends.Use(circuit, index);
        }
        foreach (var (index, each) in whole.OrderBy(each => mcrs.IndexOf(each.Mcr ?? "")).Index())
        {
            ReadToAws(each, index, mcrs.IndexOf(each.Mcr ?? ""), all);
        }
        foreach (var each in toAzure.OrderBy(each => circuits.IndexOf(each.Circuit)))
        {
            ReadToAzure(each, mcrs.IndexOf(each.End.Mcr.Uid), circuits.IndexOf(each.Circuit));
        }
        foreach (var (index, uid) in mcrs.Index())
        {
            ReadMcr([.. all.Where(each => each.Mcr.Uid == uid && (whole.Exists(own => own.End == each)
                || toAzure.Exists(own => own.End == each)))], index);
        }
    }

    private void LeftOut(IEnumerable<string?> ids, string of)
    {
        foreach (var id in ids)
        {
            found.Notes.Add($"{id} of {of} is no part of a way from one cloud to the other over an MCR that these "
                + "credentials see: it is not in this file");
        }
    }

    private async Task<List<Seen>> Vxcs(CancellationToken ct)
    {
        var all = new List<Seen>();
        foreach (var product in (await api.Products(ct).ConfigureAwait(false)).Where(each =>
            each is { ProductType: "MCR2", ProductUid.Length: > 0 }
            && !ProvisioningStatus.IsGone(each.ProvisioningStatus)))
        {
            var mcr = await api.Product(product.ProductUid!, ct).ConfigureAwait(false);
            foreach (var row in await api.VxcsOf(product.ProductUid!, ct).ConfigureAwait(false))
            {
                if (mcr is not null && row.ProductUid is { Length: > 0 } uid
                    && !ProvisioningStatus.IsGone(row.ProvisioningStatus)
                    && await api.Product(uid, ct).ConfigureAwait(false) is { } vxc)
                {
                    all.Add(new(McrProduct.Of(product.ProductUid!, mcr), VxcProduct.Of(uid, vxc)));
                }
            }
        }
        return all;
    }

    private void ReadToAws(ToAws path, int index, int router, List<Seen> all)
    {
        var (vif, key) = (path.Vif, FoundLink.Key(index));
        found.Use(FoundLink.On("aws/transit-vif", key), vif.VirtualInterfaceId);
        var part = index == 0 ? "transport.aws" : $"megaport.awsVxcs[{key}]";
        if (index == 0)
        {
            found.Name("aws.transitVif.name", vif.VirtualInterfaceName);
            found.Set("aws.transitVif.mtu", vif.Mtu, "the VIF's MTU");
        }
        found.Same("aws.transitVif.mtu", vif.Mtu, vif.VirtualInterfaceId ?? "");
        found.Set($"{part}.mcr", vif.CustomerAddress, "the MCR's address towards AWS");
        found.Set($"{part}.amazon", vif.AmazonAddress, "Amazon's address");
        if (path.End is not { } end)
        {
            found.Questions.Add($"no VXC of the hosted connection {vif.ConnectionId} was found");
            return;
        }
        found.Use(FoundLink.On("megaport/aws-vxc", key), end.Vxc.Uid);
        Router(part, router);
        if (index == 0)
        {
            found.Name("megaport.awsVxc.name", end.Vxc.Name);
        }
        if (end.Vxc.PartnerLocationId is { } place && (index > 0 || (end.Mcr.LocationId ?? place) != place))
        {
            found.Name(index == 0 ? "megaport.awsLocation" : $"{part}.awsLocation",
                all.Find(each => each.Mcr.LocationId == place)?.Mcr.LocationName
                    ?? place.ToString(CultureInfo.InvariantCulture));
        }
        Lists("aws", end.Vxc, FoundLink.Key(router));
    }

    private void ReadToAzure(ToAzure path, int router, int circuit)
    {
        var vxc = path.End.Vxc;
        var first = circuit == 0 && path.Path == "primary";
        if (path.Path is null)
        {
            found.Questions.Add($"which path of {path.Circuit.Id} the VXC {vxc.Uid} leads to is told by no answer");
        }
        var key = first ? "" : path.Path == "secondary" ? $"secondary{(circuit == 0 ? "" : circuit + 1)}"
            : FoundLink.Key(circuit);
        if (key.Length == 0 && !first)
        {
            return;
        }
        found.Use(FoundLink.On("megaport/azure-vxc", key), vxc.Uid);
        found.Name(first ? "megaport.azureVxc.name" : $"megaport.azureVxcs[{key}].name", vxc.Name);
        if (!first)
        {
            var part = $"megaport.azureVxcs[{key}]";
            found.Set($"{part}.path", path.Path, "the path of the circuit");
            Router(part, router);
            found.Name($"{part}.circuit", FoundLink.Key(circuit));
        }
        Lists("azure", vxc, FoundLink.Key(router));
    }

    private void Router(string part, int router) => found.Name($"{part}.router", FoundLink.Key(router));

    private void ReadMcr(IReadOnlyList<Seen> own, int index)
    {
        var (mcr, key) = (own[0].Mcr, FoundLink.Key(index));
        var part = index == 0 ? "megaport" : $"megaport.routers[{key}]";
        found.Set($"{part}.location", mcr.LocationName
            ?? mcr.LocationId?.ToString(CultureInfo.InvariantCulture), "the MCR's site");
        found.Name($"{part}.diversityZone", mcr.DiversityZone);
        found.Set(index == 0 ? "megaport.mcr.asn" : $"{part}.asn", mcr.Asn, "the MCR's ASN");
        if (index == 0)
        {
            found.Values["megaport.mcr.uid"] = mcr.Uid;
            found.Set("megaport.mcr.speed", mcr.SpeedMbps, "the MCR's speed");
            found.Set("megaport.bandwidth", own[0].Vxc.RateMbps, "the VXC's rate");
            if (mcr.TermMonths is > 1 and var term)
            {
                found.Set("megaport.term", term, "the term");
            }
            found.Name("megaport.costCentre", mcr.CostCentre);
        }
        else
        {
            found.Use($"megaport/mcr-{key}", mcr.Uid);
            found.Same("megaport.mcr.speed", mcr.SpeedMbps, $"MCR {mcr.Uid}");
        }
        foreach (var each in own)
        {
            found.Same("megaport.bandwidth", each.Vxc.RateMbps, $"VXC {each.Vxc.Uid}");
        }
        var prepends = own.Select(each => each.Vxc.Session?.AsPathPrependCount ?? 0).Distinct().ToList();
        if (prepends is [RouterDesign.PrependsOnStandby] && index > 0)
        {
            found.Values[$"{part}.standby"] = "true";
        }
        else if (prepends is not [0])
        {
            found.Notes.Add($"MCR {mcr.Uid} prepends its ASN {string.Join(" and ", prepends)} times on its sessions: "
                + $"the spec knows only a standby, {RouterDesign.PrependsOnStandby} times on all of a further MCR");
        }
    }

    private void Lists(string cloud, VxcProduct vxc, string router)
    {
        List("import", vxc.Session?.ImportWhitelist);
        List("export", vxc.Session?.ExportWhitelist);

        void List(string way, int? list)
        {
            var name = FoundLink.On($"megaport/{cloud}-{way}", router);
            var number = list is > 0 ? list.Value.ToString(CultureInfo.InvariantCulture) : null;
            if (found.Existing.Get(name) is { } other && other != number)
            {
                found.Notes.Add($"{name}: the MCR's sessions have several lists, {other} and {number ?? "none"}");
            }
            else
            {
                found.Use(name, number);
            }
        }
    }
}
