namespace Sealane.Tests;

/// <summary>
/// Files that show behaviour. SEALANE_UPDATE=1 rewrites them; whoever reads the difference is the judge.
/// </summary>
internal static class Golden
{
    private static readonly bool Rewrites = Environment.GetEnvironmentVariable("SEALANE_UPDATE") == "1";

    /// <summary>Compares with the file at <paramref name="path"/>, or writes it.</summary>
    public static void Check(string path, string actual)
    {
        if (Rewrites)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
            return;
        }
        Assert.True(File.Exists(path),
            $"{path} is missing: run the tests with SEALANE_UPDATE=1 and read what they write");
        Assert.Equal(File.ReadAllText(path), actual);
    }
}
