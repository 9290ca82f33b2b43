"""The vendors' JavaScript clients, in one process for the whole suite (node/driver.mjs)."""
import itertools
import json
import pathlib
import subprocess

from . import count

DRIVER = pathlib.Path(__file__).resolve().parents[1] / "node/driver.mjs"


class Refused(Exception):
    """What the vendor's client made of an error."""

    def __init__(self, request, error):
        super().__init__(f"{request.get('group', request.get('client'))}.{request.get('call', request.get('wait'))}: {error}")
        self.name, self.code, self.status, self.message = error["name"], error["code"], error["status"], error["message"]


class Node:
    def __init__(self, sandbox):
        self.process = subprocess.Popen(
            ["node", DRIVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env={**sandbox.env, "AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED": "true"})
        self.ids = itertools.count(1)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait(20)

    def many(self, *requests):
        """Sends the requests at once; the answers in the same order, a Refused where one was refused."""
        numbers = []
        for request in requests:
            request["id"] = next(self.ids)
            numbers.append(request["id"])
            name = request.get("call") or f"wait {request['wait']}"
            count.called(f"js {request['client']}", f"{request['group']}.{name}" if "group" in request else name)
            self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        answers = {}
        while len(answers) < len(requests):
            line = self.process.stdout.readline()
            if not line:
                raise SystemExit("the node driver ended")
            reply = json.loads(line)
            answers[reply["id"]] = reply
        return [answers[number]["value"] if "value" in answers[number] else Refused(request, answers[number]["error"])
                for number, request in zip(numbers, requests)]

    def one(self, request):
        answer, = self.many(request)
        if isinstance(answer, Refused):
            raise answer
        return answer

    def aws(self, client, call, pages=None, **given):
        return self.one({"client": client, "call": call, "input": given} | ({"pages": pages} if pages else {}))

    def wait(self, client, waiter, **given):
        return self.one({"client": client, "wait": waiter, "input": given})

    def arm(self, client, group, call, *args, options=None):
        return self.one(self.arm_request(client, group, call, *args, options=options))

    @staticmethod
    def arm_request(client, group, call, *args, options=None):
        return {"client": client, "group": group, "call": call, "args": list(args)} | ({"options": options} if options else {})

    def refused(self, call, *arguments, **given):
        """(error code or name, status) of a call that must be refused, or None."""
        try:
            call(*arguments, **given)
            return None
        except Refused as error:
            return error
