using System.CommandLine;

namespace Sealane.Cli.Commands;

/// <summary>
/// <c>sealane completion SHELL</c>: a script that asks the program itself what fits at the cursor, so that it never
/// lags behind; where nothing fits, the shell offers file names.
/// </summary>
/// <remarks>https://learn.microsoft.com/dotnet/standard/commandline/how-to-enable-tab-completion</remarks>
internal static class CompletionCommand
{
    private const string Bash = """
        # source <(sealane completion bash)
        _sealane() {
          local IFS=$'\n'
          local found=$(sealane "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2> /dev/null)
          COMPREPLY=($(compgen -W "$found" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -o nosort -F _sealane sealane

        """;

    private const string Zsh = """
        #compdef sealane
        # source <(sealane completion zsh)
        _sealane() {
          local -a found
          found=("${(@f)$(sealane "[suggest:${CURSOR}]" "${BUFFER}" 2> /dev/null)}")
          [[ -n "${found[1]}" ]] && compadd -a found || _files
        }
        compdef _sealane sealane

        """;

    private const string Fish = """
        # sealane completion fish | source
        complete -c sealane -a '(sealane "[suggest:"(commandline -C)"]" (commandline -cp) 2> /dev/null)'

        """;

    private const string PowerShell = """
        # sealane completion pwsh | Out-String | Invoke-Expression
        Register-ArgumentCompleter -Native -CommandName sealane -ScriptBlock {
          param($word, $line, $cursor)
          sealane "[suggest:$cursor]" "$line" 2> $null | Where-Object { $_ -like "$word*" } | ForEach-Object {
            [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
          }
        }

        """;

    public static Command Create()
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh, fish or pwsh" };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish", "pwsh");
        var command = new Command("completion",
            "Print a completion script for a shell; its first line says how to load it")
        {
            shell,
        };
        command.SetAction((parsed, _) =>
        {
            Console.Out.Write((parsed.GetRequiredValue(shell) switch
            {
                "bash" => Bash,
                "zsh" => Zsh,
                "fish" => Fish,
                _ => PowerShell,
            }).ReplaceLineEndings("\n"));
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }
}
