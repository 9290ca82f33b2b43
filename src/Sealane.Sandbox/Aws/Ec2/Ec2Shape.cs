using System.Globalization;

namespace Sealane.Sandbox.Aws.Ec2;

/// <summary>
/// What parameters an operation takes, written as a list of wire names: <c>*</c> before a required one, <c>.N</c> and
/// <c>.M</c> for an index, after a colon the type (<c>integer</c>, <c>long</c>, <c>boolean</c>) or the values of an
/// enumeration (<c>enable|disable</c>). Everything else is text.
/// </summary>
internal sealed class Ec2Shape
{
    private readonly Dictionary<string, string> _types =
        new() { ["Action"] = "", ["Version"] = "", ["DryRun"] = "boolean" };
    private readonly List<string> _required = [];

    public Ec2Shape(string parameters)
    {
        foreach (var word in parameters.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = word.TrimStart('*').Split(':', 2);
            var name = string.Join('.', parts[0].Split('.').Select(p => p is "N" or "M" ? "#" : p));
            _types[name] = parts.ElementAtOrDefault(1) ?? "";
            if (word[0] == '*')
            {
                _required.Add(name);
            }
        }
    }

    public void Check(IReadOnlyDictionary<string, string> parameters, string operation)
    {
        foreach (var (name, value) in parameters)
        {
            if (!_types.TryGetValue(Generic(name), out var type))
            {
                throw AwsRefusal.Ec2("UnknownParameter", $"The parameter {name} is not recognized");
            }
            if (!Fits(value, type))
            {
                throw AwsRefusal.Ec2("InvalidParameterValue", type is "integer" or "long" or "boolean"
                    ? $"Value ({value}) for parameter {name} is invalid. Expected a value of type {type}."
                    : $"Value ({value}) for parameter {name} is invalid. Expected one of "
                        + $"{type.Replace("|", ", ", StringComparison.Ordinal)}.");
            }
        }
        var present = parameters.Where(p => p.Value.Length > 0).Select(p => Generic(p.Key)).ToHashSet();
        if (_required.FirstOrDefault(name => !present.Contains(name)) is { } missing)
        {
            throw missing == "TransitGatewayRouteTableId" && !operation.EndsWith("Route", StringComparison.Ordinal)
                ? AwsRefusal.Ec2("MissingParameter", $"Missing required parameter in request: {missing}.")
                : AwsRefusal.Missing(missing.Split(".#")[0]);
        }
    }

    /// <summary><c>Filter.1.Value.2</c> becomes <c>Filter.#.Value.#</c>.</summary>
    private static string Generic(string name) =>
        string.Join('.', name.Split('.').Select(part =>
            int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index > 0 ? "#"
                : part));

    private static bool Fits(string value, string type) => type switch
    {
        "" => true,
        "integer" => int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        "long" => long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        "boolean" => value is "true" or "false",
        _ => type.Split('|').Contains(value),
    };
}
