using System.Xml.Linq;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Aws;

/// <summary>The envelope of the AWS Query protocol, which STS and IAM share. EC2 has its own.</summary>
internal static class QueryReply
{
    /// <param name="members">Below the result's element; their names need no namespace.</param>
    public static WireReply Of(XNamespace space, string action, string requestId, IEnumerable<XElement> members)
    {
        var root = new XElement($"{action}Response",
            new XElement($"{action}Result", members),
            new XElement("ResponseMetadata", new XElement("RequestId", requestId)));
        return Reply(200, requestId, space, root);
    }

    public static WireReply Refuse(XNamespace space, AwsRefusal refusal, string requestId) =>
        Reply(refusal.Status, requestId, space, new XElement("ErrorResponse",
            new XElement("Error",
                new XElement("Type", refusal.Status < 500 ? "Sender" : "Receiver"),
                new XElement("Code", refusal.Code),
                new XElement("Message", refusal.Message)),
            new XElement("RequestId", requestId)));

    private static WireReply Reply(int status, string requestId, XNamespace space, XElement root)
    {
        foreach (var element in root.DescendantsAndSelf())
        {
            element.Name = space + element.Name.LocalName;
        }
        return new()
        {
            Status = status,
            ContentType = "text/xml",
            Headers = [("x-amzn-RequestId", requestId)],
            Body = root.ToString(SaveOptions.DisableFormatting),
        };
    }
}
