using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Core.Pricing;

/// <summary>What is billed for a link as it stands, before a plan is carried out.</summary>
public static class StandingBill
{
    /// <param name="design">Of the plan; the sizes are those that the clouds show.</param>
    public static IEnumerable<PriceItem> Before(Plan plan, Known known, NetworkDesign design)
    {
        var standing = plan.Steps.Where(step => step.Resource is { Billed: true, IsMade: true }
            && step.Action != StepAction.Create && known[step.Id] is not null).ToList();
        return BillOfMaterials.Of(standing.Select(step => step.Resource), AsSeen(FormerParts.Of(design), known));
    }

    private static NetworkDesign AsSeen(NetworkDesign design, Known known)
    {
        BilledAs Seen(string id) => (known[id]?.Observed as IBilledAs)?.BilledAs ?? new();
        // A contract that runs longer than the spec asks for stays as it is: nothing of it changes.
        Contract Term(Contract contract, BilledAs seen) => contract with
        {
            TermMonths = Math.Min(seen.TermMonths ?? contract.TermMonths, contract.TermMonths),
        };
        return design with
        {
            Routers =
            [
                .. from router in design.Routers
                   let seen = Seen(router.Key.On("megaport/mcr"))
                   select router with
                   {
                       SpeedMbps = seen.Mbps ?? router.SpeedMbps, Contract = Term(router.Contract, seen),
                   },
            ],
            AwsVxcs =
            [
                .. from vxc in design.AwsVxcs
                   let seen = Seen(vxc.Key.On("megaport/aws-vxc"))
                   select vxc with { RateMbps = seen.Mbps ?? vxc.RateMbps, Contract = Term(vxc.Contract, seen) },
            ],
            AzureVxcs =
            [
                .. from vxc in design.AzureVxcs
                   let seen = Seen(vxc.Key.On("megaport/azure-vxc"))
                   select vxc with { RateMbps = seen.Mbps ?? vxc.RateMbps, Contract = Term(vxc.Contract, seen) },
            ],
            Circuits =
            [
                .. from circuit in design.Circuits
                   let seen = Seen(circuit.Key.On("azure/circuit"))
                   select circuit with
                   {
                       BandwidthMbps = seen.Mbps ?? circuit.BandwidthMbps, Tier = Word(seen.Tier, circuit.Tier),
                       Family = Word(seen.Family, circuit.Family),
                   },
            ],
            ExpressRouteGateway = design.ExpressRouteGateway with
            {
                Sku = Word(Seen("azure/er-gateway").Sku, design.ExpressRouteGateway.Sku),
            },
            VpnGateway = design.VpnGateway with
            {
                Sku = Word(Seen("azure/vpn-gateway").Sku, design.VpnGateway.Sku),
            },
        };
    }

    /// <summary>Azure's words come in any case; the book has them as the spec does.</summary>
    private static string Word(string? seen, string wanted) =>
        string.IsNullOrEmpty(seen) || seen.Equals(wanted, StringComparison.OrdinalIgnoreCase) ? wanted : seen;
}
