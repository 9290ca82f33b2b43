using System.Globalization;
using System.Xml;

namespace Sealane.Cli.Diagram;

/// <summary>
/// The picture as SVG for a change request: black on white, readable without colour, with a title and a description for
/// those who cannot see it.
/// </summary>
/// <remarks>https://www.w3.org/TR/SVG2/</remarks>
internal static class PictureSvg
{
    private const string Svg = "http://www.w3.org/2000/svg";
    private const int BoxWidth = 230;
    private const int BoxHeight = 64;
    private const int LineHeight = 16;
    private const int PartHeight = 13;
    private const int ColumnStep = 460;
    private const int RowStep = 130;
    private const int Left = 30;
    private const int Top = 90;
    private static readonly string[] Clouds = ["AWS", "Megaport", "Azure"];

    public static void Write(TextWriter output, LinkPicture picture)
    {
        var width = Left * 2 + 2 * ColumnStep + BoxWidth;
        var height = Top + (picture.Boxes.Max(box => box.Row) + 1) * RowStep;
        using (var xml = XmlWriter.Create(
            output, new() { Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true, CloseOutput = false }))
        {
            xml.WriteStartElement("svg", Svg);
            xml.WriteAttributeString("viewBox", $"0 0 {width} {height}");
            xml.WriteAttributeString("role", "img");
            xml.WriteAttributeString("aria-labelledby", "title desc");
            xml.WriteAttributeString("font-family", "sans-serif");
            Element(xml, "title", picture.Title, ("id", "title"));
            Element(xml, "desc", picture.Text, ("id", "desc"));
            Element(xml, "rect", null, ("width", $"{width}"), ("height", $"{height}"), ("fill", "white"));
            Element(xml, "text", picture.Title, ("x", $"{Left}"), ("y", "30"), ("font-size", "18"),
                ("font-weight", "bold"));
            for (var column = 0; column < Clouds.Length; column++)
            {
                Element(xml, "text", Clouds[column], ("x", $"{Left + column * ColumnStep}"), ("y", $"{Top - 25}"),
                    ("font-size", "15"));
            }
            foreach (var wires in picture.Wires.GroupBy(wire => (wire.From, wire.To)))
            {
                var list = wires.ToList();
                for (var index = 0; index < list.Count; index++)
                {
                    Draw(xml, picture, list[index], index, list.Count);
                }
            }
            foreach (var box in picture.Boxes)
            {
                Draw(xml, box);
            }
            xml.WriteEndElement();
        }
        output.Write('\n');
    }

    private static void Draw(XmlWriter xml, Box box)
    {
        var (x, y) = Corner(box);
        Element(xml, "rect", null, ("x", $"{x}"), ("y", $"{y}"), ("width", $"{BoxWidth}"),
            ("height", $"{BoxHeight + (box.State.Length > 0 ? LineHeight : 0)}"), ("fill", "white"),
            ("stroke", "black"),
            ("rx", "6"));
        Element(xml, "text", box.Title, ("x", $"{x + 10}"), ("y", $"{y + 19}"), ("font-size", "13"),
            ("font-weight", "bold"));
        var lines = PictureText.Lines(box).Split('\n');
        for (var line = 0; line < lines.Length; line++)
        {
            Element(xml, "text", lines[line], ("x", $"{x + 10}"), ("y", $"{y + 37 + line * LineHeight}"),
                ("font-size", "11"));
        }
    }

    /// <summary>From middle to middle, under the boxes; several lines between two boxes lie side by side.</summary>
    private static void Draw(XmlWriter xml, LinkPicture picture, Wire wire, int index, int count)
    {
        var (from, to) = (picture.Boxes.Single(box => box.Id == wire.From),
            picture.Boxes.Single(box => box.Id == wire.To));
        var shift = 28.0 * (index - (count - 1) / 2.0);
        var level = from.Row == to.Row;
        // Where gateway and network stand in one column with a gateway between, the line goes around it.
        var around = !level && Math.Abs(from.Row - to.Row) > 1 ? BoxWidth / 2.0 + 18 : 0;
        var (x1, y1) = Middle(from);
        var (x2, y2) = Middle(to);
        if (level)
        {
            (y1, y2) = (y1 + shift, y2 + shift);
        }
        var points = around > 0
            ? $"{Number(x1)},{Number(y1)} {Number(x1 + around)},{Number(y1)} {Number(x2 + around)},{Number(y2)} "
                + $"{Number(x2)},{Number(y2)}"
            : $"{Number(x1)},{Number(y1)} {Number(x2)},{Number(y2)}";
        Element(xml, "polyline", null, ("points", points), ("fill", "none"), ("stroke", "black"),
            ("stroke-width", wire.Encrypted ? "4" : "1.5"), ("stroke-dasharray", wire.Encrypted ? "none" : "6 3"));
        var (x, y) = ((x1 + x2) / 2, (y1 + y2) / 2);
        // Between two neighbouring columns there is no room for a long text: its parts stand one above the other, those
        // of the lower of two lines and of one that slants under it.
        var close = Math.Abs(from.Column - to.Column) == 1;
        var parts = close ? wire.Text.Split(", ") : [wire.Text];
        var first = close && (!level || index > (count - 1) / 2.0) ? y + (level ? 15 : 22)
            : y - 6 - PartHeight * (parts.Length - 1);
        for (var part = 0; part < parts.Length && wire.Text.Length > 0; part++)
        {
            Element(xml, "text", parts[part], ("x", Number(level ? x : x + 8)),
                ("y", Number(first + PartHeight * part)), ("font-size", "11"),
                ("text-anchor", level ? "middle" : "start"));
        }
    }

    private static (int X, int Y) Corner(Box box) => (Left + box.Column * ColumnStep, Top + box.Row * RowStep);

    private static (double X, double Y) Middle(Box box) =>
        (Corner(box).X + BoxWidth / 2.0, Corner(box).Y + BoxHeight / 2.0);

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    private static void Element(XmlWriter xml, string name, string? text,
        params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        xml.WriteStartElement(name, Svg);
        foreach (var (attribute, value) in attributes)
        {
            xml.WriteAttributeString(attribute, value);
        }
        if (text is not null)
        {
            xml.WriteString(text);
        }
        xml.WriteEndElement();
    }
}
