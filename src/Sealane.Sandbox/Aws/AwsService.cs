using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Aws;

/// <summary>One verified request on its way to an operation.</summary>
/// <param name="Region">From the credential scope.</param>
/// <param name="Parameters">Of the query or the form; empty for a JSON service.</param>
internal sealed record AwsRequest(
    SandboxWorld World, INetworkView Net, string Region, WireRequest Wire,
    IReadOnlyDictionary<string, string> Parameters,
    string RequestId, string AccessKeyId);

/// <summary>A service: its name in a credential scope, how it answers and how it refuses.</summary>
internal sealed record AwsService(
    string Name, SignatureWords Words, Func<AwsRequest, WireReply> Answer, Func<AwsRefusal, string, WireReply> Refuse,
    AwsRefusal Throttled, AwsRefusal Broken);
