namespace Sealane.Clouds.Megaport.Wire;

/// <summary>Every success comes in this shape; <c>data</c> may be missing.</summary>
internal sealed record Envelope<T>
{
    public string? Message { get; init; }
    public T? Data { get; init; }
}
