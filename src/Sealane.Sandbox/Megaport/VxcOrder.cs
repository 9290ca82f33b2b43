using System.Text.Json;
using System.Text.Json.Nodes;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Megaport;

/// <summary>An order for a VXC from an MCR to AWS or Azure.</summary>
internal sealed record VxcOrder(
    Mcr Mcr, string Name, int Term, string CostCentre, List<ResourceTag> Tags, int RateMbps, bool Shutdown, int? AVlan,
    List<McrInterface> Interfaces, VxcTarget Target) : IOrder
{
    public static VxcOrder Read(SandboxWorld world, Mcr mcr, JsonElement element)
    {
        var state = world.Megaport;
        var problems = new List<string>();
        if (!mcr.Ready)
        {
            problems.Add("The MCR is not provisioned yet");
        }
        var (name, term, costCentre, tags) = OrderCalls.Common(element, problems);
        var rate = element.SmallNumber("rateLimit") ?? 0;
        if (rate < 1 || rate > mcr.SpeedMbps)
        {
            problems.Add("Invalid rate limit");
        }
        var aEnd = element.Object("aEnd");
        var vlan = aEnd?.SmallNumber("vlan") is { } asked and not 0 ? asked : (int?)null;
        if (vlan is not null && (vlan is < 2 or > 4093 || state.VxcsOf(mcr.Id).Any(vxc => vxc.AVlan == vlan)))
        {
            problems.Add($"VLAN {vlan} not available on MEGAPORT service {mcr.Number}");
        }
        var config = aEnd?.Object("partnerConfig");
        if (config?.Text("connectType") is not (null or "VROUTER"))
        {
            problems.Add("Invalid A-End connect type");
        }
        var reading = new InterfaceReading(state, mcr);
        List<McrInterface> interfaces = config is { } router ? reading.Read(router) : [];
        problems.AddRange(reading.Problems);
        var automatic = config?.Get("interfaces") is null;
        var target = VxcTarget.Read(world, mcr, element.Object("bEnd"), rate, automatic, problems);
        return problems.Count > 0 || target is null
            ? throw Refusal.Invalid(problems)
            : new(mcr, name, term, costCentre, tags, rate, element.Flag("shutdown") ?? false, vlan, interfaces, target);
    }

    public JsonNode PriceLine(MegaportState state)
    {
        var (here, there) = (state.LocationOf(Mcr.LocationId), state.LocationOf(Target.LocationId));
        return PriceBook.Line(
            Name, "VXC", here, PriceBook.Vxc(RateMbps, here?.Metro == there?.Metro, toCloud: true), Term);
    }

    public (string Message, JsonNode Line) Place(SandboxWorld world)
    {
        var state = world.Megaport;
        var number = state.NextNumber();
        var uid = world.Uuid($"megaport/vxc/{number}");
        var target = state.Variants.PartnerPortIsSwapped ? Target.Swapped(state) : Target;
        var taken = state.VxcsOf(Mcr.Id).Select(other => other.AVlan).ToHashSet();
        var vxc = new Vxc
        {
            Id = uid,
            Number = number,
            Name = Name,
            TermMonths = Term,
            CostCentre = CostCentre,
            Tags = Tags,
            Kind = target.Kind,
            McrUid = Mcr.Id,
            RateMbps = RateMbps,
            Shutdown = Shutdown,
            AVlan = AVlan ?? Enumerable.Range(0, 4092)
                .Select(step => 2 + (((int)(world.Chance($"a-vlan/{uid}") * 4092) + step) % 4092))
                    .First(v => !taken.Contains(v)),
            BPortUid = target.PortUid,
            BPortName = target.PortName,
            BLocationId = target.LocationId,
            BVlan = target.STag ?? 2 + (int)(world.Chance($"b-vlan/{uid}") * 4092),
            Interfaces = Interfaces,
            Aws = target.Aws,
            Azure = target.Azure,
            CreatedAt = world.Now,
        };
        world.Enter(vxc, ProductStatus.Deployable);
        state.Vxcs.Add(vxc);
        Provisioning.Start(world, vxc);
        return ($"VXC [{uid}] created.", Line(world, vxc));
    }

    private JsonObject Line(SandboxWorld world, Vxc vxc) => new()
    {
        ["vxcOrderId"] = vxc.Number - 100_000,
        ["vxcJTechnicalServiceId"] = vxc.Number,
        ["vxcJTechnicalServiceUid"] = vxc.Id,
        ["createDate"] = InterfaceWriting.Epoch(world.Now),
        ["serviceName"] = Name,
        ["speed"] = RateMbps,
        ["duration"] = Term,
        ["fixedTerm"] = true,
        ["rollover"] = true,
        ["payerStatus"] = "APPROVED",
        ["nonPayerStatus"] = "APPROVED",
        ["payerApproval"] = 1,
        ["nonPayerApproval"] = 1,
        ["fullyApproved"] = true,
        ["payerVlanId"] = 0,
        ["nonPayerVlanId"] = 0,
        ["payerCompanyName"] = world.Megaport.CompanyName,
        ["nonPayerCompanyName"] = vxc.Kind == VxcKind.Azure ? "Azure ExpressRoute" : "AWS",
        ["payerLocationId"] = Mcr.LocationId,
        ["nonPayerLocationId"] = vxc.BLocationId,
        ["distanceBand"] = Mcr.LocationId == vxc.BLocationId ? "ZONE" : "METRO",
        ["rateType"] = "MONTHLY",
        ["orderType"] = "NEW",
        ["usageAlgorithm"] = "POST_PAID_HOURLY_SPEED_LONG_HAUL_VXC",
        ["costCentre"] = CostCentre,
        ["azureServiceKey"] = null,
        ["serviceKey"] = null,
        ["connectType"] = null,
        ["payerConfig"] = new JsonObject(),
        ["nonPayerConfig"] = new JsonObject(),
        ["attributeTags"] = new JsonObject(),
        ["vxc"] = new JsonObject
        {
            ["name"] = Name,
            ["technicalServiceUid"] = vxc.Id,
            ["productType"] = "VXC",
            ["provisioningStatus"] = vxc.State,
            ["rateLimit"] = RateMbps,
            ["contractTermMonths"] = Term,
            ["errorMessage"] = null,
        },
    };
}
