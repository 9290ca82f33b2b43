using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Sealane.Lab.Namespaces;

/// <summary>What the machine lacks for a lab, and the one command that mends it.</summary>
public static partial class Doctor
{
    public const string Install =
        "apt-get install -y --no-install-recommends frr charon-systemd libcharon-extra-plugins "
        + "libstrongswan-standard-plugins iproute2 util-linux iputils-ping tcpdump iperf3 nftables";

    public const string FrrDirectory = "/usr/lib/frr";
    public const string CharonPath = "/usr/sbin/charon-systemd";
    private const string LibipsecPath = "/usr/lib/ipsec/plugins/libstrongswan-kernel-libipsec.so";

    /// <summary>One line a thing, in the order in which a person would mend them.</summary>
    public static IReadOnlyList<Probe> Examine()
    {
        var root = Environment.IsPrivilegedProcess;
        return
        [
            new("Linux", OperatingSystem.IsLinux(), "the lab is made of Linux network namespaces"),
            new("root", root, "namespaces and raw sockets need root: use sudo"),
            new("FRR (zebra, bgpd, staticd, bfdd)", Daemons(), Install),
            new("user and group frr", HasFrrUser(), Install),
            new("strongSwan (charon-systemd)", File.Exists(CharonPath), Install),
            new("IPsec in user space (kernel-libipsec)", File.Exists(LibipsecPath), Install),
            new("/dev/net/tun", File.Exists("/dev/net/tun"), "modprobe tun; in a container: --device /dev/net/tun"),
            new("ip, nsenter", Tool("ip") && Tool("nsenter"), Install),
            new("ping", Tool("ping"), Install),
            new("network namespaces", root && CanMakeNamespace(),
                "the kernel or the container forbids it: CAP_SYS_ADMIN"),
            new("TCP MD5 signatures", HasTcpMd5(),
                "the kernel is built without CONFIG_TCP_MD5SIG, which BGP keys need"),
            new("nft, for lab drill", Tool("nft"), Install, Needed: false),
            new("iperf3, for lab load", Tool("iperf3"), Install, Needed: false),
            new("IPsec in the kernel (xfrm)", false, "not used: the lab does ESP in user space everywhere",
                Needed: false),
        ];
    }

    /// <exception cref="LabError">Something is missing.</exception>
    public static void Demand()
    {
        if (Examine().FirstOrDefault(probe => probe is { Good: false, Needed: true }) is { } lacking)
        {
            throw new LabError($"this machine has no {lacking.What}\n  fix: {lacking.Fix}\n  see: sealane lab doctor");
        }
    }

    public static bool Tool(string name) =>
        new[] { "/usr/sbin", "/usr/bin", "/sbin", "/bin" }.Any(folder => File.Exists($"{folder}/{name}"));

    private static bool Daemons() =>
        new[] { "zebra", "bgpd", "staticd", "bfdd" }.All(daemon => File.Exists($"{FrrDirectory}/{daemon}"));

    private static bool HasFrrUser() =>
        File.Exists("/etc/passwd") && File.ReadLines("/etc/passwd")
            .Any(line => line.StartsWith("frr:", StringComparison.Ordinal));

    // A namespace of a thread's own ends with the thread, so nothing is left.
    private static bool CanMakeNamespace()
    {
        var made = false;
        var thread = new Thread(() => made = Unshare(0x40000000) == 0);
        thread.Start();
        thread.Join();
        return made;
    }

    private static bool HasTcpMd5()
    {
        const int tcpMd5Sig = 14;
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        // struct tcp_md5sig of linux/tcp.h: an address, flags, the key's length, and the key.
        var option = new byte[216];
        (option[0], option[4], option[7]) = (2, 127, 1);
        option[130] = 1;
        option[136] = (byte)'k';
        try
        {
            socket.SetRawSocketOption(6, tcpMd5Sig, option);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "unshare", SetLastError = true)]
    private static partial int Unshare(int flags);
}

/// <param name="Needed">False: told, but nothing depends on it.</param>
public sealed record Probe(string What, bool Good, string Fix, bool Needed = true);
