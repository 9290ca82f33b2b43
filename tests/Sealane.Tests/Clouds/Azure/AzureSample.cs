using System.Text.Json.Nodes;
using Sealane.Clouds;
using Sealane.Core;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;
using Sealane.Core.Spec;

namespace Sealane.Tests.Clouds.Azure;

/// <summary>The guide's link, its ids, and answers of ARM in the shape that its documentation shows.</summary>
internal static class AzureSample
{
    public const string Group = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-sydney";
    public const string Network = Group + "/providers/Microsoft.Network";
    public const string Operation =
        "/subscriptions/00000000-0000-0000-0000-000000000001/providers/Microsoft.Network/locations/australiaeast/operations/op1";
    public const string OperationUrl = "https://management.azure.com" + Operation + "?api-version=2025-05-01";

    public static NetworkSpec Spec { get; } = new()
    {
        Name = "sydney",
        Aws = new() { Account = "111122223333", Region = "ap-southeast-2", Vpc = "vpc-1", Subnets = ["subnet-1"] },
        Azure = new()
        {
            Subscription = "00000000-0000-0000-0000-000000000001",
            ResourceGroup = "rg-sydney",
            Region = "Australia East",
            Vnet = "vnet-app",
        },
        Megaport = new() { Location = "Equinix SY1", Bandwidth = 50 },
    };

    public static NetworkDesign Design { get; } = Designer.Design(Spec);

    public static LinkKeys Keys { get; } = LinkKeys.Derive(new Secret("a link key of the tests"), "sydney", 1);

    public static JsonObject Tags => new() { ["sealane"] = "sydney" };

    public static NetworkDesign With(Func<AzureSpec, AzureSpec> change) =>
        Designer.Design(Spec with { Azure = change(Spec.Azure) });

    /// <summary>An object of ours with an envelope around its properties.</summary>
    public static string Ours(string id, string properties, string more = "") => $$"""
        {"name":"{{id[(id.LastIndexOf('/') + 1)..]}}","id":"{{id}}","etag":"W/\"etag-1\"","location":"australiaeast",
         "tags":{"sealane":"sydney"},{{more}}"properties":{{properties}}}
        """;
}

/// <summary>What other resources have seen.</summary>
internal sealed class Known : IKnown
{
    private readonly Dictionary<string, object> _seen = [];

    public Known With(string id, object observed)
    {
        _seen[id] = observed;
        return this;
    }

    public object? Observed(ObjectRef of) => _seen.GetValueOrDefault(of.Id);
}

/// <summary>AWS's VPN connection with the guide's outside addresses (step 17).</summary>
internal sealed class GuideTunnels : ITunnelEndpoints
{
    public IReadOnlyDictionary<Prefix, Ipv4> OutsideAddresses { get; init; } = new Dictionary<Prefix, Ipv4>
    {
        [Prefix.Parse("169.254.22.0/30")] = Ipv4.Parse("10.254.1.80"),
        [Prefix.Parse("169.254.21.0/30")] = Ipv4.Parse("10.254.1.18"),
    };
}
