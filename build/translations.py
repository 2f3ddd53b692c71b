"""Checks that every sentence of the desk is translated: looks for new ones with lupdate, then for gaps."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parent.parent
LUPDATE = Path(sys.executable).with_name("pyside6-lupdate")


def main() -> int:
    """Name what is missing in each language; 0 when nothing is."""
    missing = [line for source in sorted((ROOT / "resources" / "i18n").glob("*.ts")) for line in _missing(source)]
    print("\n".join(missing[:40]))
    if missing:
        print(f"{len(missing)} sentences are not translated: run pyside6-lupdate, then translate them.")
    return int(bool(missing))


def _missing(source: Path) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(shutil.copy(source, folder))
        code = sorted(str(path.relative_to(ROOT)) for room in ("app", "ui") for path in (ROOT / room).rglob("*.py"))
        # English is the language of the code: its file only holds the plurals.
        only = ["-pluralonly"] if source.stem.endswith("_en") else []
        command = [str(LUPDATE), *code, *only, "-no-obsolete", "-locations", "none", "-ts", str(fresh)]
        done = subprocess.run(command, check=False, cwd=ROOT, capture_output=True, text=True)
        if done.returncode:
            return [f"{source.name}: lupdate failed: {done.stderr.strip()}"]
        return [f"{source.name}: {text}" for text in _gaps(ET.parse(fresh))]


def _gaps(tree: ET.ElementTree[ET.Element]) -> list[str]:
    gaps = []
    for context in tree.iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            if translation is None or translation.get("type") == "unfinished" or not _is_whole(translation):
                gaps.append(f"{context.findtext('name')}: {message.findtext('source')}")
    return gaps


def _is_whole(translation: ET.Element) -> bool:
    forms = translation.findall("numerusform") or [translation]
    return all((form.text or "").strip() for form in forms)


if __name__ == "__main__":
    sys.exit(main())
