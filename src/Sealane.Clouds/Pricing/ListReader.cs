using System.Globalization;
using System.Text.Json;

namespace Sealane.Clouds.Pricing;

/// <summary>Why a vendor's prices could not be read. Never more than a line under the bill.</summary>
internal sealed class PriceTrouble(string what) : Exception(what);

/// <summary>Reads a public list of prices: whole, but not without end.</summary>
/// <param name="largestBytes">AWS's files of a region are megabytes; how many is nowhere written.</param>
internal sealed class ListReader(HttpClient http, int largestBytes)
{
    public async Task<JsonDocument> Read(Uri address, CancellationToken ct)
    {
        using var response = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, ct)
            .ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            throw new PriceTrouble($"{address.Authority} answered {(int)response.StatusCode}");
        }
        var body = await response.Content.ReadAsStreamAsync(ct).ConfigureAwait(false);
        await using var closing = body.ConfigureAwait(false);
        using var whole = new MemoryStream();
        var buffer = new byte[1 << 16];
        int read;
        while ((read = await body.ReadAsync(buffer, ct).ConfigureAwait(false)) > 0)
        {
            if (whole.Length + read > largestBytes)
            {
                throw new PriceTrouble($"{address.Authority} sent more than {largestBytes >> 20} MB");
            }
            whole.Write(buffer, 0, read);
        }
        return JsonDocument.Parse(whole.GetBuffer().AsMemory(0, (int)whole.Length));
    }
}

/// <summary>Members of a list that may lack them or have them otherwise: what cannot be read is not there.</summary>
internal static class ListJson
{
    public static JsonElement? Member(this JsonElement node, string name) =>
        node.ValueKind == JsonValueKind.Object && node.TryGetProperty(name, out var found)
            && found.ValueKind != JsonValueKind.Null ? found : null;

    public static string Text(this JsonElement node, string name) =>
        node.Member(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() ?? "" : "";

    public static bool? Flag(this JsonElement node, string name) =>
        node.Member(name)?.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => null,
        };

    /// <summary>A number, or digits as text.</summary>
    public static decimal? Amount(this JsonElement node, string name) => node.Member(name) switch
    {
        { ValueKind: JsonValueKind.Number } number when number.TryGetDecimal(out var amount) => Short(amount),
        { ValueKind: JsonValueKind.String } text when decimal.TryParse(text.GetString(), NumberStyles.Number,
            CultureInfo.InvariantCulture, out var amount) => Short(amount),
        _ => null,
    };

    /// <summary>Without the zeros at the end: AWS writes ten places.</summary>
    private static decimal Short(decimal amount) => amount / 1.0000000000000000000000000000m;

    public static DateTimeOffset? Moment(this JsonElement node, string name) =>
        DateTimeOffset.TryParse(node.Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal,
            out var at) ? at : null;

    public static IEnumerable<JsonProperty> Entries(this JsonElement? node) =>
        node is { ValueKind: JsonValueKind.Object } members ? members.EnumerateObject() : [];

    public static IEnumerable<JsonElement> Items(this JsonElement? node) =>
        node is { ValueKind: JsonValueKind.Array } items ? items.EnumerateArray() : [];
}
