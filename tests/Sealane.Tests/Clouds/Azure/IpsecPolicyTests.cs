using Sealane.Clouds.Azure;
using Sealane.Core.Reconcile;

namespace Sealane.Tests.Clouds.Azure;

public sealed class IpsecPolicyTests
{
    [Theory]
    [InlineData("AES256", "SHA2-256", 14, "AES256-GCM-16", "SHA2-256", 14,
        "AES256 SHA256 DHGroup14 GCMAES256 GCMAES256 PFS2048")]
    [InlineData("AES256", "SHA2-384", 20, "AES256-GCM-16", "SHA2-384", 20,
        "AES256 SHA384 ECP384 GCMAES256 GCMAES256 ECP384")]
    [InlineData("AES128-GCM-16", "SHA2-256", 19, "AES128-GCM-16", "SHA2-256", 19,
        "GCMAES128 SHA256 ECP256 GCMAES128 GCMAES128 ECP256")]
    [InlineData("AES128", "SHA2-256", 24, "AES256", "SHA2-256", 24, "AES128 SHA256 DHGroup24 AES256 SHA256 PFS24")]
    public void A_suite_in_awss_words_becomes_azures(
        string ike, string prf, int dh, string esp, string mac, int pfs, string expected)
    {
        var policy = IpsecPolicy.Of(AzureSample.Design.Ipsec with
        {
            Phase1Encryption = ike,
            Phase1Integrity = prf,
            Phase1DhGroup = dh,
            Phase2Encryption = esp,
            Phase2Integrity = mac,
            Phase2DhGroup = pfs,
        });
        Assert.Equal(expected, string.Join(' ',
            policy.IkeEncryption, policy.IkeIntegrity, policy.DhGroup, policy.IpsecEncryption, policy.IpsecIntegrity,
            policy.PfsGroup));
        Assert.Equal(policy, IpsecPolicy.Read(policy.Write()));
    }

    [Fact]
    public void A_suite_that_azure_does_not_know_is_said_to_be_unknown() => Assert.Contains(
        "group 2", Assert.Throws<CloudError>(() => IpsecPolicy.Of(AzureSample.Design.Ipsec with { Phase1DhGroup = 2 }))
            .Message,
        StringComparison.Ordinal);
}
