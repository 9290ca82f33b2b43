namespace Sealane.Core.Checks.Live;

/// <summary>How an IKE and ESP suite is written, for comparison and for people.</summary>
public static class NegotiatedSuite
{
    public static string Text(string phase1, string integrity1, int group1, string phase2, int group2) =>
        $"IKEv2 {phase1}/{integrity1}/DH{group1}, ESP {phase2}/DH{group2}";
}
