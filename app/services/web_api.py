"""The API's ports: what the hub calls for other programs, and their tokens as the desk makes them."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from app.domain.ids import new_id
from app.domain.refusals import Refusal, Refused

SCOPES = ("cases:read", "cases:write", "customers:read", "customers:write", "events:write")
PREFIX = "gu_"
SHOWN = 9


@dataclass(frozen=True, slots=True)
class Answer:
    """What a call was answered; `denied`: why it was not done (token, scope, key), `again`: it was done before."""

    body: Mapping[str, Any] | None = None
    again: bool = False
    denied: str = ""
    scope: str = ""


class Api(Protocol):
    """Calls of other programs; the database decides by the token what it may. Refused says what is wrong."""

    async def call(
        self, token: str, operation: str, told: Mapping[str, Any], key: str = "", fingerprint: str = ""
    ) -> Answer: ...


@dataclass(frozen=True, slots=True)
class ApiToken:
    """One integration's token as the desk sees it: how it begins, and what it may."""

    id: UUID
    name: str
    shown: str = ""
    scopes: tuple[str, ...] = ()
    team_id: UUID | None = None
    made_at: datetime | None = None
    used_at: datetime | None = None
    revoked: bool = False


class TokenStore(Protocol):
    """Where tokens are kept, as hashes."""

    async def tokens(self) -> tuple[ApiToken, ...]: ...
    async def make(self, token: ApiToken, digest: bytes) -> None: ...
    async def revoke(self, token_id: UUID) -> None: ...


class ApiTokens:
    """Tokens are made and ended; what one is, only its maker reads, once."""

    def __init__(self, store: TokenStore) -> None:
        self._store = store
        self.read = store.tokens
        self.revoke = store.revoke

    async def make(self, name: str, scopes: tuple[str, ...], team_id: UUID | None, id_: UUID | None = None) -> str:
        """A new token, never to be read again."""
        if not name.strip():
            raise Refused(Refusal.REQUIRED, "name")
        if not scopes:
            raise Refused(Refusal.REQUIRED, "scopes")
        secret = PREFIX + secrets.token_urlsafe(32)
        await self._store.make(ApiToken(id_ or new_id(), name, secret[:SHOWN], scopes, team_id), digest(secret))
        return secret


def digest(secret: str) -> bytes:
    """What is kept of a secret of 256 random bits: nobody finds it by trying, so one round is enough."""
    return hashlib.sha256(secret.encode()).digest()
