using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure;
using Sealane.Clouds.Http;

namespace Sealane.Clouds.Azure;

/// <summary>What a good answer must look like to say anything at all.</summary>
internal enum Expected
{
    /// <summary>JSON or nothing: what was written is looked at afterwards.</summary>
    Anything,

    /// <summary>An object of ARM.</summary>
    Object,

    /// <summary>A list, perhaps a page of it.</summary>
    List,

    /// <summary>How an operation fares; nothing where it has ended and there is nothing to tell.</summary>
    Operation,

    /// <summary>The rows of an action, or that they are not ready yet.</summary>
    Rows,

    /// <summary>What policies say of an object that is still to be made.</summary>
    Restrictions,
}

/// <summary>What is used of an answer. Headers of an operation may come both, either or not at all.</summary>
internal sealed record ArmReply(
    int Status, JsonNode? Body, Uri? AsyncOperation, Uri? Location, TimeSpan? RetryAfter, string? RequestId)
{
    public bool IsError => Status >= 400;

    /// <summary>There is a body, and it is no JSON: a proxy's page, or half an answer.</summary>
    public bool IsGarbled { get; private init; }

    /// <summary>Why it does not say what was asked; null where it does.</summary>
    public string? Unlike(Expected expected) => expected switch
    {
        _ when IsGarbled => "it is no JSON",
        Expected.Object when Body is not JsonObject || !ObjectMembers.Any(name => Body.At(name) is not null) =>
            "it is no object of Azure Resource Manager",
        Expected.List when Body.At("value") is not JsonArray => "it is no list",
        Expected.Rows when Status == 200 && Body.At("value") is not JsonArray && AsyncOperation is null =>
            "it has no rows",
        Expected.Restrictions when Body.At("contentEvaluationResult", "policyEvaluations") is not JsonArray =>
            "it evaluates no policy",
        _ => null,
    };

    // A shared key has a value and nothing else.
    private static readonly string[] ObjectMembers = ["id", "name", "properties", "value"];

    public static ArmReply Of(Response response, TimeProvider clock) => new(
        response.Status, Parse(response), UriOf(response, "Azure-AsyncOperation"), UriOf(response, "Location"),
        RetryAfterOf(response, clock),
        Header(response, "x-ms-request-id") ?? Header(response, "x-ms-correlation-request-id"))
    {
        IsGarbled = response.ContentStream is { Length: > 0 } && Parse(response) is null,
    };

    private static JsonNode? Parse(Response response)
    {
        try
        {
            return response.ContentStream is { Length: > 0 } && JsonNode.Parse(response.Content, CarriedBack.Reading)
                is { } node
                && HasEveryNameOnce(node) ? node : null;
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            return null;
        }
    }

    // An object is made of its members at the first look into it, and says only then that it has one twice.
    private static bool HasEveryNameOnce(JsonNode? node) => node switch
    {
        JsonObject members => members.All(member => HasEveryNameOnce(member.Value)),
        JsonArray items => items.All(HasEveryNameOnce),
        _ => true,
    };

    private static TimeSpan? RetryAfterOf(Response response, TimeProvider clock)
    {
        var text = Header(response, "Retry-After");
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return TimeSpan.FromSeconds(seconds);
        }
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var at) && at > clock.GetUtcNow()
            ? TimeSpan.FromSeconds(Math.Ceiling((at - clock.GetUtcNow()).TotalSeconds))
            : null;
    }

    private static Uri? UriOf(Response response, string name) =>
        Uri.TryCreate(Header(response, name), UriKind.Absolute, out var uri) ? uri : null;

    private static string? Header(Response response, string name) =>
        response.Headers.TryGetValue(name, out var value) ? value : null;
}
