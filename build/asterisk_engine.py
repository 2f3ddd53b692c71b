"""Asterisk 22 and SIPp without installing them: Debian sid's packages, unpacked and trimmed into a cache.

Standard library only: it runs before the virtual environment exists. The prefix it returns is run through
its own dynamic loader (`app.switch.engine`), so it needs nothing of the host but the kernel.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from debian_sid import EngineError, PrivateApt, cache_folder, dynamic_loader, loader, locked, need_tools, run, unpack

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

PACKAGES = (
    "asterisk",
    "sip-tester",
    "asterisk-core-sounds-en-wav",
    "asterisk-core-sounds-fr-wav",
    "asterisk-moh-opsound-wav",
)
OLDEST_USABLE = 20
RECIPE = 1
"""Raised when what is kept of the packages changes, so that an older cache is made anew."""

_MARK = "guichet-engine.json"
"""Left in the prefix last: what it was made of, and for `app.switch.engine` that it has its own loader."""

# What of the packages is more than code: prompts, hold music, and the option texts without which
# Asterisk refuses to register its configuration options.
_DATA = ("usr/share/asterisk/sounds", "usr/share/asterisk/documentation", "usr/share/asterisk/moh")
_PROGRAMS = ("usr/sbin/asterisk", "usr/bin/sipp")
# Never loaded here, and they alone draw in databases, sound servers and the X side of the archive.
_UNUSED = re.compile(r"(_odbc|_tds|_radius|_ldap|_pgsql|_snmp|_jack|_lua|codec2|amr|calendar|_xmpp|motif|console)")


def ensure(say: Callable[[str], None]) -> Path:
    """Return a prefix that holds Asterisk: `/usr` for one on the PATH that is new enough, else our own.

    The first call downloads about 120 MB and takes under a minute, later calls find it in the cache.
    Raises `EngineError` with a plain sentence when the machine offers no way to get it.
    """
    installed = shutil.which("asterisk") or shutil.which("/usr/sbin/asterisk")
    if installed and _version_of(installed) >= OLDEST_USABLE:
        return Path(installed).resolve().parents[1]
    prefix = cache_folder() / "asterisk"
    if _is_complete(prefix):
        return prefix
    with locked(prefix):
        if not _is_complete(prefix):
            _fetch(prefix, say)
    return prefix


def sipp(prefix: Path) -> list[str]:
    """The command line that starts SIPp, that of this prefix or an installed one; `EngineError` without it."""
    if (prefix / _MARK).exists():
        return [*loader(prefix), str(prefix / "usr/bin/sipp")]
    if installed := shutil.which("sipp"):
        return [installed]
    raise EngineError("SIPp is not installed (Debian calls it sip-tester).")


def _is_complete(prefix: Path) -> bool:
    try:
        made = json.loads((prefix / _MARK).read_text())
    except (OSError, ValueError):
        return False
    return bool(made.get("recipe") == RECIPE)


def _version_of(program: str) -> int:
    said = subprocess.run([program, "-V"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"Asterisk (?:certified/)?(\d+)", said)
    return int(found[1]) if found else 0


def _fetch(prefix: Path, say: Callable[[str], None]) -> None:
    need_tools("apt-get", "dpkg-deb", "tar")
    with tempfile.TemporaryDirectory(prefix="asterisk-", dir=prefix.parent) as work:
        folder = Path(work)
        folder.chmod(0o755)
        apt = PrivateApt(folder / "apt")
        say("Asterisk: reading the index of Debian sid")
        apt.open()
        say("Asterisk: downloading the packages")
        debs = apt.download(*PACKAGES)
        say(f"Asterisk: unpacking {len(debs)} packages")
        unpack(debs, folder / "all")
        say("Asterisk: keeping what it needs")
        kept = folder / "kept"
        _trim(folder / "all", kept)
        _link_prompts(kept / "usr/share/asterisk/sounds")
        version = run(*loader(kept), kept / "usr/sbin/asterisk", "-V").strip()
        (kept / _MARK).write_text(json.dumps({"recipe": RECIPE, "version": version}))
        run("chmod", "-R", "a+rX", kept)  # another user runs it when we are root
        shutil.rmtree(prefix, ignore_errors=True)
        kept.rename(prefix)
    say(f"Asterisk: {version} is ready")


def _trim(everything: Path, kept: Path) -> None:
    """Copy programs, modules, data and the closure of shared libraries; drop the rest."""
    modules = _modules(everything)
    for module in list(modules.glob("*.so")):
        if _UNUSED.search(module.name):
            module.unlink()
    programs = [everything / name for name in _PROGRAMS]
    libraries = _closure(everything, [*programs, *modules.glob("*.so")])
    for file in {*programs, *modules.glob("*.so"), *libraries, dynamic_loader(everything)}:
        copy = kept / file.relative_to(everything)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(file, copy)
    for name in _DATA:
        if (everything / name).is_dir():
            shutil.copytree(everything / name, kept / name, symlinks=True)


def _closure(root: Path, files: Iterable[Path]) -> set[Path]:
    """The shared libraries that `files` load, asked of their own loader (ld.so(8), --list)."""
    found: set[Path] = set()
    for file in files:
        listed = subprocess.run([*loader(root), "--list", str(file)], capture_output=True, text=True, check=False)
        for path in re.findall(r"=> (/\S+)", listed.stdout):
            if Path(path).is_relative_to(root):
                found.add(Path(path))
    if not found:
        raise EngineError("The downloaded programs do not run on this machine.")
    return found


def _link_prompts(sounds: Path) -> None:
    """Name the two prompt sets by language; the package leaves that to its install script."""
    for language, pattern in (("en", "en_US_*"), ("fr", "fr_*")):
        found = sorted(sounds.glob(pattern))
        if not found:
            raise EngineError(f"The downloaded packages hold no prompts for '{language}'.")
        link = sounds / language
        link.unlink(missing_ok=True)
        link.symlink_to(found[0].name)
    for link in sounds.iterdir():
        if link.is_symlink() and not link.exists():
            link.unlink()


def _modules(root: Path) -> Path:
    return next(root.glob("usr/lib/*/asterisk/modules"))


if __name__ == "__main__":
    try:
        print(ensure(lambda sentence: print(sentence, file=sys.stderr)))
    except EngineError as error:
        sys.exit(str(error))
