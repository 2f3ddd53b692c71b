"""SMS settled by mail's own rules: what differs is where the thread is found, STOP, and what the hub answers."""

from dataclasses import replace
from typing import Any

from sqlalchemy.ext.asyncio.engine import AsyncConnection

from app.domain.ledger import Fate
from app.domain.mail import Mail
from app.domain.mail_filters import Decision, decide
from app.domain.sms import stop_word
from app.services.ledger import Settled, Waiting
from app.store.mail_facts import Known
from app.store.mail_filing import MailFiling
from app.store.mail_settling import PostgresMailDesk
from app.store.message_trees import walk
from app.store.session import statement

_STOP = "SELECT sms_stop(:organisation, :number, :stopped)"
_ACKNOWLEDGE = """
SELECT answer_sms(:case_id, :line, :number,
  replace(CASE WHEN coalesce(u.language, o.language) = 'en' THEN coalesce(nullif(l.reply_en, ''), l.reply_fr)
          ELSE coalesce(nullif(l.reply_fr, ''), l.reply_en) END, '{number}', c.number::text), true)
FROM cases c JOIN organisations o ON o.id = c.organisation_id JOIN sms_lines l ON l.id = :line
LEFT JOIN customers u ON u.id = c.customer_id AND u.created_at < now() WHERE c.id = :case_id"""


class PostgresSmsDesk(PostgresMailDesk):
    """Settles understood SMS for every organisation, as the hub."""

    _facts = "SELECT sms_facts(:id, :sender)"

    async def _decide(self, connection: AsyncConnection, mail: Mail, known: Known) -> Decision:  # noqa: ARG002
        decision, word = decide(mail, known.facts), stop_word(mail.text)
        if word is None:
            return decision
        # It stands on the case that there is, opens none again and makes none.
        if decision.fate is Fate.FOLLOW_UP:
            return replace(decision, reopens=False)
        return Decision(Fate.IGNORED, "stop" if word else "start") if decision.fate is Fate.CASE else decision

    def _said(self, told: dict[str, Any]) -> dict[str, Any]:
        customer = told["customer"]
        if customer is not None:
            number = customer["address"]
            phones = [{"e164": number, "typed": number, "label": ""}]
            customer = customer | {"address": "", "phones": phones, "prefers": "sms"}
        return told | {"channel": "sms", "customer": customer}

    async def _answer(self, filing: MailFiling, waiting: Waiting, mail: Mail, known: Known, settled: Settled) -> None:
        connection = await filing.written()
        word = stop_word(mail.text)
        if word is not None and settled.sender:
            values: dict[str, Any] = {
                "organisation": waiting.organisation_id,
                "number": settled.sender,
                "stopped": word,
            }
            await connection.execute(statement(_STOP), values)
            return
        if settled.case_id is None or settled.fate not in {Fate.CASE, Fate.FOLLOW_UP}:
            return
        new = settled.fate is Fate.CASE
        # A tree answers by itself; where there is none the acknowledgement does.
        walked = await walk(
            connection, self._database, waiting.mailbox_id, settled.sender, settled.case_id, mail.text, new=new
        )
        if not walked and new and known.answers:
            values = {"case_id": settled.case_id, "line": waiting.mailbox_id, "number": settled.sender}
            await connection.execute(statement(_ACKNOWLEDGE), values)
