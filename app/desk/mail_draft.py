"""An answer that is being written: begun from the mail it answers, and kept on this computer as it is typed."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from uuid import UUID

from app.domain.composing import Recipients, answer_subject, answer_to, chain_of
from app.domain.plain import from_plain, to_plain
from app.domain.rich_text import Blocks, from_text, is_blank
from app.services.cases import CaseFile
from app.services.compose import CaseMail
from app.services.journal import Journal


@dataclass(frozen=True, slots=True)
class MailDraft:
    """One unfinished mail; files are too large for the journal, so only their names are kept."""

    recipients: Recipients = field(default_factory=Recipients)
    proposed: Recipients = field(default_factory=Recipients)
    subject: str = ""
    blocks: Blocks = ()
    answers: UUID | None = None
    references: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    begun: bool = False


def begin(file: CaseFile, letter: CaseMail | None, own: Iterable[str]) -> MailDraft:
    """An empty answer to a mail of the case, or a first mail to its customer."""
    head = letter.head if letter else None
    proposed = answer_to(head, own, file.customer, sent=letter is not None and letter.sent)
    return MailDraft(
        recipients=proposed,
        proposed=proposed,
        subject=answer_subject(head, file.case.subject, file.case.number),
        answers=letter.follow_up_id if letter else None,
        references=chain_of(head),
    )


def keep(journal: Journal, case_id: UUID, draft: MailDraft | None) -> None:
    """Keep it under its case; None forgets it."""
    journal.keep(f"mail/{case_id}", to_plain(draft) if draft is not None else None)


def kept(journal: Journal, case_id: UUID) -> MailDraft | None:
    """The answer that was begun for a case."""
    plain = journal.kept("mail/").get(f"mail/{case_id}")
    return from_plain(MailDraft, plain) if plain else None


def joined(back: MailDraft, begun: MailDraft | None) -> MailDraft:
    """A mail that was taken back, with what was begun since under its text: nothing that was typed is lost."""
    if begun is None or is_blank(begun.blocks):
        return back
    return replace(back, blocks=(*back.blocks, *from_text("\n"), *begun.blocks), files=(*back.files, *begun.files))
