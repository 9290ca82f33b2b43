using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Sealane.Service.Records;

/// <summary>Who did what. Each row holds the hash of itself and of the row before.</summary>
internal sealed record AuditRow(long Id, DateTimeOffset At, string Who, string Action, string Subject, string Detail,
    string Hash)
{
    /// <summary>SHA-256 over the hash before and the members as a JSON list, which no text in them can
    /// imitate.</summary>
    public static string HashOf(string before, long id, string at, string who, string action, string subject,
        string detail) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
            JsonSerializer.Serialize(new[] { before, $"{id}", at, who, action, subject, detail }))));
}

/// <summary>Whether the log is as it was written.</summary>
/// <param name="Cut">The number of the last row that was cut off for its age, which the log itself says; 0:
/// none.</param>
/// <param name="Broken">The first row that is not; null where all are.</param>
/// <param name="Head">The hash of the last row: kept elsewhere, it also shows that rows at the end are gone.</param>
internal sealed record AuditCheck(long Cut, long Rows, long? Broken, string Head);

internal sealed partial class Store
{
    public void Audit(string who, string action, string subject, string detail, DateTimeOffset at) =>
        Write(now => Audit(now, who, action, subject, detail, at));

    private static int Audit(
        Statements now, string who, string action, string subject, string detail, DateTimeOffset at)
    {
        now.Alone();
        var (id, before) = now.All("select id, hash from audit order by id desc limit 1",
            row => (row.Number("id"), row.Text("hash"))).FirstOrDefault((0, ""));
        return now.Run("insert into audit values (@id, @at, @who, @action, @subject, @detail, @hash)", ("id", id + 1),
            ("at", Text(at)), ("who", who), ("action", action), ("subject", subject), ("detail", detail),
            ("hash", AuditRow.HashOf(before, id + 1, Text(at), who, action, subject, detail)));
    }

    /// <summary>The newest first.</summary>
    public IReadOnlyList<AuditRow> AuditLog(int most) => All("select * from audit order by id desc limit @most",
        row => new AuditRow(row.Number("id"), row.Time("at"), row.Text("who"), row.Text("action"),
            row.Text("subject"), row.Text("detail"), row.Text("hash")), ("most", most));

    public AuditCheck CheckAudit()
    {
        var (cut, before) = All("select id, hash from audit_cuts order by id desc limit 1",
            row => (row.Number("id"), row.Text("hash"))).FirstOrDefault((0, ""));
        var (rows, broken, isSaid) = (0L, (long?)null, cut == 0);
        var says = CutSays(cut, before);
        foreach (var row in All("select * from audit order by id", row => (Id: row.Number("id"), At: row.Text("at"),
            Who: row.Text("who"), Action: row.Text("action"), Subject: row.Text("subject"),
            Detail: row.Text("detail"), Hash: row.Text("hash"))))
        {
            rows++;
            if (row.Id != cut + rows || row.Hash
                != AuditRow.HashOf(before, row.Id, row.At, row.Who, row.Action, row.Subject, row.Detail))
            {
                broken ??= cut + rows;
            }
            isSaid |= row.Action == Cut && row.Detail == says;
            before = row.Hash;
        }
        return new(cut, rows, isSaid ? broken : cut, before);
    }
}
