using System.Net;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sealane.Cli;
using Sealane.Service.Records;
using Sealane.Service.Security;

namespace Sealane.Tests.Service;

/// <summary>People who come from a provider of identities, by the code flow of a foreign one.</summary>
public sealed class SignInTests
{
    [Fact]
    public async Task A_role_comes_from_a_group_and_lasts_an_hour()
    {
        await using var way = await Way.Begin();
        way.Provider.Somebody = ("anna@example.com", ["everyone", "network", "approvers of links"]);
        var (end, cookie) = await way.Through();
        Assert.Equal("/welcome", end);
        var ticket = way.Fleet.App.Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>()
            .Get(Access.Cookie).TicketDataFormat.Unprotect(cookie);
        Assert.Equal(new Person("anna@example.com", Role.Approver), Access.Of(ticket!.Principal));
        Assert.InRange(ticket.Properties.ExpiresUtc!.Value - DateTimeOffset.UtcNow, TimeSpan.FromMinutes(58),
            TimeSpan.FromHours(1));
        Assert.Equal(HttpStatusCode.OK, await way.Status("/"));
        var signed = way.Fleet.App.Services.GetRequiredService<Store>().AuditLog(10)[0];
        Assert.Equal(("anna@example.com", "sign in", "127.0.0.1"), (signed.Who, signed.Action, signed.Subject));
        // A page of a person opens nothing of the programs.
        Assert.Equal(HttpStatusCode.Unauthorized, await way.Status("/api/links"));
        Assert.DoesNotContain(IdentityProvider.Secret, way.Fleet.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("olaf", "Operator", "network", "everyone")]
    [InlineData("vera", "Viewer", "everyone", "Approvers of links")]
    public async Task The_largest_role_of_the_groups_is_taken_by_their_exact_names(
        string who, string role, params string[] groups)
    {
        await using var way = await Way.Begin();
        way.Provider.Somebody = (who, groups);
        Assert.Equal("/welcome", (await way.Through()).End);
        Assert.Equal(role == "Viewer" ? HttpStatusCode.Forbidden : HttpStatusCode.OK, await way.Status("/audit"));
    }

    [Fact]
    public async Task Who_has_no_group_of_ours_stays_outside()
    {
        await using var way = await Way.Begin();
        way.Provider.Somebody = ("mallory", ["strangers"]);
        var (end, cookie) = await way.Through();
        Assert.Equal(("/login?no=role", ""), (end, cookie));
        Assert.Equal(HttpStatusCode.Redirect, await way.Status("/"));
        Assert.Contains("gives you a role", await way.Text(end), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_the_provider_does_not_know_signs_nobody_in()
    {
        await using var way = await Way.Begin("another secret than the provider's");
        way.Provider.Somebody = ("anna@example.com", ["approvers of links"]);
        Assert.Equal(("/login?no=provider", ""), await way.Through());
        Assert.Contains("could not sign in", way.Fleet.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("another secret", way.Fleet.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_that_somebody_else_asked_for_is_not_taken()
    {
        await using var way = await Way.Begin();
        way.Provider.Somebody = ("anna@example.com", ["approvers of links"]);
        var back = await way.ToTheProvider();
        await using var other = new Way.Person(way.Fleet);
        using var reply = await other.Client.GetAsync(back);
        Assert.Equal("/login?no=provider", reply.Headers.Location?.OriginalString);
        Assert.Equal("", other.Cookie);
    }

    [Theory]
    [InlineData("issuer https://login.example.com\nclient a\nnobody b", "people:3: error: 'nobody' is no word")]
    [InlineData("issuer https://login.example.com\nclient", "people:2: error: a line is a word and a value")]
    [InlineData("issuer http://login.example.com\nclient a\nviewer b", "the issuer is no https address")]
    [InlineData("client a\nviewer b", "no line says the issuer")]
    [InlineData("issuer https://login.example.com\nviewer b", "no line says the client")]
    [InlineData("issuer https://login.example.com\nclient a", "nobody has a role")]
    [InlineData("issuer https://login.example.com\nclient a\nviewer b\napprover b", "people:4: error: this group has")]
    [InlineData("issuer https://login.example.com\nclient a\nclient b", "people:3: error: 'client' is said twice")]
    [InlineData("issuer https://login.example.com\nclient a\nviewer b\nsecret hunter2", "written in the file itself")]
    [InlineData("issuer https://login.example.com\nclient a\nviewer b\nsecret env:SEALANE_NOT_SET", "is not there")]
    public void A_file_that_cannot_be_used_says_why(string text, string says)
    {
        var folder = Directory.CreateTempSubdirectory("sealane-people-");
        var path = Path.Combine(folder.FullName, "people");
        File.WriteAllText(path, text);
        var error = Assert.Throws<UsageError>(() => Provider.Read(path));
        folder.Delete(recursive: true);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.Message, StringComparison.Ordinal);
    }

    private sealed class Way : IAsyncDisposable
    {
        private Person? _person;

        public required IdentityProvider Provider { get; init; }
        public required ServedFleet Fleet { get; init; }

        public static async Task<Way> Begin(string secret = IdentityProvider.Secret)
        {
            var provider = await IdentityProvider.Start();
            var place = Directory.CreateTempSubdirectory("sealane-people-");
            var file = Path.Combine(place.FullName, "secret");
            await File.WriteAllTextAsync(file, secret);
            var way = new Way
            {
                Provider = provider,
                Fleet = new()
                {
                    People = $"# who may what\nissuer {provider.Issuer}\nclient {IdentityProvider.Client}\n"
                        + $"secret file:{file}\nviewer everyone\noperator network\napprover approvers of links\n",
                },
            };
            await way.Fleet.InitializeAsync();
            place.Delete(recursive: true);
            way._person = new(way.Fleet);
            provider.Back = new Uri(way._person.Client.BaseAddress!, SignIn.Back).ToString();
            return way;
        }

        /// <returns>Where the browser ends, and the cookie that it was given.</returns>
        public async Task<(string End, string Cookie)> Through()
        {
            using var reply = await _person!.Client.GetAsync(await ToTheProvider());
            return (reply.Headers.Location!.OriginalString, _person.Cookie);
        }

        /// <returns>The address that the provider sends the browser back to.</returns>
        public async Task<Uri> ToTheProvider()
        {
            Assert.Contains(SignIn.Path, await Text("/login"), StringComparison.Ordinal);
            using var away = await _person!.Client.GetAsync(SignIn.Path);
            Assert.Equal(HttpStatusCode.Redirect, away.StatusCode);
            using var theirs = await _person.Client.GetAsync(away.Headers.Location);
            return theirs.Headers.Location
                ?? throw new InvalidOperationException(await theirs.Content.ReadAsStringAsync());
        }

        public async Task<HttpStatusCode> Status(string path)
        {
            using var reply = await _person!.Client.GetAsync(path);
            return reply.StatusCode;
        }

        public Task<string> Text(string path) => _person!.Client.GetStringAsync(path);

        public async ValueTask DisposeAsync()
        {
            if (_person is { } person)
            {
                await person.DisposeAsync();
            }
            await Fleet.DisposeAsync();
            await Provider.DisposeAsync();
        }

        /// <summary>A browser of its own.</summary>
        public sealed class Person : IAsyncDisposable
        {
            private readonly CookieContainer _cookies = new();

            public Person(ServedFleet fleet) =>
                Client = new(new SocketsHttpHandler { CookieContainer = _cookies, AllowAutoRedirect = false })
                {
                    BaseAddress = fleet.Address,
                };

            public HttpClient Client { get; }
            public string Cookie => _cookies.GetCookies(Client.BaseAddress!)["sealane"]?.Value ?? "";

            public ValueTask DisposeAsync()
            {
                Client.Dispose();
                return default;
            }
        }
    }
}
