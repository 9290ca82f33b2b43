using System.Globalization;
using System.Text;

namespace Sealane.Tests.EndToEnd;

/// <summary>
/// A link of one to three routers, one to four cross connects to each cloud, one or two circuits and two or four
/// tunnels, with parts written out, chosen by a seed. <see cref="Shuffled"/> is the same file with its lists in another
/// order.
/// </summary>
internal sealed record RandomTopology(string Text, string Shuffled)
{
    private static readonly string[] Sites = ["Equinix SY3", "NextDC Sydney S1"];

    public static RandomTopology Of(int seed)
    {
        var random = new Random(seed);
        var circuits = random.Next(1, 3);
        var routerKeys = Keys(random, random.Next(1, circuits == 1 ? 3 : 4) - 1);
        var circuitKeys = Keys(random, circuits - 1);
        // The first router has the first circuit's primary path.
        var paths = circuitKeys.Prepend("")
            .SelectMany(circuit => new[] { (circuit, "primary"), (circuit, "secondary") }).Skip(1)
            .OrderBy(path => path.Item2 == "primary" && path.circuit.Length > 0 ? 0 : 1)
            .ThenBy(_ => random.Next()).ToList();
        var needed = Math.Max(routerKeys.Count, circuitKeys.Count);
        var legs = paths.Take(random.Next(needed, paths.Count + 1)).Index().Select(each => (
            Path: each.Item, Router: each.Index < routerKeys.Count ? routerKeys[each.Index]
                : routerKeys.Prepend("").ElementAt(random.Next(routerKeys.Count + 1)))).ToList();
        var toAws = routerKeys.Append(random.Next(3) == 0 ? routerKeys.Prepend("")
            .ElementAt(random.Next(routerKeys.Count + 1)) : null).OfType<string>().ToList();
        List<string> routerItems =
        [
            .. routerKeys.Index().Select(each =>
                $"    - key: {each.Item}\n      location: {Sites[each.Index]}\n"),
        ];
        List<string> awsItems =
        [
            .. toAws.Zip(Keys(random, toAws.Count), (router, key) =>
                $"    - key: {key}\n{(router.Length > 0 ? $"      router: {router}\n" : "")}"),
        ];
        List<string> azureItems =
        [
            .. legs.Zip(Keys(random, legs.Count), (leg, key) =>
                $"    - key: {key}\n      path: {leg.Path.Item2}\n"
                + (leg.Path.circuit.Length > 0 ? $"      circuit: {leg.Path.circuit}\n" : "")
                + (leg.Router.Length > 0 ? $"      router: {leg.Router}\n" : "")),
        ];
        List<string> circuitItems =
            [.. circuitKeys.Select(key => $"    - key: {key}\n      peeringLocation: Sydney2\n")];
        var activeActive = random.Next(2) == 0;
        List<string> vpcItems =
        [
            .. Keys(random, random.Next(6) == 0 ? random.Next(1, 5) : 0).Index().Select(each =>
                $"    - key: {each.Item}\n      vpc: vpc-0{each.Index}1b2c3d4e5f60718\n"
                + $"      subnets: [subnet-0{each.Index}1b2c3d4e5f60001]\n      cidrs: [10.{3 + each.Index}.0.0/16]\n"),
        ];
        List<string> spokeItems =
        [
            .. Keys(random, random.Next(6) == 0 ? random.Next(1, 6) : 0).Index().Select(each =>
                $"    - key: {each.Item}\n      vnet: vnet-{each.Index}\n      cidrs: [10.{20 + each.Index}.0.0/16]\n"),
        ];
        // Whose VPC it is, is chosen by chance too: such a link hangs on a transit gateway of others that is shared.
        var accounts = new Random(~seed);
        string Whose(string account, string profile) => accounts.Next(2) == 0 ? ""
            : $"{account}: \"444455556666\"\n      {profile}: workload\n      ";
        var first = "";
        var shared = accounts.Next(5) == 0;
        if (shared)
        {
            first = Whose("vpcAccount", "vpcProfile").Replace("\n      ", "\n  ", StringComparison.Ordinal);
            vpcItems = [.. vpcItems.Select(item => item.Replace("vpc: ", Whose("account", "profile") + "vpc: ",
                StringComparison.Ordinal))];
            shared = first.Length > 0 || vpcItems.Exists(item => item.Contains("account", StringComparison.Ordinal));
        }
        // So is where Direct Connect lies.
        var direct = accounts.Next(5) switch
        {
            0 => """  directConnectGateway: { account: "444455556666", profile: workload }""" + "\n",
            1 => """  directConnectGateway: { account: "777788889999", profile: connectivity }""" + "\n",
            _ => "",
        };
        var gateway = shared ? "  transitGateway: { id: tgw-0123456789abcdef0, name: core }\n" : "";
        string Spec(Func<List<string>, IEnumerable<string>> order) => string.Create(CultureInfo.InvariantCulture, $"""
            sealane: 1
            name: random{seed}
            aws:
              account: "111122223333"
              region: ap-southeast-2
              {first}vpc: vpc-0a1b2c3d4e5f60718
              subnets: [subnet-0a1b2c3d4e5f60001, subnet-0a1b2c3d4e5f60002]
              cidrs: [10.1.0.0/16]
            {gateway}{direct}{List("vpcs", order(vpcItems))}azure:
              subscription: 00000000-1111-2222-3333-444444444444
              resourceGroup: rg-sydney
              region: australiaeast
              vnet: vnet-app
              cidrs: [10.2.0.0/16]
              gatewaySubnet: 10.2.0.0/24
              vpnGateway:
                mode: {(activeActive ? "active-active" : "active-standby")}

            """) + List("spokes", order(spokeItems)) + List("circuits", order(circuitItems))
            + "megaport:\n  location: Equinix SY1\n  bandwidth: 50\n"
            + List("routers", order(routerItems)) + List("awsVxcs", order(awsItems))
            + List("azureVxcs", order(azureItems));
        return new(Spec(items => items), Spec(items => items.AsEnumerable().Reverse()));
    }

    private static string List(string name, IEnumerable<string> items)
    {
        var text = new StringBuilder();
        foreach (var item in items)
        {
            text.Append(item);
        }
        return text.Length == 0 ? "" : $"  {name}:\n{text}";
    }

    private static List<string> Keys(Random random, int count)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        while (keys.Count < count)
        {
            keys.Add(string.Concat(Enumerable.Range(0, random.Next(3, 8)).Select(_ => (char)('a' + random.Next(26)))));
        }
        return [.. keys];
    }
}
