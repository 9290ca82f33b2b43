global using Sealane.Cli;
global using LinkOptions = Sealane.Cli.Commands.LinkOptions;
