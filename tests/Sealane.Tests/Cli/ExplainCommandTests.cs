using Sealane.Cli.Commands;
using Sealane.Core.Checks;

namespace Sealane.Tests.Cli;

public sealed class ExplainCommandTests
{
    [Fact]
    public async Task A_check_is_explained()
    {
        var run = await Terminal.Run(ExplainCommand.Create(), "sl301");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(CheckStory.Text(EncryptedPathChecks.NoVpcPrefixIsAllowed), run.Output);
        Assert.Contains("It cannot be silenced", run.Output);
    }

    [Fact]
    public async Task An_unknown_id_suggests_a_near_one()
    {
        var run = await Terminal.Run(ExplainCommand.Create(), "SL3O1");
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("nothing is known by the id 'SL3O1'; did you mean SL301?", run.Error);
    }

    [Fact]
    public async Task Other_tellers_are_asked()
    {
        var run = await Terminal.Run(ExplainCommand.Create(_ => null, id => id == "step 19" ? "the filters\n" : null),
            "step 19");
        Assert.Equal((0, "the filters\n"), (run.ExitCode, run.Output));
    }
}
