using System.Xml.Linq;

namespace Sealane.Sandbox.Aws.Ec2;

/// <param name="Name">The value of Action.</param>
/// <param name="Parameters">See <see cref="Ec2Shape"/>.</param>
/// <param name="Answer">Members of the reply below its root; nulls are left out.</param>
internal sealed record Ec2Operation(string Name, string Parameters, Func<Ec2Call, IEnumerable<XElement?>> Answer)
{
    /// <summary>Parameters that several operations share, in the notation of <see cref="Ec2Shape"/>.</summary>
    public const string Filters = " Filter.N.Name Filter.N.Value.M";
    public const string Page = " MaxResults:integer NextToken";

    /// <summary>The older spelling of tags at creation.</summary>
    public const string TagSpecification =
        " TagSpecification.N.ResourceType TagSpecification.N.Tag.M.Key TagSpecification.N.Tag.M.Value";

    /// <summary>The newer, plural one. Each operation knows exactly one of the two.</summary>
    public const string TagSpecifications =
        " TagSpecifications.N.ResourceType TagSpecifications.N.Tag.M.Key TagSpecifications.N.Tag.M.Value";

    public Ec2Shape Shape { get; } = new(Parameters);

    /// <summary>Whether sessions and routes may look different afterwards.</summary>
    public bool Writes { get; } = !(Name.StartsWith("Describe", StringComparison.Ordinal)
        || Name.StartsWith("Get", StringComparison.Ordinal) || Name.StartsWith("Search", StringComparison.Ordinal));
}
