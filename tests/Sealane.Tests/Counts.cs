using System.Collections.Concurrent;

[assembly: AssemblyFixture(typeof(Sealane.Tests.Counts))]

namespace Sealane.Tests;

/// <summary>What suites counted, and with which seeds: told once, when all tests have ended. A runner shows the output
/// of a test only when it fails.</summary>
public sealed class Counts : IDisposable
{
    private static readonly ConcurrentQueue<string> Lines = new();

    public static void Say(string line)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(line);
        Lines.Enqueue(line);
    }

    /// <summary>What a client that nobody here wrote did, in the words of the vendors' suites.</summary>
    public static void Client(string client, IReadOnlyCollection<string> calls, int assertions) => Lines.Enqueue(
        $"{client}: {calls.Count} calls, {calls.Distinct().Count()} operations, {assertions} assertions");

    public void Dispose()
    {
        Foreign.Ec2Sdk.Count();
        foreach (var line in Lines.Order(StringComparer.Ordinal))
        {
            Console.WriteLine($"counted: {line}");
        }
    }
}
