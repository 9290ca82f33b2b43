using System.Net;
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using Sealane.Clouds.Aws;
using Sealane.Clouds.Azure;
using Sealane.Clouds.Http;
using Sealane.Clouds.Megaport;
using Sealane.Core;
using Sealane.Core.Reconcile;
using Sealane.Tests.Clouds.Aws;
using Sealane.Tests.Clouds.Azure;

namespace Sealane.Tests.Clouds.Http;

/// <summary>
/// "It is not there" is believed only when the vendor says it. Every read of every client, with answers that say
/// nothing: each
/// is asked for again, and in the end it is an error, never an absence, which would be ordered a second time.
/// </summary>
public sealed class UnreadableRepliesTests
{
    private const string Page =
        "<!DOCTYPE html><html><body>404 Not Found: could not find what does not exist</body></html>";
    private const string Id = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/publicIPAddresses/p";
    private static readonly Prefix Prefix = Prefix.Parse("10.0.0.0/8");
    private static readonly Ipv4 Address = Ipv4.Parse("192.0.2.1");

    private static readonly ObjectTags Tags = new("n", "l");

    private sealed record Clients(AwsClients Aws, MegaportClient Megaport, ArmClient Arm);

    /// <summary>By the name of the method: two of them share one where the vendor's call is the same.</summary>
    private static readonly Dictionary<string, Func<Clients, CancellationToken, Task>> Reads = new()
    {
        ["FindTransitGateway"] = (c, ct) => c.Aws.Ec2.FindTransitGateway("tgw-1", ct),
        ["TransitGatewaysNamed"] = (c, ct) => c.Aws.Ec2.TransitGatewaysNamed("n", ct),
        ["TransitGatewaysOf"] = (c, ct) => c.Aws.Ec2.TransitGatewaysOf("l", ct),
        ["AllTransitGateways"] = (c, ct) => c.Aws.Ec2.AllTransitGateways(ct),
        ["VpcAttachments"] = (c, ct) => c.Aws.Ec2.VpcAttachments("tgw-1", "vpc-1", ct),
        ["AttachmentsOf"] = (c, ct) => c.Aws.Ec2.AttachmentsOf("vpn", ["vpn-1"], "tgw-1", ct),
        ["FindVpcAttachment"] = (c, ct) => c.Aws.Ec2.FindVpcAttachment("tgw-attach-1", ct),
        ["FindRouteTable"] = (c, ct) => c.Aws.Ec2.FindRouteTable("tgw-rtb-1", ct),
        ["FindAttachment"] = (c, ct) => c.Aws.Ec2.FindAttachment("tgw-attach-1", ct),
        ["RouteTablesNamed"] = (c, ct) => c.Aws.Ec2.RouteTablesNamed("tgw-1", "n", ct),
        ["RouteTablesOf"] = (c, ct) => c.Aws.Ec2.RouteTablesOf("tgw-1", ct),
        ["Ec2 Associations"] = (c, ct) => c.Aws.Ec2.Associations("tgw-rtb-1", ct),
        ["Propagations"] = (c, ct) => c.Aws.Ec2.Propagations("tgw-rtb-1", ct),
        ["PropagationsOf"] = (c, ct) => c.Aws.Ec2.PropagationsOf("tgw-attach-1", ct),
        ["SearchRoutes"] = (c, ct) => c.Aws.Ec2.SearchRoutes("tgw-rtb-1", [("type", "static")], ct),
        ["AllRoutes"] = (c, ct) => c.Aws.Ec2.AllRoutes("tgw-rtb-1", ct),
        ["FindVpc"] = (c, ct) => c.Aws.Ec2.FindVpc("vpc-1", ct),
        ["VpcsById"] = (c, ct) => c.Aws.Ec2.VpcsById(["vpc-1"], ct),
        ["AttachmentsOfVpc"] = (c, ct) => c.Aws.Ec2.AttachmentsOfVpc("vpc-1", ct),
        ["AttachmentsOfTransitGateway"] = (c, ct) => c.Aws.Ec2.AttachmentsOfTransitGateway("tgw-1", ct),
        ["VpnConnectionsOfTransitGateway"] = (c, ct) => c.Aws.Ec2.VpnConnectionsOfTransitGateway("tgw-1", ct),
        ["VpnConnectionsOfVpnGateway"] = (c, ct) => c.Aws.Ec2.VpnConnectionsOfVpnGateway("vgw-1", ct),
        ["CustomerGatewaysById"] = (c, ct) => c.Aws.Ec2.CustomerGatewaysById(["cgw-1"], ct),
        ["VpnGatewaysOf"] = (c, ct) => c.Aws.Ec2.VpnGatewaysOf("vpc-1", ct),
        ["PrefixListReferences"] = (c, ct) => c.Aws.Ec2.PrefixListReferences("tgw-rtb-1", ct),
        ["PrefixListEntries"] = (c, ct) => c.Aws.Ec2.PrefixListEntries("pl-1", ct),
        ["VpcPeerings"] = (c, ct) => c.Aws.Ec2.VpcPeerings("vpc-1", ct),
        ["All"] = (c, ct) => c.Aws.Ec2.All("DescribeVpcs", "vpcSet", ct),
        ["DirectConnect All"] = (c, ct) => c.Aws.DirectConnect.All("DescribeConnections", "connections", ct),
        ["Megaport All"] = (c, ct) => c.Megaport.All(ct),
        ["AllVirtualInterfaces"] = (c, ct) => c.Aws.DirectConnect.AllVirtualInterfaces(ct),
        ["VirtualInterfaceRoutes"] = (c, ct) => c.Aws.DirectConnect.VirtualInterfaceRoutes("dxvif-1", ct),
        ["AssociationsOf"] = (c, ct) => c.Aws.DirectConnect.AssociationsOf("tgw-1", ct),
        ["FindSecurityGroup"] = (c, ct) => c.Aws.Ec2.FindSecurityGroup("vpc-1", "n", ct),
        ["DescribeSubnets"] = (c, ct) => c.Aws.Ec2.DescribeSubnets("vpc-1", ct),
        ["DescribeRouteTables"] = (c, ct) => c.Aws.Ec2.DescribeRouteTables("vpc-1", ct),
        ["VpcAttachmentsOfTransitGateway"] = (c, ct) => c.Aws.Ec2.VpcAttachmentsOfTransitGateway("tgw-1", ct),
        ["CustomerGatewaysNamed"] = (c, ct) => c.Aws.Ec2.CustomerGatewaysNamed("n", ct),
        ["CustomerGatewaysOf"] = (c, ct) => c.Aws.Ec2.CustomerGatewaysOf("l", ct),
        ["VpnConnectionsNamed"] = (c, ct) => c.Aws.Ec2.VpnConnectionsNamed("n", ct),
        ["VpnConnectionsOf"] = (c, ct) => c.Aws.Ec2.VpnConnectionsOf("l", ct),
        ["FindVpnConnection"] = (c, ct) => c.Aws.Ec2.FindVpnConnection("vpn-1", ct),
        ["GetActiveVpnTunnelStatus"] = (c, ct) => c.Aws.Ec2.GetActiveVpnTunnelStatus("vpn-1", Address, ct),
        ["GetVpnTunnelReplacementStatus"] = (c, ct) => c.Aws.Ec2.GetVpnTunnelReplacementStatus("vpn-1", Address, ct),
        ["AllConnections"] = (c, ct) => c.Aws.Connections.AllConnections(ct),
        ["FindConnection"] = (c, ct) => c.Aws.Connections.FindConnection("dxcon-1", ct),
        ["VirtualInterfaces"] = (c, ct) => c.Aws.Connections.VirtualInterfaces("dxcon-1", ct),
        ["Gateways"] = (c, ct) => c.Aws.DirectConnect.Gateways(null, ct),
        ["TagsOf"] = (c, ct) => c.Aws.DirectConnect.TagsOf("arn", ct),
        ["OpenProposals"] = (c, ct) => c.Aws.DirectConnect.OpenProposals("dx-1", "tgw-1", ct),
        ["Associations"] = (c, ct) => c.Aws.DirectConnect.Associations("dx-1", null, ct),
        ["Attachments"] = (c, ct) => c.Aws.DirectConnect.Attachments("dx-1", null, ct),
        ["GetCallerIdentity"] = (c, ct) => c.Aws.Sts.GetCallerIdentity(ct),
        ["MayCreateTransitGateway"] = (c, ct) => c.Aws.Ec2.MayCreateTransitGateway(Tags, 64512, "10.0.0.0/24", ct),
        ["MayCreateCustomerGateway"] = (c, ct) => c.Aws.Ec2.MayCreateCustomerGateway(Tags, 65515, ct),
        ["MayCreateRouteTable"] = (c, ct) => c.Aws.Ec2.MayCreateRouteTable(Tags, "tgw-1", ct),
        ["MayCreateVpcAttachment"] = (c, ct) =>
            c.Aws.Ec2.MayCreateVpcAttachment(Tags, "tgw-1", "vpc-1", ["subnet-1"], ct),
        ["MayCreateRoute"] = (c, ct) => c.Aws.Ec2.MayCreateRoute("rtb-1", "10.0.0.0/8", "tgw-1", ct),
        ["MayDelete"] = (c, ct) => c.Aws.Ec2.MayDelete("DeleteVpnConnection", "vpn-1", ct),
        ["SimulatePrincipalPolicy"] = (c, ct) => c.Aws.Iam.SimulatePrincipalPolicy(
            "arn:aws:iam::123456789012:user/u", ["ec2:CreateRoute"], ("sealane", "l"), ct),
        ["Products"] = (c, ct) => c.Megaport.Products(ct),
        ["Product"] = (c, ct) => c.Megaport.Product("uid", ct),
        ["Document"] = (c, ct) => c.Megaport.Document("uid", ct),
        ["VxcsOf"] = (c, ct) => c.Megaport.VxcsOf("uid", ct),
        ["Tags"] = (c, ct) => c.Megaport.Tags("uid", ct),
        ["PrefixLists"] = (c, ct) => c.Megaport.PrefixLists("uid", ct),
        ["PrefixList"] = (c, ct) => c.Megaport.PrefixList("uid", 1, ct),
        ["Locations"] = (c, ct) => c.Megaport.Locations(ct),
        ["AwsHostedConnectionPorts"] = (c, ct) => c.Megaport.AwsHostedConnectionPorts(ct),
        ["Maintenance"] = (c, ct) => c.Megaport.Maintenance("Running", ct),
        ["Outages"] = (c, ct) => c.Megaport.Outages("Ongoing", ct),
        ["AzureKey"] = (c, ct) => c.Megaport.AzureKey(new("a-service-key"), ct),
        // Not a read by its verb, but it buys nothing, and an order follows it.
        ["Price"] = (c, ct) => c.Megaport.Price([], ct),
        ["Validate"] = (c, ct) => c.Megaport.Validate(new JsonObject(), [], ct),
        ["IpRoutes"] = (c, ct) => c.Megaport.LookingGlass.IpRoutes("uid", Prefix, ct),
        ["BgpRoutes"] = (c, ct) => c.Megaport.LookingGlass.BgpRoutes("uid", null, ct),
        ["NeighbourRoutes"] = (c, ct) =>
            c.Megaport.LookingGlass.NeighbourRoutes("uid", Address, RouteDirection.Received, ct),
        ["Restrictions"] = (c, ct) => c.Arm.Restrictions("/subscriptions/s/resourceGroups/g", [], ct),
        ["Get"] = (c, ct) => c.Arm.Get(Id, ct),
        ["Observe"] = (c, ct) => c.Arm.Observe(Id, ct),
        ["List"] = (c, ct) => c.Arm.List("/subscriptions/s/resourceGroups/g/resources", ct),
        ["PostAndWait"] = (c, ct) => c.Arm.PostAndWait($"{Id}/getLearnedRoutes", ct),
    };

    public static TheoryData<string> Operations => [.. Reads.Keys];

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task An_answer_that_says_nothing_is_asked_for_again_and_then_an_error(string operation)
    {
        (string What, int Status, string? Body)[] answers =
        [
            ("a page", 200, Page), ("a page for 404", 404, Page), ("nothing", 200, ""), ("nothing for 404", 404, ""),
            ("an empty object", 200, "{}"), ("an empty object for 404", 404, "{}"), ("null", 200, "null"),
            ("another list", 200, "[]"), ("another root", 200, "<Other><nextToken/></Other>"), ("half of it", 200,
                "{\"data\":[{\"pro"),
            ("half of it, in XML", 200, "<DescribeVpcsResponse><vpcSet><item>"), ("a time-out", 408, ""),
                ("a time-out's page", 408, Page),
            ("no list", 200, WithoutList), ("a cut connection", 0, null),
        ];
        foreach (var (what, status, body) in answers)
        {
            using var wire = new Wire(status, body);
            using var megaport = new MegaportClient(
                wire.Context,
                new(MegaportSettings.ProductionApi, MegaportSettings.ProductionToken, "access", new("secret-key")));
            var clients = new Clients(
                new(wire.Context, AwsCredentialSource.Given("AKIDEXAMPLE", new("secret-access-key")),
                    new() { Region = "us-east-1", ConnectionRegion = "us-east-1" }),
                megaport, new(wire.Context, AzureCredentialSource.Of(new CountingCredential())));
            var error = await Record.ExceptionAsync(() => Reads[operation](clients,
                TestContext.Current.CancellationToken));
            Assert.True(
                error is CloudError { Kind: CloudErrorKind.Unavailable },
                    $"{what}: {error?.ToString() ?? "taken for an answer"}");
            Assert.True(wire.Asked > 1, $"{what}: asked once");
        }
        Counts.Say($"{operation}: {answers.Length} answers that say nothing");
    }

    [Fact]
    public void No_read_is_left_out()
    {
        var reads = from type in new[]
                    {
                        typeof(Ec2Client), typeof(DirectConnectClient), typeof(StsClient), typeof(IamClient),
                        typeof(MegaportClient),
                        typeof(LookingGlass), typeof(ArmClient),
                    }
                    from method in type.GetMethods(
                        BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                    where method.ReturnType.IsGenericType && method.ReturnType.GetGenericTypeDefinition() == typeof(
                        Task<>)
                    select method.Name;
        Assert.Equal([], reads.Except(Reads.Keys).Except(["Buy"]));
    }

    private const string WithoutList = "right, but for the list";

    /// <summary>Gives the same answer to everything but the question for a token.</summary>
    private sealed class Wire(int status, string? body) : HttpMessageHandler
    {
        public int Asked { get; private set; }
        public CloudContext Context => new(new StillClock(), this);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request,
            CancellationToken cancellationToken)
        {
            request.Options.TryGetValue(CallOptions.Operation, out var operation);
            if (operation == "POST oauth2/token")
            {
                return Task.FromResult(Reply(200, """{"access_token":"token-1","expires_in":3600}"""));
            }
            Asked++;
            return Task.FromResult(status == 0
                ? throw new HttpRequestException(HttpRequestError.ResponseEnded, "the response ended")
                : Reply(status, body == WithoutList ? Without(request, operation!) : body!));
        }

        private static string Without(HttpRequestMessage request, string operation) =>
            operation.StartsWith("ec2:", StringComparison.Ordinal) || operation.StartsWith("sts:",
                StringComparison.Ordinal)
                ? $"<{operation[4..]}Response><requestId>r</requestId></{operation[4..]}Response>"
            : request.RequestUri!.Host.EndsWith("megaport.com", StringComparison.Ordinal)
                ? """{"message":"ok","terms":""}"""
            : """{"nextLink":null,"nextToken":null}""";

        private static HttpResponseMessage Reply(int status, string body) => new((HttpStatusCode)status)
        {
            Content = new StringContent(body, Encoding.UTF8, body.StartsWith('<') ? "text/html" : "application/json"),
        };
    }
}
