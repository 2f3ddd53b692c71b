"""Pictures from elsewhere: only pictures, only from out in the world, and only so large."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from app.mail.pictures import MOST, fetch_picture, is_public

GIF = b"GIF89a" + b"\0" * 20


class _Pages(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        bodies = {"/a.gif": GIF, "/page": b"<html>", "/huge.gif": b"GIF89a" + b"\0" * MOST}
        self.server.asked.append(self.path)  # type: ignore[attr-defined]
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "/a.gif")
        elif self.path == "/round":
            self.send_response(302)
            self.send_header("Location", "/round")
        else:
            self.send_response(200)
        self.end_headers()
        self.wfile.write(bodies.get(self.path, b""))

    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def server() -> Iterator[HTTPServer]:
    made = HTTPServer(("127.0.0.1", 0), _Pages)
    made.asked = []  # type: ignore[attr-defined]
    thread = threading.Thread(target=made.serve_forever)
    thread.start()
    yield made
    made.shutdown()
    thread.join()
    made.server_close()


@pytest.mark.parametrize(
    ("path", "expected"),
    [("/a.gif", GIF), ("/moved", GIF), ("/page", None), ("/huge.gif", None), ("/round", None), ("/none", None)],
)
def test_a_picture_is_fetched_and_nothing_else(server: HTTPServer, path: str, expected: bytes | None) -> None:
    address = f"http://127.0.0.1:{server.server_port}{path}"
    assert fetch_picture(address, lambda _: True) == expected


def test_a_mail_reaches_nothing_of_the_readers_own_network(server: HTTPServer) -> None:
    assert fetch_picture(f"http://localhost:{server.server_port}/a.gif") is None
    assert server.asked == []  # type: ignore[attr-defined]
    assert [is_public(one) for one in ("127.0.0.1", "192.168.1.1", "::1", "169.254.169.254", "8.8.8.8")] == [
        False, False, False, False, True,
    ]  # fmt: skip


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://x.example/a", "cid:a", "", "http://", "http://[x"])
def test_other_addresses_give_nothing(address: str) -> None:
    assert fetch_picture(address, lambda _: True) is None
