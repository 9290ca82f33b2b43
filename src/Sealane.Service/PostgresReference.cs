using Npgsql;

namespace Sealane.Service;

/// <summary>Where the connection string of PostgreSQL is: it may hold a password, so it is neither on the command line
/// nor in anything that is printed.</summary>
internal static class PostgresReference
{
    /// <summary>A silo that does not hear from the database for longer than this counts it as away.</summary>
    private const int TimeoutSeconds = 5;

    /// <exception cref="UsageError">There is none, others can read it, or it is no connection string.</exception>
    public static NpgsqlConnectionStringBuilder Read(string reference)
    {
        var text = reference.Split(':', 2) switch
        {
            ["env", var name] => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value
                : throw new UsageError($"error: --postgres: the environment variable {name} is not set"),
            ["file", var path] => OfFile(path),
            _ => throw new UsageError("error: --postgres takes a place, and never the connection string itself\n"
                + "  fix: env:NAME or file:PATH"),
        };
        NpgsqlConnectionStringBuilder read;
        try
        {
            read = new(text.Trim());
        }
        catch (Exception error) when (error is ArgumentException or FormatException or InvalidCastException)
        {
            // Its message may hold a part of the text.
            throw new UsageError($"error: --postgres: {reference} holds no connection string\n  fix: "
                + "Host=…;Database=…;Username=…;Password=…;SSL Mode=VerifyFull");
        }
        (read.Timeout, read.CommandTimeout, read.ApplicationName) = (TimeoutSeconds, TimeoutSeconds, "sealane");
        read.IncludeErrorDetail = false;
        return read;
    }

    private static string OfFile(string path)
    {
        try
        {
            if (!OperatingSystem.IsWindows()
                && (File.GetUnixFileMode(path) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite)) != 0)
            {
                throw new UsageError($"error: others may read {path}\n  fix: chmod 600 {path}");
            }
            return File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageError($"error: --postgres: {path} cannot be read: {error.Message}");
        }
    }
}
