"""A desk's mail joined with what understands and makes it.

That is imported where it is first used, in a thread: a desk whose agent reads no mail starts and lives without it.
"""

from app.domain.composing import MailHead
from app.domain.mail import Mail
from app.mail.hunspell import Hunspell
from app.services.compose import Composed, Composition, MailTools
from app.settings.paths import profile_paths


def read(raw: bytes) -> Mail:
    """See `app.mail.reading`."""
    from app.mail import reading

    return reading.read(raw)


def read_head(raw: bytes) -> MailHead:
    """See `app.mail.reading`."""
    from app.mail import reading

    return reading.read_head(raw)


def compose(mail: Composition) -> Composed:
    """See `app.mail.composing`."""
    from app.mail import composing

    return composing.compose(mail)


def picture(address: str) -> bytes | None:
    """See `app.mail.pictures`."""
    from app.mail import pictures

    return pictures.fetch_picture(address)


TOOLS = MailTools(read, read_head, compose, picture)


def speller(profile: str, agent: str) -> Hunspell:
    """The dictionaries of this computer with the words of one agent."""
    return Hunspell(profile_paths(profile).data / "desk" / agent / "words.txt")
