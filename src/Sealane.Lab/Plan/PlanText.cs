using System.Text;

namespace Sealane.Lab.Plan;

/// <summary>A plan as text, box by box: what a reader and a golden file see. Keys are dots.</summary>
public static class PlanText
{
    public static string Of(LabPlan plan)
    {
        var text = new StringBuilder();
        text.AppendLine($"lab {plan.Name}: {plan.Boxes.Count} boxes, {plan.Links.Count} links");
        foreach (var box in plan.Boxes)
        {
            Write(text, plan, box);
        }
        return text.ToString();
    }

    private static void Write(StringBuilder text, LabPlan plan, Box box)
    {
        text.AppendLine().AppendLine($"== {box.Name}: {box.Stands}");
        foreach (var port in box.Ports)
        {
            var far = port.Kind == PortKind.Veth ? FarEnd(plan, box, port) : port.Kind.ToString().ToLowerInvariant();
            var words = new[]
            {
                port.Name, "->", far, string.Join(' ', port.Addresses), port.Bridge is { } bridge ? $"in {bridge}" : "",
                port.Group > 0 ? $"group {port.Group}" : "", port.Up ? "" : "down",
            };
            text.AppendLine("port " + string.Join(' ', words.Where(word => word.Length > 0)));
        }
        Lines(text, "route ", box.Routes);
        Lines(text, "rule ", box.Rules);
        Lines(text, "answers for ", box.ProxyNeighbours.Select(one => $"{one.Address} on {one.Port}"));
        if (box.Frr is { } frr)
        {
            text.AppendLine("-- bgpd").Append(Masked(frr.BgpFile()));
            if (frr.Statics is not null)
            {
                text.AppendLine("-- staticd").Append(frr.StaticFile());
            }
            if (frr.Bfd)
            {
                text.AppendLine("-- bfdd: 300 ms, three packets");
            }
        }
        if (box.Charon is { } charon)
        {
            text.AppendLine($"-- charon{(charon.Configured ? "" : ", not configured")}");
            text.AppendLine(
                $"{charon.Local} {(charon.Initiates ? "calls" : "answers")} {charon.Remote}, key {charon.Key}");
            text.AppendLine($"IKEv2 {charon.IkeProposal}, {charon.IkeLifetimeSeconds} s; ESP {charon.EspProposal}, "
                + $"{charon.EspLifetimeSeconds} s; asks every {charon.DpdDelaySeconds} s");
            text.AppendLine($"device {charon.Device} in {charon.Gateway}");
        }
    }

    private static string FarEnd(LabPlan plan, Box box, Port port)
    {
        foreach (var link in plan.Links)
        {
            if ((link.BoxA, link.PortA) == (box.Name, port.Name))
            {
                return $"{link.BoxB} {link.PortB}";
            }
            if ((link.BoxB, link.PortB) == (box.Name, port.Name))
            {
                return $"{link.BoxA} {link.PortA}";
            }
        }
        return "nothing";
    }

    private static void Lines(StringBuilder text, string word, IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            text.Append(word).AppendLine(line);
        }
    }

    private static string Masked(string config) => string.Join('\n', config.Split('\n').Select(line =>
        line.IndexOf(" password ", StringComparison.Ordinal) is > 0 and var at ? line[..at] + " password ••••••"
            : line));
}
