"""A mailbox looked at through its own source, as Exchange and Graph have it: one sign-in for both ways."""

from collections.abc import AsyncIterator, Sequence

from app.services.mail_requests import Checked, CheckStep
from app.services.mailboxes import MailboxAwayError, MailboxRefusedError, Source


class SourceInspector:
    """Tests a mailbox by its first page, and lists what it holds by reading it from the beginning."""

    def __init__(self, source: Source) -> None:
        self._source = source

    async def test(self) -> Sequence[CheckStep]:
        try:
            await self._source.fetch(0, 0)
        except MailboxAwayError as error:
            return [CheckStep(Checked.SERVER, ok=False, said=str(error))]
        except MailboxRefusedError as error:
            return [CheckStep(Checked.SERVER, ok=True), CheckStep(Checked.SIGN_IN, ok=False, said=str(error))]
        finally:
            await self._source.close()
        # Who may read such a mailbox may send from it: the server refuses the sender when it is not so.
        return [CheckStep(step, ok=True) for step in (Checked.SERVER, Checked.SIGN_IN, Checked.FOLDER)]

    async def held(self) -> AsyncIterator[Sequence[str]]:
        validity, last, cursor = 0, 0, ""
        try:
            while (batch := await self._source.fetch(validity, last, cursor)).arrivals:
                yield [arrival.external_id[:900] for arrival in batch.arrivals]
                validity, last, cursor = batch.validity, batch.arrivals[-1].place, batch.cursor
        finally:
            await self._source.close()
