"""Mail that no person wrote for us: auto-replies, lists, and our own mail come back (RFC 3834)."""

import re
from email.message import Message

from app.domain.mail import Verdict
from app.mail.headers import raw_values, value_of

OWN_MARK = "X-Guichet-Sender"
"""On everything that we send; it comes back only in a loop."""
_OWN_ID = re.compile(r"<gu\.[0-9a-z]{26}\.[0-9a-z]{8}@")

# Of the car that is an "Auto" in several languages nothing is meant here.
_AWAY = re.compile(
    r"^\s*(?:(?:re|aw|tr|sv|antw|fwd?)\s?:\s*)?(?:[\[(]?auto(?:matic|matisch|matique|mated)?[- ]*(?:reply|response|"
    r"réponse|antwort|re)\b|\[?ooo\b\]?\s*[:\]]|auto: .{0,100}\b(?:out of|away|absent|abwesen|returning|retour)|"
    r"(?:holiday|vacation|leave|parental leave) auto-?\s?(?:reply|response)|out of (?:the )?office|"
    r"réponse auto(?:matique)?\b|absen(?:t|te|t\(e\)|ce) du bureau|(?:message|notification|avis) (?:automatique )?"
    r"d['’]absence|je suis absente? (?:du bureau|jusqu)|abwesen|automatische antwort|respuesta autom[aá]tica|"
    r"fuera de (?:la )?oficina|risposta automatica|fuori (?:sede|ufficio)|assenza dall['’]ufficio|"
    r"resposta autom[aá]tica|ausência (?:temporária|do escritório)|fora do escritório|automatisch antwoord|afwezig|"
    r"automatiskt? svar|autosvar|fraværs|frånvaro|automaattinen|poissaolo|автоответ|автоматический ответ|"
    r"автоматична відповідь|αυτόματη απάντηση|răspuns automat|automatyczna odpowiedź|odpowiedź automatyczna|"
    r"autoodpowiedź|automatická odpověď|automatikus válasz|otomatik yanıt|"
    r"vacation (?:reply|response|message|notice)|i am (?:on vacation|out of the office)|away from my mail|"
    r"自动回复|自動返信|自動応答|不在通知|자동 회신)",
    re.IGNORECASE,
)
# Words that people use as well: they count in what answers a mail.
_PERHAPS = re.compile(
    r"^\s*(?:absent|absente|absent\(e\)|absence|en congés?|away|vacation|on (?:holiday|leave|vacation|annual leave)|"
    r"ausente|ausencia|niet aanwezig|frånvarande|poissa|abwesend|im urlaub)\s*(?:[:(\[-]|jusqu|until|bis|hasta|fino|$)",
    re.IGNORECASE,
)
_SAYS_SO = re.compile(
    r"\b(?:this is an auto(?:matic|mated)(?:ally generated)?[- ](?:reply|response)|ceci est une réponse automatique|"
    r"(?:dies|das) ist eine automatische (?:antwort|abwesenheit)|esta es una respuesta automática|"
    r"questa è una risposta automatica|dit is een automatisch antwoord|esta é uma resposta automática)",
    re.IGNORECASE,
)
_SAYS_SO_WITHIN = 600
_RESPONDERS = (
    "X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-Autoreply-From", "X-Auto-Reply-From", "X-Mail-Autoreply",
    "X-Vacation", "X-FC-MachineGenerated",
)  # fmt: skip
# RFC 2369 and 2919, and what stood for them before.
_LIST_FIELDS = (
    "List-Id", "List-Post", "List-Unsubscribe", "List-Help", "List-Subscribe", "List-Owner", "List-Archive",
    "Mailing-List", "X-Mailing-List", "X-BeenThere",
)  # fmt: skip
_LIST_SENDER = re.compile(r"\bowner-[\w.+-]+@|[\w.+-]+-(?:owner|bounces)@", re.IGNORECASE)
_NO_ANSWER = re.compile(r"\b(?:bulk|junk|list|auto_reply|auto-reply)\b", re.IGNORECASE)
_NOBODY = re.compile(
    r"(?:no-?reply|do-?not-?reply|donotreply|ne-?pas-?repondre|mailer-daemon|postmaster)[^@]*@", re.IGNORECASE
)


def kind_of(message: Message, text: str = "") -> Verdict:
    """Human, auto-reply, list or our own, also by what its text says of itself; delivery reports are told before."""
    if _is_own(message):
        return Verdict.OWN_LOOP
    if _is_auto_reply(message) or _SAYS_SO.search(text[:_SAYS_SO_WITHIN]):
        return Verdict.AUTO_REPLY
    return Verdict.LIST if _is_of_a_list(message) else Verdict.HUMAN


def may_answer(message: Message) -> bool:
    """Whether an automatic answer is allowed: never to a machine, a list, ourselves or the null sender."""
    if kind_of(message) is not Verdict.HUMAN or _automatic_submission(message) or _is_from_nobody(message):
        return False
    if any(raw_values(message, name) for name in ("X-Loop", "X-Auto-Response-Suppress")):
        return False
    if any(_NO_ANSWER.search(value) for value in raw_values(message, "Precedence")):
        return False
    return not _NOBODY.search(value_of(message, "From"))


def _is_from_nobody(message: Message) -> bool:
    return any(value.strip() == "<>" for value in raw_values(message, "Return-Path"))


def _is_of_a_list(message: Message) -> bool:
    if any(raw_values(message, name) for name in _LIST_FIELDS) or _LIST_SENDER.search(value_of(message, "Sender")):
        return True
    return any(value.strip().lower() == "list" for value in raw_values(message, "Precedence"))


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
    if any(raw_values(message, name) for name in _RESPONDERS) or _is_marked(message):
        return True
    suppressed = any(
        value.strip().lower() in {"all", "oof"} for value in raw_values(message, "X-Auto-Response-Suppress")
    )
    exchange = bool(raw_values(message, "X-MS-Exchange-Inbox-Rules-Loop")) or bool(
        raw_values(message, "X-MS-Exchange-Generated-Message-Source")
    )
    if suppressed and (exchange or _AWAY.match(value_of(message, "Subject"))):
        return True
    subject = value_of(message, "Subject")
    if raw_values(message, "In-Reply-To") or raw_values(message, "References"):
        # The null sender writes reports and answers by itself (RFC 3834, section 3.3).
        if _automatic_submission(message) or _is_from_nobody(message) or _PERHAPS.match(subject):
            return True
    elif _is_from_nobody(message) and _PERHAPS.match(subject):
        return True
    return bool(_AWAY.match(subject))


def _is_marked(message: Message) -> bool:
    marks = {"Precedence": "auto", "X-Autogenerated": "reply", "X-POST-MessageClass": "autoresponder"}
    marks |= {"User-Agent": "vacation"}
    found = any(mark in value.lower() for name, mark in marks.items() for value in raw_values(message, name))
    return found or any(value.strip().lower() == "autoresponder" for value in raw_values(message, "Delivered-To"))
