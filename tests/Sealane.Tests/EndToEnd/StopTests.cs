using System.Diagnostics;
using System.Globalization;

namespace Sealane.Tests.EndToEnd;

/// <summary>`sandbox serve` and the signal that ends it: whoever reads its first line may send it.</summary>
public sealed class StopTests
{
    [Fact]
    public async Task What_serves_ends_in_order_when_it_is_told_to_at_once()
    {
        using var link = Link.Sydney;
        using var server = ChildShell.Start(link.Root, new Dictionary<string, string>(),
            "sandbox", "serve", link.Spec, "--world", link.Sandbox, "--format", "json");
        Assert.NotNull(await server.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        using (var kill = Process.Start("kill", ["-TERM", server.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        await server.WaitForExitAsync(TestContext.Current.CancellationToken);
        // 143 would be a process that the signal ended; this one stored its world first.
        Assert.Equal(0, server.ExitCode);
        Assert.NotNull(link.World());
    }

    [Fact]
    public async Task Old_clients_are_told_how_to_find_what_is_served()
    {
        using var link = Link.Sydney;
        using var server = ChildShell.Start(link.Root, new Dictionary<string, string>(),
            "sandbox", "serve", link.Spec, "--world", link.Sandbox);
        var lines = new List<string>();
        while (await server.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            lines.Add(line);
            if (line.StartsWith("export ", StringComparison.Ordinal))
            {
                break;
            }
        }
        server.Kill();
        await server.WaitForExitAsync(CancellationToken.None);
        Assert.Contains(lines, line => line.Contains("--endpoint-url \"$AWS_ENDPOINT_URL\"", StringComparison.Ordinal));
    }
}
