using System.Collections.Frozen;
using System.Xml.Linq;
using Sealane.Sandbox.Aws.Ec2.Foreign;
using Sealane.Sandbox.Aws.Iam;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Aws.Ec2;

/// <summary>The EC2 Query API: every operation it serves, its envelope, its way to refuse.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/Query-Requests.html</remarks>
internal static class Ec2Api
{
    public const string Version = "2016-11-15";
    private static readonly XNamespace Space = "http://ec2.amazonaws.com/doc/2016-11-15/";

    public static FrozenDictionary<string, Ec2Operation> Operations { get; } = new[]
    {
        TransitGatewayCalls.All, VpcAttachmentCalls.All, AttachmentCalls.All, RouteTableCalls.All, AssociationCalls.All,
        PropagationCalls.All, TransitGatewayRouteCalls.All, RouteSearch.All, CustomerGatewayCalls.All,
        VpnConnectionCalls.All, VpnChangeCalls.All, VpnTunnelCalls.All, VpcCalls.All, VpcRouteTableCalls.All,
        VpcRouteCalls.All, SecurityGroupCalls.All, SecurityGroupRuleCalls.All, TagCalls.All,
        VpnGatewayCalls.All, InternetGatewayCalls.All, NatGatewayCalls.All, NetworkInterfaceCalls.All,
        VpcPeeringCalls.All, ManagedPrefixListCalls.All, PrefixListReferenceCalls.All, ConnectCalls.All,
        TransitPeeringCalls.All, SharedAttachmentCalls.All, VpcMakingCalls.All, RouteTableMakingCalls.All,
        ZoneCalls.All, VpcReads.All, VpnRouteCalls.All,
    }.SelectMany(all => all).ToFrozenDictionary(operation => operation.Name);

    public static AwsService Service { get; } = new(
        "ec2",
        new(
            () => new(403, "MissingAuthenticationToken", "Request is missing Authentication Token"),
            () => new(401, "AuthFailure", "AWS was not able to validate the provided access credentials"),
            message => new(403, "SignatureDoesNotMatch", message),
            message => new(400, "RequestExpired", $"Request has expired. {message}")),
        Answer,
        Refuse,
        new(503, "RequestLimitExceeded", "Request limit exceeded."),
        new(500, "InternalError", "An internal error has occurred"));

    private static WireReply Answer(AwsRequest request)
    {
        if (request.Wire.Method is not ("POST" or "GET"))
        {
            throw AwsRefusal.Ec2("InvalidAction",
                $"The method {request.Wire.Method} is not valid for this web service.");
        }
        QueryText.CheckCharacters(request.Parameters);
        var action = request.Parameters.GetValueOrDefault("Action")
            ?? throw AwsRefusal.Ec2("MissingAction", "The request is missing an action or a required parameter.");
        var version = request.Parameters.GetValueOrDefault("Version") ?? throw AwsRefusal.Missing("Version");
        if (version != Version)
        {
            throw AwsRefusal.Ec2("NoSuchVersion",
                $"The requested version ({version}) of service AmazonEC2 does not exist.");
        }
        if (!Operations.TryGetValue(action, out var operation))
        {
            throw AwsRefusal.Ec2("InvalidAction", $"The action {action} is not valid for this web service.");
        }
        operation.Shape.Check(request.Parameters, operation.Name);
        AccessCheck.Ec2(request, operation.Name);
        var parameters = new Ec2Parameters(request.Parameters);
        if (parameters.Flag("DryRun") == true)
        {
            throw new AwsRefusal(412, "DryRunOperation", "Request would have succeeded, but DryRun flag is set.");
        }
        var members = operation.Answer(new(request, operation.Name, parameters)).ToList();
        if (operation.Writes)
        {
            request.World.Touch();
        }
        var root = new XElement($"{action}Response", new XElement("requestId", request.RequestId), members);
        if (request.World.Aws.Variants.EmptyListsAreAbsent)
        {
            // An element without any content is a list: a text without letters has an end tag. What was asked for
            // stays.
            root.Descendants().Where(element => element.IsEmpty && element.Parent != root && element.Name != "item")
                .Remove();
        }
        foreach (var element in root.DescendantsAndSelf())
        {
            element.Name = Space + element.Name.LocalName;
        }
        return Reply(200, request.RequestId, root);
    }

    private static WireReply Refuse(AwsRefusal refusal, string requestId) =>
        Reply(refusal.Status, requestId, new XElement("Response",
            new XElement("Errors",
                new XElement("Error", new XElement("Code", refusal.Code), new XElement("Message", refusal.Message))),
            new XElement("RequestID", requestId)));

    private static WireReply Reply(int status, string requestId, XElement root) => new()
    {
        Status = status,
        ContentType = "text/xml;charset=UTF-8",
        Headers = [("x-amzn-RequestId", requestId)],
        Body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + root.ToString(SaveOptions.DisableFormatting),
    };
}
