using System.Text;
using Sealane.Core.Spec;

namespace Sealane.Cli;

/// <summary>
/// Reads a spec from a path, or from standard input for <c>-</c>. Whatever is wrong with file or content goes to the
/// error writer as messages; the command then ends with <see cref="Unreadable"/>.
/// </summary>
public static class SpecFile
{
    /// <summary>Exit code for wrong usage and unreadable input.</summary>
    public const int Unreadable = ExitCode.Usage;

    /// <summary>The largest useful spec is a few kilobytes; the limit keeps a wrong path from filling the
    /// memory.</summary>
    private const int BytesMax = 1 << 20;

    private static readonly UTF8Encoding StrictUtf8 =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The spec; the reasons go to the standard error stream, and the command ends with <see
    /// cref="Unreadable"/>.</summary>
    internal static NetworkSpec Load(string path) => Load(path, Console.Error) ?? throw new UsageError("");

    /// <returns>The spec, or null after the reasons were written.</returns>
    public static NetworkSpec? Load(string path, TextWriter error, Stream? standardInput = null)
    {
        var reading = Read(path, standardInput);
        reading.WriteProblems(error);
        return reading.Spec;
    }

    /// <summary>The spec, or everything that is wrong with the file, as data.</summary>
    internal static SpecReading Read(string path, Stream? standardInput = null)
    {
        var name = path == "-" ? "<stdin>" : path;
        var (bytes, refusal) = ReadBytes(path, standardInput);
        if (bytes is null)
        {
            return new(name, null, [], refusal);
        }
        var (text, undecodable) = Decode(name, bytes);
        if (text is null)
        {
            return new(name, null, [undecodable!], null);
        }
        var result = SpecReader.Read(name, text);
        return new(name, result.Spec, result.Problems, null);
    }

    internal static string Plural(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";

    private static (byte[]? Bytes, string? Refusal) ReadBytes(string path, Stream? standardInput)
    {
        if (path.Length == 0)
        {
            return (null, "no file is named");
        }
        if (path != "-" && Directory.Exists(path))
        {
            return (null, "this is a directory; name the YAML file in it");
        }
        try
        {
            using var stream = path == "-" ? standardInput ?? Console.OpenStandardInput() : File.OpenRead(path);
            var buffer = new byte[BytesMax + 1];
            var length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            return length > BytesMax ? (null, "larger than 1 MiB, which no spec is") : (buffer[..length], null);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return (null, "there is no such file");
        }
        catch (UnauthorizedAccessException)
        {
            return (null, "no permission to read this file");
        }
        catch (Exception e) when (e is IOException or ArgumentException or NotSupportedException)
        {
            return (null, $"cannot be read: {e.Message}");
        }
    }

    private static (string? Text, SpecProblem? Problem) Decode(string name, byte[] bytes)
    {
        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            return (null, new(new(name, 1, 1), "this is UTF-16, not UTF-8", "save the file as UTF-8"));
        }
        try
        {
            return (StrictUtf8.GetString(bytes), null);
        }
        catch (DecoderFallbackException e)
        {
            var before = bytes.AsSpan(0, Math.Clamp(e.Index, 0, bytes.Length));
            var mark = new SourceMark(name, before.Count((byte)'\n') + 1,
                before.Length - before.LastIndexOf((byte)'\n'));
            return (null, new(mark, "this is not UTF-8 text", "save the file as UTF-8; if it is a binary file, name "
                + "another one"));
        }
    }
}

/// <summary>A file as a spec.</summary>
/// <param name="Refusal">Why the file itself cannot be read; null where it can.</param>
internal sealed record SpecReading(
    string Name, NetworkSpec? Spec, IReadOnlyList<SpecProblem> Problems, string? Refusal)
{
    /// <summary>The refusal as a problem too, at the file's beginning, for reports that want a place.</summary>
    public IReadOnlyList<SpecProblem> AllProblems =>
        Refusal is null ? Problems : [new(new(Name, 1, 1), Refusal)];

    public void WriteProblems(TextWriter error)
    {
        if (Refusal is not null)
        {
            error.WriteLine($"{Name}: error: {Refusal}");
            return;
        }
        foreach (var problem in Problems)
        {
            error.WriteLine(problem);
        }
        // One that is of the file as a whole, such as a wrong encoding, says it all.
        if (Problems.Count > 0 && Spec is null)
        {
            error.WriteLine(
                $"{Name}: {SpecFile.Plural(Problems.Count, "problem")}, so nothing else was looked at");
        }
    }
}
