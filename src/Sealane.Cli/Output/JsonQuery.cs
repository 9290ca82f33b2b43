using System.CommandLine;
using System.CommandLine.Completions;
using System.Text;
using System.Text.Json.Nodes;
using DevLab.JmesPath;
using Newtonsoft.Json;
using Sealane.Core;

namespace Sealane.Cli.Output;

/// <summary>
/// <c>--query</c>: of a JSON answer the part that is asked for. It stands between a command and standard output, so
/// that every JSON that any command prints can be asked.
/// </summary>
/// <remarks>https://jmespath.org/specification.html</remarks>
internal sealed class JsonQuery
{
    private const string Name = "--query";
    private readonly JmesPath _language = new();
    private readonly string _written;

    private JsonQuery(string written)
    {
        _written = written;
        try
        {
            _language.Parse(written);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            throw Wrong(written, error.Message);
        }
    }

    /// <summary>For every command that can answer in JSON.</summary>
    public static void AddTo(Command command)
    {
        foreach (var one in command.Subcommands)
        {
            AddTo(one);
        }
        if (FormatOf(command)?.GetCompletions(CompletionContext.Empty)
            .Any(value => value.Label is "json" or "jsonl") == true)
        {
            command.Options.Add(new Option<string?>(Name)
            {
                Description = "Of the JSON only this part, in JMESPath (of JSON lines: of each)",
                HelpName = "JMESPATH",
                Recursive = FormatOf(command)!.Recursive,
            });
        }
    }

    /// <summary>Where a command that was asked a question is to write; null: it was asked none.</summary>
    public static Asked? Of(ParseResult parsed, TextWriter output)
    {
        var command = parsed.CommandResult.Command;
        var typed = command.Parents.OfType<Command>().Prepend(command);
        if (!typed.Any(one => one.Options.Any(option => option.Name == Name))
            || parsed.GetValue<string?>(Name) is not { } written)
        {
            return null;
        }
        return parsed.GetValue<string>("--format") switch
        {
            "json" => new Asked(new(written), output, false),
            "jsonl" => new Asked(new(written), output, true),
            var other => throw new UsageError($"error: --query asks JSON, and the format is {other}\n  fix: add "
                + $"--format {(parsed.CommandResult.Command.Name is "apply" or "destroy" ? "jsonl" : "json")}"),
        };
    }

    private static UsageError Wrong(string written, string why) => new(
        $"error: --query: '{Plain.Line(written)}' cannot be asked: {Plain.Line(why)}\n"
            + "  fix: for instance --query verdict, or --query \"steps[?action=='create'].id\"; https://jmespath.org "
            + "has the language");

    private static Option? FormatOf(Command command) =>
        command.Options.FirstOrDefault(option => option.Name == "--format");

    /// <summary>What the expression finds; null where it finds nothing.</summary>
    public JsonNode? Ask(string json) => JsonNode.Parse(_language.Transform(json, _written));

    /// <summary>Takes up a document, or lines of them, and writes the answers on.</summary>
    internal sealed class Asked(JsonQuery query, TextWriter output, bool lines) : TextWriter
    {
        private readonly StringBuilder _held = new();
        private readonly Lock _gate = new();
        private string? _trouble;

        public override Encoding Encoding => output.Encoding;

        public override void Write(char value)
        {
            lock (_gate)
            {
                _held.Append(value);
                if (lines && value == '\n')
                {
                    Pass();
                }
            }
        }

        /// <summary>The command has ended. What the expression could not do is told now: a run goes on
        /// meanwhile.</summary>
        public void Finish()
        {
            lock (_gate)
            {
                Pass();
            }
            if (_trouble is not null)
            {
                throw Wrong(query._written, _trouble);
            }
        }

        // What is no JSON, such as a question to the user, goes on as it is.
        private void Pass()
        {
            var text = _held.ToString();
            _held.Clear();
            if (text.Trim().Length == 0)
            {
                return;
            }
            JsonNode? found;
            try
            {
                found = query.Ask(text);
            }
            catch (JsonReaderException)
            {
                output.Write(text);
                return;
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                _trouble = error.Message;
                return;
            }
            if (found is not null || !lines)
            {
                output.WriteLine(lines ? Plain.Line(found!.ToJsonString(Json.Line))
                    : found is null ? "null" : Json.Show(found));
            }
        }
    }
}
