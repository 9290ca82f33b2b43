using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;

namespace Sealane.Service.Pages;

/// <summary>A piece of a page. Text that is put into one is quoted by the compiler's own hand: only what is a piece
/// already goes in as it is.</summary>
internal readonly struct Html
{
    private readonly string? _text;

    private Html(string text) => _text = text;

    public static Html Empty => default;

    public static Html Of(Writer piece) => new(piece.ToString());

    public static Html All<T>(IEnumerable<T> items, Func<T, Html> of) =>
        new(string.Concat(items.Select(item => of(item).ToString())));

    /// <summary>Written by a writer that quotes: our own picture.</summary>
    public static Html Svg(string picture) => new(picture);

    public override string ToString() => _text ?? "";

    public static Task Write(HttpContext context, Html page)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(page.ToString(), context.RequestAborted);
    }

    [InterpolatedStringHandler]
    public readonly struct Writer(int literalLength, int formattedCount)
    {
        private readonly StringBuilder _text = new(literalLength + (16 * formattedCount));

        public void AppendLiteral(string literal) => _text.Append(literal);

        public void AppendFormatted(Html piece) => _text.Append(piece.ToString());

        public void AppendFormatted(string? text) => _text.Append(HtmlEncoder.Default.Encode(text ?? ""));

        public void AppendFormatted(long number) =>
            _text.Append(number.ToString(System.Globalization.CultureInfo.InvariantCulture));

        public override string ToString() => _text.ToString();
    }
}
