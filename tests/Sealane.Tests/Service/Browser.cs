using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace Sealane.Tests.Service;

/// <summary>Somebody at the page, without a screen: keeps cookies, and sends forms with what the page put into
/// them.</summary>
internal sealed class Browser : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        CookieContainer = new(),
        AllowAutoRedirect = false,
    });
    private Uri _address;
    private string _token = "";

    private Browser(Uri address) => _address = address;

    /// <summary>From now on its questions reach another server of the same name, as behind a balancer.</summary>
    public void GoTo(Uri address) => _address = address;

    public static async Task<Browser> SignIn(ServedFleet fleet, string name)
    {
        using var any = fleet.Client(null);
        return await SignIn(any.BaseAddress!, fleet.Tokens[name]);
    }

    public static async Task<Browser> SignIn(Uri address, string token)
    {
        var browser = new Browser(address);
        await browser.Get("/login");
        Assert.Equal(HttpStatusCode.Redirect, await browser.Post("/login", [new("token", token)]));
        await browser.Get("/");
        return browser;
    }

    public async Task<(HttpStatusCode Status, string Text, HttpResponseHeaders Headers)> Get(string path)
    {
        using var reply = await _client.GetAsync(new Uri(_address, path), HttpCompletionOption.ResponseHeadersRead);
        var text = reply.StatusCode == HttpStatusCode.OK || path.StartsWith("/links") || path.StartsWith("/runs")
            ? await reply.Content.ReadAsStringAsync() : "";
        _token = Regex.Match(text, "name=\"__RequestVerificationToken\" value=\"([^\"]+)\"") is { Success: true } found
            ? found.Groups[1].Value : _token;
        return (reply.StatusCode, text, reply.Headers);
    }

    public async Task<HttpStatusCode> Post(string path, IEnumerable<KeyValuePair<string, string>> form)
    {
        using var content = new FormUrlEncodedContent(form.Append(new("__RequestVerificationToken", _token)));
        return (await _client.PostAsync(new Uri(_address, path), content)).StatusCode;
    }

    /// <summary>As a form of another page would be sent.</summary>
    public async Task<HttpStatusCode> PostWithout(string path)
    {
        using var content = new FormUrlEncodedContent([new("kind", "apply"), new("policy", "repair")]);
        return (await _client.PostAsync(new Uri(_address, path), content)).StatusCode;
    }

    public void Dispose() => _client.Dispose();
}
