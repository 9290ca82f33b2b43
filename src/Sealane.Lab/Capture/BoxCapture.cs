using Sealane.Lab.Running;

namespace Sealane.Lab.Capture;

/// <summary>A capture in one box: counted by kind, and written to a file where one is named.</summary>
public sealed class BoxCapture : IDisposable
{
    /// <summary>Payload of the lab's own echoes, to be found by whoever can read the packet.</summary>
    public const string Mark = "SEALANE-PAYLOAD!";

    private const int SamplesMax = 5;
    private static readonly byte[] s_mark = System.Text.Encoding.ASCII.GetBytes(Mark);
    private readonly Rule _rule;
    private readonly PcapFile? _file;
    private readonly Tap _tap;
    private readonly Lock _gate = new();
    private readonly SortedDictionary<FrameKind, int> _counts = [];
    private readonly List<string> _samples = [];
    private int _marked;

    public BoxCapture(LabRun lab, string box, string? path = null)
    {
        Box = box;
        _rule = new(lab.Network);
        _file = path is null ? null : new(path);
        _tap = new(lab.Space(box), See, lab.Time);
    }

    public string Box { get; }

    /// <summary>What was seen so far.</summary>
    public CaptureReport Report()
    {
        lock (_gate)
        {
            return new(Box, new SortedDictionary<FrameKind, int>(_counts), _marked, [.. _samples],
                _counts.Keys.All(_rule.Allows) && _marked == 0);
        }
    }

    public void Dispose()
    {
        _tap.Dispose();
        _file?.Dispose();
    }

    private void See(Frame frame)
    {
        var kind = _rule.KindOf(frame);
        lock (_gate)
        {
            _counts[kind] = _counts.GetValueOrDefault(kind) + 1;
            if (frame.Contains(s_mark))
            {
                _marked++;
            }
            if (!_rule.Allows(kind) && _samples.Count < SamplesMax)
            {
                _samples.Add(frame.ToString());
            }
            _file?.Write(frame);
        }
    }
}

/// <param name="Marked">Frames in which the payload of the lab's own echoes can be read.</param>
/// <param name="Samples">The first frames that must not be there.</param>
/// <param name="Clean">Nothing of the protected networks in the clear, and nothing foreign.</param>
public sealed record CaptureReport(
    string Box, IReadOnlyDictionary<FrameKind, int> Frames, int Marked, IReadOnlyList<string> Samples, bool Clean)
{
    public override string ToString() => $"{Box}: "
        + (Frames.Count == 0 ? "no frames" : string.Join(", ", Frames.Select(one => $"{one.Value} {Word(one.Key)}")))
        + (Marked > 0 ? $"; payload readable in {Marked}" : "");

    private static string Word(FrameKind kind) => kind switch
    {
        FrameKind.ToEndpoint => "to a tunnel endpoint",
        FrameKind.Clear => "IN THE CLEAR",
        FrameKind.Other => "foreign",
        _ => kind.ToString().ToUpperInvariant(),
    };
}
