namespace Sealane.Lab;

/// <summary>The lab cannot do what was asked; the message says why and what to do.</summary>
public sealed class LabError(string message) : Exception(message);
