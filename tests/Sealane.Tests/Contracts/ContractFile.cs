using Sealane.Sandbox.Replay;

namespace Sealane.Tests.Contracts;

/// <summary>A file of <c>tests/contracts</c>: how one operation is asked and answered, and who says so.</summary>
internal sealed record ContractFile(string Cloud, string Name, Exchange Exchange)
{
    public string Id => $"{Cloud}/{Name}";

    public static IReadOnlyList<ContractFile> All { get; } =
    [
        .. new[] { "aws", "azure", "megaport" }.SelectMany(cloud => Directory
            .GetFiles(Repository.PathOf("tests", "contracts", cloud), "*.http").Order(StringComparer.Ordinal)
            .Select(path => new ContractFile(
                cloud, Path.GetFileNameWithoutExtension(path),
                Recording.Parse(Path.GetFileName(path), File.ReadAllText(path), cloud).Single()))),
    ];

    public static ContractFile Of(string id) => All.Single(file => file.Id == id);
}
