using Sealane.Lab.Breaking;
using Sealane.Lab.Frr;
using Sealane.Lab.Plan;

namespace Sealane.Tests.Lab;

/// <summary>Mistakes in the lab: the sandbox's words, and what they change in daemons and rules.</summary>
public sealed class MistakeTests
{
    [Fact]
    public void Words_are_the_sandboxes_or_said_to_be_the_labs_own()
    {
        var foreign = LabMistakes.List.Select(mistake => mistake.Name)
            .Except(AllMistakes.List.Select(mistake => mistake.Name));
        Assert.Equal(LabMistakes.LabOnly, foreign);
    }

    [Fact]
    public void Every_mistake_changes_the_plan_and_leaves_its_boxes_alone()
    {
        var network = Labs.Sydney;
        var plan = Compiler.Compile(network);
        foreach (var mistake in LabMistakes.List)
        {
            var broken = Compiler.Compile(mistake.Change(network));
            Assert.Equal(plan.Boxes.Select(box => box.Name), broken.Boxes.Select(box => box.Name));
            Assert.True(PlanText.Of(plan) != PlanText.Of(broken) || mistake.Name is "wrong-psk" or "wrong-bgp-key",
                mistake.Name);
        }
    }

    [Fact]
    public void What_the_boxes_are_told_for_each_mistake()
    {
        var network = Labs.Sydney;
        var lines = new List<string>();
        foreach (var mistake in LabMistakes.List)
        {
            lines.Add($"== {mistake.Name}: {mistake.Text}");
            lines.AddRange(Told(Compiler.Compile(network), Compiler.Compile(mistake.Change(network))));
            lines.Add("-- heal");
            lines.AddRange(Told(Compiler.Compile(mistake.Change(network)), Compiler.Compile(network)));
        }
        Golden.Check(Repository.PathOf("tests", "lab", "mistakes.txt"), string.Join('\n', lines) + "\n");
    }

    [Fact]
    public void The_same_configuration_needs_no_command()
    {
        var plan = Compiler.Compile(Labs.TwoRouters());
        Assert.Empty(Told(plan, Compiler.Compile(Labs.TwoRouters())));
    }

    private static IEnumerable<string> Told(LabPlan old, LabPlan next)
    {
        foreach (var (before, after) in old.Boxes.Zip(next.Boxes))
        {
            foreach (var rule in before.Rules.Except(after.Rules).Select(rule => $"rule del {rule}")
                .Concat(after.Rules.Except(before.Rules).Select(rule => $"rule add {rule}")))
            {
                yield return $"{before.Name}: {rule}";
            }
            if (before.Frr is null)
            {
                continue;
            }
            foreach (var line in FrrDiff.Static(before.Frr!, after.Frr!).Concat(FrrDiff.Bgp(before.Frr!, after.Frr!)))
            {
                var key = line.IndexOf(" password ", StringComparison.Ordinal);
                yield return $"{before.Name}: {(key > 0 ? line[..key] + " password …" : line)}";
            }
        }
    }
}
