using System.Text;

namespace Sealane.Tests.Docs;

/// <summary>docs/mistakes.md lists what <c>sandbox break</c> knows.</summary>
public sealed class MistakesPageTests
{
    [Fact]
    public void The_page_has_every_mistake_with_its_verdict()
    {
        var page = new StringBuilder("""
            # What `sandbox break` can do to a link

            `sealane sandbox break FILE WHAT…` changes the simulated world the way a person in a portal would. `verify`
            then says what it is worth; `apply` mends what was changed on the link itself, and
            `sandbox break FILE --heal` takes away what other teams built, which `apply` leaves alone. This page is made
            from [the list](../src/Sealane.Sandbox/World/Mistakes/AllMistakes.cs), and a test makes each one and
            compares the word.

            | WHAT | change | `verify` says | healed by |
            |---|---|---|---|

            """.ReplaceLineEndings("\n"));
        foreach (var mistake in AllMistakes.List)
        {
            page.Append($"| `{mistake.Name}` | {mistake.Text} | {mistake.Verdict} | "
                + $"{(mistake.ByOthers ? "`--heal`" : "`apply`")} |\n");
        }
        Golden.Check(Repository.PathOf("docs", "mistakes.md"), page.ToString());
    }
}
