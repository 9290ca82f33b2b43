using System.Text.RegularExpressions;

namespace Sealane.Sandbox.Replay;

/// <summary>
/// What an exchange is called: <c>ec2:CreateRoute</c>, <c>PUT expressRouteCircuits/peerings</c>,
/// <c>GET /v2/product/{}</c>. The same for a recording and a contract, whatever ids and names they hold.
/// </summary>
internal static partial class OperationName
{
    public static string Of(Exchange exchange) => exchange.Cloud switch
    {
        "aws" => OfAws(exchange),
        "azure" => OfAzure(exchange),
        _ => $"{exchange.Method} /"
            + string.Join('/', Segments(exchange.Path).Select(part => Id().IsMatch(part) ? "{}" : part)),
    };

    private static string OfAws(Exchange exchange)
    {
        if (exchange.Header("X-Amz-Target") is { } target)
        {
            return $"directconnect:{target[(target.IndexOf('.', StringComparison.Ordinal) + 1)..]}";
        }
        var form = RequestKey.Form(exchange.Body).ToList();
        var action = form.Find(pair => pair.Name == "Action").Value ?? "?";
        return form.Find(pair => pair.Name == "Version").Value switch
        {
            "2011-06-15" => $"sts:{action}",
            "2010-05-08" => $"iam:{action}",
            _ => $"ec2:{action}",
        };
    }

    /// <summary>Types and names take turns after the provider; an action stands where a type would.</summary>
    private static string OfAzure(Exchange exchange)
    {
        var parts = Segments(exchange.Path);
        var provider = Array.FindIndex(parts, part => part.Equals("providers", StringComparison.OrdinalIgnoreCase));
        IEnumerable<string> types = provider >= 0 && provider + 2 <= parts.Length
            ? parts[(provider + 2)..].Where((_, at) => at % 2 == 0)
            : exchange.IsLogin ? parts.Skip(1)
            : parts.Skip(2) is var rest && rest.Any() ? rest.Where((_, at) => at % 2 == 0) : ["subscriptions"];
        // The results of a long-running operation have names of their own under a place: locations/{}/operations/{}.
        return $"{exchange.Method} {string.Join('/', types)}";
    }

    private static string[] Segments(string path) =>
        [.. path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString)];

    [GeneratedRegex(@"^([0-9]+|[0-9a-fA-F]{8}-[0-9a-fA-F-]{27}|\{\{.*\}\})$")]
    private static partial Regex Id();
}
