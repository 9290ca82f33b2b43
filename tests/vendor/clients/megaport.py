"""Megaport has no package in Debian or npm that drives it, so plain HTTP: OAuth client credentials and python3-requests."""
import time

import requests

from . import count


class MegaportError(Exception):
    def __init__(self, status, body):
        super().__init__(f"{status}: {body}")
        self.status, self.body = status, body


class Megaport:
    def __init__(self, sandbox):
        self.base = sandbox.places["megaport"]
        env = sandbox.env
        reply = requests.post(
            sandbox.places["tokens"]["megaport"], auth=(env["MEGAPORT_ACCESS_KEY"], env["MEGAPORT_SECRET_KEY"]),
            data={"grant_type": "client_credentials"}, timeout=20)
        reply.raise_for_status()
        count.called("requests megaport", "POST token")
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Bearer {reply.json()['access_token']}"

    def __call__(self, verb, path, body=None, shape=None, **query):
        reply = self.session.request(verb, self.base + path.format(**(shape or {})), json=body, params=query, timeout=30)
        count.called("requests megaport", f"{verb} {path}")
        answer = reply.json() if reply.content else {}
        if reply.status_code >= 300:
            raise MegaportError(reply.status_code, answer)
        if reply.status_code == 202:
            return None
        # The envelope of every success.
        count.check(isinstance(answer.get("message"), str) and "terms" in answer, f"{verb} {path}: message and terms in the envelope")
        return answer.get("data")

    def product(self, uid):
        return self("GET", "/v2/product/{uid}", shape={"uid": uid})

    def until_live(self, uid, seconds=40):
        """LIVE or CONFIGURED is ready, as Megaport's own Terraform provider has it."""
        end = time.monotonic() + seconds
        while True:
            product = self.product(uid)
            if product["provisioningStatus"] in ("CONFIGURED", "LIVE"):
                return product
            if time.monotonic() > end:
                raise AssertionError(f"{uid} stays {product['provisioningStatus']}")
            time.sleep(0.1)

    def order(self, element):
        self("POST", "/v3/networkdesign/validate", [element])
        line, = self("POST", "/v4/networkdesign/buy", {"networkDesign": [element], "discountCodes": []})
        return line.get("vxcJTechnicalServiceUid") or line["technicalServiceUid"]

    def looking_glass(self, mcr, what, **query):
        operation = self("GET", "/v2/product/mcr2/{mcr}/diagnostics/routes/" + what, shape={"mcr": mcr}, **{"async": "true"}, **query)
        for _ in range(200):
            answer = self("GET", "/v2/product/mcr2/{mcr}/diagnostics/routes/operation", shape={"mcr": mcr}, operationId=operation)
            if answer is not None:
                return answer
            time.sleep(0.05)
        raise AssertionError("the looking glass gave no answer")

    def refused(self, verb, path, body=None, shape=None, **query):
        try:
            self(verb, path, body, shape, **query)
            return None
        except MegaportError as error:
            return error.status
