using System.Text;

namespace Sealane.Cli.Explain;

/// <summary>A heading and labelled lines, aligned: the shape of every story.</summary>
internal sealed class StoryText(string heading)
{
    private const int LabelWidth = 14;
    private readonly StringBuilder _text = new StringBuilder(heading).Append("\n\n");

    /// <summary>Leaves the line out when there is nothing to say.</summary>
    public StoryText Line(string label, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            _text.Append((label + ":").PadRight(LabelWidth)).Append(value).Append('\n');
        }
        return this;
    }

    /// <summary>One line a value, the label only before the first.</summary>
    public StoryText Lines(string label, IEnumerable<string> values)
    {
        foreach (var value in values)
        {
            _text.Append((label.Length > 0 ? label + ":" : "").PadRight(LabelWidth)).Append(value).Append('\n');
            label = "";
        }
        return this;
    }

    public override string ToString() => _text.ToString();
}
