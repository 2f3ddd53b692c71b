"""A real Dovecot of one's own: ordinary user, loopback, free ports, a folder that goes with it."""

import asyncio
import base64
import hmac
import json
import os
import shutil
import signal
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.settings.service_user import ServiceUser, service_user
from tests.helpers.folders import service_folder
from tests.mail.certificates import certificate_and_key

SECRET = "a-mail-secret"

_CONFIGURATION = """
protocols = imap
listen = 127.0.0.1
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
ssl = yes
ssl_cert = <{folder}/certificate.pem
ssl_key = <{folder}/key.pem
disable_plaintext_auth = no
mail_location = maildir:{folder}/mail/%u
first_valid_uid = 1
auth_failure_delay = 0
auth_mechanisms = plain login xoauth2
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {folder}/oauth2.conf
}}
passdb {{
  driver = static
  mechanisms = plain login
  args = password={secret}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}/mail/%u
}}
namespace inbox {{
  inbox = yes
  mailbox Sent {{
    auto = create
    special_use = \\Sent
  }}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
"""

_OAUTH2 = """
introspection_mode = local
local_validation_key_dict = fs:posix:prefix={folder}/keys/
username_attribute = sub
"""


class Dovecot:
    """One running server; every name signs in with the same secret and has a mailbox of its own."""

    def __init__(self, folder: Path, user: ServiceUser) -> None:
        self.folder, self._user = folder, user
        self.port, self.tls_port = free_port(), free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self._configure()

    @property
    def trust(self) -> ssl.SSLContext:
        """What a client needs to believe this server's certificate."""
        return ssl.create_default_context(cafile=str(self.folder / "certificate.pem"))

    def start(self) -> None:
        """Start and wait until it answers."""
        command = ["dovecot", "-F", "-c", str(self.folder / "dovecot.conf")]
        # A session of its own: its processes end together, as on a machine that loses power.
        self._process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, start_new_session=True, **self._user.identity()
        )
        deadline = time.monotonic() + 20
        while not _answers(self.port):
            if time.monotonic() > deadline or self._process.poll() is not None:
                log = self.folder / "dovecot.log"
                raise AssertionError(log.read_text() if log.exists() else "Dovecot did not start")
            time.sleep(0.02)

    def stop(self, *, kill: bool = False) -> None:
        """End it, in order or at once."""
        if self._process is None:
            return
        if kill:
            os.killpg(self._process.pid, signal.SIGKILL)
        else:
            self._process.terminate()
        self._process.wait(20)
        self._process = None
        deadline = time.monotonic() + 20
        while _answers(self.port) and time.monotonic() < deadline:
            time.sleep(0.02)
        (self.folder / "run" / "master.pid").unlink(missing_ok=True)

    def _configure(self) -> None:
        for name in ("run", "state", "mail"):
            self._user.make_folder(self.folder / name)
        self._user.own(self.folder)
        self._certify()
        group = str(self._user.gid)
        text = _CONFIGURATION.format(
            folder=self.folder,
            user=self._user.name,
            group=_group_name(self._user.gid) or group,
            secret=SECRET,
            port=self.port,
            tls_port=self.tls_port,
        )
        self._user.write_private(self.folder / "dovecot.conf", text)
        self._user.write_private(self.folder / "oauth2.conf", _OAUTH2.format(folder=self.folder))
        place = self.folder
        for name in ("keys", "default", "HS256"):
            place /= name
            self._user.make_folder(place)
        self._user.write_private(place / "default", base64.b64encode(SECRET.encode()).decode())

    def _certify(self) -> None:
        certificate, private = certificate_and_key()
        self._user.write_private(self.folder / "certificate.pem", certificate)
        self._user.write_private(self.folder / "key.pem", private)


def bearer_token(name: str, *, valid_s: int = 600, secret: str = SECRET) -> str:
    """A token that Dovecot believes (RFC 7519, HS256): for whom, and until when."""
    claims = {"sub": name, "iat": int(time.time()) - 1000, "exp": int(time.time()) + valid_s}
    parts = [_base64url(json.dumps(one).encode()) for one in ({"alg": "HS256", "typ": "JWT"}, claims)]
    signed = ".".join(parts)
    return f"{signed}.{_base64url(hmac.digest(secret.encode(), signed.encode(), 'sha256'))}"


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


@contextmanager
def running_dovecot() -> Iterator[Dovecot]:
    """A Dovecot for a while; skips with a reason where it is not installed."""
    version = ""
    if shutil.which("dovecot"):
        version = subprocess.run(["dovecot", "--version"], check=True, capture_output=True, text=True).stdout
    if not version.startswith("2.3"):
        pytest.skip(f"needs Dovecot 2.3 (Debian 12: dovecot-imapd), found {version.strip() or 'none'}")
    with service_folder() as folder:
        server = Dovecot(folder, service_user())
        server.start()
        try:
            yield server
        finally:
            server.stop()


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _answers(port: int) -> bool:
    with socket.socket() as one:
        one.settimeout(1)
        return one.connect_ex(("127.0.0.1", port)) == 0


def _group_name(gid: int) -> str:
    import grp

    try:
        return grp.getgrgid(gid).gr_name
    except KeyError:
        return ""


async def eventually(condition: object, most_s: float = 10) -> None:
    """Wait until a condition holds; fails when it does not in time."""
    deadline = asyncio.get_running_loop().time() + most_s
    while not condition():  # type: ignore[operator]
        assert asyncio.get_running_loop().time() < deadline, "it did not happen in time"
        await asyncio.sleep(0.02)


if os.name == "nt":
    pytest.skip("Dovecot is for Unix", allow_module_level=True)
