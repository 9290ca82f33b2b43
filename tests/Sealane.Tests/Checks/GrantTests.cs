using Sealane.Core.Checks.Ahead;

namespace Sealane.Tests.Checks;

/// <summary>Actions of an Azure role against what is wanted: learn.microsoft.com/azure/role-based-access-control.</summary>
public sealed class GrantTests
{
    private const string Write = "Microsoft.Network/virtualNetworkGateways/write";
    private const string Join = "Microsoft.Network/virtualNetworks/subnets/join/action";

    [Theory]
    [InlineData("*", "", Write, true, "Owner")]
    [InlineData("*", "Microsoft.Authorization/*/Write", Write, true, "Contributor")]
    [InlineData("Microsoft.Network/*", "", Join, true, "Network Contributor")]
    [InlineData("*/read", "", Write, false, "Reader")]
    [InlineData("*", "Microsoft.Network/virtualNetworkGateways/*", Write, false, "an exception takes away")]
    [InlineData("*", "*/JOIN/action", Join, false, "case does not count in exceptions either")]
    [InlineData("microsoft.network/VIRTUALNETWORKGATEWAYS/Write", "", Write, true, "case does not count")]
    [InlineData("Microsoft.Network/virtualNetworkGateways", "", Write, false, "the whole action, not its beginning")]
    [InlineData("Microsoft.Network/virtualNetworks/*/action", "", Join, true, "a star goes over slashes")]
    [InlineData("Microsoft.Network/virtualNetworks.subnets/join/action", "", Join, false, "a dot is a dot")]
    public void A_role_allows(string actions, string notActions, string wanted, bool allows, string reason) =>
        Assert.True(allows == new GrantFound([actions], notActions.Length == 0 ? [] : [notActions]).Allows(wanted),
            reason);

    /// <summary>Roles add up: what one takes away another may give.</summary>
    [Fact]
    public void An_exception_of_one_role_does_not_bind_another() => Assert.Equal([], new ScopeFound(
        "scope", "azure", [Write, Join],
        [new(["*"], ["Microsoft.Network/virtualNetworkGateways/*"]), new([Write], [])]).Missing);
}
