using System.Text.RegularExpressions;

namespace Sealane.Tests.Contracts;

/// <summary>Which foreign clients and models look at an operation, read off the scripts of
/// <c>tests/vendor</c>.</summary>
internal static partial class Judges
{
    private static readonly string Scripts = string.Join('\n', Directory
        .GetFiles(Repository.PathOf("tests", "vendor"), "*.py", SearchOption.AllDirectories)
        .Where(path => !path.Contains("node_modules", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(File.ReadAllText));

    /// <summary>The same with every <c>{variable}</c> of a path written as <c>{}</c>.</summary>
    private static readonly string Paths = Variable().Replace(Scripts, "{}");

    /// <summary>ARM's types and what the client calls their groups.</summary>
    private static readonly Dictionary<string, string> Groups = new()
    {
        ["connections"] = "virtualNetworkGatewayConnections",
        ["expressRouteCircuits/peerings"] = "expressRouteCircuitPeerings",
        ["virtualNetworks/subnets"] = "subnets",
    };

    public static string Of(ContractFile file)
    {
        var judges = new List<string> { "contracts" };
        var operation = file.Exchange.Operation;
        switch (file.Cloud)
        {
            case "aws":
                var action = operation.Split(':')[1];
                Add("awscli", Scripts.Contains($"\"{file.Name}\"", StringComparison.Ordinal));
                Add("AWS SDK v3", Scripts.Contains($"\"{action}\"", StringComparison.Ordinal));
                Add("botocore models", Replies("aws", operation));
                break;
            case "azure":
                var type = operation.Split(' ')[1];
                Add("arm-network", Calls(operation.Split(' ')[0], type));
                Add("arm-network models",
                    Replies("azure", operation.Replace("locations/", "", StringComparison.Ordinal)));
                break;
            default:
                var (verb, path) = (operation.Split(' ')[0], Regex.Escape(operation.Split(' ')[1]));
                Add("python3-requests", Regex.IsMatch(Paths, $"\"{verb}\", f?\"{path}[\"?]"));
                break;
        }
        return string.Join(", ", judges);

        void Add(string judge, bool looks)
        {
            if (looks)
            {
                judges.Add(judge);
            }
        }
    }

    private static bool Replies(string cloud, string operation) =>
        File.ReadLines(Repository.PathOf("tests", "vendor", "replies", $"{cloud}.txt")).Any(line =>
            line.StartsWith($"{operation} ", StringComparison.Ordinal)
                || line.StartsWith($"{operation}/", StringComparison.Ordinal));

    private static bool Calls(string verb, string type)
    {
        var parts = type.Split('/');
        var action = verb == "POST" ? parts[^1] : null;
        var group = Groups.GetValueOrDefault(action is null ? type : string.Join('/', parts[..^1]), parts[0]);
        return action is not null
            ? Scripts.Contains($"\"begin{char.ToUpperInvariant(action[0])}{action[1..]}AndWait\"",
                StringComparison.Ordinal)
            : verb switch
            {
                "PUT" => Regex.IsMatch(Scripts,
                    $"(self\\.arm\\(\"arm[0-9]+\", \"{group}\"|\"{group}\", \"beginCreateOrUpdate)"),
                "DELETE" => Regex.IsMatch(Scripts, $"\"{group}\", \"beginDelete"),
                "PATCH" => Regex.IsMatch(Scripts, $"\"{group}\", \"updateTags"),
                _ => Regex.IsMatch(Scripts, $"\"{group}\", \"(get|list)"),
            };
    }

    [GeneratedRegex(@"\{[^{}\n]*\}")]
    private static partial Regex Variable();
}
