using Sealane.Core.Design;

namespace Sealane.Core.Checks;

/// <summary>SL520-521: what can be in another subscription than the link's, and what cannot.</summary>
public static class SubscriptionChecks
{
    public static readonly DesignCheck CircuitsAreAuthorized = new()
    {
        Id = "SL520",
        Severity = Severity.Error,
        Title = "A circuit of another subscription is used by an authorization of its owner",
        Why = "A gateway is connected to a circuit of another subscription by the key of an authorization, which the "
            + "circuit's owner makes for one connection. It is redeemed once: also where that connection is gone, the "
            + "next one needs another.",
        Fix = "Have the circuit's owner make an authorization (az network express-route auth create), and name where "
            + "its key is: secrets.authorizationKey, for a further circuit secrets.authorizationKeys. Each connection "
            + "has one of its own; a circuit of azure.subscription needs none.",
        Sources = [Docs.CircuitAuthorizations],
        Find = design =>
        [
            .. from circuit in design.Circuits
               where design.Redeems(circuit) && design.AuthorizationSource(circuit) is null
               select new Flaw($"existing.{Name(circuit)}", $"{Name(circuit)} is in subscription "
                   + $"{design.IdElsewhere(circuit)!.Split('/')[2]}, and {Key(circuit)} is not given"),
            .. from circuit in design.Circuits
               where design.AuthorizationSource(circuit) is not null && !design.Redeems(circuit)
               select new Flaw(Key(circuit), design.IdElsewhere(circuit) is null
                   ? $"{Name(circuit)} is in the link's own subscription: no authorization is redeemed"
                   : $"the connection to {Name(circuit)} is used as it is: no authorization is redeemed"),
            .. from circuit in design.Circuits
               where design.AuthorizationSource(circuit) is { } source
                   && design.Circuits.TakeWhile(other => other != circuit)
                       .Any(other => design.AuthorizationSource(other) == source)
               select new Flaw(Key(circuit), "two connections would redeem one authorization"),
        ],
    };

    public static readonly DesignCheck GatewaysAreWithTheirVnet = new()
    {
        Id = "SL521",
        Severity = Severity.Error,
        Title = "The VNet with the gateways is in the link's subscription",
        Why = "A gateway can be in another resource group than its VNet, and not in another subscription: Azure takes "
            + "no subnet of another one for what is made in a subnet (InvalidResourceReference).",
        Fix = "Write the VNet's subscription as azure.subscription, in which the gateways are then made; circuits and "
            + "spokes can be in others.",
        Sources = [Docs.OtherSubscriptionsSubnet, Docs.GatewayOfOtherGroup],
        Find = design => design.Vnets.Where(vnet => vnet.Key.IsNone && vnet.FullId is not null
                && !vnet.FullId.StartsWith($"/subscriptions/{design.Azure.Subscription}/",
                    StringComparison.OrdinalIgnoreCase))
            .Select(vnet => new Flaw($"{vnet.Path}.vnet", $"{vnet.Name} is in subscription "
                + $"{vnet.FullId!.Split('/')[2]}, and azure.subscription is {design.Azure.Subscription}")),
    };

    private static string Name(CircuitDesign circuit) => circuit.Key.On("azure/circuit");

    private static string Key(CircuitDesign circuit) => circuit.Key.IsNone ? "secrets.authorizationKey"
        : $"secrets.authorizationKeys.{circuit.Key}";
}
