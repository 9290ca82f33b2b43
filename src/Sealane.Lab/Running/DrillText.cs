using System.Globalization;
using System.Text;

namespace Sealane.Lab.Running;

/// <summary>A drill's figures as a table of Markdown.</summary>
public static class DrillText
{
    public static string Of(IReadOnlyList<DrillRow> rows)
    {
        var text = new StringBuilder();
        text.AppendLine("| dead, silently | packets lost | until the last loss, s | carries on | whole again, s "
            + "| the real link's timers |");
        text.AppendLine("|---|---|---|---|---|---|");
        foreach (var row in rows)
        {
            var window = row.Recovered ? row.WindowSeconds.ToString("0.0", CultureInfo.InvariantCulture)
                : "while it lasts";
            var carries = row.Recovered ? "yes" : row.HasTwin ? "NO" : "no: there is one";
            var whole = row.WholeSeconds?.ToString("0.0", CultureInfo.InvariantCulture) ?? "not within 90";
            text.AppendLine(string.Create(CultureInfo.InvariantCulture,
                $"| {row.Element} | {row.Lost} | {window} | {carries} | {whole} "
                + $"| {row.RealLink}{Judged(row)} |"));
        }
        return text.ToString().TrimEnd();
    }

    private static string Judged(DrillRow row) => row.AsPredicted switch
    {
        true => "; so it was",
        false => "; NOT SO",
        _ => "",
    };
}
