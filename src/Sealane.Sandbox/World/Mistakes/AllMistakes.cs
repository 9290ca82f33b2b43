namespace Sealane.Sandbox.World.Mistakes;

/// <summary>Every mistake that <c>sealane sandbox break</c> knows, in reading order.</summary>
public static class AllMistakes
{
    public static IReadOnlyList<Mistake> List { get; } =
    [
        LockMistakes.DropAwsImportFilter,
        LockMistakes.DropAzureImportFilter,
        LockMistakes.DropAwsExportFilter,
        LockMistakes.DropAzureExportFilter,
        LockMistakes.AllowVpcPrefix,
        LockMistakes.PropagateDxgw,
        LockMistakes.AssociateDxgw,
        LockMistakes.CoveringRoute,
        TunnelMistakes.StopTunnel1,
        TunnelMistakes.StopTunnel2,
        TunnelMistakes.WrongPsk,
        TunnelMistakes.DeleteConnection1,
        TunnelMistakes.WrongAsn,
        TunnelMistakes.RemoveStaticRoute,
        Mistake.Of("open-aws-to-azure",
            "All locks from AWS to Azure: import filter of Azure, export filter of AWS, propagation",
            LockMistakes.DropAzureImportFilter, LockMistakes.DropAwsExportFilter, LockMistakes.PropagateDxgw)
            with { Verdict = "clear" },
        Mistake.Of("open-azure-to-aws",
            "All locks from Azure to AWS: import filter of AWS, export filter of Azure, allowed prefix, association",
            LockMistakes.DropAwsImportFilter, LockMistakes.DropAzureExportFilter, LockMistakes.AllowVpcPrefix,
            LockMistakes.AssociateDxgw)
            with { Verdict = "clear" },
        .. NeighbourMistakes.List,
        .. AnnouncedWork.List,
    ];

    public static Mistake? Find(string name) => List.FirstOrDefault(mistake => mistake.Name == name);
}
