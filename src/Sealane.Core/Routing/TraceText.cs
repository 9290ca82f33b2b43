using System.Text;

namespace Sealane.Core.Routing;

/// <summary>A trace as a tree of text, LF at line ends, without colour.</summary>
public static class TraceText
{
    public static string Of(Trace trace)
    {
        var text = new StringBuilder();
        text.Append(trace.Source).Append(" to ").Append(trace.Destination).Append(": ")
            .Append(Words.Of(trace.Verdict)).Append(", ").Append(Plain.Line(trace.Reason)).Append('\n');
        if (trace.Start is { } start)
        {
            Draw(text, start, "", last: true);
        }
        return text.ToString();
    }

    private static void Draw(StringBuilder text, TraceHop hop, string indent, bool last)
    {
        text.Append(indent).Append(last ? "└─ " : "├─ ").Append(hop.Kind).Append(' ').Append(Plain.Line(hop.BoxId));
        if (hop.Table.Length > 0)
        {
            text.Append(" [").Append(Plain.Line(hop.Table)).Append(']');
        }
        text.Append(": ").Append(Plain.Line(hop.Action)).Append('\n');
        var below = indent + (last ? "   " : "│  ");
        if (hop.Rule is { } rule)
        {
            text.Append(below).Append("   because ").Append(Plain.Line(rule.Text)).Append('\n');
        }
        foreach (var candidate in hop.Candidates)
        {
            if (!candidate.Won)
            {
                text.Append(below).Append("   not ").Append(candidate.Prefix).Append(" to ").Append(Plain.Line(
                    candidate.Via))
                    .Append('\n');
            }
        }
        if (hop.Encapsulation is { } esp)
        {
            text.Append(below).Append("   outer ").Append(esp.OuterSource).Append(" to ").Append(esp.OuterDestination)
                .Append(" ESP, inner ").Append(esp.InnerSource).Append(" to ").Append(esp.InnerDestination)
                    .Append('\n');
        }
        if (hop.Outer is { } outer)
        {
            text.Append(below).Append("   the outer packet's way:\n");
            Draw(text, outer, below + "   ", last: true);
        }
        for (var i = 0; i < hop.Next.Count; i++)
        {
            Draw(text, hop.Next[i], below, i == hop.Next.Count - 1);
        }
    }
}
