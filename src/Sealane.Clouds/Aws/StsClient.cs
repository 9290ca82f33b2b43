using System.Xml.Linq;

namespace Sealane.Clouds.Aws;

/// <summary>Who the credentials are.</summary>
public sealed record CallerIdentity(string Account, string Arn, string UserId);

/// <summary>Security Token Service, query protocol 2011-06-15.</summary>
/// <remarks>https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html; needs no
/// permission.</remarks>
public sealed class StsClient(AwsEndpoint endpoint)
{
    private const string Version = "2011-06-15";

    public async Task<CallerIdentity> GetCallerIdentity(CancellationToken ct)
    {
        return await QueryProtocol.Call(
            endpoint, "GetCallerIdentity", Version, new QueryForm(), writes: false, Read, ct).ConfigureAwait(false);
    }

    private static CallerIdentity Read(XElement reply)
    {
        var result = reply.Must("GetCallerIdentityResult");
        return new(result.Id("Account"), result.Text("Arn") ?? "", result.Text("UserId") ?? "");
    }
}
