namespace Sealane.Sandbox.Aws;

/// <summary>What AWS answers instead of doing what was asked. Each service wraps it in its own envelope.</summary>
internal sealed class AwsRefusal(int status, string code, string message) : Exception(message)
{
    public int Status { get; } = status;
    public string Code { get; } = code;

    public static AwsRefusal Ec2(string code, string message) => new(400, code, message);

    public static AwsRefusal Value(string value, string parameter) =>
        Ec2("InvalidParameterValue", $"Value ({value}) for parameter {parameter} is invalid.");

    public static AwsRefusal Missing(string parameter) =>
        Ec2("MissingParameter", $"The request must contain the parameter {parameter}");

    public static AwsRefusal State(string message) => Ec2("IncorrectState", message);

    /// <summary>Direct Connect has one exception for validation, not-found and wrong state; only the message tells them
    /// apart.</summary>
    /// <remarks>https://docs.aws.amazon.com/directconnect/latest/APIReference/API_CreateTransitVirtualInterface.html</remarks>
    public static AwsRefusal DirectConnect(string message) => new(400, "DirectConnectClientException", message);
}
