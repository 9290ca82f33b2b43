"""Starts `sealane sandbox serve` on loopback, and runs Sealane's own commands against it."""
import json
import os
import pathlib
import shutil
import subprocess
import tempfile

from . import count

ROOT = pathlib.Path(__file__).resolve().parents[3]
EXECUTABLE = ROOT / "artifacts/bin/Sealane.Cli/debug/sealane.dll"
# Keys that a person would type into the three consoles. Sealane is given the same ones, as a spec may say.
KEYS = {
    "SEALANE_AWS_BGP": "VendorAwsBgpKey1",
    "SEALANE_AZURE_BGP": "VendorAzureBgpKey1",
    "SEALANE_PSK_1": "VendorTunnelKeyOne.1234",
    "SEALANE_PSK_2": "VendorTunnelKeyTwo.5678",
}


def spec_with_own_keys(directory, **replaced):
    """examples/sydney.yaml with the keys above in place of derived ones; `replaced` are further changes of text."""
    text = (ROOT / "examples/sydney.yaml").read_text()
    own = "  awsBgpKey: env:SEALANE_AWS_BGP\n  azureBgpKey: env:SEALANE_AZURE_BGP\n"
    own += "  tunnelKeys: [env:SEALANE_PSK_1, env:SEALANE_PSK_2]\n"
    text = text.replace("  linkKey: env:SEALANE_LINK_KEY\n", "  linkKey: env:SEALANE_LINK_KEY\n" + own)
    for old, new in replaced.items():
        text = text.replace(old, new)
    path = pathlib.Path(directory) / "sydney.yaml"
    path.write_text(text)
    return path


class Sandbox:
    """The served clouds. A context manager: the server that it started is ended with it, by its own handle."""

    # A wait of eighteen minutes of that world is four seconds of a machine that may be busy.
    def __init__(self, spec=None, speed=300):
        self.directory = tempfile.mkdtemp(prefix="sealane-vendor-")
        self.spec = spec(self.directory) if callable(spec) else spec or ROOT / "examples/sydney.yaml"
        self.speed = speed

    def __enter__(self):
        base = {**os.environ, **KEYS, "SEALANE_LINK_KEY": "vendor suite"}
        for name in list(base):
            if name.startswith(("AWS_", "AZURE_", "ARM_", "MEGAPORT_")):
                del base[name]
        self.server = subprocess.Popen(
            ["dotnet", EXECUTABLE, "sandbox", "serve", self.spec, "--world", f"{self.directory}/world",
             "--speed", str(self.speed), "--format", "json"],
            stdout=subprocess.PIPE, text=True, env=base, cwd=self.directory)
        line = self.server.stdout.readline()
        if not line:
            raise SystemExit(f"the sandbox did not start (exit {self.server.wait()})")
        self.places = json.loads(line)
        # The suite's own AWS profile files must not leak in: the clients see the sandbox's variables and nothing else.
        self.env = {**base, **self.places["env"], **KEYS, "AWS_CONFIG_FILE": "/dev/null", "AWS_SHARED_CREDENTIALS_FILE": "/dev/null"}
        return self

    def __exit__(self, *_):
        self.server.terminate()
        try:
            self.server.wait(15)
        except subprocess.TimeoutExpired:
            self.server.kill()
        shutil.rmtree(self.directory, ignore_errors=True)

    def sealane(self, *arguments, expect=(0,)):
        """Runs one Sealane command against the served clouds; the lines of its output, and its exit code."""
        command, *rest = arguments
        done = subprocess.run(
            ["dotnet", EXECUTABLE, command, self.spec, *rest], env=self.env, cwd=self.directory,
            capture_output=True, text=True, timeout=240)
        count.called("sealane", command)
        if done.returncode not in expect:
            raise AssertionError(f"sealane {command} ended with {done.returncode}: {done.stderr[-2000:]}{done.stdout[-1500:]}")
        return done

    def sealane_json(self, *arguments, expect=(0,)):
        return json.loads(self.sealane(*arguments, "--format", "json", expect=expect).stdout)

    def sealane_done(self, *arguments, expect=(0,)):
        """The last event of a command that writes."""
        return json.loads(self.sealane(*arguments, "--yes", "--format", "jsonl", expect=expect).stdout.splitlines()[-1])
