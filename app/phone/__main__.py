"""`python -m app.phone --folder DIR`: the phone process of one desk."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from pathlib import Path


def main(arguments: list[str] | None = None) -> int:
    """Run the phone process until nobody needs it; its log goes to standard error."""
    parser = argparse.ArgumentParser(prog="guichetctl phone", description=main.__doc__)
    parser.add_argument("--folder", type=Path, required=True, help="its address, token and log (0700)")
    parser.add_argument("--idle", type=float, default=60.0, help="seconds with no desk and no call to its end")
    parser.add_argument("--verbose", action="store_true", help="log every step")
    chosen = parser.parse_args(arguments)
    logging.basicConfig(
        level=logging.DEBUG if chosen.verbose else logging.INFO,
        format="%(asctime)s %(levelname)s %(name)s %(message)s",
    )
    from app.phone.server import run

    return run(chosen.folder.absolute(), idle_s=chosen.idle)


if __name__ == "__main__":
    status = main()
    logging.shutdown()
    sys.stdout.flush()
    # Everything is closed by now; the interpreter's own tear-down would only touch pjsua2's remains.
    os._exit(status)
