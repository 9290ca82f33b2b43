using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using Amazon.Runtime.CredentialManagement;
using Sealane.Core;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Aws;

/// <summary>Where AWS credentials come from: Amazon's default chain, a named profile, or given keys.</summary>
/// <remarks>https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html</remarks>
public sealed class AwsCredentialSource
{
    private const string Advice =
        "set AWS_PROFILE (or aws.profile in the spec), or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; "
        + "for single sign-on run 'aws sso login' first";

    private readonly Lazy<AWSCredentials> _credentials;

    private AwsCredentialSource(Func<AWSCredentials> find)
    {
        // The SDK refreshes temporary credentials inside the object it gives: it is found once and asked for each call.
        _credentials = new(find, LazyThreadSafetyMode.PublicationOnly);
    }

    /// <summary>Environment, profile files, credential process, single sign-on, container or instance role, in Amazon's
    /// order.</summary>
    public static AwsCredentialSource Default() =>
        new(() => new DefaultAWSCredentialsIdentityResolver().ResolveIdentity(null!));

    public static AwsCredentialSource Profile(string profile) =>
        new(() => new CredentialProfileStoreChain().TryGetAWSCredentials(profile, out var found)
            ? found
            : throw new AmazonClientException($"there is no AWS profile named '{profile}'"));

    /// <summary>For whoever asks nothing.</summary>
    public static AwsCredentialSource None { get; } =
        new(() => throw new AmazonClientException("none are named for that account"));

    public static AwsCredentialSource Given(string accessKeyId, Secret secretAccessKey, Secret? sessionToken = null) =>
        new(() => sessionToken is null
            ? new BasicAWSCredentials(accessKeyId, secretAccessKey.Reveal())
            : new SessionAWSCredentials(accessKeyId, secretAccessKey.Reveal(), sessionToken.Reveal()));

    internal async Task<ImmutableCredentials> Get(string operation)
    {
        try
        {
            return await _credentials.Value.GetCredentialsAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // Only Amazon's own single lines are passed on: a longer one quotes every provider asked, and a credential
            // process may have printed a key into it.
            var reason = error is not AmazonClientException ? error.GetType().Name
                : error.Message.Contains('\n', StringComparison.Ordinal)
                    ? "neither environment nor profile files nor an instance role has any"
                : error.Message;
            throw new CloudError(Cloud.Aws, operation, CloudErrorKind.Denied, null, "NoCredentials",
                $"no usable AWS credentials: {reason}", advice: Advice);
        }
    }
}
