using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Sealane.Sandbox.World;

/// <summary>
/// From HTTP to the world and back: reads a request whole, brings the world up to date, lets one cloud answer under the
/// world's lock, writes the answer. The same for sockets and for the in-process transport.
/// </summary>
/// <param name="keep">
/// Stores the world, before the reply to a call that changed it leaves: what a client was told must outlive the
/// process.
/// </param>
/// <param name="clear">Tells at <see cref="ClearPath"/>, outside the vendors' APIs, how long clear traffic was
/// possible.</param>
internal sealed class FrontDoor(
    SandboxWorld world, FaultPlan faults, Action? keep = null, ClearWatch? clear = null)
{
    /// <summary>No vendor has such a path.</summary>
    public const string ClearPath = "/sandbox/clear";

    /// <summary>A proxy's page, as it comes with status 200.</summary>
    private const string Page = "<!DOCTYPE html>\n<html><head><title>Please sign in</title></head><body>Network "
        + "access</body></html>\n";
    private static readonly TimeSpan SlowReply = TimeSpan.FromSeconds(30);

    /// <summary>Larger than any request that the three APIs take.</summary>
    public const int LargestBody = 1 << 20;

    private static readonly WireReply TooLarge = new()
    {
        Status = StatusCodes.Status413PayloadTooLarge,
        ContentType = "text/plain",
        Body = $"A request of more than {LargestBody} bytes is not taken.\n",
    };

    private readonly FaultDraw _faults = new(world, faults);

    public async Task Handle(HttpContext context, Func<WireRequest, IFace?> faceOf)
    {
        if (await ReadBody(context).ConfigureAwait(false) is not { } body)
        {
            context.Response.Headers.Connection = "close";
            await Write(context, new(TooLarge)).ConfigureAwait(false);
            return;
        }
        if (await Ask(ToWire(context, body), faceOf, context.RequestAborted).ConfigureAwait(false) is { } said)
        {
            await Write(context, said).ConfigureAwait(false);
        }
        else
        {
            context.Abort();
        }
    }

    /// <summary>What the cloud says to a request that was read whole; null where the connection closes
    /// instead.</summary>
    public async Task<DoorReply?> Ask(
        WireRequest request, Func<WireRequest, IFace?> faceOf, CancellationToken aborted)
    {
        if (request.Body.Length > LargestBody)
        {
            return new(TooLarge);
        }
        if (clear is not null && request.Path == ClearPath)
        {
            return new(TellClear(clear));
        }
        var trouble = Draw(request);
        if (trouble == Trouble.Slow)
        {
            await world.Wait(SlowReply, aborted).ConfigureAwait(false);
        }
        return trouble != Trouble.Reset && Answer(request, faceOf(request), trouble) is { } reply
            ? new(reply) { IsCut = trouble == Trouble.CutReply } : null;
    }

    private WireReply TellClear(ClearWatch watch)
    {
        lock (world.Gate)
        {
            world.Advance();
            return new()
            {
                Status = StatusCodes.Status200OK,
                ContentType = "application/json",
                Body = watch.ToJson().ToJsonString() + "\n",
            };
        }
    }

    private Trouble Draw(WireRequest request)
    {
        lock (world.Gate)
        {
            return _faults.Next(request);
        }
    }

    /// <summary>The reply, or null when it is lost on the way.</summary>
    private WireReply? Answer(WireRequest request, IFace? face, Trouble trouble)
    {
        if (face is null)
        {
            return new() { Status = StatusCodes.Status421MisdirectedRequest };
        }
        lock (world.Gate)
        {
            world.Advance();
            switch (trouble)
            {
                case Trouble.Throttled:
                    return face.Say(Fault.Throttled, request);
                case Trouble.ThrottledSilently:
                    var refusal = face.Say(Fault.Throttled, request);
                    return refusal with
                    {
                        Headers = [.. refusal.Headers.Where(header => header.Name != "Retry-After")],
                    };
                case Trouble.ServerError:
                    return face.Say(Fault.ServerError, request);
                case Trouble.RequestTimeout:
                    return new() { Status = StatusCodes.Status408RequestTimeout };
                case Trouble.Unauthorized:
                    return new() { Status = StatusCodes.Status401Unauthorized };
            }
            var before = world.Version;
            var reply = face.Answer(request);
            if (world.Version != before)
            {
                keep?.Invoke();
            }
            return trouble switch
            {
                Trouble.LostReply => null,
                Trouble.HtmlReply => new() { Status = StatusCodes.Status200OK, ContentType = "text/html", Body = Page },
                Trouble.EmptyReply => new() { Status = StatusCodes.Status200OK },
                _ => reply,
            };
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

    private static async Task Write(HttpContext context, DoorReply said)
    {
        context.Response.StatusCode = said.Reply.Status;
        foreach (var (name, value) in said.Reply.Headers)
        {
            context.Response.Headers.Append(name, value);
        }
        if (said.Reply.ContentType is not null)
        {
            context.Response.ContentType = said.Reply.ContentType;
        }
        if (said.Reply.Status is StatusCodes.Status204NoContent or StatusCodes.Status304NotModified)
        {
            return;
        }
        var body = said.Body;
        context.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(body.AsMemory(0, said.IsCut ? body.Length / 2 : body.Length),
                context.RequestAborted)
                .ConfigureAwait(false);
        }
        if (said.IsCut)
        {
            context.Abort();
        }
    }
}

/// <param name="Reply">As the cloud gives it.</param>
internal sealed record DoorReply(WireReply Reply)
{
    /// <summary>The connection closes in the middle of it.</summary>
    public bool IsCut { get; init; }

    /// <summary>Some answers have no body, whatever is said.</summary>
    public byte[] Body { get; } = Reply.Status is StatusCodes.Status204NoContent or StatusCodes.Status304NotModified
        ? [] : System.Text.Encoding.UTF8.GetBytes(Reply.Body);
}
