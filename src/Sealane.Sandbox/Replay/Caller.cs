using System.Globalization;
using System.Text;
using Sealane.Sandbox.Aws;
using Sealane.Sandbox.Azure;
using Sealane.Sandbox.Megaport;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Replay;

/// <summary>Asks a sandbox world what an exchange asks, logged in as its owner: recordings hold no
/// credentials.</summary>
internal sealed class Caller(SandboxWorld world, Faces faces, StepClock clock, string region)
{
    public WireReply Ask(Exchange exchange)
    {
        lock (world.Gate)
        {
            world.Advance();
            var face = exchange.Cloud switch
            {
                "aws" => faces.Aws,
                "azure" => faces.Arm,
                _ => faces.Megaport,
            };
            return face.Answer(Request(exchange));
        }
    }

    private WireRequest Request(Exchange exchange)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in exchange.Headers.Where(header => IsSaid(header.Name)))
        {
            headers[name] = value;
        }
        var host = exchange.Cloud switch
        {
            "aws" => "127.0.0.1",
            "azure" => "management.azure.com",
            _ => "api.megaport.com",
        };
        headers["Host"] = host;
        var request = new WireRequest
        {
            Method = exchange.Method,
            Origin = $"https://{host}",
            Path = exchange.Path,
            Query = exchange.Query,
            Headers = headers,
            Body = Encoding.UTF8.GetBytes(exchange.Body),
        };
        if (exchange.Cloud == "aws")
        {
            Sign(request, headers, exchange.Operation.Split(':')[0]);
        }
        else
        {
            headers["Authorization"] = "Bearer " + (exchange.Cloud == "azure"
                ? AccessToken.Issue(world, clock.GetUtcNow(), "https://management.azure.com",
                    SandboxIdentity.AzureClientId, TimeSpan.FromHours(1))
                : MegaportTokens.Issue(world, clock.GetUtcNow()));
        }
        return request;
    }

    private void Sign(WireRequest request, Dictionary<string, string> headers, string service)
    {
        string[] signed = ["host", "x-amz-date"];
        var date = clock.GetUtcNow().UtcDateTime.ToString(SigV4.DateFormat, CultureInfo.InvariantCulture);
        headers["X-Amz-Date"] = date;
        var scope = new SignedScope(SandboxIdentity.AwsAccessKeyId, date[..8], region, service, signed, "");
        var signature = SigV4.Sign(SandboxIdentity.AwsSecretAccessKey, scope, date,
            SigV4.CanonicalRequest(request, signed));
        headers["Authorization"] =
            $"AWS4-HMAC-SHA256 Credential={scope.AccessKeyId}/{scope.Date}/{region}/{service}/aws4_request, "
            + $"SignedHeaders={string.Join(';', signed)}, Signature={signature}";
    }

    /// <summary>Headers that belong to what is asked, not to who asks or how.</summary>
    private static bool IsSaid(string header) =>
        header.ToLowerInvariant() is "content-type" or "x-amz-target" or "accept" or "if-match" or "if-none-match";
}
