using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure;

namespace Sealane.Clouds.Azure;

/// <summary>What is used of an answer. Headers of an operation may come both, either or not at all.</summary>
internal sealed record ArmReply(
    int Status, JsonNode? Body, Uri? AsyncOperation, Uri? Location, TimeSpan? RetryAfter, string? RequestId)
{
    public bool IsError => Status >= 400;

    public static ArmReply Of(Response response, TimeProvider clock) => new(
        response.Status, Parse(response), UriOf(response, "Azure-AsyncOperation"), UriOf(response, "Location"),
        RetryAfterOf(response, clock),
        Header(response, "x-ms-request-id") ?? Header(response, "x-ms-correlation-request-id"));

    // An answer that is no JSON (a proxy's page) counts as an answer without a body: the status decides.
    private static JsonNode? Parse(Response response)
    {
        try
        {
            return response.ContentStream is { Length: > 0 } ? JsonNode.Parse(response.Content) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static TimeSpan? RetryAfterOf(Response response, TimeProvider clock)
    {
        var text = Header(response, "Retry-After");
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return TimeSpan.FromSeconds(seconds);
        }
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var at) && at > clock.GetUtcNow()
            ? at - clock.GetUtcNow()
            : null;
    }

    private static Uri? UriOf(Response response, string name) =>
        Uri.TryCreate(Header(response, name), UriKind.Absolute, out var uri) ? uri : null;

    private static string? Header(Response response, string name) =>
        response.Headers.TryGetValue(name, out var value) ? value : null;
}
