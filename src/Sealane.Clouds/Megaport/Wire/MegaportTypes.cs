using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Sealane.Clouds.Megaport.Wire;

/// <summary>What is read from and written to Megaport: whole replies and bodies, and what converters read inside them.
/// The code for them is generated, so that it is there in a program without reflection.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(Envelope<AzureKeyLookup>))]
[JsonSerializable(typeof(Envelope<IReadOnlyList<Location>>))]
[JsonSerializable(typeof(Envelope<IReadOnlyList<MaintenanceEvent>>))]
[JsonSerializable(typeof(Envelope<IReadOnlyList<OutageEvent>>))]
[JsonSerializable(typeof(Envelope<IReadOnlyList<PartnerPort>>))]
[JsonSerializable(typeof(Envelope<IReadOnlyList<PrefixFilterList>>))]
[JsonSerializable(typeof(Envelope<IReadOnlyList<Product>>))]
[JsonSerializable(typeof(Envelope<IReadOnlyList<Purchased>>))]
[JsonSerializable(typeof(Envelope<IReadOnlyList<ValidatedLine>>))]
[JsonSerializable(typeof(Envelope<JsonElement>))]
[JsonSerializable(typeof(Envelope<JsonElement?>))]
[JsonSerializable(typeof(Envelope<PrefixFilterList>))]
[JsonSerializable(typeof(Envelope<Product>))]
[JsonSerializable(typeof(Envelope<ResourceTags>))]
[JsonSerializable(typeof(Envelope<string>))]
[JsonSerializable(typeof(IReadOnlyList<McrBgpRoute>))]
[JsonSerializable(typeof(IReadOnlyList<McrIpRoute>))]
[JsonSerializable(typeof(AwsHostedConfig))]
[JsonSerializable(typeof(AzureConfig))]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(object[]))]
[JsonSerializable(typeof(McrOrder))]
[JsonSerializable(typeof(McrUpdate))]
[JsonSerializable(typeof(Purchase))]
[JsonSerializable(typeof(VxcOrder))]
[JsonSerializable(typeof(VxcUpdate))]
internal sealed partial class MegaportTypes : JsonSerializerContext;
