"""Mail: how quickly it comes in and goes out, and that nothing is lost or sent twice whatever is killed."""

from collections.abc import Mapping
from types import MappingProxyType

from tests.bench.mail_intake import arrival, departure, intake
from tests.bench.mail_storm import storm
from tests.bench.mail_typing import typing

KEYS: Mapping[str, str] = MappingProxyType(
    {
        "intake_mails_per_s": "mails a second from IMAP to their case, those of the corpora, hub on one core; >= 200",
        "intake_vs_parse_ratio": "that rate over policy.default's with 12 headers and bodies alone; 0.5 or more",
        "intake_rss_mb": "the hub's largest memory meanwhile; 250 or less",
        "arrival_to_desk_ms_p95": "from the delivery (IMAP APPEND) to the row in an agent's list; 1000 or less",
        "send_to_smtp_ms_p95": "from the end of the undo time to the receiving server's record; 500 or less",
        "compose_key_to_paint_ms_p95": "from a key in the composer to the end of the frame that shows it; 16 or less",
        "mails_in": "mails that came while hub, database and mail server were killed; 10000 or more",
        "mails_out": "mails that were written meanwhile; 1000 or more",
        "kills": "kill -9 of hub, database or mail server meanwhile; 50 or more",
        "lost": "mails with no fate or not at the receiving server, after what nobody knew was decided; 0",
        "duplicated": "mails with two follow-ups, or twice at the receiving server; 0",
        "unconfirmed": "deliveries of which a kill left nobody knowing",
        "unconfirmed_by_hand": "of these, those that the Sent folder could not answer and a person decided",
    }
)


async def run(small: bool) -> dict[str, float]:
    """Measure everything; `small` takes a tenth of the mails."""
    found = await intake(600 if small else 6_000)
    found |= await arrival(10 if small else 40)
    found |= await departure(10 if small else 40)
    found |= await typing(100 if small else 400)
    found |= await storm(1_000 if small else 10_000, 100 if small else 1_000, 6 if small else 50)
    return found
