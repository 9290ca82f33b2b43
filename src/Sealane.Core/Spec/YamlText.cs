using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Sealane.Core.Spec;

/// <summary>
/// From YAML text to values with places. Built on the parser's events and not on a ready document model: that one
/// recurses without a limit, stops at the first repeated key and follows aliases, which a spec has no use for.
/// </summary>
internal sealed class YamlText
{
    /// <summary>A spec needs four; the limit keeps a hostile file from exhausting the stack.</summary>
    private const int DepthMax = 16;

    private readonly string _file;
    private readonly List<SpecProblem> _problems;
    private readonly Parser _parser;

    private YamlText(string file, string text, List<SpecProblem> problems)
    {
        _file = file;
        _problems = problems;
        _parser = new(new StringReader(text));
    }

    /// <summary>The file's one document, or null with at least one problem added.</summary>
    public static YamlValue? Read(string file, string text, List<SpecProblem> problems)
    {
        if (!IsCleanText(file, text, problems))
        {
            return null;
        }
        var reading = new YamlText(file, text, problems);
        try
        {
            return reading.ReadDocument();
        }
        catch (YamlException e)
        {
            problems.Add(new(
                new(file, (int)Math.Max(1, e.Start.Line), (int)Math.Max(1, e.Start.Column)),
                $"this is not YAML: {Quoted.Plain(e.Message, 200)}",
                "check indentation, quotes and brackets around this place"));
            return null;
        }
        // YamlDotNet 16.3 meets some broken text with these instead of its own exception: an unclosed bracket before a
        // word
        // and a comment is one, found by flipping bytes.
        catch (Exception e)
            when (e is InvalidOperationException or ArgumentException or FormatException or OverflowException)
        {
            var last = reading._parser.Current?.End ?? Mark.Empty;
            problems.Add(new(
                new(file, (int)Math.Max(1, last.Line), (int)Math.Max(1, last.Column)), "this is not YAML from here on",
                "check indentation, quotes and brackets around this place"));
            return null;
        }
    }

    private static bool IsCleanText(string file, string text, List<SpecProblem> problems)
    {
        var before = problems.Count;
        var line = 1;
        var column = 1;
        var indent = true;
        foreach (var letter in text)
        {
            if (letter == '\t' && indent)
            {
                problems.Add(new(new(file, line, column), "a tab in the indentation",
                    "YAML is indented with spaces only"));
                indent = false;
            }
            else if (letter == '\uFEFF')
            {
                problems.Add(new(
                    new(file, line, column), "an invisible byte order mark inside the file",
                    "delete it; two files were probably joined"));
                return false;
            }
            else if (char.IsControl(letter) && letter is not ('\t' or '\n' or '\r' or '\u0085'))
            {
                problems.Add(new(
                    new(file, line, column), $"the character U+{(int)letter:X4}, which no text file holds",
                    "this looks like a binary file; a spec is YAML text in UTF-8"));
                return false;
            }
            indent &= letter == ' ';
            column++;
            if (letter == '\n')
            {
                (line, column, indent) = (line + 1, 1, true);
            }
        }
        return problems.Count == before;
    }

    private YamlValue? ReadDocument()
    {
        _parser.MoveNext();
        if (!_parser.MoveNext() || _parser.Current is not DocumentStart)
        {
            _problems.Add(new(new(_file, 1, 1), "the file is empty", "start from examples/minimal.yaml"));
            return null;
        }
        _parser.MoveNext();
        var value = ReadValue(0);
        if (value is null)
        {
            return null;
        }
        if (!_parser.MoveNext() || !_parser.MoveNext() || _parser.Current is not DocumentStart)
        {
            return value;
        }
        _problems.Add(new(PlaceOf(_parser.Current), "a second document begins here",
            "one link, one file: remove the line ---"));
        return null;
    }

    /// <summary>Reads the value at the parser's event and leaves the parser on its last event. Null: too deep, given
    /// up.</summary>
    private YamlValue? ReadValue(int depth)
    {
        var at = _parser.Current!;
        if (at is AnchorAlias)
        {
            _problems.Add(new(PlaceOf(at), "an alias (*) is not used in a spec", "write the value itself"));
            return new(YamlKind.Refused, PlaceOf(at));
        }
        if (at is NodeEvent { Anchor.IsEmpty: false })
        {
            _problems.Add(new(PlaceOf(at), "an anchor (&) is not used in a spec", "write the value where it belongs"));
        }
        if (at is NodeEvent { Tag: { IsEmpty: false, IsNonSpecific: false } })
        {
            _problems.Add(new(PlaceOf(at), "a tag (!) is not used in a spec", "remove it"));
        }
        if (depth == DepthMax)
        {
            _problems.Add(new(PlaceOf(at), $"nested more than {DepthMax} levels deep",
                "a spec needs four: see examples/sydney.yaml"));
            return null;
        }
        return at switch
        {
            Scalar scalar =>
                new(YamlKind.Scalar, PlaceOf(at)) { Text = scalar.Value, Plain = scalar.Style == ScalarStyle.Plain },
            SequenceStart => ReadList(depth, PlaceOf(at)),
            MappingStart => ReadMap(depth, PlaceOf(at)),
            _ => throw NotInOrder(at.Start, at.End),
        };
    }

    private YamlValue? ReadList(int depth, SourceMark mark)
    {
        var items = new List<YamlValue>();
        while (Next() is not SequenceEnd)
        {
            if (ReadValue(depth + 1) is not { } item)
            {
                return null;
            }
            items.Add(item);
        }
        return new(YamlKind.List, mark) { Items = items };
    }

    private YamlValue? ReadMap(int depth, SourceMark mark)
    {
        var entries = new List<(YamlValue, YamlValue)>();
        while (Next() is not MappingEnd)
        {
            if (ReadValue(depth + 1) is not { } key)
            {
                return null;
            }
            Next();
            if (ReadValue(depth + 1) is not { } value)
            {
                return null;
            }
            entries.Add((key, value));
        }
        return new(YamlKind.Map, mark) { Entries = entries };
    }

    /// <summary>The next event; the document may not end here.</summary>
    private ParsingEvent Next()
    {
        var last = _parser.Current?.End ?? Mark.Empty;
        return _parser.MoveNext() ? _parser.Current! : throw NotInOrder(last, last);
    }

    /// <summary>The parser loses its place over some texts, such as a key that is only a colon, and gives events out of
    /// order.</summary>
    private static SyntaxErrorException NotInOrder(Mark start, Mark end) =>
        new(start, end, "a value was expected here");

    private SourceMark PlaceOf(ParsingEvent at) => new(_file, (int)at.Start.Line, (int)at.Start.Column);
}
