namespace Sealane.Service.Security;

/// <summary>What every answer says to a browser.</summary>
internal static class Headers
{
    /// <summary>Nothing but our own files; no script and no style in a page, no frame around it.</summary>
    private const string Content = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        + "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static Task Add(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Content;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        if (context.Request.IsHttps)
        {
            // RFC 6797: for a year no browser speaks to this name without TLS.
            headers.StrictTransportSecurity = "max-age=31536000";
        }
        return next(context);
    }
}

/// <summary>A refusal as the API and the pages tell it.</summary>
internal static class Refusals
{
    public static async Task Tell(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context).ConfigureAwait(false);
        }
        catch (Exception error) when (error is Refused or Records.RecordsDown && !context.Response.HasStarted)
        {
            var refused = error as Refused ?? new(StatusCodes.Status503ServiceUnavailable,
                "the records cannot be reached now: nothing was done, or it shows when they can be read again");
            context.Response.StatusCode = refused.Status;
            if (Access.IsForPrograms(context.Request.Path))
            {
                await context.Response.WriteAsJsonAsync(new Api.ErrorView(refused.Message)).ConfigureAwait(false);
            }
            else
            {
                await Pages.Html.Write(context, Pages.Layout.Refusal(context, refused.Message)).ConfigureAwait(false);
            }
        }
    }
}
