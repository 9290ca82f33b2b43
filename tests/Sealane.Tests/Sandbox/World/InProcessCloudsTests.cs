using System.Diagnostics;
using System.Net;
using System.Text;
using Sealane.Sandbox.World;

namespace Sealane.Tests.Sandbox.World;

public class InProcessCloudsTests
{
    [Theory]
    [InlineData("https://ec2.ap-southeast-2.amazonaws.com/", "aws")]
    [InlineData("https://directconnect.eu-west-1.amazonaws.com/", "aws")]
    [InlineData("https://sts.us-east-1.amazonaws.com/", "aws")]
    [InlineData("https://sts.amazonaws.com/", "aws")]
    [InlineData("https://management.azure.com/subscriptions", "arm")]
    [InlineData("https://login.microsoftonline.com/common", "login")]
    [InlineData("https://api.megaport.com/v2/products", "megaport")]
    [InlineData("https://api-staging.megaport.com/v2/products", "megaport")]
    [InlineData("https://auth-m2m.megaport.com/oauth2/token", "token")]
    [InlineData("https://AUTH-M2M-STAGING.megaport.com/oauth2/token", "token")]
    public async Task The_public_host_name_decides_which_cloud_answers(string address, string face)
    {
        using var http = Client(Worlds.Echoes());
        using var response = await http.GetAsync(new Uri(address), TestContext.Current.CancellationToken);
        Assert.Equal(face, response.Headers.GetValues("X-Face").Single());
        Assert.Equal(["a", "b"], response.Headers.GetValues("X-Two"));
    }

    [Theory]
    [InlineData("https://s3.ap-southeast-2.amazonaws.com/")]
    [InlineData("https://ec2.amazonaws.com.example/")]
    [InlineData("https://s3.amazonaws.com/")]
    [InlineData("http://localhost:1/")]
    public async Task An_unknown_name_fails_as_one_that_is_not_in_the_dns(string address)
    {
        using var http = Client(Worlds.Echoes());
        var error = await Assert.ThrowsAsync<HttpRequestException>(
            () => http.GetAsync(new Uri(address), TestContext.Current.CancellationToken));
        Assert.Equal(HttpRequestError.NameResolutionError, error.HttpRequestError);
    }

    [Fact]
    public async Task The_cloud_sees_the_request_as_it_was_sent()
    {
        var faces = Worlds.Echoes();
        using var http = Client(faces);
        using var request = new HttpRequestMessage(
            HttpMethod.Put,
            "https://management.azure.com/subscriptions//s%20x/a?api-version=2024-05-01&ip=10.0.0.0%2F24");
        request.Headers.TryAddWithoutValidation("X-Many", ["1", "2"]);
        request.Content = new StringContent("{\"ä\":1}", Encoding.UTF8, "application/json");
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var seen = ((EchoFace)faces.Arm).Seen.Single();
        Assert.Equal("PUT", seen.Method);
        Assert.Equal("https://management.azure.com", seen.Origin);
        Assert.Equal("/subscriptions//s%20x/a", seen.Path);
        Assert.Equal("api-version=2024-05-01&ip=10.0.0.0%2F24", seen.Query);
        Assert.Equal("management.azure.com", seen.Header("host"));
        Assert.Equal("1,2", seen.Header("x-many")!.Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal("application/json; charset=utf-8", seen.Header("content-type"));
        Assert.Equal("{\"ä\":1}", seen.BodyText);
    }

    [Fact]
    public async Task A_head_reply_has_the_headers_and_no_body()
    {
        using var http = Client(Worlds.Echoes());
        using var request = new HttpRequestMessage(HttpMethod.Head, "https://management.azure.com/x");
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal("arm", response.Headers.GetValues("X-Face").Single());
        Assert.Equal("", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_body_of_more_than_a_mebibyte_is_refused()
    {
        var faces = Worlds.Echoes();
        using var http = Client(faces);
        using var content = new ByteArrayContent(new byte[(1 << 20) + 1]);
        using var response = await http.PostAsync(
            new Uri("https://api.megaport.com/"), content, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Empty(((EchoFace)faces.Megaport).Seen);
    }

    [Fact]
    public async Task A_lost_reply_fails_after_the_cloud_has_acted()
    {
        var faces = Worlds.Echoes();
        using var http = Client(faces, new() { LostReplies = 1, AtMost = 1 });
        var address = new Uri("https://api.megaport.com/v4/networkdesign/buy");
        await Assert.ThrowsAsync<HttpRequestException>(() =>
            http.GetAsync(address, TestContext.Current.CancellationToken));
        Assert.Single(((EchoFace)faces.Megaport).Seen);
        using var second = await http.GetAsync(address, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
    }

    [Fact]
    public async Task A_refused_request_never_reaches_the_cloud()
    {
        var faces = Worlds.Echoes();
        using var http = Client(faces, new() { Throttled = 1, Only = r => r.Path == "/hit" });
        using var hit = await http.GetAsync(new Uri("https://api.megaport.com/hit"),
            TestContext.Current.CancellationToken);
        using var missed = await http.GetAsync(new Uri("https://api.megaport.com/miss"),
            TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.TooManyRequests, hit.StatusCode);
        Assert.Equal(HttpStatusCode.OK, missed.StatusCode);
        Assert.Equal("/miss", ((EchoFace)faces.Megaport).Seen.Single().Path);
    }

    [Fact]
    public async Task Faults_come_in_their_shares_and_repeat_with_the_seed()
    {
        var plan = new FaultPlan { Throttled = 0.2, ServerErrors = 0.1 };
        var first = await Draw();
        Assert.Equal(first, await Draw());
        Assert.InRange(first.Count(status => status == 429), 60, 140);
        Assert.InRange(first.Count(status => status == 503), 25, 75);

        async Task<List<int>> Draw()
        {
            using var http = Client(Worlds.Echoes(), plan);
            var drawn = new List<int>();
            for (var i = 0; i < 500; i++)
            {
                using var response = await http.GetAsync(
                    new Uri("https://api.megaport.com/"), TestContext.Current.CancellationToken);
                drawn.Add((int)response.StatusCode);
            }
            return drawn;
        }
    }

    [Fact]
    public async Task No_two_clouds_answer_at_the_same_time()
    {
        var slow = new SlowFace();
        using var http = Client(new(slow, slow, slow, slow, slow));
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(async () =>
        {
            using var response = await http.GetAsync(
                new Uri(i % 2 == 0 ? "https://api.megaport.com/" : "https://management.azure.com/"),
                TestContext.Current.CancellationToken);
        })));
        Assert.Equal(200, slow.Answered);
        Assert.False(slow.Overlapped);
    }

    private static HttpClient Client(Faces faces, FaultPlan? faults = null) =>
        new(new InProcessClouds(Worlds.Empty(), faces, faults));

    private sealed class SlowFace : IFace
    {
        private int _inside;

        public int Answered { get; private set; }
        public bool Overlapped { get; private set; }

        public WireReply Answer(WireRequest request)
        {
            Overlapped |= Interlocked.Increment(ref _inside) != 1;
            var until = Stopwatch.GetTimestamp() + (Stopwatch.Frequency / 5000);
            while (Stopwatch.GetTimestamp() < until)
            {
                Thread.Yield();
            }
            Interlocked.Decrement(ref _inside);
            Answered++;
            return new() { Status = 200 };
        }

        public WireReply Say(Fault fault, WireRequest request) => new() { Status = 503 };
    }
}
