"""Listens between a client and the served AWS: which operations it asked for, and what was refused. Nothing is changed."""
import http.client
import http.server
import re
import threading
import urllib.parse

from . import count


class Tap:
    """A context manager; `url` is where the client is sent. The signature holds, because the client's Host header goes on."""

    def __init__(self, client, target):
        self.client, self.target = client, urllib.parse.urlsplit(target).netloc
        self.refused, self.gate = [], threading.Lock()
        tap = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                tap.carry(self)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def carry(self, asked):
        body = asked.rfile.read(int(asked.headers.get("Content-Length") or 0))
        way = http.client.HTTPConnection(self.target, timeout=60)
        way.request("POST", asked.path, body, dict(asked.headers))
        reply = way.getresponse()
        said = reply.read()
        way.close()
        operation = asked.headers.get("X-Amz-Target", "").rpartition(".")[2] or dict(urllib.parse.parse_qsl(body.decode()))["Action"]
        with self.gate:
            count.called(self.client, operation)
            if reply.status >= 400:
                code = re.search(rb"<Code>([^<]*)|\"__type\":\"([^\"]*)", said)
                self.refused.append(f"{operation}: {reply.status} {(code.group(1) or code.group(2)).decode() if code else said[:200]}")
        asked.send_response(reply.status)
        for name, value in reply.getheaders():
            if name.lower() not in ("transfer-encoding", "content-length", "connection", "date", "server"):
                asked.send_header(name, value)
        asked.send_header("Content-Length", str(len(said)))
        asked.end_headers()
        asked.wfile.write(said)
