using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Sealane.Clouds.Http;
using Sealane.Core.Reconcile;
using Sealane.Sandbox.World;
using Sealane.Tests.EndToEnd;
using Xunit.Sdk;
using Rehearsal = Sealane.Cli.Rehearsal;

namespace Sealane.Tests.Contracts;

/// <summary>
/// The same while a link is built, changed and taken down. Each member of each answer of the run, to questions and to
/// orders, is missing once, the first time that it is there. The run may stop and say so; when it is run again,
/// everything is there once, nothing was ordered twice, and what was to go is gone.
/// </summary>
public sealed class AbsentInALifeTests
{
    /// <summary>So many in one run, each in another answer; when a run goes wrong, each of them alone.</summary>
    private const int Together = 40;

    /// <summary>One in so many, unless all are asked for: a thousand lives take a quarter of an hour.</summary>
    private static readonly int Share = Environment.GetEnvironmentVariable("SEALANE_EVERY_CUT") == "1" ? 1 : 24;

    [Theory]
    [InlineData("apply")]
    [InlineData("change")]
    [InlineData("destroy")]
    public async Task Nothing_is_ordered_twice_or_left_for_what_an_answer_left_out_once(string phase)
    {
        var start = phase == "apply" ? null : await Standing.Value;
        var answers = new ConcurrentQueue<(string Operation, string Body)>();
        Assert.Equal("", await Run(phase, start, [], (operation, body) => answers.Enqueue((operation, body))));
        var all = answers.DistinctBy(answer => (answer.Operation, Shape(answer.Body)))
            .SelectMany(answer => Amputation.Of(answer.Operation, answer.Body)).Distinct().ToList();
        var cases = all.Where((_, index) => index % Share == 0).ToList();
        var wrong = new List<string>();
        var runs = 0;
        // Neighbours are members of one answer: dealt out, so that a run has cuts of many.
        var hands = (cases.Count + Together - 1) / Together;
        foreach (var hand in Enumerable.Range(0, hands)
            .Select(at => cases.Where((_, index) => index % hands == at).ToList()))
        {
            runs++;
            if (await Run(phase, start, hand) == "")
            {
                continue;
            }
            foreach (var one in hand)
            {
                runs++;
                if (await Run(phase, start, [one]) is { Length: > 0 } trouble)
                {
                    wrong.Add($"{one}\n    {trouble}");
                }
            }
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"{phase}: {cases.Count} of {all.Count} cases over "
            + $"{cases.Select(each => each.Operation).Distinct().Count()} operations in {runs} runs");
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {cases.Count}:\n{string.Join('\n', wrong)}");
    }

    private static readonly Lazy<Task<byte[]>> Standing = new(async () =>
    {
        using var link = Link.Sydney;
        await link.Apply();
        return await File.ReadAllBytesAsync(Path.Combine(link.WorldDirectory, "world.json"));
    });

    /// <summary>What is wrong after a run with these cuts and one without any; empty when nothing is.</summary>
    private static async Task<string> Run(
        string phase, byte[]? start, IReadOnlyList<Amputation> cuts, Action<string, string>? heard = null)
    {
        using var link = Link.Sydney;
        Directory.CreateDirectory(link.WorldDirectory);
        if (start is not null)
        {
            await File.WriteAllBytesAsync(Path.Combine(link.WorldDirectory, "world.json"), start);
        }
        if (phase == "change")
        {
            link.Edit("  term: 1 ", "  costCentre: net-ops\n  term: 1 ");
        }
        try
        {
            var first = await Go(link, phase, cuts, heard);
            if (phase == "destroy" && first is { Result: RunResult.Done } && Left(link) is { Length: > 0 } left
                && !cuts.Any(cut => cut.How == Cutting.OneShort))
            {
                return $"said to be destroyed, and there is still {left}";
            }
            var second = await Go(link, phase, [], null);
            if (second is not { Result: RunResult.Done })
            {
                return "the next run fails: " + string.Join("; ", second?.Failures.Select(each => each.Reason) ?? []);
            }
            if (phase == "destroy")
            {
                return Left(link);
            }
            Whole.Is(link);
            return "";
        }
        catch (XunitException unlike)
        {
            return unlike.Message.ReplaceLineEndings(" ");
        }
        catch (Exception broken) when (broken is not (OutOfMemoryException or CloudError))
        {
            return $"{broken.GetType().Name}: {broken.Message.Split('\n')[0]} "
                + broken.StackTrace?.Split('\n')[0].Trim();
        }
    }

    /// <summary>Null: it could not be told what there is.</summary>
    private static async Task<RunReport?> Go(
        Link link, string phase, IReadOnlyList<Amputation> cuts, Action<string, string>? heard)
    {
        var stored = Rehearsal.Load(link.WorldDirectory, link.Design, null);
        var clock = new VirtualClock(stored.Now);
        var world = stored.Wake(clock);
        using var rig = new Rig(link, world, clock,
            new Cutter(new InProcessClouds(world, Rehearsal.Faces(world, () => world.Now)), cuts, heard));
        try
        {
            return phase == "destroy" ? await rig.Destroy() : await rig.Apply();
        }
        catch (CloudError)
        {
            return null;
        }
    }

    /// <summary>What a destroyed link leaves: the objects that were there before it.</summary>
    private static string Left(Link link)
    {
        var before = Inventory.Of(Rehearsal.New(link.Design, null));
        return string.Join(", ", Inventory.Of(link.World()).Except(before));
    }

    private static string Shape(string body) => string.Join(' ', Sealane.Sandbox.Replay.BodyShape.Everything(
        Sealane.Sandbox.Replay.BodyShape.Read(body)).Distinct());

    /// <summary>Takes each member out once, one of an answer.</summary>
    private sealed class Cutter(
        HttpMessageHandler inner, IReadOnlyList<Amputation> cuts, Action<string, string>? heard)
        : DelegatingHandler(inner)
    {
        private readonly List<Amputation> _left = [.. cuts];

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (!request.Options.TryGetValue(CallOptions.Operation, out var name)
                || name.EndsWith("token", StringComparison.Ordinal))
            {
                return response;
            }
            var body = await response.Content.ReadAsStringAsync(cancellationToken);
            var operation = StandingLink.Of(name);
            if (body.Length == 0 || !(body.StartsWith('{') || body.StartsWith('<')))
            {
                return response;
            }
            heard?.Invoke(operation, body);
            foreach (var cut in _left.Where(cut => cut.Operation == operation && body.Contains(
                cut.Path[(cut.Path.LastIndexOf('.') + 1)..].TrimEnd('[', ']'), StringComparison.Ordinal)).ToList())
            {
                if (cut.In(body) is var without && without != Whole(body))
                {
                    _left.Remove(cut);
                    var type = response.Content.Headers.ContentType;
                    response.Content = new StringContent(without);
                    response.Content.Headers.ContentType = type;
                    break;
                }
            }
            return response;
        }

        /// <summary>Written as <see cref="Amputation.In"/> writes.</summary>
        private static string Whole(string body) => body.StartsWith('<') ? XDocument.Parse(body).ToString()
            : JsonNode.Parse(body, CarriedBack.Reading)!.ToJsonString(CarriedBack.Writing);
    }
}
