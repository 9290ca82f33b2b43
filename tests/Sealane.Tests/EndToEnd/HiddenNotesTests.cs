using System.Text.Json.Nodes;
using System.Xml.Linq;
using Sealane.Cli;
using Sealane.Core.Reconcile;
using Sealane.Sandbox.World;

namespace Sealane.Tests.EndToEnd;

/// <summary>One answer of a destroy shows a used object without the tags that say what it was; each answer after the
/// first look in turn. That is no reason to leave the object as the link set it. Every so many; all with
/// SEALANE_LONG=1.</summary>
public sealed class HiddenNotesTests
{
    [Theory]
    [InlineData("block")]
    [InlineData("peering")]
    public async Task A_note_that_does_not_show_once_is_not_forgotten(string kind)
    {
        using var link = await DifferingObjects.WithoutCircuit(kind);
        var theirs = Theirs(link);
        await link.Apply();
        var file = Path.Combine(link.WorldDirectory, "world.json");
        var standing = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        var answers = await Destroy(link, 0);
        Assert.InRange(answers, 3, 1000);
        var step = Environment.GetEnvironmentVariable("SEALANE_LONG") == "1" ? 1 : Math.Max(1, answers / 20);
        for (var at = 1; at <= answers; at += step)
        {
            await File.WriteAllBytesAsync(file, standing, TestContext.Current.CancellationToken);
            await Destroy(link, at);
            Assert.Equal((at, theirs), (at, Theirs(link)));
        }
        Counts.Say($"{kind}: a note hidden in one of {answers} answers, {(answers - 1) / step + 1} times");
    }

    private static string Theirs(Link link) =>
        string.Join('\n', RandomMix.Members(link.World(), DifferingObjects.Ids));

    /// <returns>In how many answers there was a note.</returns>
    private static async Task<int> Destroy(Link link, int hidden)
    {
        var stored = Rehearsal.Load(link.WorldDirectory, link.Design, null);
        var clock = new VirtualClock(stored.Now);
        var world = stored.Wake(clock);
        var hiding = new Hiding(new InProcessClouds(world, Rehearsal.Faces(world, () => world.Now)), hidden);
        using var rig = new Rig(link, world, clock, hiding);
        hiding.HasBegun = () => rig.Ids.Count > 0;
        Assert.Equal(RunResult.Done, (await rig.Destroy())?.Result);
        return hiding.Met;
    }

    private sealed class Hiding(HttpMessageHandler inner, int hidden) : DelegatingHandler(inner)
    {
        private static readonly string[] Keys = ["sealane-was-", "sealane-used-"];
        private int _met;

        public int Met => _met;
        public Func<bool> HasBegun { get; set; } = () => false;

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            var body = await response.Content.ReadAsStringAsync(cancellationToken);
            if (HasBegun() && Keys.Any(key => body.Contains(key, StringComparison.Ordinal))
                && Interlocked.Increment(ref _met) == hidden)
            {
                var media = response.Content.Headers.ContentType;
                response.Content = new StringContent(body.StartsWith('<') ? OfXml(body) : OfJson(body));
                response.Content.Headers.ContentType = media;
            }
            return response;
        }

        private static bool IsOfNote(string tag) => Keys.Any(key => tag.StartsWith(key, StringComparison.Ordinal));

        private static string OfXml(string body)
        {
            var answer = XDocument.Parse(body);
            answer.Descendants().Where(tag => tag.Name.LocalName == "item" && tag.Elements().Any(key =>
                key.Name.LocalName == "key" && IsOfNote(key.Value))).Remove();
            return answer.ToString();
        }

        private static string OfJson(string body)
        {
            var answer = JsonNode.Parse(body)!;
            Hide(answer);
            return answer.ToJsonString();
        }

        private static void Hide(JsonNode? node)
        {
            foreach (var each in node is JsonArray array ? array : Enumerable.Empty<JsonNode?>())
            {
                Hide(each);
            }
            foreach (var (name, value) in node is JsonObject some ? some.ToList() : [])
            {
                if (IsOfNote(name))
                {
                    node!.AsObject().Remove(name);
                }
                Hide(value);
            }
        }
    }
}
