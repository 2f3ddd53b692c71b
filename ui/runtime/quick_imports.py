"""Imports that cost what they should: nothing looks for rubbish meanwhile, and nobody reads every module's source."""

import gc
import importlib
import linecache
from collections.abc import Iterator
from contextlib import contextmanager

_DECIDES = "_mod_uses_pyside"


@contextmanager
def importing() -> Iterator[None]:
    """Imports make objects that stay: the collector would look through all of them again and again, 0.3 s in all."""
    gc.disable()
    try:
        yield
    finally:
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
