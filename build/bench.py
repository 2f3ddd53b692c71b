"""Runs the benchmarks of tests/bench and writes what they measured.

A benchmark NAME is the module tests/bench/bench_NAME.py with `KEYS`, which says for each key what is measured, in
which unit and what it should reach, and `async def run(small: bool) -> dict[str, float]`.
"""

from __future__ import annotations

import argparse
import asyncio
import importlib
import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "tests" / "bench"


class Benchmark(Protocol):
    """A module of tests/bench."""

    KEYS: Mapping[str, str]

    async def run(self, small: bool) -> dict[str, float]:
        """Measure once and give a number for each of KEYS; `small` takes a tenth of the data."""


def main(words: list[str]) -> int:
    """Run the benchmarks asked for; 0 when each gave the numbers it promises."""
    known = sorted(path.stem.removeprefix("bench_") for path in FOLDER.glob("bench_*.py"))
    parser = argparse.ArgumentParser(prog="build/bench", description="Measures Guichet on this machine.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"which to run: {', '.join(known) or 'none yet'}")
    parser.add_argument("--json", type=Path, metavar="FILE", help='write {"metrics": {key: number}}')
    parser.add_argument("--small", action="store_true", help="a tenth of the data")
    options = parser.parse_args(words)
    if unknown := set(options.names) - set(known):
        parser.error(f"unknown benchmark {', '.join(sorted(unknown))}; there are: {', '.join(known) or 'none yet'}")
    sys.path.insert(0, str(ROOT))
    metrics: dict[str, float] = {}
    complaints: list[str] = []
    for name in options.names or known:
        complaints += _measure(name, options.small, metrics)
        if options.json:  # after each, so that a long run cut short has given something
            options.json.parent.mkdir(parents=True, exist_ok=True)
            options.json.write_text(json.dumps({"metrics": metrics}, indent=2) + "\n", encoding="utf-8")
    for complaint in complaints:
        print(complaint, file=sys.stderr)
    return int(bool(complaints))


def _measure(name: str, small: bool, metrics: dict[str, float]) -> list[str]:
    benchmark = cast("Benchmark", importlib.import_module(f"tests.bench.bench_{name}"))
    print(f"{name} …", flush=True)
    started = time.monotonic()
    found = asyncio.run(benchmark.run(small))
    for key, number in found.items():
        print(f"  {key:<36} {number:>12.4g}   {benchmark.KEYS.get(key, '')}")
    print(f"{name} took {time.monotonic() - started:.0f} s", flush=True)
    metrics.update(found)
    return [f"{name}: {key} was promised and not measured" for key in benchmark.KEYS if key not in found] + [
        f"{name}: {key} was measured and is not explained in KEYS" for key in found if key not in benchmark.KEYS
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
