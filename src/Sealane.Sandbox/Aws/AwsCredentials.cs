using Sealane.Core;

namespace Sealane.Sandbox.Aws;

/// <summary>The one key pair that the simulated account accepts.</summary>
/// <param name="SessionToken">Null for a long-lived key: then a request that carries a token is refused.</param>
public sealed record AwsCredentials(string AccessKeyId, Secret SecretAccessKey, Secret? SessionToken = null);
