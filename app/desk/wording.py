"""Sentences that presenters hold: English with its details apart, so that the view can translate it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from app.domain.refusals import QT_TRANSLATE_NOOP, SENTENCES, Refused


@dataclass(frozen=True, slots=True)
class Sentence:
    """An English sentence of a translation context, and what fills its places."""

    context: str
    text: str
    details: Mapping[str, object] = field(default_factory=dict)


def desk(text: str, **details: object) -> Sentence:
    """A sentence of the desk's own context."""
    return Sentence("Desk", text, details)


def of_refusal(refused: Refused) -> Sentence:
    """The sentence of a refused act; its field is named in the agent's language."""
    return Sentence("Refusal", SENTENCES[refused.reason], {"field": refused.field, **refused.details})


FIELD_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "subject": QT_TRANSLATE_NOOP("FieldName", "A subject"),
        "customer": QT_TRANSLATE_NOOP("FieldName", "A customer"),
        "team": QT_TRANSLATE_NOOP("FieldName", "A team"),
        "number": QT_TRANSLATE_NOOP("FieldName", "A number to communicate with"),
        "name": QT_TRANSLATE_NOOP("FieldName", "A name"),
        "role_name": QT_TRANSLATE_NOOP("FieldName", "A name for signing in"),
        "password": QT_TRANSLATE_NOOP("FieldName", "A password"),
        "body": QT_TRANSLATE_NOOP("FieldName", "A text"),
        "title": QT_TRANSLATE_NOOP("FieldName", "A title"),
        "label": QT_TRANSLATE_NOOP("FieldName", "A label"),
        "choices": QT_TRANSLATE_NOOP("FieldName", "A choice"),
        "first_name": QT_TRANSLATE_NOOP("FieldName", "The first name"),
        "last_name": QT_TRANSLATE_NOOP("FieldName", "A last name or an organisation"),
        "organisation": QT_TRANSLATE_NOOP("FieldName", "The organisation"),
        "email": QT_TRANSLATE_NOOP("FieldName", "The e-mail address"),
        "phone": QT_TRANSLATE_NOOP("FieldName", "The telephone number"),
        "compared": QT_TRANSLATE_NOOP("FieldName", "What mails are compared with"),
        "goes_to": QT_TRANSLATE_NOOP("FieldName", "Where the mail goes"),
        "conditions": QT_TRANSLATE_NOOP("FieldName", "A condition"),
        "address": QT_TRANSLATE_NOOP("FieldName", "The e-mail address"),
        "smtp_host": QT_TRANSLATE_NOOP("FieldName", "The address of the server that sends"),
        "reply_en": QT_TRANSLATE_NOOP("FieldName", "The English text of the reply"),
        "reply_fr": QT_TRANSLATE_NOOP("FieldName", "The French text of the reply"),
        "weekdays": QT_TRANSLATE_NOOP("FieldName", "A weekday"),
        "value": QT_TRANSLATE_NOOP("FieldName", "What callers are compared with"),
        "target": QT_TRANSLATE_NOOP("FieldName", "Where the call goes"),
        "announce_s": QT_TRANSLATE_NOOP("FieldName", "Telling place and wait, in seconds"),
        "username": QT_TRANSLATE_NOOP("FieldName", "The name of the account"),
        "host": QT_TRANSLATE_NOOP("FieldName", "The server’s address"),
        "signature": QT_TRANSLATE_NOOP("FieldName", "The signature"),
        "recipients": QT_TRANSLATE_NOOP("FieldName", "A recipient"),
        "tags": QT_TRANSLATE_NOOP("FieldName", "A tag"),
        "project": QT_TRANSLATE_NOOP("FieldName", "A project"),
        "description": QT_TRANSLATE_NOOP("FieldName", "A description"),
        "entries": QT_TRANSLATE_NOOP("FieldName", "An entry of the case"),
        "code": QT_TRANSLATE_NOOP("FieldName", "The code of the other organisation"),
        "state_name": QT_TRANSLATE_NOOP("FieldName", "The name of each state"),
        "local_at": QT_TRANSLATE_NOOP("FieldName", "A date and an hour"),
    }
)
