using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Sealane.Sandbox.World;

/// <summary>
/// From HTTP to the world and back: reads a request whole, brings the world up to date, lets one cloud answer under the
/// world's lock, writes the answer. The same for sockets and for the in-process transport.
/// </summary>
internal sealed class FrontDoor(SandboxWorld world, FaultPlan faults)
{
    /// <summary>Larger than any request that the three APIs take.</summary>
    public const int LargestBody = 1 << 20;

    private readonly FaultDraw _faults = new(world, faults);

    public async Task Handle(HttpContext context, Func<WireRequest, IFace?> faceOf)
    {
        if (await ReadBody(context).ConfigureAwait(false) is not { } body)
        {
            context.Response.Headers.Connection = "close";
            await Write(context, new()
            {
                Status = StatusCodes.Status413PayloadTooLarge,
                ContentType = "text/plain",
                Body = $"A request of more than {LargestBody} bytes is not taken.\n",
            }).ConfigureAwait(false);
            return;
        }
        var request = ToWire(context, body);
        if (Answer(request, faceOf(request)) is { } reply)
        {
            await Write(context, reply).ConfigureAwait(false);
        }
        else
        {
            context.Abort();
        }
    }

    /// <summary>The reply, or null when it is lost on the way.</summary>
    private WireReply? Answer(WireRequest request, IFace? face)
    {
        if (face is null)
        {
            return new() { Status = StatusCodes.Status421MisdirectedRequest };
        }
        lock (world.Gate)
        {
            world.Advance();
            var (refusal, lost) = _faults.Next(request);
            var reply = refusal is { } fault ? face.Say(fault, request) : face.Answer(request);
            return lost ? null : reply;
        }
    }

    private static async Task<byte[]?> ReadBody(HttpContext context)
    {
        if (context.Request.ContentLength > LargestBody)
        {
            return null;
        }
        using var body = new MemoryStream();
        var buffer = new byte[8192];
        int read;
        while ((read = await context.Request.Body.ReadAsync(buffer, context.RequestAborted).ConfigureAwait(false)) > 0)
        {
            if (body.Length + read > LargestBody)
            {
                return null;
            }
            body.Write(buffer, 0, read);
        }
        return body.ToArray();
    }

    private static WireRequest ToWire(HttpContext context, byte[] body)
    {
        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        if (target.Length == 0)
        {
            // The in-process server hands over the address already taken apart.
            target = context.Request.Path.ToUriComponent() + context.Request.QueryString.Value;
        }
        if (!target.StartsWith('/') && Uri.TryCreate(target, UriKind.Absolute, out var absolute))
        {
            // A client that believes in a proxy sends the whole address.
            target = absolute.GetComponents(UriComponents.PathAndQuery, UriFormat.UriEscaped);
        }
        var mark = target.IndexOf('?', StringComparison.Ordinal);
        return new()
        {
            Method = context.Request.Method,
            Origin = $"{context.Request.Scheme}://{context.Request.Host}",
            Path = mark < 0 ? target : target[..mark],
            Query = mark < 0 ? "" : target[(mark + 1)..],
            Headers = context.Request.Headers.ToDictionary(
                header => header.Key, header => string.Join(',', header.Value.ToArray()),
                StringComparer.OrdinalIgnoreCase),
            Body = body,
        };
    }

    private static async Task Write(HttpContext context, WireReply reply)
    {
        context.Response.StatusCode = reply.Status;
        foreach (var (name, value) in reply.Headers)
        {
            context.Response.Headers.Append(name, value);
        }
        if (reply.ContentType is not null)
        {
            context.Response.ContentType = reply.ContentType;
        }
        if (reply.Status is StatusCodes.Status204NoContent or StatusCodes.Status304NotModified)
        {
            return;
        }
        var body = System.Text.Encoding.UTF8.GetBytes(reply.Body);
        context.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
        }
    }
}
