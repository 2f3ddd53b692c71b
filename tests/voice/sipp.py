"""SIPp: peers that follow a script, odd ones included."""

import asyncio
import contextlib
import shutil
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

import asterisk_engine
from debian_sid import EngineError
from tests.voice.parties import until

SDP = """\
v=0
o=- 1 1 IN IP[local_ip_type] [local_ip]
s=-
c=IN IP[media_ip_type] [media_ip]
t=0 0
m=audio [media_port] RTP/AVP {payload}
a=rtpmap:{payload} {codec}
a=sendrecv
"""

HEAD = """\
      {method} sip:[service]@[remote_ip]:[remote_port] SIP/2.0
      Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
      From: <sip:+33380221417@[local_ip]>;tag=[call_number]
      To: <sip:[service]@[remote_ip]>{to_tag}
      Call-ID: [call_id]
      CSeq: {number} {method}
      Contact: <sip:odd@[local_ip]:[local_port]>
      Max-Forwards: 70
"""


def send(method: str, number: int, *, headers: str = "", sdp: str = "", answered: bool = True) -> str:
    """A request of a script; after the answer it carries the other side's tag."""
    head = HEAD.format(method=method, number=number, to_tag="[peer_tag_param]" if answered else "")
    lines = "".join(f"      {line}\n" for line in headers.splitlines())
    kind = "      Content-Type: application/sdp\n" if sdp else ""
    body = "\n".join(f"      {line}" for line in sdp.splitlines())
    return f"<send><![CDATA[\n{head}{lines}{kind}      Content-Length: [len]\n\n{body}\n]]></send>\n"


def expect(status: int, *, optional: bool = False) -> str:
    attributes = f' response="{status}"' + (' optional="true"' if optional else ' rtd="true"')
    return f"<recv{attributes}/>\n"


def call(payload: int = 8, codec: str = "PCMA/8000") -> str:
    """An INVITE that is answered."""
    return (
        send("INVITE", 1, sdp=SDP.format(payload=payload, codec=codec), answered=False)
        + expect(100, optional=True)
        + expect(180, optional=True)
        + expect(183, optional=True)
        + expect(200)
        + send("ACK", 1)
    )


def answer(status: str, headers: str = "", sdp: str = "") -> str:
    """An answer to the request just received."""
    copied = "".join(f"      [last_{name}:]\n" for name in ("Via", "From", "Call-ID", "CSeq"))
    extra = "".join(f"      {line}\n" for line in headers.splitlines())
    kind = "      Content-Type: application/sdp\n" if sdp else ""
    body = "\n".join(f"      {line}" for line in sdp.splitlines())
    return (
        f"<send><![CDATA[\n      SIP/2.0 {status}\n{copied}      [last_To:];tag=[call_number]\n"
        f"      Contact: <sip:odd@[local_ip]:[local_port]>\n{extra}{kind}      Content-Length: [len]\n\n{body}\n"
        "]]></send>\n"
    )


class Script:
    """A SIPp process."""

    def __init__(self, process: asyncio.subprocess.Process, errors: Path) -> None:
        self._process = process
        self._errors = errors

    async def went_well(self, within_s: float = 15.0) -> bool:
        """Whether every step of the script happened as written."""
        async with asyncio.timeout(within_s):
            return await self._process.wait() == 0

    def kill(self) -> None:
        """Vanish, as a telephone whose battery is empty."""
        if self._process.returncode is None:
            self._process.kill()


def _listens(port: int) -> bool:
    lines = Path("/proc/net/udp").read_text(encoding="ascii").splitlines()[1:]
    return any(line.split()[1].endswith(f":{port:04X}") for line in lines)


@contextlib.asynccontextmanager
async def script(prefix: Path, steps: str, *arguments: str) -> AsyncIterator[Script]:
    """Run a script once; it is killed at the end of the block."""
    try:
        program = asterisk_engine.sipp(prefix)
    except EngineError as error:
        pytest.skip(str(error))
    folder = Path(tempfile.mkdtemp(prefix="guichet-sipp-"))
    file = folder / "script.xml"
    text = f'<?xml version="1.0" encoding="ISO-8859-1"?>\n<scenario name="odd">\n{steps}</scenario>\n'
    await asyncio.to_thread(file.write_text, text)
    process = await asyncio.create_subprocess_exec(
        *program, "-sf", str(file), "-m", "1", "-nostdin", "-i", "127.0.0.1", *arguments,
        cwd=folder, stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    running = Script(process, folder)
    try:
        if "-p" in arguments:
            await until(lambda: _listens(int(arguments[arguments.index("-p") + 1])), "SIPp to listen")
        yield running
    finally:
        running.kill()
        await process.wait()
        shutil.rmtree(folder)
