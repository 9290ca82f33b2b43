using System.Globalization;
using Sealane.Sandbox.Aws.DirectConnect;
using Sealane.Sandbox.Aws.Ec2;
using Sealane.Sandbox.Aws.Iam;
using Sealane.Sandbox.Aws.Ram;
using Sealane.Sandbox.Aws.Sts;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Aws;

/// <summary>
/// EC2 (Query, 2016-11-15), Direct Connect (awsJson1.1), STS, IAM and RAM on one endpoint, told apart as a foreign
/// client with one <c>--endpoint-url</c> needs it: by X-Amz-Target, by Action and Version, else by the service in the
/// credential scope.
/// </summary>
/// <param name="wallClock">Against which the date of a signature is judged: the world's time in process, real time when
/// served.</param>
/// <param name="net">What computes sessions and routes; the world's own unless a test brings one.</param>
public sealed class AwsFace(
    SandboxWorld world, AwsCredentials accepted, Func<DateTimeOffset> wallClock, INetworkView? net = null) : IFace
{
    private readonly INetworkView _net = net ?? world.Net;
    private long _requests;

    public WireReply Answer(WireRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var parameters = QueryText.Parse(request);
        var service = ServiceOf(request, parameters);
        var requestId = NextRequestId();
        var key = SignedScope.Read(request)?.AccessKeyId;
        var other = world.Aws.Others.Find(account => account.AccessKeyId == key);
        var credentials = other is null ? accepted : accepted with { AccessKeyId = other.AccessKeyId };
        try
        {
            var scope = RequestCheck.Verify(request, service.Name, credentials, wallClock(), service.Words);
            // Requests are answered one after the other.
            world.Aws.Caller = other;
            return service.Answer(
                new(world, _net, scope.Region, request, parameters, requestId, credentials.AccessKeyId));
        }
        catch (AwsRefusal refusal)
        {
            return service.Refuse(refusal, requestId);
        }
        finally
        {
            world.Aws.Caller = null;
        }
    }

    public WireReply Say(Fault fault, WireRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var service = ServiceOf(request, QueryText.Parse(request));
        return service.Refuse(fault == Fault.Throttled ? service.Throttled : service.Broken, NextRequestId());
    }

    private static AwsService ServiceOf(WireRequest request, IReadOnlyDictionary<string, string> parameters)
    {
        if (request.Header("X-Amz-Target") is not null)
        {
            return DirectConnectApi.Service;
        }
        if (parameters.TryGetValue("Version", out var version) && parameters.ContainsKey("Action"))
        {
            return version switch
            {
                StsApi.Version => StsApi.Service,
                IamApi.Version => IamApi.Service,
                _ => Ec2Api.Service,
            };
        }
        return SignedScope.Read(request)?.Service switch
        {
            "directconnect" => DirectConnectApi.Service,
            "sts" => StsApi.Service,
            "iam" => IamApi.Service,
            RamApi.Name => RamApi.Service,
            _ => Ec2Api.Service,
        };
    }

    private string NextRequestId()
    {
        _requests++;
        return world.Uuid(string.Create(CultureInfo.InvariantCulture, $"aws/request/{world.Now.UtcTicks}/{_requests}"));
    }
}
