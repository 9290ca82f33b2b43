using System.Runtime.CompilerServices;

namespace Sealane.Core.Routing;

/// <summary>A reason that is only put into words where somebody reads it: the count of locks asks thousands of
/// packets for their verdict alone.</summary>
[InterpolatedStringHandler]
internal ref struct ReasonText
{
    private DefaultInterpolatedStringHandler _text;
    private readonly bool _isRead;

    public ReasonText(int literalLength, int formattedCount, Walker walker, out bool isRead)
    {
        _isRead = isRead = walker.Explains;
        _text = isRead ? new(literalLength, formattedCount) : default;
    }

    public void AppendLiteral(string text) => _text.AppendLiteral(text);

    public void AppendFormatted<T>(T value) => _text.AppendFormatted(value);

    public string Text() => _isRead ? _text.ToStringAndClear() : "";
}
