"""What each role may do as shipped; an organisation keeps its own table, the database decides by it."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from app.domain.agents import Role


class Permission(StrEnum):
    """One act that can be allowed or not; assigning to a person and handing over to a team are two."""

    ASSIGN_PERSON = "assign_person"
    HAND_OVER_TEAM = "hand_over_team"
    SEE_ALL_CASES = "see_all_cases"
    EDIT_CUSTOMERS = "edit_customers"
    MERGE = "merge"
    REDACT = "redact"
    IMPORT = "import"
    EXPORT = "export"
    ERASE = "erase"
    SUPERVISE_CALLS = "supervise_calls"
    MANAGE_TEAMS = "manage_teams"
    MANAGE_AGENTS = "manage_agents"
    MANAGE_FIELDS = "manage_fields"
    MANAGE_AUTOMATIONS = "manage_automations"


_AGENT = frozenset({Permission.HAND_OVER_TEAM, Permission.EDIT_CUSTOMERS})
_LEAD = _AGENT | {Permission.ASSIGN_PERSON, Permission.SEE_ALL_CASES, Permission.MERGE, Permission.REDACT}
_SUPERVISOR = _LEAD | {
    Permission.SUPERVISE_CALLS,
    Permission.IMPORT,
    Permission.EXPORT,
    Permission.MANAGE_TEAMS,
}

SHIPPED: Mapping[Role, frozenset[Permission]] = MappingProxyType(
    {
        Role.AGENT: _AGENT,
        Role.LEAD: _LEAD,
        Role.SUPERVISOR: _SUPERVISOR,
        Role.ADMINISTRATOR: frozenset(Permission),
    }
)
