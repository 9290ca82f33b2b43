using System.Text;

namespace Sealane.Cli.Diagram;

/// <summary>The picture in the languages that draw it, and in plain words.</summary>
internal static class PictureText
{
    public static string Plain(LinkPicture picture)
    {
        var text = new StringBuilder(picture.Title).Append('\n');
        foreach (var cloud in picture.Boxes.GroupBy(box => box.Cloud))
        {
            text.Append('\n').Append(cloud.Key).Append('\n');
            foreach (var box in cloud)
            {
                text.Append($"  {box.Title,-24} {Lines(box).Replace("\n", ", ", StringComparison.Ordinal)}\n");
            }
        }
        text.Append("\nLines: ══ encrypted, ── not\n");
        foreach (var wire in picture.Wires)
        {
            var (from, to) = (TitleOf(picture, wire.From), TitleOf(picture, wire.To));
            var label = wire.Text;
            var line = wire.Encrypted ? "══" : "──";
            text.Append($"  {from} {line} {to}{(label.Length > 0 ? $": {label}" : "")}\n");
        }
        return text.ToString();
    }

    /// <remarks>https://mermaid.js.org/syntax/flowchart.html</remarks>
    public static string Mermaid(LinkPicture picture)
    {
        var text = new StringBuilder($"---\ntitle: \"{Quoted(picture.Title)}\"\n---\nflowchart LR\n");
        foreach (var cloud in picture.Boxes.GroupBy(box => box.Cloud))
        {
            text.Append($"  subgraph {cloud.Key}\n");
            foreach (var box in cloud)
            {
                var detail = Quoted(Lines(box)).Replace("\n", "<br/>", StringComparison.Ordinal);
                text.Append($"    {box.Id}[\"{Quoted(box.Title)}<br/>{detail}\"]\n");
            }
            text.Append("  end\n");
        }
        foreach (var wire in picture.Wires)
        {
            var label = Quoted(wire.Text);
            var line = wire.Encrypted ? "<==>" : "---";
            text.Append($"  {wire.From} {line}{(label.Length > 0 ? $"|\"{label}\"|" : "")} {wire.To}\n");
        }
        return text.ToString();
    }

    /// <remarks>https://graphviz.org/doc/info/lang.html</remarks>
    public static string Dot(LinkPicture picture)
    {
        var text =
            new StringBuilder($"graph link {{\n  label=\"{Escaped(picture.Title)}\";\n  labelloc=t;\n  rankdir=LR;\n");
        text.Append("  node [shape=box, fontname=\"sans-serif\"];\n  edge [fontname=\"sans-serif\", fontsize=10];\n");
        foreach (var cloud in picture.Boxes.GroupBy(box => box.Cloud))
        {
            text.Append($"  subgraph \"cluster_{cloud.Key}\" {{\n    label=\"{cloud.Key}\";\n");
            foreach (var box in cloud)
            {
                text.Append($"    {box.Id} [label=\"{Escaped($"{box.Title}\n{Lines(box)}")}\"];\n");
            }
            text.Append("  }\n");
        }
        foreach (var wire in picture.Wires)
        {
            text.Append($"  {wire.From} -- {wire.To} [label=\"{Escaped(wire.Text)}\""
                + (wire.Encrypted ? ", style=bold, color=\"black:black\"" : "") + "];\n");
        }
        return text.Append("}\n").ToString();
    }

    /// <summary>What stands in a box under its title.</summary>
    public static string Lines(Box box) => box.State.Length == 0 ? box.Detail : $"{box.Detail}\n{box.State}";

    private static string TitleOf(LinkPicture picture, string id) => picture.Boxes.Single(box => box.Id == id).Title;

    /// <summary>A quotation mark would end the label, an angle bracket would be a tag.</summary>
    private static string Quoted(string text) => text.Replace("\"", "#quot;", StringComparison.Ordinal)
        .Replace("<", "#lt;", StringComparison.Ordinal).Replace(">", "#gt;", StringComparison.Ordinal);

    private static string Escaped(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
