"""Somebody else's aggregator, a process of its own: takes JSON lines, keeps what it does not have yet, dies when told.

`python aggregator.py PORT FILE SECRET`: every new line is appended to FILE and fsynced before the answer.
"""

import hmac
import json
import os
import sys
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

PORT, FILE, SECRET = int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]


class Aggregator(BaseHTTPRequestHandler):
    """One POST is one batch."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        said = dict(part.split("=", 1) for part in self.headers.get("X-Guichet-Signature", "t=0,v1=").split(","))
        right = hmac.new(SECRET.encode(), said["t"].encode() + b"." + body, sha256).hexdigest()
        if not hmac.compare_digest(right, said["v1"]):
            self.send_error(401)
            return
        had = FILE.read_text().splitlines() if FILE.exists() else []
        last = json.loads(had[-1])["cursor"] if had else ""
        with FILE.open("a") as file:
            for line in body.decode().splitlines():
                if json.loads(line)["cursor"] > last:
                    file.write(line + "\n")
            file.flush()
            os.fsync(file.fileno())
        if (FILE.parent / "die").exists():
            os._exit(1)  # after it kept the batch and before it said so
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        return None


HTTPServer(("127.0.0.1", PORT), Aggregator).serve_forever()
