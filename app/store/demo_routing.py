"""The demo organisation's telephony: when its teams ring, what callers hear, who is rung first, what is insisted on."""

import json
from datetime import time
from typing import Any
from uuid import UUID

import asyncpg

from app.domain.ids import new_id


class RoutingMaker:
    """Writes the `voice`, `schedules`, `call_trees` and `rules` of a story as the owner."""

    def __init__(
        self,
        connection: asyncpg.Connection,
        organisation: UUID,
        teams: dict[str, UUID],
        agents: dict[str, UUID],
        language: str,
    ) -> None:
        self._connection = connection
        self._organisation = organisation
        self._teams = teams
        self._agents = agents
        self._language = language
        self._trees: dict[str, UUID] = {}

    async def make(self, told: dict[str, Any]) -> None:
        for tree in told.get("call_trees", []):
            await self._tree(tree)
        for schedule in told.get("schedules", []):
            await self._schedule(schedule)
        for voice in told.get("voice", []):
            await self._voice(voice)
        for rule in told.get("rules", []):
            await self._rule(rule)

    async def _tree(self, told: dict[str, Any]) -> None:
        self._trees[told["key"]] = tree = new_id()
        menus = {name: self._menu(menu) for name, menu in told["menus"].items()}
        await self._connection.execute(
            "INSERT INTO call_trees (id, organisation_id, name, outline) VALUES ($1, $2, $3, $4)",
            tree,
            self._organisation,
            told["name"][self._language],
            json.dumps({"start": told["start"], "menus": menus}),
        )

    def _menu(self, told: dict[str, Any]) -> dict[str, Any]:
        says = [{"words": told["says"][self._language]}] if "says" in told else [{"key": told["key"]}]
        keys = {key: self._destination(where) for key, where in told.get("keys", {}).items()}
        return {"says": says, "keys": keys, "asks_case": told.get("asks_case", False)}

    def _destination(self, where: str) -> dict[str, Any]:
        """`team workshop`, `menu case`, `voicemail`, `queue`, `repeat`: as short as a story has it."""
        leads, _, name = where.partition(" ")
        if leads == "team":
            return {"leads": leads, "id": str(self._teams[name])}
        return {"leads": leads, "menu": name}

    async def _schedule(self, told: dict[str, Any]) -> None:
        rings = [
            {"tier": ringed["tier"]}
            | ({"team_id": str(self._teams[ringed["team"]])} if "team" in ringed else {})
            | ({"agent_id": str(self._agents[ringed["agent"]])} if "agent" in ringed else {})
            for ringed in told.get("rings", [])
        ]
        await self._connection.execute(
            "INSERT INTO ring_schedules (id, organisation_id, team_id, name, zone, weekdays, rings_from, rings_until, "
            "first_day, last_day, closed, rings) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
            new_id(),
            self._organisation,
            self._teams[told["team"]],
            told["name"][self._language],
            "Europe/Paris",
            told.get("weekdays", [1, 2, 3, 4, 5, 6, 7]),
            told.get("from", time(0)),
            told.get("until", time(23, 59, 59)),
            told.get("first_day"),
            told.get("last_day"),
            told.get("closed", False),
            json.dumps(rings),
        )

    async def _voice(self, told: dict[str, Any]) -> None:
        columns = {name: value for name, value in told.items() if name not in {"team", "call_tree"}}
        if "call_tree" in told:
            columns["call_tree_id"] = self._trees[told["call_tree"]]
        names = ", ".join(columns)
        places = ", ".join(f"${number}" for number in range(3, 3 + len(columns)))
        await self._connection.execute(
            f"INSERT INTO team_voice (team_id, organisation_id, {names}) VALUES ($1, $2, {places})",
            self._teams[told["team"]],
            self._organisation,
            *columns.values(),
        )

    async def _rule(self, told: dict[str, Any]) -> None:
        await self._connection.execute(
            "INSERT INTO routing_rules (id, organisation_id, team_id, name, match_on, how, value, to_team_id) "
            "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            new_id(),
            self._organisation,
            self._teams[told["team"]],
            told["name"][self._language],
            told["match_on"],
            told["how"],
            told["value"][self._language],
            self._teams[told["to_team"]],
        )
