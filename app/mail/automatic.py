"""Mail that no person wrote for us: auto-replies, lists, and our own mail come back (RFC 3834)."""

import re
from email.message import Message

from app.domain.mail import Verdict
from app.mail.headers import raw_values, value_of

OWN_MARK = "X-Guichet-Sender"
"""On everything that we send; it comes back only in a loop."""
_OWN_ID = re.compile(r"<gu\.[0-9a-z]{26}\.[0-9a-z]{8}@")

_AWAY = re.compile(
    r"^\s*(?:re:|aw:|tr:)?\s*(?:\[?auto(?:matic|matisch|matique|mated)?[- :]*(?:reply|response|réponse|antwort|re)\b|"
    r"automatic reply|auto:|out of (?:the )?office|réponse automatique|absence du bureau|absent du bureau|"
    r"message d'absence|abwesen|automatische antwort|respuesta automática|fuera de (?:la )?oficina|risposta automatica|"
    r"fuori (?:sede|ufficio)|resposta automática|automatisch antwoord|afwezig|automatiskt svar|autosvar|automaattinen|"
    r"автоответ|automatyczna odpowiedź|vacation|away from my mail|自动回复|自動返信)",
    re.IGNORECASE,
)
_NO_ANSWER = re.compile(r"\b(?:bulk|junk|list|auto_reply|auto-reply)\b", re.IGNORECASE)
_NOBODY = re.compile(
    r"(?:no-?reply|do-?not-?reply|donotreply|ne-?pas-?repondre|mailer-daemon|postmaster)[^@]*@", re.IGNORECASE
)


def kind_of(message: Message) -> Verdict:
    """Human, auto-reply, list or our own; delivery reports are told apart before."""
    if _is_own(message):
        return Verdict.OWN_LOOP
    if _is_auto_reply(message):
        return Verdict.AUTO_REPLY
    if any(raw_values(message, name) for name in ("List-Id", "List-Post", "X-Mailing-List", "X-BeenThere")):
        return Verdict.LIST
    if any(value.strip().lower() == "list" for value in raw_values(message, "Precedence")):
        return Verdict.LIST
    return Verdict.HUMAN


def may_answer(message: Message, own_host: str = "") -> bool:
    """Whether an automatic answer is allowed: never to a machine, a list, ourselves or the null sender."""
    if kind_of(message) is not Verdict.HUMAN or _automatic_submission(message):
        return False
    if any(value.strip() == "<>" for value in raw_values(message, "Return-Path")):
        return False
    if any(raw_values(message, name) for name in ("X-Loop", "X-Auto-Response-Suppress", "List-Unsubscribe")):
        return False
    if any(_NO_ANSWER.search(value) for value in raw_values(message, "Precedence")):
        return False
    own = own_host and value_of(message, "Message-ID").lower().rstrip("> ").endswith(f"@{own_host.lower()}")
    return not own and not _NOBODY.search(value_of(message, "From"))


def _is_own(message: Message) -> bool:
    return bool(raw_values(message, OWN_MARK)) or bool(_OWN_ID.match(value_of(message, "Message-ID")))


def _automatic_submission(message: Message) -> str:
    for value in raw_values(message, "Auto-Submitted"):
        word = value.strip().lower().partition(";")[0].split(" ")[0]
        if word and word != "no":
            return word
    return ""


def _is_auto_reply(message: Message) -> bool:
    if _automatic_submission(message) in {"auto-replied", "auto-replied(vacation)"}:
        return True
    if any(
        raw_values(message, name) for name in ("X-Autoreply", "X-Autorespond", "X-Autoreply-From", "X-Mail-Autoreply")
    ):
        return True
    if any("auto" in value.lower() for value in raw_values(message, "Precedence")):
        return True
    suppressed = any(
        value.strip().lower() in {"all", "oof"} for value in raw_values(message, "X-Auto-Response-Suppress")
    )
    exchange = bool(raw_values(message, "X-MS-Exchange-Inbox-Rules-Loop")) or bool(
        raw_values(message, "X-MS-Exchange-Generated-Message-Source")
    )
    if suppressed and (exchange or _AWAY.match(value_of(message, "Subject"))):
        return True
    if _automatic_submission(message):
        return bool(raw_values(message, "In-Reply-To")) or bool(_AWAY.match(value_of(message, "Subject")))
    return bool(_AWAY.match(value_of(message, "Subject")))
