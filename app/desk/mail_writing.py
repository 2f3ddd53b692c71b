"""From what was typed to the mail that leaves, and from a mail that failed back to what was typed."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from app.desk.composer_state import ComposerState
from app.desk.mail_draft import MailDraft
from app.domain.agents import Agent
from app.domain.composing import Ending, Recipients, Signing, domain_of, passed_on_subject
from app.domain.customers import Customer
from app.domain.ids import new_id
from app.domain.mail import Mail, MailAddress
from app.domain.mail_threading import new_message_id
from app.domain.rich_text import Block, BlockKind, Blocks, Run, from_text, images_in, read_html
from app.services.cases import CaseFile
from app.services.compose import CaseMail, Composition, MailSender, NamedFile


def composition(
    state: ComposerState, sender: MailSender, file: CaseFile, me: Agent, at: datetime, ending: Ending, after_s: int
) -> Composition:
    """The mail as its writer finished it, under a new id that names the case."""
    draft = state.draft
    beside, placed = parted(state.files, draft.blocks)
    return Composition(
        id=new_id(),
        follow_up_id=new_id(),
        case_id=file.case.id,
        mailbox_id=sender.mailbox_id,
        message_id=new_message_id(file.case.id, domain_of(sender.address)),
        # Who writes is seen, although the address is the team's (S2-13).
        sender=MailAddress(f"{me.name} – {sender.display_name}", sender.address),
        recipients=draft.recipients,
        subject=draft.subject,
        blocks=draft.blocks,
        at=at,
        language=file.customer.language,
        signature=me.signature if state.signing in {Signing.SIGNED, Signing.TAKES} else "",
        references=draft.references,
        files=(*beside, *placed),
        ending=ending,
        after_s=after_s,
    )


def parted(files: tuple[NamedFile, ...], blocks: Blocks) -> tuple[tuple[NamedFile, ...], tuple[NamedFile, ...]]:
    """Files beside the text and pictures that stand in it; a picture that was deleted from it is neither."""
    shown = images_in(blocks)
    return (
        tuple(one for one in files if not one.content_id),
        tuple(one for one in files if one.content_id in shown),
    )


def domains_of(letters: Iterable[CaseMail], customer: Customer, own: Iterable[str]) -> frozenset[str]:
    """The domains that a case has spoken with: of its mails, its customer, and ours."""
    heads = [one.head for one in letters]
    parties = [party for head in heads for party in (*head.to, *head.cc, *((head.sender,) if head.sender else ()))]
    addresses = (
        *(one.address for one in parties), *(one.address for one in customer.emails), *own
    )  # fmt: skip
    return frozenset(map(domain_of, addresses))


def written_again(letter: CaseMail, whole: Mail, recipients: tuple[str, ...]) -> MailDraft:
    """A mail that failed as a draft, for those whom it did not reach; its signature is added anew when it leaves."""
    wanted = {one.casefold() for one in recipients}
    everybody = (*letter.head.to, *letter.head.cc, *(MailAddress("", one) for one in letter.hidden))
    to = Recipients(tuple(one for one in everybody if one.address.casefold() in wanted))
    blocks = read_html(whole.html) if whole.html else from_text(whole.text)
    return MailDraft(
        recipients=to,
        proposed=to,
        subject=letter.head.subject,
        blocks=_unsigned(blocks),
        references=letter.head.references,
        begun=True,
    )


def quoted(whole: Mail) -> tuple[Blocks, tuple[NamedFile, ...]]:
    """What a mail says beside what it quotes itself, as a quote with its pictures; nothing where it shows none."""
    if not whole.html:
        return (), ()
    words = tuple(
        replace(one, kind=BlockKind.QUOTE, depth=0) for one in read_html(whole.html) if one.kind is not BlockKind.QUOTE
    )
    blocks, pictures = _with_pictures(words, whole)
    return (blocks, pictures) if pictures else ((), ())


def passed_on(letter: CaseMail, whole: Mail, lines: str, number: int) -> tuple[MailDraft, tuple[NamedFile, ...]]:
    """A mail as a draft for somebody else, under `lines` that say what it was, and all that came with it."""
    words = read_html(whole.html) if whole.html else from_text(whole.full_text)
    blocks, pictures = _with_pictures(words, whole)
    shown = {part.content_id for part in whole.parts if part.content_id in images_in(words)}
    files = tuple(
        NamedFile(part.name or "file", part.data) for part in whole.parts if part.data and part.content_id not in shown
    )
    head = (Block(), Block(), *from_text(lines), Block())
    draft = MailDraft(
        subject=passed_on_subject(letter.head, number), blocks=(*head, *blocks), references=(), begun=True
    )
    return draft, (*pictures, *files)


def _with_pictures(blocks: Blocks, whole: Mail) -> tuple[Blocks, tuple[NamedFile, ...]]:
    """The blocks with the pictures that they show, each under an id of ours: another's could be any text."""
    wanted = images_in(blocks)
    ours = {part.content_id: new_id().hex for part in whole.parts if part.data and part.content_id in wanted}
    pictures = tuple(
        NamedFile(part.name or "image", part.data, ours[part.content_id])
        for part in {part.content_id: part for part in whole.parts if part.content_id in ours}.values()
    )
    placed = (replace(one, runs=tuple(_placed(run, ours) for run in one.runs)) for one in blocks)
    return tuple(placed), pictures


def _placed(run: Run, ours: Mapping[str, str]) -> Run:
    if not run.image:
        return run
    # A picture that did not come along leaves its name.
    return replace(run, image=ours[run.image]) if run.image in ours else Run(f"[{run.text}]")


def _unsigned(blocks: Blocks) -> Blocks:
    at = next((at for at, one in enumerate(blocks) if one.text.rstrip() == "--"), None)
    kept = list(blocks[:at])
    while kept and not kept[-1].runs:
        kept.pop()
    return tuple(kept)
