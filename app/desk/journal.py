"""The local journal of one agent: an encrypted file that every keystroke reaches, and that survives a killed desk.

Records are appended and fsynced in a thread, each sealed by itself (AES-256-GCM), so that a record torn by a
crash is the last one and the only one lost. Files lie beside it, sealed as well, and go with the value they belong to.
"""

import asyncio
import hashlib
import json
import os
import struct
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MAGIC = b"guichet-journal-1"
NONCE, SALT, KEY = 12, 16, 32
_LENGTH = struct.Struct(">I")
LARGEST_RECORD = 4_000_000
TIDY_AT = 4_000_000
"""A note is written again whole at each letter: beyond this size only what is still kept is written anew."""


def key_of_password(password: str, salt: bytes) -> bytes:
    """The journal's key where no keyring holds one: scrypt (RFC 7914) with the parameters for a sign-in."""
    return hashlib.scrypt(password.encode(), salt=salt, n=2**14, r=8, p=1, dklen=KEY)


def salt_of(file: Path) -> bytes:
    """The salt of a journal: its own, or a fresh one for a file that is not there yet."""
    try:
        head = file.read_bytes()[: len(MAGIC) + SALT]
    except FileNotFoundError:
        head = b""
    if head.startswith(MAGIC) and len(head) == len(MAGIC) + SALT:
        return head[len(MAGIC) :]
    return os.urandom(SALT)


class FileJournal:
    """Journal in one file of the agent's own."""

    def __init__(self, file: Path, key: bytes, salt: bytes) -> None:
        """Read what an earlier desk left; a file that this key does not open is put aside, never thrown away."""
        self._file, self._salt, self._cipher = file, salt, AESGCM(key)
        self._values: dict[str, Any] = {}
        self._pending: dict[str, Any] = {}
        self._task: asyncio.Task[None] | None = None
        self.put_aside: Path | None = None
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder = file.with_name(f"{file.name}.files")
        self._read()
        self._rewrite(self._values)
        places = {self._place(key) for key in self._values}
        self._forget_files(one for one in self._folder.glob("*") if one.name.partition(".")[0] not in places)

    def keep(self, key: str, value: Any) -> None:
        if self._values.get(key) == value:
            return
        if value is None:
            self._values.pop(key, None)
        else:
            self._values[key] = value
        self._pending[key] = value
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._write(), name="journal")

    def kept(self, prefix: str = "") -> Mapping[str, Any]:
        return {key: value for key, value in self._values.items() if key.startswith(prefix)}

    async def keep_files(self, key: str, files: Sequence[tuple[str, bytes]]) -> None:
        await asyncio.to_thread(self._write_files, key, files)

    async def files(self, key: str) -> tuple[tuple[str, bytes], ...]:
        return await asyncio.to_thread(self._read_files, key)

    async def close(self) -> None:
        if self._task is not None:
            await self._task

    async def _write(self) -> None:
        while self._pending:
            batch, self._pending = self._pending, {}
            await asyncio.to_thread(self._append, batch, dict(self._values))

    def _append(self, batch: dict[str, Any], values: dict[str, Any]) -> None:
        with self._file.open("ab") as file:
            for key, value in batch.items():
                file.write(self._sealed(key, value))
            file.flush()
            os.fsync(file.fileno())
            size = file.tell()
        if size > TIDY_AT:
            self._rewrite(values)
        for key in (one for one, value in batch.items() if value is None):
            self._forget_files(self._folder.glob(f"{self._place(key)}.*"))

    def _sealed(self, key: str, value: Any) -> bytes:
        nonce = os.urandom(NONCE)
        sealed = nonce + self._cipher.encrypt(nonce, json.dumps([key, value]).encode(), MAGIC)
        return _LENGTH.pack(len(sealed)) + sealed

    def _place(self, key: str) -> str:
        return hashlib.sha256(key.encode()).hexdigest()[:32]

    def _write_files(self, key: str, files: Sequence[tuple[str, bytes]]) -> None:
        self._folder.mkdir(mode=0o700, exist_ok=True)
        for number, (name, data) in enumerate(files):
            nonce, head = os.urandom(NONCE), name.encode()
            sealed = self._cipher.encrypt(nonce, _LENGTH.pack(len(head)) + head + data, MAGIC)
            _write_whole(self._folder / f"{self._place(key)}.{number:03}", nonce, sealed)

    def _read_files(self, key: str) -> tuple[tuple[str, bytes], ...]:
        found = []
        for path in sorted(self._folder.glob(f"{self._place(key)}.[0-9][0-9][0-9]")):
            sealed = path.read_bytes()
            try:
                whole = self._cipher.decrypt(sealed[:NONCE], sealed[NONCE:], MAGIC)
            except InvalidTag:
                continue
            (length,) = _LENGTH.unpack_from(whole)
            end = _LENGTH.size + length
            found.append((whole[_LENGTH.size : end].decode(), whole[end:]))
        return tuple(found)

    def _forget_files(self, files: Iterable[Path]) -> None:
        for path in files:
            path.unlink(missing_ok=True)

    def _read(self) -> None:
        try:
            data = self._file.read_bytes()
        except FileNotFoundError:
            return
        at, records = len(MAGIC) + SALT, 0
        while at + _LENGTH.size <= len(data):
            (length,) = _LENGTH.unpack_from(data, at)
            sealed = data[at + _LENGTH.size : at + _LENGTH.size + length]
            if length > LARGEST_RECORD or len(sealed) < length:
                break  # torn by a crash
            try:
                key, value = json.loads(self._cipher.decrypt(sealed[:NONCE], sealed[NONCE:], MAGIC))
            except InvalidTag:
                break
            records += 1
            at += _LENGTH.size + length
            self._values[key] = value
        self._values = {key: value for key, value in self._values.items() if value is not None}
        if not records and at < len(data):
            self.put_aside = self._file.with_name(f"{self._file.name}.unread-{int(time.time())}")
            self._file.rename(self.put_aside)
            if self._folder.exists():
                self._folder.rename(self.put_aside.with_name(f"{self.put_aside.name}.files"))

    def _rewrite(self, values: dict[str, Any]) -> None:
        """Begin with nothing but what is kept; a crash leaves the old file or the new one, whole."""
        _write_whole(self._file, MAGIC, self._salt, *(self._sealed(key, value) for key, value in values.items()))


def _write_whole(path: Path, *parts: bytes) -> None:
    """Write a file that is there whole or not at all."""
    fresh = path.with_name(f"{path.name}.new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        for part in parts:
            file.write(part)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
