"""The starter organisation: one contact centre with a number, sub-teams for its services, two groups."""

from dataclasses import dataclass

REASONS = (
    ("break", "Break"),
    ("lunch", "Lunch"),
    ("meeting", "Meeting"),
    ("training", "Training"),
    ("paperwork", "Paperwork"),
    ("technical", "Technical"),
)
DISPOSITIONS = (
    ("answered", "Answered"),
    ("to_call_back", "To call back"),
    ("handed_over", "Handed over"),
    ("no_answer", "No answer"),
    ("wrong_number", "Wrong number"),
)


@dataclass(frozen=True, slots=True)
class StarterTeams:
    """The names of the first teams, in the organisation's language."""

    contact_centre: str
    services: tuple[str, ...]
    leads: str
    moderators: str


STARTER_TEAMS = {
    "en": StarterTeams("Contact centre", ("Workshop", "Parts", "Rental"), "Leads", "Moderators"),
    "fr": StarterTeams("Centre de contact", ("Atelier", "Pièces détachées", "Location"), "Responsables", "Modérateurs"),
}

CALENDAR_NAME = {"fr": "Heures ouvrées", "en": "Business hours"}
"""The calendar to begin with, Monday to Friday from nine to six with the country's holidays."""
