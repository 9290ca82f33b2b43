using System.Text.Json;
using System.Text.Json.Nodes;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Megaport;

/// <summary>An order for an MCR.</summary>
internal sealed record McrOrder(
    string Name, int Term, string CostCentre, List<ResourceTag> Tags, Location Location, int SpeedMbps, long Asn,
    string Zone, bool MarketplaceVisibility, List<McrAddOn> AddOns) : IOrder
{
    /// <summary>https://docs.megaport.com/mcr/creating-mcr/</summary>
    private const long DefaultAsn = 133937;

    public static McrOrder Read(MegaportState state, JsonElement element)
    {
        var problems = new List<string>();
        var (name, term, costCentre, tags) = OrderCalls.Common(element, problems);
        var location = state.LocationOf(element.SmallNumber("locationId") ?? 0);
        if (location is null || location.Status != "Active")
        {
            throw Refusal.Invalid([.. problems, "Invalid location"]);
        }
        var speed = element.SmallNumber("portSpeed") ?? 0;
        var config = element.Object("config");
        var asn = config?.Number("mcrAsn") ?? DefaultAsn;
        var zone = config?.Text("diversityZone");
        if (zone is not (null or "red" or "blue"))
        {
            problems.Add("Invalid diversity zone");
        }
        // The first zone that offers the speed, unless the order names one.
        zone ??= location.Red?.Contains(speed) == true ? "red" : "blue";
        if ((zone == "red" ? location.Red : location.Blue)?.Contains(speed) != true)
        {
            problems.Add($"MCR speed {speed} is not available at {location.Name} ({zone})");
        }
        if (asn is < 1 or > uint.MaxValue)
        {
            problems.Add("Invalid ASN");
        }
        var addOns = McrAddOns.Read(element, problems);
        return problems.Count > 0
            ? throw Refusal.Invalid(problems)
            : new(name, term, costCentre, tags, location, speed, asn, zone,
                element.Flag("marketplaceVisibility") ?? false, addOns);
    }

    public JsonNode PriceLine(MegaportState state) => PriceBook.Line(
        Name, "MCR2", Location, PriceBook.Mcr(SpeedMbps), Term);

    public (string Message, JsonNode Line) Place(SandboxWorld world)
    {
        var number = world.Megaport.NextNumber();
        var uid = world.Uuid($"megaport/mcr/{number}");
        var mcr = new Mcr
        {
            Id = uid,
            AddOns = McrAddOns.Named(world, uid, AddOns),
            Number = number,
            Name = Name,
            TermMonths = Term,
            CostCentre = CostCentre,
            Tags = Tags,
            LocationId = Location.Id,
            SpeedMbps = SpeedMbps,
            Asn = Asn,
            DiversityZone = Zone,
            MarketplaceVisibility = MarketplaceVisibility,
            CreatedAt = world.Now,
        };
        world.Enter(mcr, ProductStatus.Deployable);
        if (!world.Megaport.Variants.OrdersGetStuck)
        {
            world.Then(mcr, world.Take(Durations.McrConfigure, mcr.Id), ProductStatus.Configured);
            world.Then(mcr, world.Take(Durations.McrLive, mcr.Id), ProductStatus.Live);
        }
        world.Megaport.Mcrs.Add(mcr);
        return ($"MCR [{mcr.Id}] created.", new JsonObject
        {
            ["serviceName"] = Name,
            ["name"] = Name,
            ["technicalServiceId"] = number,
            ["technicalServiceUid"] = mcr.Id,
            ["requestedDate"] = InterfaceWriting.Epoch(world.Now),
            ["companyName"] = world.Megaport.CompanyName,
            ["productType"] = "MCR2",
            ["provisioningStatus"] = mcr.State,
            ["failedReason"] = null,
            ["contractTermMonths"] = Term,
            ["rateType"] = "MONTHLY",
            ["createDate"] = InterfaceWriting.Epoch(world.Now),
            ["market"] = Location.Market,
        });
    }
}
