using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Sealane.Core;
using Sealane.Core.Design;
using Sealane.Core.Routing;
using Sealane.Core.Spec;

namespace Sealane.Bench;

/// <summary>
/// The figures that claims rest on: counts and ratios first, wall time for orientation. Run it with ./bench/run; what
/// it printed is kept in bench/README.md.
/// </summary>
public static class Program
{
    private const int Links = 1000;
    private static readonly Prefix[] Aws = [Prefix.Parse("10.1.0.0/16")];
    private static readonly Prefix[] Azure = [Prefix.Parse("10.2.0.0/16")];

    public static async Task<int> Main(string[] args)
    {
        if (args is ["fleet", .. var size])
        {
            await Fleet.Print("examples/sydney.yaml", Number(size, 0, 100), Number(size, 1, 2)).ConfigureAwait(false);
            return 0;
        }
        var spec = args.FirstOrDefault() ?? "examples/sydney.yaml";
        await Rehearse(spec).ConfigureAwait(false);
        await Verification.Print(spec).ConfigureAwait(false);
        Prove(spec);
        return 0;
    }

    private static int Number(string[] words, int at, int usual) =>
        words.Length > at ? int.Parse(words[at], CultureInfo.InvariantCulture) : usual;

    /// <summary>The whole life of a link in the embedded sandbox, in one process: the second round is warm.</summary>
    private static async Task Rehearse(string spec)
    {
        Console.WriteLine("| rehearsal | round | wall ms | virtual min | ÷ critical path | calls Megaport / AWS / "
            + "Azure | writes | refused | clear s |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
        for (var round = 1; round <= 3; round++)
        {
            var directory = Directory.CreateTempSubdirectory("sealane-bench").FullName;
            foreach (var verb in new[] { "apply", "apply", "destroy" })
            {
                var (milliseconds, done) = await Run(verb, spec, directory).ConfigureAwait(false);
                var virtualSeconds = done.GetProperty("virtualSeconds").GetDouble();
                var critical = done.TryGetProperty("criticalPathSeconds", out var path) && path.GetDouble() > 60
                    ? (virtualSeconds / path.GetDouble()).ToString("0.000", CultureInfo.InvariantCulture) : "";
                var calls = done.GetProperty("calls");
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"| {done.GetProperty("result").GetString()} | {round} | {milliseconds} | "
                        + $"{virtualSeconds / 60:0.0} | {critical} | {calls.GetProperty("megaport")} / "
                        + $"{calls.GetProperty("aws")} / {calls.GetProperty("azure")} | {done.GetProperty("writes")} "
                        + $"| {done.GetProperty("refused")} | {done.GetProperty("clearSeconds")} |"));
            }
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task<(long Milliseconds, JsonElement Done)> Run(string verb, string spec, string directory)
    {
        var before = Console.Out;
        using var output = new StringWriter();
        Console.SetOut(output);
        var watch = Stopwatch.StartNew();
        var code = await Cli.Program.Main([verb, spec, $"--sandbox={directory}", "--yes", "--format", "jsonl"])
            .ConfigureAwait(false);
        watch.Stop();
        Console.SetOut(before);
        var last = output.ToString().TrimEnd().Split('\n')[^1];
        return code == 0 ? (watch.ElapsedMilliseconds, JsonDocument.Parse(last).RootElement)
            : throw new InvalidOperationException($"{verb} exited {code}: {last}");
    }

    /// <summary>The proof with every failure and the count of locks, one link at a time on one core.</summary>
    private static void Prove(string spec)
    {
        var text = File.ReadAllText(spec);
        var design = Designer.Design(SpecReader.Read(spec, text).Spec
            ?? throw new InvalidOperationException($"{spec} cannot be read"));
        var network = DesignNetwork.Of(design);
        var (cold, _) = Thousand(network);
        // Until nothing is compiled any more: the runtime compiles what runs most a second time, by what it saw of it.
        for (var round = 0; round < 10; round++)
        {
            Thousand(network);
        }
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var report = Proof.Of(network, Aws, Azure);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        var (warm, wall) = Thousand(network);
        using var process = Process.GetCurrentProcess();
        Console.WriteLine();
        Console.WriteLine("| proof | value |");
        Console.WriteLine("|---|---|");
        Console.WriteLine($"| flows, failures | {report.Flows.Count}, {report.Failures.Count} |");
        Console.WriteLine(
            $"| locks AWS → Azure, Azure → AWS | {report.AwsToAzure.Delivery}, {report.AzureToAws.Delivery} |");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| one link, warm | {warm.TotalMilliseconds / Links:0.0} ms, {allocated / 1024.0 / 1024.0:0.0} MB "
            + $"allocated |"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {Links} links, one core, warm | {warm.TotalSeconds:0.0} s of the processor in "
            + $"{wall.TotalSeconds:0.0} s, peak working set "
            + $"{process.PeakWorkingSet64 / 1024 / 1024} MB |"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| the first {Links} of a process, compiling included | {cold.TotalSeconds:0.0} s of the processor |"));
    }

    private static (TimeSpan Processor, TimeSpan Wall) Thousand(Network network)
    {
        using var process = Process.GetCurrentProcess();
        var processor = process.TotalProcessorTime;
        var all = Stopwatch.StartNew();
        for (var link = 0; link < Links; link++)
        {
            Proof.Of(network, Aws, Azure);
        }
        all.Stop();
        process.Refresh();
        return (process.TotalProcessorTime - processor, all.Elapsed);
    }
}
