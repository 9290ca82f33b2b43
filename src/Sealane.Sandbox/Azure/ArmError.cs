using System.Text.Json.Nodes;

namespace Sealane.Sandbox.Azure;

/// <summary>A refusal in ARM's envelope.</summary>
/// <remarks>https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/common-deployment-errors</remarks>
internal sealed record ArmError(int Status, string Code, string Message)
{
    public string? Target { get; init; }
    public IReadOnlyList<(string Code, string Message)> Details { get; init; } = [];

    public JsonObject ToJson()
    {
        var error = new JsonObject { ["code"] = Code, ["message"] = Message };
        if (Target is not null)
        {
            error["target"] = Target;
        }
        if (Details.Count > 0)
        {
            error["details"] = new JsonArray([.. Details.Select(detail =>
                (JsonNode)new JsonObject { ["code"] = detail.Code, ["message"] = detail.Message })]);
        }
        return error;
    }

    public static ArmError Bad(string code, string message) => new(400, code, message);

    public static ArmError Unreadable =>
        Bad("InvalidRequestContent", "The request content was invalid and could not be deserialized.");

    public static ArmError NoLocation =>
        Bad("LocationRequired", "The location property is required for this definition.");

    public static ArmError Format(string path, string message) =>
        new(400, "InvalidRequestFormat", "Cannot parse the request.")
        {
            Details = [("InvalidJson", $"{message} Path '{path}'.")],
        };

    public static ArmError NotFound(ResourceId id) =>
        id.Parent is null
            ? new(404, "ResourceNotFound",
                $"The Resource '{ResourceId.Provider}/{string.Join('/', id.Parts)}' under resource group "
                    + $"'{id.ResourceGroup}' "
                + "was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix")
            : new(404, "NotFound", $"Resource {id} not found.");

    public static ArmError GroupNotFound(string name) =>
        new(404, "ResourceGroupNotFound", $"Resource group '{name}' could not be found.");

    public static ArmError BadReference(string id, string by) =>
        Bad("InvalidResourceReference",
            $"Resource {id} referenced by resource {by} was not found. Please make sure that the referenced resource "
                + $"exists, "
            + "and that both resources are in the same region.");

    public static ArmError NotProvisioned(ArmResource used, string by) =>
        Bad("ReferencedResourceNotProvisioned",
            $"Cannot proceed with operation because resource {used.Id} used by resource {by} is not in Succeeded "
                + $"state. "
            + $"Resource is in {used.State} state and the last operation that updated/is updating the resource is "
            + $"{used.LastOperation}.");

    public static ArmError Busy(string statusUrl) =>
        new(409, "AnotherOperationInProgress",
            "Another operation on this or dependent resource is in progress. To retrieve status of the operation use "
                + "uri: "
            + $"{statusUrl}.");

    public static ArmError BadBgpAddress(string address) =>
        Bad(PlaceholderCodes.BgpPeerAddress, $"The specified BGP peer IP address '{address}' is not valid.");
}
