using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Sealane.Tests.EndToEnd;

/// <summary>Sydney's clouds behind sockets, in a process of their own, and the program run on them as on real
/// accounts.</summary>
public sealed class ServedSandbox : IAsyncLifetime
{
    private Process? _server;

    /// <summary>Endpoints and credentials, as the server tells them.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; private set; } = new Dictionary<string, string>();

    internal Link Link { get; } = Link.Sydney;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = ChildShell.Start(Link.Root, new Dictionary<string, string>(),
            "sandbox", "serve", Link.Spec, "--world", Link.Sandbox, "--speed", "300", "--format", "json");
        var line = await _server.StandardOutput.ReadLineAsync(Token)
            ?? throw new InvalidOperationException(await _server.StandardError.ReadToEndAsync(Token));
        var told = JsonNode.Parse(line)!;
        Assert.All(new[] { "aws", "azure", "megaport", "tokens", "certificate", "env" },
            member => Assert.NotNull(told[member]));
        Environment = told["env"]!.AsObject().ToDictionary(entry => entry.Key, entry => (string)entry.Value!);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            _server.Kill();
            await _server.WaitForExitAsync(CancellationToken.None);
            _server.Dispose();
        }
        Link.Dispose();
    }

    internal Task<Shell> Run(string verb, params string[] options) =>
        ChildShell.Run(Link.Root, Environment, [verb, Link.Spec, .. options]);

    internal Task<Shell> Ends(string verb) =>
        ChildShell.ToItsEnd(Link.Root, Environment, verb, Link.Spec, "--yes", "--format", "jsonl");
}
