"""Opens the demo's post office and SMS provider for its database, and has its customer write."""

import asyncio
import signal
import tomllib
from pathlib import Path

from app.bootstrap.demo_texts import provider
from app.bootstrap.profile import administrator_url, service_secrets
from app.mail.post_office import BOX, HOST, Letter, PostOffice, find_counter, hand_in, keep_counter, letter_of
from app.services.mailboxes import MailboxAwayError
from app.settings.errors import MendableError
from app.settings.paths import profile_paths
from app.settings.resources import resource
from app.store.demo_mail import join_post_office
from app.store.engine import access_of

SECRET, COUNTER = "demo.post", "post.json"


async def serve(profile: str, language: str, story: Path | None) -> int:
    """Serve until told to end."""
    paths, admin = profile_paths(profile), access_of(administrator_url(profile))
    password = service_secrets(profile).get_or_make(SECRET)
    # Asked for the domains first: the mailboxes lead there only once somebody listens.
    ours = await join_post_office(admin, 9, 9, BOX, password)
    office = PostOffice(paths.data / "post", password, ours, _letter(language, story))
    counter = await office.open()
    try:
        await join_post_office(admin, counter.imap_port, counter.smtp_port, BOX, password)
        keep_counter(paths.run / COUNTER, counter)
        async with provider(profile, language, story):
            print(f"The demo's post office listens on {HOST}:{counter.imap_port} and :{counter.smtp_port}.", flush=True)
            await _told_to_end()
    finally:
        (paths.run / COUNTER).unlink(missing_ok=True)
        await office.close()
    return 0


async def write_letter(profile: str, language: str, story: Path | None) -> int:
    """The customer writes her letter; she answers the first reply by herself."""
    counter = find_counter(profile_paths(profile).run / COUNTER)
    if counter is None:
        raise MendableError("The demo's post office is closed: start the demo with `build/run` first.")
    letter = _letter(language, story)
    try:
        await hand_in(counter, letter)
    except MailboxAwayError as error:
        raise MendableError(f"The demo's post office does not take the letter: {error}") from error
    print(f"{letter.sender} has written to {letter.to}.")
    return 0


def _letter(language: str, story: Path | None) -> Letter:
    return letter_of(tomllib.loads((story or resource("sample", "demo.toml")).read_text("utf-8")), language)


async def _told_to_end() -> None:
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(number, told.set)
        except NotImplementedError:  # Windows: the process is ended
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(told.set))
    await told.wait()
