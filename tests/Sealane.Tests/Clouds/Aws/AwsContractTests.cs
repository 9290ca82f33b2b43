using System.Globalization;
using System.Text.Json.Nodes;
using Sealane.Clouds.Ahead;
using Sealane.Clouds.Aws;
using Sealane.Core;
using Sealane.Core.Design;

namespace Sealane.Tests.Clouds.Aws;

/// <summary>
/// The client writes the request of every file in <c>tests/contracts/aws</c> and can read its reply. The files say
/// where
/// they come from; the sandbox is held to the same ones.
/// </summary>
public class AwsContractTests
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;
    private static ObjectTags Tags(string name) => new($"sydney-{name}", "sydney");

    private static (string Key, string Value)[] ClaimTags =>
    [
        ("Name", "sealane-sydney"), ("sealane", "sydney"), ("sealane-owner", "rehearsal"),
        ("sealane-run", "sealane apply in a rehearsal"), ("sealane-since", "2026-01-01T00:00:00Z"),
    ];

    /// <summary>By file: how the client is asked, and what it made of the reply.</summary>
    private static readonly Dictionary<string, Func<AwsClients, Task<string?>>> Calls = new()
    {
        ["create-transit-gateway"] = async aws =>
            Done(await Run(aws.Ec2.CreateTransitGateway(Tags("tgw"), 65534, "10.254.1.0/24", Now))),
        ["create-transit-gateway-vpc-attachment"] = async aws => Done(await Run(
            aws.Ec2.CreateVpcAttachment(Tags("vpc"), "{{tgw}}", "{{vpc}}", ["{{subnet-1}}", "{{subnet-2}}"], Now))),
        ["create-transit-gateway-route-table"] = async aws =>
            Done(await Run(aws.Ec2.CreateRouteTable(Tags("workload"), "{{tgw}}", Now))),
        ["associate-transit-gateway-route-table"] = async aws =>
            Done(await Run(aws.Ec2.Associate("{{table}}", "{{attachment}}", Now))),
        ["enable-transit-gateway-route-table-propagation"] = async aws =>
            Done(await Run(aws.Ec2.EnablePropagation("{{table}}", "{{attachment}}", Now))),
        ["create-security-group"] = async aws => Done(await Run(aws.Ec2.CreateSecurityGroup(
            "vpc-0a1b2c3d4e5f60718", "sealane-sydney", "Sealane works on link sydney. Removed when the run ends.",
            ClaimTags, Now))),
        ["describe-security-groups"] = async aws =>
            await aws.Ec2.FindSecurityGroup("vpc-0a1b2c3d4e5f60718", "sealane-sydney", Now)
                is { Id: "{{sg}}", Name: "sealane-sydney", Tags: { Count: 1 } } ? null : "group",
        ["delete-security-group"] = async aws => Done(await Run(aws.Ec2.DeleteSecurityGroup("{{sg}}", Now))),
        ["create-customer-gateway"] = async aws =>
            Done(await Run(aws.Ec2.CreateCustomerGateway(Tags("cgw"), Ipv4.Parse("10.2.0.6"), 65515, Now))),
        ["create-vpn-connection"] = async aws => Done(await Run(aws.Ec2.CreateVpnConnection(
            Tags("vpn"), "{{cgw}}", "{{tgw}}", "{{attachment}}",
            [.. Guide.Design.Tunnels.Select(t =>
                new PinnedTunnel(t.Number, t.InsideCidr, new($"{{{{key-{t.Number}}}}}"), Guide.Design.Ipsec))], Now))),
        ["create-route"] = async aws =>
            Done(await Run(aws.Ec2.CreateRoute("{{route-table}}", "10.2.0.0/16", "{{tgw}}", Now))),
        ["search-transit-gateway-routes"] = async aws =>
            (await aws.Ec2.AllRoutes("{{table}}", Now))
                .Routes is [{ Destination: "10.2.0.0/16", Attachments: [{ ResourceType: "vpn" }] }] ? null : "routes",
        ["get-active-vpn-tunnel-status"] = async aws =>
            await aws.Ec2.GetActiveVpnTunnelStatus("{{vpn}}", Ipv4.Parse("10.254.1.18"), Now)
                == new ActiveVpnTunnelStatus("ikev2", "AES256", "SHA2-256", 14, "AES256-GCM-16", "SHA2-256", 14,
                    "available", null) ? null : "status",
        ["get-vpn-tunnel-replacement-status"] = async aws =>
            await aws.Ec2.GetVpnTunnelReplacementStatus("{{vpn}}", Ipv4.Parse("10.254.1.18"), Now)
                == new TunnelMaintenance("available", new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero), null) ? null : "status",
        ["describe-vpn-gateways"] = async aws =>
            await aws.Ec2.VpnGatewaysOf("vpc-0a1b2c3d4e5f60718", Now) is [] ? null : "gateways",
        ["get-transit-gateway-prefix-list-references"] = async aws =>
            await aws.Ec2.PrefixListReferences("{{table}}", Now) is [] ? null : "references",
        ["list-virtual-interface-routes"] = async aws =>
            await aws.Connections.VirtualInterfaceRoutes("{{vif}}", Now)
                is [{ Cidr: "10.2.0.6/32", RouteDirection: "accepted", Asns: [133937] }] ? null : "routes",
        ["start-bgp-failover-test"] = async aws =>
            Done(await Run(aws.Connections.StartBgpFailoverTest("{{vif}}", 19, Now))),
        ["stop-bgp-failover-test"] = async aws => Done(await Run(aws.Connections.StopBgpFailoverTest("{{vif}}", Now))),
        ["replace-vpn-tunnel"] = async aws =>
            Done(await Run(aws.Ec2.ReplaceVpnTunnel("{{vpn}}", Ipv4.Parse("10.254.1.18"), Now))),
        ["create-direct-connect-gateway"] = async aws =>
            Done(await Run(aws.DirectConnect.CreateGateway(Tags("dxgw"), 64550, Now))),
        ["create-direct-connect-gateway-association"] = async aws =>
            Done(await Run(aws.DirectConnect.CreateAssociation("{{dxgw}}", "{{tgw}}", ["10.254.1.0/24"], Now))),
        ["describe-direct-connect-gateway-associations"] = async aws =>
            await aws.DirectConnect.Associations("{{dxgw}}", "{{tgw}}", Now)
                is [{ AllowedPrefixesToDirectConnectGateway: [{ Cidr: "10.254.1.0/24" }] } only]
                && only.AssociationState == "associated" ? null : "associations",
        ["describe-connections"] = async aws =>
            await aws.Connections.FindConnection("{{connection}}", Now) is { ConnectionState: "ordering", Vlan: 331 }
                ? null : "connection",
        ["confirm-connection"] = async aws => Done(await Run(aws.Connections.ConfirmConnection("{{connection}}", Now))),
        ["create-transit-virtual-interface"] = async aws =>
            Done(await Run(aws.Connections.CreateTransitVirtualInterface(
            new(Tags("vif"), "{{connection}}", "{{dxgw}}", 331, 133937, new("{{key}}"),
                Guide.Design.AwsVxcs[0].McrAddress,
                Guide.Design.AwsVxcs[0].AmazonAddress, 1500), Now))),
        ["get-caller-identity"] = async aws =>
            await aws.Sts.GetCallerIdentity(Now) == new CallerIdentity("111122223333",
                "arn:aws:iam::111122223333:user/alice", "AIDA1") ? null : "caller",
        ["describe-transit-gateways"] = async aws =>
            await aws.Ec2.TransitGatewaysNamed("sydney-tgw", Now) is [{ Id: "{{tgw}}", State: "available" }] ? null
                : "gateways",
        ["dry-run-create-transit-gateway"] = async aws =>
            await aws.Ec2.MayCreateTransitGateway(Tags("tgw"), 65534, "10.254.1.0/24", Now) is true ? null
                : "allowed",
        ["simulate-principal-policy"] = async aws =>
            await aws.Iam.SimulatePrincipalPolicy("arn:aws:iam::111122223333:user/sealane",
                new AwsRights(aws, Guide.Design).Needed(AwsResources.All(
                    Guide.Design, aws, LinkKeys.Derive(new("k"), "sydney", 1))).Where(call => call
                    is not ("ec2:CreateTransitGateway" or "ec2:CreateCustomerGateway")), ("sealane", "sydney"), Now)
                is [{ Action: "directconnect:ConfirmConnection", Decision: "allowed", Untold: [] }] ? null : "calls",
        ["modify-transit-gateway"] = async aws =>
            Done(await Run(aws.Ec2.ModifyTransitGateway("{{tgw}}", "10.254.2.0/24", Now))),
        ["modify-vpn-connection-options"] = async aws => Done(await Run(aws.Ec2.ModifyVpnConnectionOptions(
            "{{vpn}}", Sealane.Core.Prefix.Default, Sealane.Core.Prefix.Default, Now))),
        ["delete-transit-gateway-prefix-list-reference"] = async aws =>
            Done(await Run(aws.Ec2.DeletePrefixListReference("{{table}}", "{{prefixlist}}", Now))),
        ["delete-transit-gateway-route"] = async aws =>
            Done(await Run(aws.Ec2.DeleteTransitGatewayRoute("{{table}}", "10.2.0.0/16", Now))),
        ["delete-transit-gateway"] = async aws => Done(await Run(aws.Ec2.DeleteTransitGateway("{{tgw}}", Now))),
        ["describe-transit-gateway-route-tables"] = async aws =>
            await aws.Ec2.RouteTablesNamed("{{tgw}}", "sydney-workload", Now) is [{ State: "available" }] ? null
                : "tables",
        ["delete-transit-gateway-route-table"] = async aws =>
            Done(await Run(aws.Ec2.DeleteRouteTable("{{table}}", Now))),
        ["disassociate-transit-gateway-route-table"] = async aws =>
            Done(await Run(aws.Ec2.Disassociate("{{table}}", "{{attachment}}", Now))),
        ["disable-transit-gateway-route-table-propagation"] = async aws =>
            Done(await Run(aws.Ec2.DisablePropagation("{{table}}", "{{attachment}}", Now))),
        ["get-transit-gateway-route-table-associations"] = async aws =>
            await aws.Ec2.Associations("{{table}}", Now) is [{ State: "associated" }] ? null : "associations",
        ["get-transit-gateway-route-table-propagations"] = async aws =>
            await aws.Ec2.Propagations("{{table}}", Now) is [{ State: "enabled" }] ? null : "propagations",
        ["get-transit-gateway-attachment-propagations"] = async aws =>
            await aws.Ec2.PropagationsOf("{{attachment}}", Now) is [{ State: "enabled" }] ? null : "propagations",
        ["describe-transit-gateway-vpc-attachments"] = async aws =>
            await aws.Ec2.VpcAttachments("{{tgw}}", "{{vpc}}", Now)
                is [{ State: "available", SubnetIds: ["{{subnet-1}}", "{{subnet-2}}"] }] ? null : "attachments",
        ["modify-transit-gateway-vpc-attachment"] = async aws =>
            Done(await Run(aws.Ec2.ModifyVpcAttachment("{{attachment}}", [], ["{{subnet-2}}"], Now))),
        ["accept-transit-gateway-vpc-attachment"] = async aws =>
            Done(await Run(aws.Ec2.AcceptVpcAttachment("{{attachment}}", Now))),
        ["delete-transit-gateway-vpc-attachment"] = async aws =>
            Done(await Run(aws.Ec2.DeleteVpcAttachment("{{attachment}}", Now))),
        ["describe-transit-gateway-attachments"] = async aws =>
            await aws.Ec2.AttachmentsOf("vpn", ["{{vpn}}"], "{{tgw}}", Now) is [{ State: "available" }] ? null
                : "attachments",
        ["describe-vpcs"] = async aws => await aws.Ec2.FindVpc("{{vpc}}", Now) is { State: "available" } ? null : "vpc",
        ["describe-subnets"] = async aws =>
            await aws.Ec2.DescribeSubnets("{{vpc}}", Now)
                is [{ Id: "{{subnet-1}}", AvailabilityZone: "ap-southeast-2a" }] ? null : "subnets",
        ["describe-route-tables"] = async aws =>
            await aws.Ec2.DescribeRouteTables("{{vpc}}", Now) is [{ Id: "{{route-table}}", Routes.Count: 2 }] ? null
                : "tables",
        ["delete-route"] = async aws => Done(await Run(aws.Ec2.DeleteRoute("{{route-table}}", "10.2.0.0/16", Now))),
        ["create-tags"] = async aws => Done(await Run(aws.Ec2.CreateTags("{{attachment}}", Tags("vpn"), Now))),
        ["delete-tags"] = async aws => Done(await Run(aws.Ec2.DeleteTags("{{attachment}}",
            ["sealane-used-aws-vpc-attachment.sydney", "sealane-was-aws-vpc-attachment.sydney"], Now))),
        ["describe-customer-gateways"] = async aws =>
            await aws.Ec2.CustomerGatewaysNamed("sydney-cgw", Now) is [{ State: "available" }] ? null : "gateways",
        ["delete-customer-gateway"] = async aws => Done(await Run(aws.Ec2.DeleteCustomerGateway("{{cgw}}", Now))),
        ["describe-vpn-connections"] = async aws =>
            await aws.Ec2.VpnConnectionsNamed("sydney-vpn", Now) is [{ State: "available", Tunnels.Count: 2 }] ? null
                : "connections",
        ["modify-vpn-tunnel-options"] = async aws => Done(await Run(aws.Ec2.ModifyVpnTunnelOptions(
            "{{vpn}}", Ipv4.Parse("10.254.1.18"),
            new(1, Guide.Design.Tunnels[0].InsideCidr, new("{{key}}"), Guide.Design.Ipsec), Now))),
        ["delete-vpn-connection"] = async aws => Done(await Run(aws.Ec2.DeleteVpnConnection("{{vpn}}", Now))),
        ["describe-virtual-interfaces"] = async aws =>
            await aws.Connections.VirtualInterfaces("{{connection}}", Now)
                is [{ VirtualInterfaceState: "available", BgpPeers: [{ BgpStatus: "up" }] }] ? null : "interfaces",
        ["update-virtual-interface-attributes"] = async aws =>
            Done(await Run(aws.Connections.UpdateVirtualInterfaceMtu("{{vif}}", 8500, Now))),
        ["delete-virtual-interface"] = async aws =>
            Done(await Run(aws.Connections.DeleteVirtualInterface("{{vif}}", Now))),
        ["describe-direct-connect-gateways"] = async aws =>
            await aws.DirectConnect.Gateways(null, Now) is [{ DirectConnectGatewayState: "available" }] ? null
                : "gateways",
        ["delete-direct-connect-gateway"] = async aws =>
            Done(await Run(aws.DirectConnect.DeleteGateway("{{dxgw}}", Now))),
        ["describe-tags"] = async aws =>
            await aws.DirectConnect.TagsOf("arn:aws:directconnect::111122223333:dx-gateway/{{dxgw}}", Now)
                is [_, { Key: "sealane", Value: "sydney" }] ? null : "tags",
        ["update-direct-connect-gateway-association"] = async aws =>
            Done(await Run(aws.DirectConnect.UpdateAssociation("{{association}}", ["10.254.1.0/25"], ["10.254.1.0/24"],
                Now))),
        ["delete-direct-connect-gateway-association"] = async aws =>
            Done(await Run(aws.DirectConnect.DeleteAssociation("{{association}}", Now))),
        ["describe-direct-connect-gateway-attachments"] = async aws =>
            await aws.DirectConnect.Attachments("{{dxgw}}", null, Now) is [{ AttachmentState: "attached" }] ? null
                : "attachments",
    };

    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Repository.PathOf("tests", "contracts", "aws"), "*.http")
            .Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task The_client_writes_the_request_and_reads_the_reply(string file)
    {
        var text = await File.ReadAllTextAsync(Repository.PathOf("tests", "contracts", "aws", $"{file}.http"), Now);
        Assert.Matches("status: (published|recorded|inferred)", text);
        Assert.Contains("\n# source: ", text, StringComparison.Ordinal);
        var reply = text.IndexOf("\nHTTP/1.1 ", StringComparison.Ordinal);
        var request = text[text.IndexOf("POST /", StringComparison.Ordinal)..reply];
        var (head, body) = Split(request);
        var aws = new AnyReply(int.Parse(text.AsSpan(reply + "\nHTTP/1.1 ".Length, 3), CultureInfo.InvariantCulture),
            Split(text[(reply + 1)..]).Body);
        Assert.Null(await Calls[file](aws.Clients()));

        var sent = Assert.Single(aws.Requests);
        foreach (var header in head.Split('\n').Skip(1).Select(line => line.Split(": ", 2)))
        {
            Assert.Equal(header[1], sent.Headers[header[0].ToLowerInvariant()]);
        }
        if (body.StartsWith('{'))
        {
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(body), JsonNode.Parse(sent.Body)), sent.Body);
        }
        else
        {
            Assert.Equal(body.Replace("\n", "", StringComparison.Ordinal).Split('&').Order(),
                sent.Form.Select(pair => $"{pair.Key}={pair.Value}").Order());
        }
    }

    private static (string Head, string Body) Split(string message)
    {
        var blank = message.IndexOf("\n\n", StringComparison.Ordinal);
        return (message[..blank], message[(blank + 2)..].Trim());
    }

    private static async Task<bool> Run(Task call)
    {
        await call;
        return true;
    }

    private static string? Done(bool done) => done ? null : "not done";

    private sealed class AnyReply(int status, string body) : HttpMessageHandler
    {
        public List<SentRequest> Requests { get; } = [];

        public AwsClients Clients() => new(new(new StillClock(), this),
            AwsCredentialSource.Given("AKIDEXAMPLE", new("secret")),
            new() { Region = "us-east-1", ConnectionRegion = "us-east-1" });

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request,
            CancellationToken cancellationToken)
        {
            var headers = request.Headers.Concat(request.Content!.Headers)
                .ToDictionary(header => header.Key.ToLowerInvariant(), header => string.Join(", ", header.Value));
            Requests.Add(new("", request.RequestUri!.Authority,
                await request.Content.ReadAsStringAsync(cancellationToken), headers, false));
            return new((System.Net.HttpStatusCode)status) { Content = new StringContent(body) };
        }
    }
}
