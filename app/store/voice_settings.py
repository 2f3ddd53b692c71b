"""Settings of calls under the agent's own role: the database's policies decide who changes them."""

import json
from uuid import UUID

from sqlalchemy import RowMapping

from app.domain.call_trees import CallTree
from app.domain.floor import Strategy
from app.domain.ids import new_id
from app.domain.plain import from_plain, to_plain
from app.domain.refusals import Refusal, Refused
from app.domain.routing import How, MatchOn, RoutingRule
from app.domain.schedules import RingSchedule
from app.domain.teams import Number
from app.services.voice_settings import TeamRule, TeamVoice, Trunk
from app.store.floor import read_schedules
from app.store.session import Database, statement

_PLAIN = (
    "offer_s queue_most_s queue_length announce_s offers_callback wrap_up wrap_up_s disposition_required records "
    "recordings_days last_advisor_days closed_treatment call_tree_id"
).split()
_VOICE = """
SELECT t.id AS of_team, v.*, coalesce(g.words, '') AS greeting, coalesce(c.words, '') AS closed_words
FROM teams t LEFT JOIN team_voice v ON v.team_id = t.id LEFT JOIN prompts g ON g.id = v.greeting_prompt_id LEFT JOIN prompts c ON c.id = v.closed_prompt_id
WHERE t.archived_at IS NULL ORDER BY t.name"""
_SAVE_VOICE = f"""
INSERT INTO team_voice (team_id, organisation_id, strategy, greeting_prompt_id, closed_prompt_id, {", ".join(_PLAIN)})
VALUES (:team_id, (SELECT my_organisation()), :strategy, :greeting_prompt_id, :closed_prompt_id, {", ".join(":" + c for c in _PLAIN)})
ON CONFLICT (team_id) DO UPDATE SET strategy = EXCLUDED.strategy, greeting_prompt_id = EXCLUDED.greeting_prompt_id,
  closed_prompt_id = EXCLUDED.closed_prompt_id, {", ".join(f"{c} = EXCLUDED.{c}" for c in _PLAIN)}"""
_SAVE_SCHEDULE = """
INSERT INTO ring_schedules (id, organisation_id, team_id, name, zone, weekdays, rings_from, rings_until, first_day,
  last_day, closed, rings, call_tree_id)
VALUES (:id, (SELECT my_organisation()), :team, :name, :zone, :weekdays, :from, :until, :first, :last, :closed,
  CAST(:rings AS jsonb), :tree)
ON CONFLICT (id) DO UPDATE SET name = EXCLUDED.name, zone = EXCLUDED.zone, weekdays = EXCLUDED.weekdays,
  rings_from = EXCLUDED.rings_from, rings_until = EXCLUDED.rings_until, first_day = EXCLUDED.first_day,
  last_day = EXCLUDED.last_day, closed = EXCLUDED.closed, rings = EXCLUDED.rings, call_tree_id = EXCLUDED.call_tree_id"""
_SAVE_RULE = """
INSERT INTO routing_rules (id, organisation_id, team_id, name, match_on, how, value, to_team_id, to_agent_id)
VALUES (:id, (SELECT my_organisation()), :team, :name, :match_on, :how, :value, :to_team, :to_agent)
ON CONFLICT (id) DO UPDATE SET name = EXCLUDED.name, match_on = EXCLUDED.match_on, how = EXCLUDED.how,
  value = EXCLUDED.value, to_team_id = EXCLUDED.to_team_id, to_agent_id = EXCLUDED.to_agent_id"""
_TRUNKS = """
SELECT id, name, host, port, username, registers, codecs, state, looked_at FROM trunks
WHERE archived_at IS NULL ORDER BY position, name"""
_INSERT_TRUNK = """
INSERT INTO trunks (id, organisation_id, name, host, port, username, password, registers, codecs, position)
VALUES (:id, (SELECT my_organisation()), :name, :host, :port, :username, :password, :registers, :codecs,
  (SELECT count(*) FROM trunks))"""
_UPDATE_TRUNK = """
UPDATE trunks SET name = :name, host = :host, port = :port, username = :username, registers = :registers,
  codecs = :codecs WHERE id = :id"""


class PostgresVoiceSettings:
    """VoiceSettingsStore on PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def team_voices(self) -> tuple[TeamVoice, ...]:
        """The settings of every team; those that ship while it has none of its own."""
        return tuple(_voice(row) for row in await self._database.rows(_VOICE))

    async def save_team_voice(self, voice: TeamVoice) -> None:
        async with self._database.transaction() as connection:
            found = await connection.execute(
                statement("SELECT greeting_prompt_id, closed_prompt_id FROM team_voice WHERE team_id = :team"),
                {"team": voice.team_id},
            )
            kept = found.mappings().one_or_none()
            prompts: dict[str, UUID | None] = {}
            for column, words, name in (
                ("greeting_prompt_id", voice.greeting, "greeting"),
                ("closed_prompt_id", voice.closed_words, "closed"),
            ):
                prompts[column] = None
                if words.strip():
                    prompts[column] = (kept[column] if kept is not None else None) or new_id()
                    await connection.execute(
                        statement(
                            "INSERT INTO prompts (id, organisation_id, name, language, words) "
                            "SELECT :id, id, :name, language, :words FROM organisations "
                            "ON CONFLICT (id) DO UPDATE SET words = EXCLUDED.words, version = prompts.version + 1"
                        ),
                        {"id": prompts[column], "name": name, "words": words.strip()},
                    )
            values = {column: getattr(voice, column) for column in _PLAIN}
            values |= {"team_id": voice.team_id, "strategy": voice.strategy.value, **prompts}
            await connection.execute(statement(_SAVE_VOICE), values)

    async def ring_schedules(self) -> tuple[RingSchedule, ...]:
        """Every team's schedules, the newest first."""
        found = [one for its in (await read_schedules(self._database)).values() for one in its]
        return tuple(sorted(found, key=lambda one: one.created_at, reverse=True))

    async def save_ring_schedule(self, schedule: RingSchedule) -> None:
        await self._database.write(
            _SAVE_SCHEDULE,
            id=schedule.id,
            team=schedule.team_id,
            name=schedule.name.strip(),
            zone=schedule.zone,
            weekdays=sorted(schedule.weekdays),
            until=schedule.rings_until,
            first=schedule.first_day,
            last=schedule.last_day,
            closed=schedule.closed,
            rings=json.dumps(to_plain(schedule.rings)),
            tree=schedule.call_tree_id,
            **{"from": schedule.rings_from},
        )

    async def remove_ring_schedule(self, schedule_id: UUID) -> None:
        await self._gone("ring_schedules", schedule_id)

    async def rules(self) -> tuple[TeamRule, ...]:
        """Every team's rules, the newest first: it wins."""
        found = await self._database.rows(
            "SELECT id, team_id, name, match_on, how, value, to_team_id, to_agent_id, created_at FROM routing_rules "
            "WHERE archived_at IS NULL ORDER BY created_at DESC, id DESC"
        )
        return tuple(
            TeamRule(
                row["team_id"],
                RoutingRule(
                    row["id"], row["name"], MatchOn(row["match_on"]), How(row["how"]), row["value"],
                    row["to_team_id"], row["to_agent_id"], row["created_at"],
                ),
            )
            for row in found
        )  # fmt: skip

    async def save_rule(self, rule: TeamRule) -> None:
        inner = rule.rule
        await self._database.write(
            _SAVE_RULE,
            id=inner.id,
            team=rule.team_id,
            name=inner.name.strip(),
            match_on=inner.match_on.value,
            how=inner.how.value,
            value=inner.value.strip(),
            to_team=inner.to_team_id,
            to_agent=inner.to_agent_id,
        )

    async def remove_rule(self, rule_id: UUID) -> None:
        await self._gone("routing_rules", rule_id)

    async def call_trees(self) -> tuple[CallTree, ...]:
        found = await self._database.rows("SELECT id, name, outline FROM call_trees ORDER BY name, id")
        return tuple(
            from_plain(CallTree, {**row["outline"], "id": str(row["id"]), "name": row["name"]}) for row in found
        )

    async def save_call_tree(self, tree: CallTree) -> None:
        outline = to_plain(tree)
        await self._database.write(
            "INSERT INTO call_trees (id, organisation_id, name, outline) "
            "VALUES (:id, (SELECT my_organisation()), :name, CAST(:outline AS jsonb)) ON CONFLICT (id) DO UPDATE "
            "SET name = EXCLUDED.name, outline = EXCLUDED.outline, version = call_trees.version + 1",
            id=tree.id,
            name=tree.name.strip(),
            outline=json.dumps({"start": outline["start"], "menus": outline["menus"]}),
        )

    async def trunks(self) -> tuple[Trunk, ...]:
        found = await self._database.rows(_TRUNKS)
        return tuple(Trunk(**{**row, "codecs": tuple(row["codecs"])}) for row in found)

    async def save_trunk(self, trunk: Trunk) -> None:
        """Make or change a line; a password that is left empty stays as it is."""
        values = {
            "id": trunk.id,
            "name": trunk.name.strip(),
            "host": trunk.host.strip(),
            "port": trunk.port,
            "username": trunk.username.strip(),
            "registers": trunk.registers,
            "codecs": list(trunk.codecs),
        }
        async with self._database.transaction() as connection:
            if (await connection.execute(statement(_UPDATE_TRUNK), values)).rowcount == 0:
                await connection.execute(statement(_INSERT_TRUNK), {**values, "password": trunk.password})
            elif trunk.password:
                await connection.execute(
                    statement("UPDATE trunks SET password = :password WHERE id = :id"),
                    {"id": trunk.id, "password": trunk.password},
                )

    async def remove_trunk(self, trunk_id: UUID) -> None:
        await self._gone("trunks", trunk_id)

    async def look_at_trunk(self, trunk_id: UUID) -> None:
        await self._database.write("SELECT look_at_trunk(:trunk)", trunk=trunk_id)

    async def save_number(self, number: Number) -> None:
        """Give a team a number, or move one to another team; its digits never change."""
        await self._database.write(
            "INSERT INTO numbers (id, organisation_id, team_id, e164, label, position) "
            "VALUES (:id, (SELECT my_organisation()), :team, :e164, :label, :position) "
            "ON CONFLICT (id) DO UPDATE SET team_id = EXCLUDED.team_id, label = EXCLUDED.label",
            id=number.id,
            team=number.team_id,
            e164=number.e164,
            label=number.label,
            position=number.position,
        )

    async def remove_number(self, number_id: UUID) -> None:
        if await self._database.write("DELETE FROM numbers WHERE id = :id", id=number_id) == 0:
            raise Refused(Refusal.NOT_PERMITTED)

    async def _gone(self, table: str, id_: UUID) -> None:
        done = await self._database.write(f"UPDATE {table} SET archived_at = now() WHERE id = :id", id=id_)
        if done == 0:
            raise Refused(Refusal.NOT_PERMITTED)


def _voice(row: RowMapping) -> TeamVoice:
    if row["team_id"] is None:
        return TeamVoice(row["of_team"])
    return TeamVoice(
        team_id=row["team_id"],
        strategy=Strategy(row["strategy"]),
        greeting=row["greeting"],
        closed_words=row["closed_words"],
        **{column: row[column] for column in _PLAIN},
    )
