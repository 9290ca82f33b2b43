using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Core.Pricing;

/// <summary>What is billed for a link as it stands, before a plan is carried out.</summary>
public static class StandingBill
{
    /// <param name="design">Of the plan. What differs from it is read from the plan's own lines.</param>
    public static IEnumerable<PriceItem> Before(Plan plan, Known known, NetworkDesign design)
    {
        var standing = plan.Steps.Where(step => step.Resource is { Billed: true, IsMade: true }
            && step.Action != StepAction.Create && known[step.Id] is not null).ToList();
        return BillOfMaterials.Of(standing.Select(step => step.Resource), AsSeen(FormerParts.Of(design), plan));
    }

    /// <summary>The design with the sizes that the plan says it found.</summary>
    private static NetworkDesign AsSeen(NetworkDesign design, Plan plan)
    {
        string? Word(string id, string field) => plan.Steps.Where(step => step.Id == id)
            .SelectMany(step => step.Change.Differences)
            .Where(line => line.StartsWith($"{field} ", StringComparison.Ordinal))
            .Select(line => line[(field.Length + 1)..].Split(" → ")[0]).FirstOrDefault();
        int Number(string id, string field, int now) => int.TryParse(
            Word(id, field), System.Globalization.CultureInfo.InvariantCulture, out var seen) ? seen : now;
        Contract Term(string id, Contract contract) =>
            contract with { TermMonths = Number(id, "term months", contract.TermMonths) };
        return design with
        {
            Routers =
            [
                .. from router in design.Routers
                   let id = router.Key.On("megaport/mcr")
                   select router with
                   {
                       SpeedMbps = Number(id, "speed Mbps", router.SpeedMbps), Contract = Term(id, router.Contract),
                   },
            ],
            AwsVxcs =
            [
                .. from vxc in design.AwsVxcs
                   let id = vxc.Key.On("megaport/aws-vxc")
                   select vxc with
                   {
                       RateMbps = Number(id, "rate Mbps", vxc.RateMbps), Contract = Term(id, vxc.Contract),
                   },
            ],
            AzureVxcs =
            [
                .. from vxc in design.AzureVxcs
                   let id = vxc.Key.On("megaport/azure-vxc")
                   select vxc with
                   {
                       RateMbps = Number(id, "rate Mbps", vxc.RateMbps), Contract = Term(id, vxc.Contract),
                   },
            ],
            Circuits =
            [
                .. from circuit in design.Circuits
                   let id = circuit.Key.On("azure/circuit")
                   select circuit with
                   {
                       BandwidthMbps = Number(id, "bandwidth Mbps", circuit.BandwidthMbps),
                       Tier = Word(id, "tier") ?? circuit.Tier, Family = Word(id, "billing") ?? circuit.Family,
                   },
            ],
            ExpressRouteGateway = design.ExpressRouteGateway with
            {
                Sku = Word("azure/er-gateway", "sku") ?? design.ExpressRouteGateway.Sku,
            },
            VpnGateway = design.VpnGateway with
            {
                Sku = Word("azure/vpn-gateway", "sku") ?? design.VpnGateway.Sku,
            },
        };
    }
}
