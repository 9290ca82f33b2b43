using System.Text.Json.Nodes;

namespace Sealane.Sandbox.Aws.DirectConnect;

/// <param name="Members">See <see cref="DxShape"/>.</param>
internal sealed record DxOperation(string Name, string Members, Func<DxCall, JsonObject> Answer)
{
    public const string Page = " maxResults:integer nextToken:string";

    public DxShape Shape { get; } = new(Members);

    public bool Writes { get; } =
        !(Name.StartsWith("Describe", StringComparison.Ordinal) || Name.StartsWith("List", StringComparison.Ordinal));
}
