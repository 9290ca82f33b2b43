using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Sealane.Sandbox.World;

/// <summary>
/// The three clouds behind their own host names without a socket: the transport of a rehearsal. A client keeps the
/// addresses that it would use in earnest; any other name fails as one that DNS does not know.
/// </summary>
public sealed class InProcessClouds : HttpMessageHandler
{
    private readonly Faces _faces;
    private readonly TestServer _server;
    private readonly HttpMessageInvoker _inner;

    public InProcessClouds(SandboxWorld world, Faces faces, FaultPlan? faults = null, Action? keep = null)
    {
        _faces = faces;
        // A server without a host: no configuration files, no logging, started in a millisecond.
        _server = new(new ServiceCollection().BuildServiceProvider(), Options.Create(new TestServerOptions()));
        var started = ((IServer)_server).StartAsync(
            new Application(new(world, faults ?? FaultPlan.None, keep), faces), CancellationToken.None);
        started.GetAwaiter().GetResult();
        _inner = new(_server.CreateHandler());
    }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var host = request.RequestUri?.Host ?? "";
        if (_faces.Of(host) is null)
        {
            throw new HttpRequestException(
                HttpRequestError.NameResolutionError, $"Name or service not known ({host}:{request.RequestUri?.Port})");
        }
        try
        {
            return await _inner.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e)
            when (e is IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw new HttpRequestException(
                HttpRequestError.ResponseEnded, $"The server closed the connection without an answer ({host})", e);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
            _server.Dispose();
        }
        base.Dispose(disposing);
    }

    private sealed class Application(FrontDoor door, Faces faces) : IHttpApplication<HttpContext>
    {
        public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

        public Task ProcessRequestAsync(HttpContext context) =>
            door.Handle(context, _ => faces.Of(context.Request.Host.Host));

        public void DisposeContext(HttpContext context, Exception? exception)
        {
        }
    }
}
