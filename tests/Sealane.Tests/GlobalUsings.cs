global using Sealane.Sandbox.World.Mistakes;
