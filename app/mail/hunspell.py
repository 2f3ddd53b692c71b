"""The dictionaries of this computer, asked through `hunspell -a` (the protocol of ispell(1)): a process a language."""

import asyncio
import contextlib
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from app.domain.spelling import as_asked

# The first one that is there; a language's name alone is what some systems have.
_NAMES = {"fr": ("fr_FR", "fr", "fr_CA", "fr_BE", "fr_CH"), "en": ("en_GB", "en_US", "en")}
_MOST_MEANT = 6
_KEPT = 20_000
_T = TypeVar("_T")


class Hunspell:
    """Words are checked in a thread of its own, and known ones are not asked again."""

    def __init__(self, personal: Path, program: str | None = None) -> None:
        self._personal, self._program = personal, program or shutil.which("hunspell")
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="spelling")
        self._processes: dict[str, subprocess.Popen[str]] = {}
        self._answers: dict[tuple[str, str], tuple[str, ...] | None] = {}
        self._mine: set[str] | None = None
        self._found: dict[str, str] | None = None

    async def languages(self) -> frozenset[str]:
        return await self._in_thread(self._languages)

    async def check(self, language: str, words: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
        return await self._in_thread(lambda: self._check(language, tuple(words)))

    async def learn(self, word: str) -> None:
        await self._in_thread(lambda: self._learn(word))

    async def close(self) -> None:
        await self._in_thread(self._end)
        # A new window over the same sign-in begins again: its thread is made when it is asked something.
        self._thread.shutdown(wait=False)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="spelling")

    async def _in_thread(self, act: Callable[[], _T]) -> _T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, act)

    def _languages(self) -> frozenset[str]:
        return frozenset(self._dictionaries())

    def _dictionaries(self) -> dict[str, str]:
        if self._found is None:
            self._found = {}
            if self._program is not None:
                with contextlib.suppress(OSError, subprocess.SubprocessError):
                    told = subprocess.run(
                        [self._program, "-D"], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
                        timeout=10,
                    ).stderr  # fmt: skip
                    there = {Path(line).name for line in told.splitlines() if line.startswith("/")}
                    for language, names in _NAMES.items():
                        if name := next((one for one in names if one in there), ""):
                            self._found[language] = name
        return self._found

    def _check(self, language: str, words: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
        if language not in self._dictionaries():
            return {}
        if len(self._answers) > _KEPT:
            self._answers.clear()
        wrong: dict[str, tuple[str, ...]] = {}
        for word in words:
            key = (language, as_asked(word))
            if key not in self._answers:
                try:
                    self._answers[key] = self._ask(language, key[1])
                except (OSError, ValueError):
                    self._drop(language)
                    return wrong  # a dictionary that died says nothing; the next text starts it again
            meant = self._answers[key]
            if meant is not None and key[1].casefold() not in self._own_words():
                wrong[word] = meant
        return wrong

    def _ask(self, language: str, word: str) -> tuple[str, ...] | None:
        process = self._process(language)
        assert process.stdin is not None
        assert process.stdout is not None
        # ^: what follows is text, whatever letter it begins with.
        process.stdin.write(f"^{word}\n")
        process.stdin.flush()
        meant: tuple[str, ...] | None = None
        while (line := process.stdout.readline()) not in {"\n", "\r\n"}:
            if not line:
                raise OSError("hunspell ended")
            if line[0] in "&?":
                meant = tuple(line.partition(":")[2].strip().split(", ")[:_MOST_MEANT])
            elif line[0] == "#":
                meant = ()
        return meant

    def _process(self, language: str) -> subprocess.Popen[str]:
        if language not in self._processes:
            assert self._program is not None
            started = subprocess.Popen(
                [self._program, "-a", "-i", "utf-8", "-d", self._dictionaries()[language]],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8",
                errors="replace",
            )  # fmt: skip
            self._processes[language] = started
            assert started.stdout is not None
            started.stdout.readline()  # who it is
        return self._processes[language]

    def _own_words(self) -> set[str]:
        if self._mine is None:
            self._mine = set()
            with contextlib.suppress(OSError):
                self._mine |= set(self._personal.read_text("utf-8").split("\n")) - {""}
        return self._mine

    def _learn(self, word: str) -> None:
        own, kept = self._own_words(), as_asked(word).casefold()
        if kept not in own:
            own.add(kept)
            with contextlib.suppress(OSError):  # until the desk ends it is known all the same
                self._personal.parent.mkdir(parents=True, exist_ok=True)
                with self._personal.open("a", encoding="utf-8") as file:
                    file.write(f"{kept}\n")

    def _drop(self, language: str) -> None:
        process = self._processes.pop(language, None)
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    with contextlib.suppress(OSError):
                        pipe.close()

    def _end(self) -> None:
        for language in tuple(self._processes):
            self._drop(language)
