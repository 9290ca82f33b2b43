using System.Net;
using Sealane.Clouds.Http;

namespace Sealane.Service.Links;

/// <summary>
/// Stands where the bytes leave: what may change a cloud goes out while the right to it lasts, or never. It is asked
/// when the request comes, and again when its body is written, after waits for a connection.
/// </summary>
internal sealed class OrderGuard(HttpMessageHandler far, LinkFence fence) : DelegatingHandler(far)
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!request.Options.TryGetValue(CallOptions.Writes, out var writes) || !writes)
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        fence.RequireToSend();
        if (request.Content is not { } body)
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        request.Content = new Guarded(body, fence);
        try
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // Whoever asked still has his own.
            request.Content = body;
        }
    }

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        throw new NotSupportedException("no client of a cloud calls so");

    private sealed class Guarded : HttpContent
    {
        private readonly HttpContent _body;
        private readonly LinkFence _fence;

        public Guarded(HttpContent body, LinkFence fence)
        {
            (_body, _fence) = (body, fence);
            foreach (var (name, values) in body.Headers.NonValidated)
            {
                Headers.TryAddWithoutValidation(name, values);
            }
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(
            Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            _fence.RequireStill();
            await _body.CopyToAsync(stream, context, cancellationToken).ConfigureAwait(false);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _body.Headers.ContentLength ?? -1;
            return length >= 0;
        }
    }
}
