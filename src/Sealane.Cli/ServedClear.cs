using System.Text.Json;
using Sealane.Core.Design;

namespace Sealane.Cli;

/// <summary>
/// How long a served sandbox let clear traffic through since this run began. It is asked at a path of the sandbox's
/// own, outside the vendors' APIs, and at loopback addresses only: nobody else has it.
/// </summary>
internal sealed class ServedClear
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Uri _address;
    private readonly double _before;

    private ServedClear(Uri address, double before)
    {
        _address = address;
        _before = before;
    }

    /// <summary>Null where no sandbox answers.</summary>
    public double? Seconds => Ask(_address) is { } now ? Math.Max(0, now - _before) : null;

    public static ServedClear? Of(NetworkDesign design) =>
        Endpoints.Of(design).Ec2 is { IsLoopback: true } ec2 && new Uri(ec2, "/sandbox/clear") is var address
            && Ask(address) is { } before ? new(address, before) : null;

    private static double? Ask(Uri address)
    {
        try
        {
            using var client = new HttpClient { Timeout = Patience };
            using var reply = client.Send(new(HttpMethod.Get, address));
            if (!reply.IsSuccessStatusCode)
            {
                return null;
            }
            using var text = reply.Content.ReadAsStream();
            using var told = JsonDocument.Parse(text);
            return told.RootElement.TryGetProperty("clearSeconds", out var seconds) ? seconds.GetDouble() : null;
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException or JsonException
            or IOException or InvalidOperationException)
        {
            return null;
        }
    }
}
