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
    /// <summary>So many in one life, each in another answer; when a life goes wrong, each of them alone.</summary>
    private const int Together = 60;

    /// <summary>One in so many, unless all are asked for (<c>./ci --long</c>).</summary>
    private static readonly int Share = Environment.GetEnvironmentVariable("SEALANE_LONG") is { Length: > 0 }
        || Environment.GetEnvironmentVariable("SEALANE_EVERY_CUT") == "1" ? 1 : 8;

    [Theory]
    [InlineData("apply")]
    [InlineData("change")]
    [InlineData("destroy")]
    public async Task Nothing_is_ordered_twice_or_left_for_what_an_answer_left_out_once(string phase)
    {
        var start = phase == "apply" ? null : await Standing.Value;
        var answers = new ConcurrentQueue<(string Operation, string Body)>();
        Assert.Equal("", (await Run(phase, start, [], (operation, body) => answers.Enqueue((operation, body)))).Wrong);
        var all = answers.DistinctBy(answer => (answer.Operation, Shape(answer.Body)))
            .SelectMany(answer => Amputation.Of(answer.Operation, answer.Body)).Distinct().ToList();
        var cases = all.Where((_, index) => index % Share == 0).ToList();
        var wrong = new ConcurrentQueue<string>();
        var lives = 0;
        var left = cases;
        // A run that stops at one cut does not get to the others: they have their turn in the next round.
        for (var size = Together; left.Count > 0 && size > 0; size = size == 1 ? 0 : left.Count < size ? 1 : size / 2)
        {
            var unmet = new ConcurrentQueue<Amputation>();
            await Parallel.ForEachAsync(Hands(left, size), async (hand, _) =>
            {
                Interlocked.Increment(ref lives);
                var life = await Run(phase, start, hand);
                if (life.Wrong.Length > 0 && hand.Count > 1)
                {
                    foreach (var one in hand)
                    {
                        Interlocked.Increment(ref lives);
                        Tell(one, await Run(phase, start, [one]));
                    }
                }
                else if (size == 1)
                {
                    Tell(hand[0], life);
                }
                else
                {
                    foreach (var one in life.Unmet)
                    {
                        unmet.Enqueue(one);
                    }
                }
            });
            left = [.. unmet];
        }
        Counts.Say($"absent in a life, {phase}: {cases.Count} of {all.Count} cases over "
            + $"{cases.Select(each => each.Operation).Distinct().Count()} operations in {lives} lives");
        Assert.True(wrong.IsEmpty, $"{wrong.Count} of {cases.Count}:\n{string.Join('\n', wrong.Order())}");
        Assert.Equal([], left);

        void Tell(Amputation one, (string Wrong, IReadOnlyList<Amputation> Unmet) life)
        {
            if (life.Wrong.Length > 0 || life.Unmet.Count > 0)
            {
                wrong.Enqueue($"{one}\n    {(life.Wrong.Length > 0 ? life.Wrong : "was not met")}");
            }
        }
    }

    /// <summary>Neighbours are members of one answer: dealt out, so that a life has cuts of many.</summary>
    private static IEnumerable<IReadOnlyList<Amputation>> Hands(IReadOnlyList<Amputation> cases, int size)
    {
        var hands = (cases.Count + size - 1) / size;
        return Enumerable.Range(0, hands).Select(at => cases.Where((_, index) => index % hands == at).ToList());
    }

    private static readonly Lazy<Task<byte[]>> Standing = new(async () =>
    {
        using var link = await Link.Built("sydney");
        return await File.ReadAllBytesAsync(Path.Combine(link.WorldDirectory, "world.json"));
    });

    /// <summary>
    /// What is wrong after runs with these cuts, as long as they meet any, and one without; empty when nothing is.
    /// </summary>
    private static async Task<(string Wrong, IReadOnlyList<Amputation> Unmet)> Run(
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
        var left = cuts;
        try
        {
            int before;
            do
            {
                before = left.Count;
                var cutter = new Cuts(left);
                var run = await Go(link, phase, cutter, heard);
                left = cutter.Left;
                if (phase == "destroy" && run is { Result: RunResult.Done } && Left(link) is { Length: > 0 } there
                    && !cuts.Any(cut => cut.How == Cutting.OneShort))
                {
                    return ($"said to be destroyed, and there is still {there}", left);
                }
            }
            while (left.Count > 0 && left.Count < before);
            var last = await Go(link, phase, new([]), null);
            if (last is not { Result: RunResult.Done })
            {
                return ("the next run fails: "
                    + string.Join("; ", last?.Failures.Select(each => each.Reason) ?? []), left);
            }
            if (phase == "destroy")
            {
                return (Left(link), left);
            }
            Whole.Is(link);
            return ("", left);
        }
        catch (XunitException unlike)
        {
            return (unlike.Message.ReplaceLineEndings(" "), left);
        }
        catch (Exception broken) when (broken is not (OutOfMemoryException or CloudError))
        {
            return ($"{broken.GetType().Name}: {broken.Message.Split('\n')[0]} "
                + broken.StackTrace?.Split('\n')[0].Trim(), left);
        }
    }

    /// <summary>Null: it could not be told what there is.</summary>
    private static async Task<RunReport?> Go(
        Link link, string phase, Cuts cuts, Action<string, string>? heard)
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

    /// <summary>Those that no answer of the run has met yet.</summary>
    private sealed class Cuts(IReadOnlyList<Amputation> cuts)
    {
        private readonly List<Amputation> _left = [.. cuts];

        public IReadOnlyList<Amputation> Left => _left;

        /// <summary>The answer without one of its members, the first whose turn it is; as it is when none is.</summary>
        public string Take(string operation, string body)
        {
            // Questions are asked many at a time.
            lock (_left)
            {
                string? whole = null;
                foreach (var cut in _left.Where(cut => cut.Operation == operation && body.Contains(
                    cut.Name, StringComparison.Ordinal)))
                {
                    if (cut.In(body) is var without && without != (whole ??= Whole(body)))
                    {
                        _ = _left.Remove(cut);
                        return without;
                    }
                }
                return body;
            }
        }

        /// <summary>Written as <see cref="Amputation.In"/> writes.</summary>
        private static string Whole(string body) => body.StartsWith('<') ? XDocument.Parse(body).ToString()
            : JsonNode.Parse(body, CarriedBack.Reading)!.ToJsonString(CarriedBack.Writing);
    }

    /// <summary>Takes each member out once, one of an answer.</summary>
    private sealed class Cutter(HttpMessageHandler inner, Cuts cuts, Action<string, string>? heard)
        : DelegatingHandler(inner)
    {
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
            if (body.Length == 0 || !(body.StartsWith('{') || body.StartsWith('<')))
            {
                return response;
            }
            var operation = StandingLink.Of(name);
            heard?.Invoke(operation, body);
            if (cuts.Take(operation, body) is var without && without != body)
            {
                var type = response.Content.Headers.ContentType;
                response.Content = new StringContent(without);
                response.Content.Headers.ContentType = type;
            }
            return response;
        }
    }
}
