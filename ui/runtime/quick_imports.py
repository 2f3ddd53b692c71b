"""Imports that cost what they should: no rubbish is looked for, no source is read, no dataclass is compiled twice."""

import dataclasses
import gc
import importlib
import linecache
import marshal
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import CodeType
from typing import Any

_DECIDES = "_mod_uses_pyside"


@contextmanager
def importing(cache: Path, what: str) -> Iterator[None]:
    """Imports make objects that stay: the collector would look through all of them again and again, 0.3 s in all.

    And a dataclass writes six functions as text and has each compiled, 0.4 s in all: their code is kept in `cache`,
    a file for each such moment.
    """
    gc.disable()
    kept = _Compiled(cache / f"{what}.{sys.implementation.cache_tag}.code")
    vars(dataclasses)["exec"] = kept.run
    try:
        yield
    finally:
        vars(dataclasses).pop("exec", None)
        kept.keep()
        gc.freeze()
        gc.enable()


def make_imports_quick() -> None:
    """Call once, before the other imports of a process with a window: 0.2 s and 25 MB less.

    WORKAROUND for shibokensupport.feature (PySide6 6.x): to learn whether a module might use `from __feature__
    import snake_case`, it tokenises each one's source and leaves it in the line cache. We use no such feature.
    """
    gc.set_threshold(20_000, 20, 20)  # a desk makes many objects that stay
    importlib.import_module("PySide6.QtCore")
    try:
        feature = importlib.import_module("shibokensupport.feature")
    except ImportError:  # another version may not do it any more
        return
    if hasattr(feature, _DECIDES):
        setattr(feature, _DECIDES, lambda _module: False)
    linecache.clearcache()


class _Compiled:
    """Code by its text, kept from one start to the next as a module's own is in a .pyc."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._known: dict[str, CodeType] = {}
        self._used: dict[str, CodeType] = {}
        with suppress(OSError, ValueError, EOFError, TypeError):
            about = file.stat()
            # It is code: what somebody else may write is not read.
            if os.name == "nt" or (about.st_uid == os.getuid() and not about.st_mode & 0o022):
                self._known = marshal.loads(file.read_bytes())  # noqa: S302

    def run(self, text: str, *places: Any) -> None:
        """Like the built-in exec."""
        code = self._known.get(text)
        self._used[text] = code if code is not None else compile(text, "<string>", "exec")
        exec(self._used[text], *places)  # noqa: S102

    def keep(self) -> None:
        """Write what was used, where that is not the same as before; nothing is lost where that is impossible."""
        if self._used.keys() != self._known.keys():
            with suppress(OSError):
                self._file.parent.mkdir(parents=True, exist_ok=True)
                made = self._file.with_suffix(f".{os.getpid()}")
                made.touch(mode=0o600)
                made.write_bytes(marshal.dumps(self._used))
                made.replace(self._file)
