using System.Globalization;

namespace Sealane.Core.Spec;

/// <summary>Walks a file beside the table of keys: collects values and their places, or problems.</summary>
internal sealed class SpecWalk(string file, List<SpecProblem> problems)
{
    public SpecValues Values { get; } = new();
    public Dictionary<string, SourceMark> Marks { get; } = new(StringComparer.Ordinal);

    public void Read(YamlValue root)
    {
        if (root.Kind == YamlKind.Map)
        {
            ReadSection(root, "", "", new(file, 1, 1));
        }
        else
        {
            Report(root, $"a spec is a section of keys, this is {root.What}", "start from examples/minimal.yaml");
        }
    }

    /// <param name="path">As in messages: <c>tunnels[0]</c>.</param>
    /// <param name="tablePath">As in the table of keys: <c>tunnels[]</c>.</param>
    private void ReadSection(YamlValue section, string path, string tablePath, SourceMark mark)
    {
        var seen = new Dictionary<string, SourceMark>(StringComparer.Ordinal);
        foreach (var (key, value) in section.Entries)
        {
            if (key.Kind != YamlKind.Scalar || key.Text.Length == 0)
            {
                Report(key, "a key must be a word", "write key: value");
            }
            else if (!seen.TryAdd(key.Text, key.Mark))
            {
                Report(key, $"{Quoted.Of(key.Text)} is given twice, first in line {seen[key.Text].Line}",
                    "keep one of the two");
            }
            else if (SpecKeys.Find(Join(tablePath, key.Text)) is not { } known
                || key.Text.Contains('.', StringComparison.Ordinal))
            {
                ReportUnknown(key, path, tablePath);
            }
            else
            {
                ReadKey(known, value, Join(path, key.Text), key.Mark);
            }
        }
        foreach (var missing in SpecKeys.ChildrenOf(tablePath)
            .Where(key => key.Required && !seen.ContainsKey(key.Name)))
        {
            problems.Add(new(mark, $"{Join(path, missing.Name)} is missing", HintFor(missing)));
        }
    }

    private void ReadKey(SpecKey key, YamlValue value, string path, SourceMark keyMark)
    {
        var isSection = key.Kind is SpecKeyKind.Section or SpecKeyKind.SectionList or SpecKeyKind.TextList
            or SpecKeyKind.TextMap;
        Marks[path] = isSection ? keyMark : value.Mark;
        switch (key.Kind)
        {
            case SpecKeyKind.Section when value.Kind == YamlKind.Map:
                ReadSection(value, path, key.Path, keyMark);
                break;
            // "azure:" with everything below commented out says the same as leaving it away.
            case SpecKeyKind.Section when value.IsNothing:
                ReadSection(new(YamlKind.Map, value.Mark), path, key.Path, keyMark);
                break;
            case SpecKeyKind.SectionList when value.Kind == YamlKind.List:
                ReadSections(key, value, path);
                break;
            case SpecKeyKind.TextList when value.Kind == YamlKind.List:
                ReadTexts(key, value, path);
                break;
            case SpecKeyKind.TextMap when value.Kind == YamlKind.Map:
                ReadMap(key, value, path);
                break;
            case SpecKeyKind.Text when value.Kind == YamlKind.Scalar:
                if (CheckedText(key, value, path) is { } text)
                {
                    Values.Set(path, text);
                }
                break;
            case SpecKeyKind.Number when value.Kind == YamlKind.Scalar:
                ReadNumber(key, value, path);
                break;
            default:
                if (value.Kind != YamlKind.Refused)
                {
                    Report(value, $"{path} must be {What(key.Kind)}, this is {value.What}", HintFor(key));
                }
                break;
        }
    }

    private void ReadSections(SpecKey key, YamlValue list, string path)
    {
        CheckCount(key, list, path);
        Values.SetCount(path, list.Items.Count);
        foreach (var (index, item) in list.Items.Index())
        {
            var at = $"{path}[{index}]";
            Marks[at] = item.Mark;
            if (item.Kind == YamlKind.Map)
            {
                ReadSection(item, at, key.Path + "[]", item.Mark);
            }
            else if (item.Kind != YamlKind.Refused)
            {
                Report(item, $"{at} must be a section of keys, this is {item.What}",
                    $"its keys are {Names(key.Path + "[]")}");
            }
        }
    }

    private void ReadTexts(SpecKey key, YamlValue list, string path)
    {
        CheckCount(key, list, path);
        var texts = new List<string>();
        foreach (var (index, item) in list.Items.Index())
        {
            var at = $"{path}[{index}]";
            Marks[at] = item.Mark;
            if (item.Kind == YamlKind.Scalar)
            {
                texts.Add(CheckedText(key, item, at) ?? "");
            }
            else if (item.Kind != YamlKind.Refused)
            {
                Report(item, $"{at} must be a single value, this is {item.What}", HintFor(key));
            }
        }
        Values.Set(path, texts);
    }

    private void ReadMap(SpecKey key, YamlValue map, string path)
    {
        if (map.Entries.Count > key.MaxItems)
        {
            Report(map, $"{path} has {map.Entries.Count} entries where at most {key.MaxItems} must be", key.Doc);
        }
        var texts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in map.Entries)
        {
            Marks[Join(path, name.Text)] = value.Mark;
            if (name.Kind != YamlKind.Scalar || key.Names!.Problem(name.Text) is not null)
            {
                // Somebody may have written a key in its place.
                Report(name, $"{(key.Sensitive ? $"a name in {path}" : Quoted.Of(name.Text))} "
                    + (key.Names!.Problem(name.Text) ?? "must be a word"), HintFor(key));
            }
            else if (value.Kind != YamlKind.Scalar)
            {
                Report(value, $"{Join(path, name.Text)} must be a single value, this is {value.What}", HintFor(key));
            }
            else if (CheckedText(key, value, Join(path, name.Text)) is { } text && !texts.TryAdd(name.Text, text))
            {
                Report(name, $"{Quoted.Of(name.Text)} is given twice; upper and lower case do not count",
                    "keep one of the two");
            }
        }
        Values.Set(path, texts);
    }

    private void CheckCount(SpecKey key, YamlValue list, string path)
    {
        if (list.Items.Count < key.MinItems || list.Items.Count > key.MaxItems)
        {
            var wanted = key.MinItems == key.MaxItems ? $"exactly {key.MinItems}"
                : list.Items.Count < key.MinItems ? $"at least {key.MinItems}" : $"at most {key.MaxItems}";
            Report(list, $"{path} has {list.Items.Count} items where {wanted} must be", key.Doc);
        }
    }

    private string? CheckedText(SpecKey key, YamlValue value, string path)
    {
        if (value.IsNothing)
        {
            ReportNothing(key, value, path);
            return null;
        }
        var text = value.Text;
        // The text of a sensitive key may be the key itself: it is not repeated.
        var shown = key.Sensitive ? path : $"{path}: {Quoted.Of(text)}";
        if (text.Length > 1000 || text.AsSpan().Trim().Length != text.Length || text.Any(char.IsControl))
        {
            Report(value, $"{shown} has a line break, a space at its end, or is longer than any value can be",
                HintFor(key));
        }
        else if (key.Words.Count > 0 && !key.JudgedByCheck && !key.Words.Contains(text))
        {
            Report(value, $"{shown} must be one of {string.Join(", ", key.Words)}", Nearest.Question(text, key.Words));
        }
        else if (key.Form?.Problem(text) is { } problem)
        {
            Report(value, $"{shown} {problem}", (key.Sensitive ? null : key.Form.Meant(text)) ?? HintFor(key));
        }
        else
        {
            return text;
        }
        return null;
    }

    private void ReadNumber(SpecKey key, YamlValue value, string path)
    {
        var text = value.Text;
        if (value.IsNothing)
        {
            ReportNothing(key, value, path);
            return;
        }
        var digits = text is "0" or [>= '1' and <= '9', ..] && text.All(char.IsAsciiDigit);
        if (!digits || !value.Plain)
        {
            Report(value, $"{path}: {Quoted.Of(text)} must be a whole number",
                digits ? "remove the quotes" : $"digits only, without a unit: {HintFor(key)}");
        }
        else if (text.Length > 12 || long.Parse(text, CultureInfo.InvariantCulture) is var number
            && (number < key.Min || number > key.Max))
        {
            Report(value, key.Min == key.Max
                ? $"{path}: {Quoted.Of(text)} is not known to this Sealane, which reads version {key.Min}"
                : $"{path}: {Quoted.Of(text)} is out of range: {key.Min} to {key.Max}", key.Doc);
        }
        else if (key.Numbers.Count > 0 && !key.JudgedByCheck && !key.Numbers.Contains(number))
        {
            Report(value, $"{path}: {Quoted.Of(text)} must be one of {string.Join(", ", key.Numbers)}", key.Doc);
        }
        else
        {
            Values.Set(path, number);
        }
    }

    private void ReportNothing(SpecKey key, YamlValue value, string path) =>
        Report(value, $"{path} has no value", key.Required ? HintFor(key) : $"{HintFor(key)}, or leave the key out");

    private void ReportUnknown(YamlValue key, string path, string tablePath)
    {
        var siblings = SpecKeys.ChildrenOf(tablePath).Select(known => known.Name).ToList();
        var elsewhere = SpecKeys.All.FirstOrDefault(known => known.Name == key.Text);
        var hint = Nearest.Question(key.Text, siblings) is { } question ? question
            : elsewhere is not null ? $"this key stands elsewhere: {elsewhere.Path}"
            : $"known here: {Names(tablePath)}";
        Report(key, $"{Quoted.Of(key.Text)} is not a key {(path.Length == 0 ? "of a spec" : $"of {path}")}", hint);
    }

    private static string Names(string tablePath) =>
        string.Join(", ", SpecKeys.ChildrenOf(tablePath).Select(key => key.Name));

    private static string HintFor(SpecKey key) => key.Kind switch
    {
        SpecKeyKind.Section => $"its keys are {Names(key.Path)}",
        SpecKeyKind.SectionList => $"a list of sections, each with {Names(key.Path + "[]")}",
        SpecKeyKind.TextMap => $"such as {key.Name}: {{ {key.Example.Replace("=", ": ", StringComparison.Ordinal)
            .Replace(",", ", ", StringComparison.Ordinal)} }}",
        SpecKeyKind.TextList => $"such as {key.Name}: [{key.Example.Replace(",", ", ", StringComparison.Ordinal)}]",
        _ => $"such as {key.Name}: {key.Example}",
    };

    private static string What(SpecKeyKind kind) => kind switch
    {
        SpecKeyKind.Section => "a section of keys",
        SpecKeyKind.TextList => "a list",
        SpecKeyKind.TextMap => "a section of names and texts",
        SpecKeyKind.SectionList => "a list of sections",
        _ => "a single value",
    };

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private void Report(YamlValue at, string message, string? hint) => problems.Add(new(at.Mark, message, hint));
}
