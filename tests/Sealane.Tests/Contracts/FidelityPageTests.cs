namespace Sealane.Tests.Contracts;

public sealed class FidelityPageTests
{
    [Fact]
    public void The_page_is_in_step_with_the_contract_files() =>
        Golden.Check(Repository.PathOf("docs", "fidelity.md"), FidelityPage.Text());
}
