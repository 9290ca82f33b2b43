using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sealane.Core;

/// <summary>A word of a list as it is written in JSON, in camel case.</summary>
public sealed class CamelText<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase)
    where T : struct, Enum;
