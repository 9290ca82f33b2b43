using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Sealane.Tests.Service;

/// <summary>Every route that the server has, from its own list: who may not is refused.</summary>
public sealed class RouteTests(ServedFleet fleet) : IClassFixture<ServedFleet>
{
    /// <summary>Open to everybody, and why: they tell nothing of a link.</summary>
    private static readonly string[] Open =
        [
        "GET /favicon.svg", "GET /health", "GET /login", "GET /page.js", "GET /ready", "GET /style.css", "POST /login",
    ];

    private IReadOnlyList<(string Method, string Path, string Policy)> Routes =>
    [
        .. from endpoint in fleet.App.Services.GetRequiredService<EndpointDataSource>().Endpoints
               .OfType<RouteEndpoint>()
           from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
           let path = endpoint.RoutePattern.RawText!.Replace("{name}", "sydney").Replace("{id:long}", "1")
               .Replace("{documentName}", "v1")
           let policy = string.Join(' ', endpoint.Metadata.OfType<IAuthorizeData>().Select(data => data.Policy))
           orderby method, path
           select (method, path.StartsWith('/') ? path : $"/{path}",
               endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null ? policy : "open"),
    ];

    [Fact]
    public void Only_these_are_open() => Assert.Equal(Open.Order(),
        Routes.Where(route => route.Policy == "open").Select(route => $"{route.Method} {route.Path}").Order());

    [Fact]
    public async Task Without_a_token_every_other_one_is_refused()
    {
        Assert.True(Routes.Count > 40, "the list of routes is suspiciously short");
        foreach (var route in Routes.Where(route => route.Policy != "open"))
        {
            foreach (var header in new[] { null, "Bearer wrong", $"Bearer {fleet.Tokens["anna"][..^1]}x" })
            {
                var status = await Call(route.Method, route.Path, header);
                Assert.True(status == HttpStatusCode.Unauthorized
                    || (status == HttpStatusCode.Redirect && route.Policy.StartsWith("page:")),
                    $"{route.Method} {route.Path} answers {status} to '{header}'");
            }
        }
    }

    [Theory]
    [InlineData("vera", "Operator", "Approver")]
    [InlineData("olaf", "Approver")]
    public async Task With_too_little_of_a_role_it_is_refused(string who, params string[] beyond)
    {
        var refused = Routes.Where(route => beyond.Any(role => route.Policy == $"api:{role}")).ToList();
        Assert.NotEmpty(refused);
        foreach (var (method, path, _) in refused)
        {
            Assert.Equal((path, HttpStatusCode.Forbidden),
                (path, await Call(method, path, $"Bearer {fleet.Tokens[who]}")));
        }
    }

    /// <summary>A page of somebody else cannot make a browser call the API, and a token opens no page.</summary>
    [Fact]
    public async Task A_token_opens_no_page_and_a_cookie_no_route_of_the_API()
    {
        foreach (var (method, path, _) in Routes.Where(route => route.Policy.StartsWith("page:")))
        {
            Assert.Equal((path, HttpStatusCode.Redirect),
                (path, await Call(method, path, $"Bearer {fleet.Tokens["anna"]}")));
        }
        using var browser = await Browser.SignIn(fleet, "anna");
        Assert.Equal(HttpStatusCode.OK, (await browser.Get("/")).Status);
        foreach (var (_, path, _) in Routes.Where(route => route.Method == "GET" && route.Policy.StartsWith("api:")))
        {
            Assert.Equal((path, HttpStatusCode.Unauthorized), (path, (await browser.Get(path)).Status));
        }
    }

    [Fact]
    public async Task On_the_page_too_a_role_is_asked_for_and_a_form_of_somebody_else_is_refused()
    {
        using var vera = await Browser.SignIn(fleet, "vera");
        using var anna = await Browser.SignIn(fleet, "anna");
        var posts = Routes.Where(route => route.Method == "POST" && route.Policy is "page:Operator" or "page:Approver")
            .ToList();
        Assert.True(posts.Count >= 7);
        foreach (var (_, path, _) in posts)
        {
            Assert.Equal((path, HttpStatusCode.Forbidden), (path, await vera.Post(path, [])));
            Assert.Equal((path, HttpStatusCode.BadRequest), (path, await anna.PostWithout(path)));
        }
    }

    [Fact]
    public async Task A_name_that_is_made_to_lead_here_gets_no_answer()
    {
        using var client = fleet.Client("anna");
        client.DefaultRequestHeaders.Host = "evil.example.net";
        Assert.Equal(HttpStatusCode.BadRequest, (await client.GetAsync("/api/links", Stop)).StatusCode);
    }

    [Fact]
    public async Task Every_page_says_what_may_be_in_it_and_holds_no_script_and_no_style()
    {
        using var anna = await Browser.SignIn(fleet, "anna");
        foreach (var path in new[] { "/", "/audit", "/login", "/runs/1", "/links/none" })
        {
            var (_, text, headers) = await anna.Get(path);
            Assert.Contains("default-src 'none'; script-src 'self'; style-src 'self'",
                string.Join(' ', headers.GetValues("Content-Security-Policy")));
            Assert.DoesNotMatch(
                "<script(?! src=\"/page.js\" defer></script>)|<style|\\sstyle=|\\son[a-z]+=|javascript:", text);
        }
    }

    [Fact]
    public async Task The_document_of_the_API_knows_every_route_of_it()
    {
        var paths = (await fleet.Get("vera", "/openapi/v1.json"))["paths"]!.AsObject();
        var known = paths.SelectMany(path => path.Value!.AsObject().Select(verb => $"{verb.Key.ToUpperInvariant()} "
            + path.Key.Replace("{name}", "sydney").Replace("{id}", "1"))).Order();
        Assert.Equal(Routes.Where(route => route.Path.StartsWith("/api/"))
            .Select(route => $"{route.Method} {route.Path}").Order(), known.Where(route => route.Contains(" /api/")));
    }

    [Fact]
    public async Task Who_is_not_known_does_not_ask_fast_and_who_is_known_still_may()
    {
        await using var slow = new ServedFleet { CallsOfUnknown = 5 };
        await slow.InitializeAsync();
        using var nobody = slow.Client(null);
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 7; i++)
        {
            answers.Add((await nobody.GetAsync("/api/links", Stop)).StatusCode);
        }
        Assert.Equal(5, answers.Count(one => one == HttpStatusCode.Unauthorized));
        Assert.Equal(2, answers.Count(one => one == HttpStatusCode.TooManyRequests));
        Assert.Empty((await slow.Get("vera", "/api/links")).AsArray());
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private async Task<HttpStatusCode> Call(string method, string path, string? header)
    {
        using var client = fleet.Client(null);
        using var request = new HttpRequestMessage(new(method), path)
        {
            // In the form that the route takes, so that it is the route that refuses.
            Content = method is "GET" or "DELETE" ? null : path.StartsWith("/api/")
                ? new StringContent("{}", new MediaTypeHeaderValue("application/json")) : new FormUrlEncodedContent([]),
        };
        if (header is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", header);
        }
        using var reply = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
        return reply.StatusCode;
    }
}
