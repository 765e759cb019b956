#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A local server of made-up data sets whose first path part says how it behaves. Prints its port and serves until it is ended.

    /plain/OWNER/REPOSITORY/COMMIT/FILE     /cut/…     /changing/…     … see BEHAVIOURS
    /requests                               what was asked, as JSON: [path, Range, If-Range, status]
"""
import gzip
import hashlib
import http.server
import json
import threading
import time

HERE = "127.0.0.1"  # this machine
ROWS = 2000
BEHAVIOURS = {
    "plain": "ranges, a strong tag and a date",
    "dated": "ranges and a date, no tag",
    "weak": "ranges and a weak tag; does not know If-Range",
    "bare": "ranges, but nothing that tells versions apart",
    "norange": "the whole file always",
    "refuse": "answers a range with 416",
    "liar": "answers a range with another part",
    "cut": "breaks off in the middle the first time",
    "cutnorange": "breaks off in the middle the first time; the whole file always",
    "changing": "breaks off the first time; another version after that",
    "changingweak": "the same, but sends the rest of the new version",
    "garbled": "breaks off the first time, then sends a rest that does not belong to it under the same tag",
    "slow": "a little at a time",
    "steady": "within half a second",
    "stall": "stops in the middle without closing",
    "html": "a page instead of the file",
    "long": "more bytes than there should be",
    "redirect": "sends on to /plain",
    "loop": "sends on to itself",
    "missing": "404",
    "busy": "503",
    "damaged": "the file with a hole in the middle",
}


def content(path, version=1):
    """What the file at `path` holds: rows by its ending, the same each time."""
    rows = [{"instruction": f"Question {i} of version {version} — {path[-30:]}", "input": "", "output": "x" * (i % 90), "answer": "true"}
            for i in range(ROWS)]
    if path.endswith(".json"):
        return json.dumps(rows).encode()
    lines = "".join(json.dumps(row) + "\n" for row in rows).encode()
    return gzip.compress(lines, mtime=0) if path.endswith(".gz") else lines


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        server = self.server
        if self.path == "/requests":
            return self.answer(200, json.dumps(server.requests).encode())
        behaviour, _, path = self.path[1:].partition("/")
        with server.lock:
            before = sum(1 for entry in server.requests if entry[0] == self.path)
            entry = [self.path, self.headers.get("Range"), self.headers.get("If-Range"), 0]
            server.requests.append(entry)
        self.close_connection = True
        if behaviour not in BEHAVIOURS or behaviour == "missing":
            entry[3] = 404
            return self.answer(404, b"no such file")
        if behaviour == "busy":
            entry[3] = 503
            return self.answer(503, b"busy")
        if behaviour == "html":
            entry[3] = 200
            return self.answer(200, b"<html>log in first</html>")
        if behaviour in ("redirect", "loop"):
            entry[3] = 302
            return self.answer(302, b"", {"Location": ("/plain/" if behaviour == "redirect" else "/loop/") + path})
        entry[3] = self.serve(behaviour, path, before)

    def serve(self, behaviour, path, before):
        body = content(path, 2 if behaviour.startswith("changing") and before else 1)
        if behaviour == "damaged":
            body = body[:len(body) // 2] + b"\0" * 100 + body[len(body) // 2 + 100:]
        if behaviour == "long":
            body += b" " * 100_000_000
        tag = '"' + hashlib.sha256(body).hexdigest()[:16] + '"'
        date = "Mon, 01 Jan 2024 00:00:00 GMT"
        headers = {"ETag": tag, "Last-Modified": date}
        if behaviour in ("weak", "changingweak"):
            headers = {"ETag": "W/" + tag}
        elif behaviour == "dated":
            headers = {"Last-Modified": date}
        elif behaviour == "bare":
            headers = {}
        begin = self.first_byte(behaviour, headers)
        if begin is not None and behaviour == "refuse":
            self.answer(416, b"", {"Content-Range": f"bytes */{len(body)}"})
            return 416
        rest = body[begin or 0:]
        if begin is not None:
            start = begin + (7 if behaviour == "liar" else 0)
            headers["Content-Range"] = f"bytes {start}-{len(body) - 1}/{len(body)}"
            if behaviour == "garbled":
                rest = b"#" * len(rest)
        half = len(rest) // 2
        breaks = behaviour in ("cut", "cutnorange", "changing", "changingweak", "garbled") and not before
        self.answer(206 if begin is not None else 200, rest, headers,
                    stop_after=half if breaks or behaviour == "stall" else None, pieces={"slow": 4000, "steady": 50000}.get(behaviour, 0))
        if behaviour == "stall":
            time.sleep(60)
        return 206 if begin is not None else 200

    def first_byte(self, behaviour, headers):
        """Where the asked range begins; None when the whole file is sent."""
        asked = self.headers.get("Range")
        if asked is None or behaviour in ("norange", "cutnorange"):
            return None
        condition = self.headers.get("If-Range")
        knows_condition = behaviour not in ("weak", "changingweak")
        if knows_condition and condition and condition not in (headers.get("ETag"), headers.get("Last-Modified")):
            return None
        return int(asked.removeprefix("bytes=").rstrip("-"))

    def answer(self, status, body, headers=None, stop_after=None, pieces=0):
        try:
            self.send_response(status)
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Connection", "close")
            self.end_headers()
            if pieces:
                for at in range(0, len(body), pieces):
                    self.wfile.write(body[at:at + pieces])
                    time.sleep(0.1)
            else:
                self.wfile.write(body[:stop_after])
            self.wfile.flush()
        except OSError:
            pass  # the other side has gone


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self):
        super().__init__((HERE, 0), Handler)
        self.requests = []
        self.lock = threading.Lock()
        self.address = f"http://{HERE}:{self.server_port}"


if __name__ == "__main__":
    served = Server()
    print(served.server_port, flush=True)
    served.serve_forever()
