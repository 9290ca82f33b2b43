using System.Globalization;
using System.Text.Json.Nodes;
using Sealane.Clouds.Evidence;
using Sealane.Core.Checks.Live;
using Sealane.Core.Design;
using Sealane.Core.Routing;

namespace Sealane.Cli.Evidence;

/// <summary>The statement of completeness: when, by what, of which accounts and objects, what was read and what not,
/// what is assumed, what is left out.</summary>
internal static class Statement
{
    public static JsonObject Of(BundleContent content, NetworkDesign design, Verified verified)
    {
        var proof = verified.Verification.Proof;
        return new()
        {
            ["formatVersion"] = BundleContent.Format,
            ["sealane"] = content.Version,
            ["at"] = content.At.ToString("O", CultureInfo.InvariantCulture),
            ["link"] = design.Name,
            ["spec"] = new JsonObject
            {
                ["file"] = BundleContent.SpecFile,
                ["sha256"] = content.SpecSha256,
            },
            ["accounts"] = new JsonObject
            {
                ["aws"] = design.Aws.Account,
                ["azureSubscription"] = design.Azure.Subscription,
                ["azureTenant"] = design.Azure.Tenant,
                ["megaport"] = $"the account of the API key, {design.Spec.Megaport.Environment ?? "production"}",
            },
            ["redacted"] = content.Redacted,
            ["secrets"] = "masked; the same name stands for the same secret",
            ["objects"] = Objects(verified.Verification.Seen.Network),
            ["read"] = Rows(verified.Readings.Where(row => row.Answer == Answer.Read)),
            ["notRead"] = Rows(verified.Readings.Where(row => row.Answer != Answer.Read)),
            ["assumptions"] = new JsonArray([.. Assumptions.List.Select(one => (JsonNode)new JsonObject
            {
                ["what"] = one.What,
                ["source"] = one.Source,
                ["ifWrong"] = one.IfWrong,
            })]),
            ["exclusions"] = new JsonArray(
            [
                .. proof.Excluded.Select(address => (JsonNode)$"{address}: a tunnel's endpoint, which the transport is "
                    + "to carry"),
                "security groups, network security groups and network ACLs: they can only drop",
                "what stands behind objects of other accounts: their prefixes are read, their inside is not",
            ]),
        };
    }

    private static JsonArray Rows(IEnumerable<Reading> readings) =>
    [
        .. readings.Select(row => (JsonNode)new JsonObject
        {
            ["question"] = row.Question.Call,
            ["about"] = row.Subject,
            ["shows"] = row.Question.Shows,
            ["answer"] = row.Answer.ToString().ToLowerInvariant(),
            ["why"] = row.Why.Length > 0 ? row.Why : null,
            ["hole"] = row.IsHole,
        }),
    ];

    private static JsonObject Objects(Network network)
    {
        return new()
        {
            ["vpcs"] = Ids(network.Vpcs.Select(one => one.Id)),
            ["virtualPrivateGateways"] = Ids(network.VirtualPrivateGateways.Select(one => one.Id)),
            ["vpcPeerings"] = Ids(network.VpcPeerings.Select(one => one.Id)),
            ["transitGateways"] = Ids(network.TransitGateways.Select(one => one.Id)),
            ["transitGatewayAttachments"] =
                Ids(network.TransitGateways.SelectMany(one => one.Attachments).Select(one => one.Id)),
            ["directConnectGateways"] = Ids(network.DxGateways.Select(one => one.Id)),
            ["virtualInterfaces"] =
                Ids(network.DxGateways.SelectMany(one => one.VirtualInterfaces).Select(one => one.Id)),
            ["mcrs"] = Ids(network.Mcrs.Select(one => one.Id)),
            ["vxcs"] = Ids(network.Mcrs.SelectMany(one => one.Interfaces).Select(one => one.VxcId).Distinct()),
            ["circuits"] = Ids(network.Circuits.Select(one => one.Id)),
            ["expressRouteGateways"] = Ids(network.ExpressRouteGateways.Select(one => one.Id)),
            ["vpnGateways"] = Ids(network.VpnGateways.Select(one => one.Id)),
            ["routeServers"] = Ids(network.RouteServers.Select(one => one.Id)),
            ["virtualNetworks"] = Ids(network.Vnets.Select(one => one.Id)),
            ["tunnels"] = Ids(network.Tunnels.Select(one => one.Id)),
        };

        static JsonArray Ids(IEnumerable<string> ids) => [.. ids.Select(id => (JsonNode)id)];
    }
}
