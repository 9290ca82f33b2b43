"""Debian's awscli, by its full name: another one may come first on the path."""
import json
import re
import subprocess

from . import count

AWS = "/usr/bin/aws"


class AwsError(Exception):
    def __init__(self, code, operation, text):
        super().__init__(f"{operation}: {code}: {text}")
        self.code = code


class AwsCli:
    def __init__(self, sandbox):
        self.sandbox = sandbox

    def __call__(self, service, operation, *arguments, debug=False, paginate=True):
        # This version does not read AWS_ENDPOINT_URL, so the endpoint is always an argument.
        command = [AWS, "--endpoint-url", self.sandbox.places["aws"], "--output", "json"]
        if debug:
            command.append("--debug")
        if not paginate:
            command.append("--no-paginate")
        command += [service, operation, *(json.dumps(a) if isinstance(a, (dict, list)) else str(a) for a in arguments)]
        done = subprocess.run(command, env=self.sandbox.env, capture_output=True, text=True, timeout=120)
        count.called("awscli", f"{service}:{operation}")
        if done.returncode:
            found = re.search(r"An error occurred \((\S+)\)", done.stderr)
            raise AwsError(found.group(1) if found else "?", operation, done.stderr.strip()[-600:])
        return json.loads(done.stdout) if done.stdout.strip() else {}

    def refused(self, service, operation, *arguments):
        """The error code of a call that must be refused, or None."""
        try:
            self(service, operation, *arguments)
            return None
        except AwsError as error:
            return error.code
