"""The outbox of web hooks: claimed by one hub at a time, tried again after a while, its last answer kept."""

from collections.abc import Sequence

from app.domain.automation_checks import Fault, Problem
from app.services.automation_engine import HookCall
from app.store.automation_trouble import mend_trouble, say_trouble
from app.store.session import Database

_DUE = "(state = 'waiting' AND send_at <= clock_timestamp() OR state = 'sending' AND claimed_until < clock_timestamp())"
# Each automation in its turn: a thousand calls to somebody who hangs keep nobody else's waiting.
_CLAIM = f"""
UPDATE web_hook_calls w SET state = 'sending', attempts = attempts + 1,
  claimed_until = clock_timestamp() + make_interval(secs => :seconds)
WHERE id IN (
  SELECT id FROM web_hook_calls WHERE {_DUE} AND id IN (
    SELECT id FROM (SELECT id, send_at, row_number() OVER (PARTITION BY automation_id ORDER BY send_at, id) AS turn
                    FROM web_hook_calls WHERE {_DUE}) q ORDER BY turn, send_at, id LIMIT :most)
  FOR UPDATE SKIP LOCKED)
RETURNING id, organisation_id, automation_id, url, body, attempts, made_at"""
_KEY = """
INSERT INTO web_hook_secrets AS s (organisation_id, secret)
VALUES (:id, replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''))
ON CONFLICT (organisation_id) DO UPDATE SET secret = s.secret RETURNING secret"""
_DONE = """
UPDATE web_hook_calls SET state = CASE WHEN :done THEN 'done' WHEN :again >= 0 THEN 'waiting' ELSE 'failed' END,
  said = left(:said, 300), claimed_until = NULL, done_at = CASE WHEN :done OR :again < 0 THEN clock_timestamp() END,
  send_at = clock_timestamp() + make_interval(secs => greatest(:again, 0))
WHERE id = :id AND state = 'sending'"""


class PostgresWebHooks:
    """HookOutbox on PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def claim(self, most: int, for_s: float) -> Sequence[HookCall]:
        async with self._database.together() as together:
            rows = await together.rows(_CLAIM, most=most, seconds=for_s)
            secrets = {}
            for organisation in {row["organisation_id"] for row in rows}:
                secrets[organisation] = (await together.one(_KEY, id=organisation))["secret"]
        return [
            HookCall(
                row["id"], row["automation_id"], row["url"], row["body"], secrets[row["organisation_id"]],
                row["attempts"], row["made_at"],
            )
            for row in rows
        ]  # fmt: skip

    async def finish(self, call: HookCall, *, done: bool, said: str, again_in_s: float | None) -> None:
        again = -1.0 if again_in_s is None else again_in_s
        await self._database.write(_DONE, id=call.id, done=done, said=said, again=again)
        if done:
            await mend_trouble(self._database, call.automation_id, Fault.WEB_HOOK)
        else:
            await say_trouble(self._database, call.automation_id, Problem(Fault.WEB_HOOK, said))
