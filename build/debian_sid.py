"""Packages of Debian sid, fetched by an ordinary user into a private apt state and never installed.

Standard library only: it runs before the virtual environment exists.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SUITE = "sid"
KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
SOURCES = Path("/etc/apt")


class EngineError(Exception):
    """An engine could not be fetched or built; the sentence says what is missing and what to do."""


@dataclass(frozen=True)
class Mirror:
    """One archive of the machine's own apt sources, with the key it is signed by ("" for apt's own)."""

    address: str
    signed_by: str


def cache_folder() -> Path:
    """Where engines are kept: a folder every user can read when we are root, else the user's own."""
    if os.geteuid() == 0:
        return Path("/var/cache/guichet")
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "guichet"


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Let one process at a time fill `folder`; the others wait and then find it filled."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.parent.chmod(folder.parent.stat().st_mode | (0o055 if os.geteuid() == 0 else 0))
    with folder.with_name(folder.name + ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def run(*command: str | Path, cwd: Path | None = None, env: dict[str, str] | None = None) -> str:
    """Run a tool and return its output; a failure is an `EngineError` with the end of what it said."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**os.environ, "LC_ALL": "C", **(env or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        tail = "\n".join((done.stdout + done.stderr).strip().splitlines()[-12:])
        raise EngineError(f"{Path(command[0]).name} failed (exit {done.returncode}):\n{tail}")
    return done.stdout


def need_tools(*tools: str) -> None:
    """Refuse with a plain sentence when a tool is missing."""
    missing = [tool for tool in tools if not shutil.which(tool)]
    if missing:
        raise EngineError(f"This needs {', '.join(missing)}, which this machine does not have.")


def mirrors(folder: Path = SOURCES) -> list[Mirror]:
    """The archives of the machine's own apt sources, in both of apt's formats (sources.list(5))."""
    files = [folder / "sources.list", *sorted((folder / "sources.list.d").glob("*"))]
    found: list[Mirror] = []
    for file in files:
        if file.is_file() and file.suffix in {".list", ".sources"}:
            text = file.read_text(errors="replace")
            found += _deb822(text) if file.suffix == ".sources" else _one_line(text)
    # A security or updates archive has no sid; the others are tried in the order the machine uses them.
    return list(dict.fromkeys(mirror for mirror in found if "security" not in mirror.address))


def _deb822(text: str) -> Iterator[Mirror]:
    for stanza in text.split("\n\n"):
        fields: dict[str, str] = {}
        name = ""
        for line in stanza.splitlines():
            if line.startswith("#"):
                continue
            if line[:1].isspace():
                fields[name] = fields.get(name, "") + "\n" + line.strip()
            elif ":" in line:
                name, _, value = line.partition(":")
                name = name.lower()
                fields[name] = value.strip()
        if "main" in fields.get("components", "").split() and fields.get("enabled", "yes") != "no":
            for address in fields.get("uris", "").split():
                yield Mirror(address, fields.get("signed-by", "").strip())


def _one_line(text: str) -> Iterator[Mirror]:
    for line in text.splitlines():
        kind, _, rest = line.strip().partition(" ")
        options = ""
        rest = rest.strip()
        if rest.startswith("["):
            options, _, rest = rest[1:].partition("]")
        parts = rest.split()
        if kind == "deb" and "main" in parts[2:]:
            signed_by = [o.removeprefix("signed-by=") for o in options.split() if o.startswith("signed-by=")]
            yield Mirror(parts[0], "".join(signed_by))


class PrivateApt:
    """An apt of our own: its lists, its downloads and its empty package database live in one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._options = folder / "apt.conf"

    def open(self) -> Mirror:
        """Find the first archive that has sid, and read its index (about 25 MB)."""
        need_tools("apt-get", "dpkg-deb", "tar")
        candidates = mirrors()
        if not candidates:
            raise EngineError("This machine has no Debian archive in its apt sources, so sid is out of reach.")
        said = []
        for mirror in candidates:
            self._write(mirror)
            try:
                run("apt-get", "-c", self._options, "-qq", "-o", "APT::Update::Error-Mode=any", "update")
            except EngineError as error:
                said.append(str(error))
                continue
            return mirror
        raise EngineError(f"None of this machine's {len(candidates)} apt archives has Debian {SUITE}.\n{said[-1]}")

    def download(self, *packages: str) -> list[Path]:
        """Fetch these packages and all they depend on; returns the .deb files."""
        run(
            "apt-get", "-c", self._options, "-qq", "--yes", "--download-only", "install", *packages
        )  # fmt: skip
        return sorted((self._folder / "cache/archives").glob("*.deb"))

    def download_source(self, package: str, into: Path) -> list[Path]:
        """Fetch the source files of a package without unpacking them."""
        into.mkdir(parents=True, exist_ok=True)
        run("apt-get", "-c", self._options, "-qq", "--download-only", "source", package, cwd=into)
        return sorted(into.iterdir())

    def _write(self, mirror: Mirror) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)
        for name in ("lists/partial", "cache/archives/partial"):
            (self._folder / name).mkdir(parents=True)
        (self._folder / "status").touch()
        signed_by = mirror.signed_by or (str(KEYRING) if KEYRING.exists() else "")
        if "BEGIN PGP" in signed_by:
            key = self._folder / "archive-key.asc"
            lines = (line.strip() for line in signed_by.splitlines())
            key.write_text("\n".join("" if line == "." else line for line in lines) + "\n")
            signed_by = str(key)
        option = f"[signed-by={signed_by}] " if signed_by else ""
        (self._folder / "sources.list").write_text(
            "".join(f"{kind} {option}{mirror.address} {SUITE} main\n" for kind in ("deb", "deb-src"))
        )
        # Given by -c, so that it is read after the machine's own configuration (proxies stay in force).
        self._options.write_text(
            f"""
Dir::Etc::sourcelist "{self._folder}/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
Dir::State "{self._folder}";
Dir::State::lists "{self._folder}/lists";
Dir::State::status "{self._folder}/status";
Dir::State::extended_states "{self._folder}/extended_states";
Dir::Cache "{self._folder}/cache";
Dir::Cache::archives "{self._folder}/cache/archives";
Dir::Log "{self._folder}";
APT::Install-Recommends "false";
APT::Get::List-Cleanup "false";
APT::Sandbox::User "{"root" if os.geteuid() == 0 else ""}";
Acquire::Check-Valid-Until "false";
Acquire::Languages "none";
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
#clear DPkg::Post-Invoke;
"""
        )


def unpack(packages: list[Path], into: Path) -> None:
    """Lay out the files of packages under `into`, running none of their scripts."""
    into.mkdir(parents=True, exist_ok=True)
    for package in packages:
        with subprocess.Popen(["dpkg-deb", "--fsys-tarfile", package], stdout=subprocess.PIPE) as deb:
            run_tar = ["tar", "-x", "--keep-directory-symlink", "--no-same-owner", "-C", str(into)]
            tar = subprocess.run(run_tar, stdin=deb.stdout, capture_output=True, text=True, check=False)
        if tar.returncode or deb.returncode:
            raise EngineError(f"{package.name} could not be unpacked: {tar.stderr.strip()}")


def dynamic_loader(root: Path) -> Path:
    """The loader of unpacked packages: their programs know no other place of their libraries."""
    return next(root.glob("usr/lib/*/ld-linux-*.so.*"))


def loader(root: Path) -> list[str]:
    """The beginning of a command line that runs one of their programs."""
    found = dynamic_loader(root)
    return [str(found), "--inhibit-cache", "--library-path", str(found.parent)]
