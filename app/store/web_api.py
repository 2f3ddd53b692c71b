"""The API on PostgreSQL: one function a call, as the hub, and tokens as an agent."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from app.services.web_api import Answer, ApiToken, digest
from app.store.session import Database

_CALL = "SELECT api_call(:hash, :operation, CAST(:told AS jsonb), :key, :fingerprint) AS said"
_TOKENS = """
SELECT id, name, shown, scopes, team_id, made_at, used_at, revoked_at IS NOT NULL AS revoked FROM api_tokens
ORDER BY revoked_at IS NOT NULL, fold(name), made_at"""


class PostgresApi:
    """Api on PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def call(
        self, token: str, operation: str, told: Mapping[str, Any], key: str = "", fingerprint: str = ""
    ) -> Answer:
        row = await self._database.written(
            _CALL,
            hash=digest(token),
            operation=operation,
            told=json.dumps(dict(told)),
            key=key,
            fingerprint=fingerprint,
        )
        said: dict[str, Any] = row["said"]
        if "denied" in said:
            return Answer(denied=said["denied"], scope=said.get("scope") or "")
        return Answer(said["answer"], bool(said["again"]))


async def forget_api_answers(database: Database) -> None:
    """What was answered to a key is kept for a day."""
    await database.write("SELECT forget_api_answers()")


class PostgresApiTokens:
    """TokenStore on PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def tokens(self) -> tuple[ApiToken, ...]:
        found = await self._database.rows(_TOKENS)
        return tuple(ApiToken(**{**row, "scopes": tuple(row["scopes"])}) for row in found)

    async def make(self, token: ApiToken, digest: bytes) -> None:
        await self._database.write(
            "SELECT make_api_token(:id, :name, :hash, :shown, :scopes, CAST(:team AS uuid))",
            id=token.id,
            name=token.name,
            hash=digest,
            shown=token.shown,
            scopes=list(token.scopes),
            team=token.team_id,
        )

    async def revoke(self, token_id: UUID) -> None:
        await self._database.write("SELECT revoke_api_token(:id)", id=token_id)
