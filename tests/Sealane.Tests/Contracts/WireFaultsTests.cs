using System.Reflection;

namespace Sealane.Tests.Contracts;

public sealed class WireFaultsTests
{
    [Fact]
    public void Every_fault_that_others_found_has_a_test_that_runs()
    {
        Assert.Equal(Enumerable.Range(1, 17).Select(number => $"W{number}")
            .Concat(Enumerable.Range(1, 7).Select(number => $"B{number}")), WireFaults.All.Select(fault => fault.Id));
        Assert.All(WireFaults.All, fault => Assert.NotEmpty(fault.Tests));
        Assert.All(WireFaults.All.SelectMany(fault => fault.Tests), test =>
            Assert.True(test.Class.GetMethod(test.Test)!.GetCustomAttribute<FactAttribute>() is { Skip: null }));
    }
}
