namespace Sealane.Cli;

public static class Program
{
    public static int Main() => 2;
}
