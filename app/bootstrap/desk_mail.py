"""A desk's mail joined with what understands and makes it."""

from app.mail.composing import compose
from app.mail.hunspell import Hunspell
from app.mail.pictures import fetch_picture
from app.mail.reading import read, read_head
from app.services.compose import MailTools
from app.settings.paths import profile_paths

TOOLS = MailTools(read, read_head, compose, fetch_picture)


def speller(profile: str, agent: str) -> Hunspell:
    """The dictionaries of this computer with the words of one agent."""
    return Hunspell(profile_paths(profile).data / "desk" / agent / "words.txt")
