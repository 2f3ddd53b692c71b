"""Routing as leads and supervisors set it up, under their own role."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from app.domain.call_trees import CallTree
from app.domain.floor import Records, Strategy
from app.domain.plain import from_plain, to_plain
from app.domain.routing import RoutingRule
from app.domain.schedules import RingSchedule
from app.domain.team_voice import TeamVoice, WrapUp
from app.services.routing import Explanation, OwnWords, TrunkLine
from app.store.explain import explain_call
from app.store.floor import schedule_of
from app.store.session import Database

_VOICE = (
    "strategy offer_s queue_most_s queue_length announce_s offers_callback wrap_up wrap_up_s disposition_required "
    "records recordings_days last_advisor_days call_tree_id greeting_prompt_id closed_prompt_id"
).split()
_TRUNK = ["name", "host", "port", "username", "registers", "matches", "codecs", "position"]


def _upsert(table: str, key: str, columns: list[str]) -> str:
    """Make a row of mine, or change it; a row of another organisation is not there to be changed."""
    names = ", ".join(columns)
    values = ", ".join(f":{column}" for column in columns)
    changes = ", ".join(f"{column} = EXCLUDED.{column}" for column in columns)
    return (
        f"INSERT INTO {table} ({key}, organisation_id, {names}) VALUES (:{key}, (SELECT my_organisation()), {values}) "
        f"ON CONFLICT ({key}) DO UPDATE SET {changes}"
    )


class PostgresRouting:
    """RoutingStore on PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def team_voice(self, team_id: UUID) -> TeamVoice:
        row = await self._database.row("SELECT * FROM team_voice WHERE team_id = :team", team=team_id)
        if row is None:
            return TeamVoice(team_id)
        values = {name: row[name] for name in (*_VOICE, "closed_now", "closed_until")}
        return TeamVoice(
            **{
                **values,
                "team_id": team_id,
                "strategy": Strategy(row["strategy"]),
                "wrap_up": WrapUp(row["wrap_up"]),
                "records": Records(row["records"]),
                "takes_messages": row["closed_treatment"] == "voicemail",
            }
        )

    async def save_team_voice(self, settings: TeamVoice) -> None:
        """Whether the team is closed by hand is not among them: that is `FloorStore.close_team`."""
        values = {name: getattr(settings, name) for name in _VOICE}
        await self._database.write(
            _upsert("team_voice", "team_id", [*_VOICE, "closed_treatment"]),
            team_id=settings.team_id,
            closed_treatment="voicemail" if settings.takes_messages else "announcement",
            **values,
        )

    async def ring_schedules(self, team_id: UUID) -> tuple[RingSchedule, ...]:
        """The newest first: of those that apply, it wins."""
        found = await self._database.rows(
            "SELECT * FROM ring_schedules WHERE team_id = :team AND archived_at IS NULL ORDER BY created_at DESC, id DESC",
            team=team_id,
        )
        return tuple(map(schedule_of, found))

    async def save_schedule(self, schedule: RingSchedule) -> None:
        rings = [
            {key: value for key, value in to_plain(ringed).items() if value is not None} for ringed in schedule.rings
        ]
        columns = [
            "team_id",
            "name",
            "zone",
            "weekdays",
            "rings_from",
            "rings_until",
            "first_day",
            "last_day",
            "closed",
        ]
        await self._database.write(
            _upsert("ring_schedules", "id", [*columns, "call_tree_id", "rings"]).replace(
                ":rings)", "CAST(:rings AS jsonb))"
            ),
            id=schedule.id,
            **{column: getattr(schedule, column) for column in columns} | {"weekdays": sorted(schedule.weekdays)},
            call_tree_id=schedule.call_tree_id,
            rings=json.dumps(rings),
        )

    async def remove_schedule(self, schedule_id: UUID) -> None:
        await self._archive("ring_schedules", schedule_id)

    async def call_trees(self) -> tuple[CallTree, ...]:
        found = await self._database.rows("SELECT id, name, outline FROM call_trees ORDER BY name, id")
        return tuple(
            from_plain(CallTree, {**row["outline"], "id": str(row["id"]), "name": row["name"]}) for row in found
        )

    async def save_call_tree(self, tree: CallTree) -> None:
        plain: dict[str, Any] = to_plain(tree)
        outline = {"start": plain["start"], "menus": plain["menus"]}
        await self._database.write(
            _upsert("call_trees", "id", ["name", "outline"]).replace(":outline)", "CAST(:outline AS jsonb))"),
            id=tree.id,
            name=tree.name.strip(),
            outline=json.dumps(outline),
        )

    async def rules(self, team_id: UUID) -> tuple[RoutingRule, ...]:
        """The newest first: of those that match, it wins."""
        found = await self._database.rows(
            "SELECT id, name, match_on, how, value, to_team_id, to_agent_id, created_at FROM routing_rules "
            "WHERE team_id = :team AND archived_at IS NULL ORDER BY created_at DESC, id DESC",
            team=team_id,
        )
        return tuple(RoutingRule(**row) for row in found)

    async def save_rule(self, team_id: UUID, rule: RoutingRule) -> None:
        columns = ["team_id", "name", "match_on", "how", "value", "to_team_id", "to_agent_id"]
        values = {column: getattr(rule, column) for column in columns if column != "team_id"}
        await self._database.write(_upsert("routing_rules", "id", columns), id=rule.id, team_id=team_id, **values)

    async def remove_rule(self, rule_id: UUID) -> None:
        await self._archive("routing_rules", rule_id)

    async def prompts(self) -> tuple[OwnWords, ...]:
        found = await self._database.rows(
            "SELECT id, name, language, words, sound_id IS NOT NULL AS has_sound FROM prompts WHERE archived_at IS NULL "
            "ORDER BY name, id"
        )
        return tuple(OwnWords(**row) for row in found)

    async def save_prompt(self, prompt: OwnWords) -> None:
        await self._database.write(
            _upsert("prompts", "id", ["name", "language", "words"]),
            id=prompt.id,
            name=prompt.name.strip(),
            language=prompt.language,
            words=prompt.words.strip(),
        )

    async def trunks(self) -> tuple[TrunkLine, ...]:
        found = await self._database.rows(
            f"SELECT id, {', '.join(_TRUNK)}, state, looked_at FROM trunks WHERE archived_at IS NULL ORDER BY position, name"
        )
        return tuple(
            TrunkLine(**{**row, "matches": tuple(row["matches"]), "codecs": tuple(row["codecs"])}) for row in found
        )

    async def save_trunk(self, trunk: TrunkLine) -> None:
        """The password is written when one was typed, and kept otherwise."""
        columns = [*_TRUNK, "password"] if trunk.password else _TRUNK
        values = {column: getattr(trunk, column) for column in columns}
        values |= {"matches": list(trunk.matches), "codecs": list(trunk.codecs)}
        # Not EXCLUDED.password: to name it there would need the right to read it.
        sql = _upsert("trunks", "id", columns).replace("EXCLUDED.password", ":password")
        await self._database.write(sql, id=trunk.id, **values)

    async def remove_trunk(self, trunk_id: UUID) -> None:
        await self._archive("trunks", trunk_id)

    async def look_at_trunk(self, trunk_id: UUID) -> None:
        await self._database.write("SELECT look_at_trunk(:id)", id=trunk_id)

    async def explain(self, to: str, caller: str, at: datetime) -> Explanation:
        return await explain_call(self._database, to, caller, at)

    async def _archive(self, table: str, record: UUID) -> None:
        await self._database.write(f"UPDATE {table} SET archived_at = now() WHERE id = :id", id=record)
