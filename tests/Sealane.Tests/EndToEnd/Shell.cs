using System.Text;
using System.Text.Json.Nodes;
using Sealane.Cli;

namespace Sealane.Tests.EndToEnd;

/// <summary>
/// The whole program in process, as from a shell whose output is a pipe. The console is one for the process; what a
/// test prints is kept apart by its flow of control, so that tests run side by side.
/// </summary>
internal sealed record Shell(int ExitCode, string Output, string Error)
{
    private static readonly AsyncLocal<StringWriter?> Out = new();
    private static readonly AsyncLocal<StringWriter?> Err = new();

    static Shell()
    {
        // Whoever runs the tests on a terminal sees colours there, and none in what they compare.
        Environment.SetEnvironmentVariable("NO_COLOR", "1");
        Console.SetOut(new Switch(Out, Console.Out));
        Console.SetError(new Switch(Err, Console.Error));
    }

    /// <summary>The output as one JSON document.</summary>
    public JsonObject Json => JsonNode.Parse(Output)!.AsObject();

    /// <summary>The last line of JSON lines.</summary>
    public JsonObject Done => Lines[^1];

    public IReadOnlyList<JsonObject> Lines =>
        [.. Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject())];

    /// <summary>Everything that a user could see.</summary>
    public string All => Output + Error;

    public static Task<Shell> Run(params string[] arguments) => ChildShell.Released is null
        ? Run(() => Program.Main(arguments))
        : ChildShell.Run(Directory.GetCurrentDirectory(), ChildShell.Here, arguments);

    /// <summary>Anything that prints and ends with an exit code.</summary>
    public static async Task<Shell> Run(Func<Task<int>> program)
    {
        var (output, error) = (new StringWriter { NewLine = "\n" }, new StringWriter { NewLine = "\n" });
        (Out.Value, Err.Value) = (output, error);
        var exitCode = await program();
        return new(exitCode, output.ToString(), error.ToString());
    }

    public Shell Exits(int expected)
    {
        Assert.True(ExitCode == expected, $"exit code {ExitCode}, expected {expected}\n{Error}\n{Output}");
        Assert.DoesNotContain("   at ", Error);
        return this;
    }

    private sealed class Switch(AsyncLocal<StringWriter?> own, TextWriter otherwise) : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => Target.Write(value);

        public override void Write(string? value) => Target.Write(value);

        public override void Write(char[] buffer, int index, int count) => Target.Write(buffer, index, count);

        public override void WriteLine(string? value) => Target.Write(value + "\n");

        public override void WriteLine() => Target.Write('\n');

        public override void Flush() => Target.Flush();

        private TextWriter Target => own.Value ?? otherwise;
    }
}
