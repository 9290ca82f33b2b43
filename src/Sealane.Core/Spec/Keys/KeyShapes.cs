namespace Sealane.Core.Spec.Keys;

/// <summary>Short ways to write one line of the table of keys.</summary>
internal static class KeyShapes
{
    public static SpecKey Section(string path, string doc) => new(path, SpecKeyKind.Section, doc) { Example = "" };

    public static SpecKey Text(string path, TextForm form, string example, string doc) =>
        new(path, SpecKeyKind.Text, doc) { Form = form, Example = example };

    public static SpecKey Word(string path, string[] words, string example, string doc) =>
        new(path, SpecKeyKind.Text, doc) { Words = words, Form = TextForms.Word, Example = example };

    public static SpecKey Number(string path, long min, long max, string example, string doc) =>
        new(path, SpecKeyKind.Number, doc) { Min = min, Max = max, Example = example };

    public static SpecKey List(string path, TextForm form, string example, string doc) =>
        new(path, SpecKeyKind.TextList, doc) { Form = form, Example = example };

    public static SpecKey Asn(string path, string example, string doc) => Number(path, 1, uint.MaxValue, example, doc);

    /// <summary>A list of parts, and the key that tells each from the others of its kind.</summary>
    public static IReadOnlyList<SpecKey> Parts(string path, string doc) =>
    [
        new(path, SpecKeyKind.SectionList, doc) { Example = "", MaxItems = 15 },
        Text($"{path}[].key", TextForms.PartKey, "blue",
            "Tells it from the others of its kind: it is in their ids and names. Where it changes, name both in moved.")
            with { Required = true },
        Word($"{path}[].gone", ["true", "false"], "true",
            "true: an earlier spec had it. It is looked for and taken away; then it can be deleted from the file.")
            with { Default = "false" },
    ];
}
