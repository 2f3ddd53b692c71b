"""baresip without installing it, for the benchmark that our phone is compared in: Debian sid's package, unpacked."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from debian_sid import EngineError, PrivateApt, cache_folder, loader, locked, need_tools, run, unpack

if TYPE_CHECKING:
    from collections.abc import Callable


def ensure(say: Callable[[str], None]) -> Path:
    """Return a prefix that holds baresip, fetched the first time; `EngineError` says why there is none."""
    prefix = cache_folder() / "baresip"
    with locked(prefix):
        if not (prefix / "usr/bin/baresip").exists():
            _fetch(prefix, say)
    return prefix


def command(prefix: Path) -> list[str]:
    """The command line that starts it."""
    return [*loader(prefix), str(prefix / "usr/bin/baresip")]


def modules(prefix: Path) -> Path:
    """The folder of its modules."""
    return next(prefix.glob("usr/lib/**/baresip/modules"))


def _fetch(prefix: Path, say: Callable[[str], None]) -> None:
    need_tools("apt-get", "dpkg-deb", "tar")
    with tempfile.TemporaryDirectory(prefix="baresip-", dir=prefix.parent) as work:
        folder = Path(work)
        folder.chmod(0o755)
        apt = PrivateApt(folder / "apt")
        say("baresip: reading the index of Debian sid")
        apt.open()
        say("baresip: downloading the packages")
        unpack(apt.download("baresip-core"), folder / "all")
        run("chmod", "-R", "a+rX", folder / "all")
        shutil.rmtree(prefix, ignore_errors=True)
        (folder / "all").rename(prefix)
    say("baresip is ready")


if __name__ == "__main__":
    try:
        print(ensure(lambda sentence: print(sentence, file=sys.stderr)))
    except EngineError as error:
        sys.exit(str(error))
