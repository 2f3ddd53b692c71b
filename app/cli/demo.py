"""guichetctl demo: an organisation to try in the private server; its customers call, write and chat."""

import argparse
import asyncio
import os
from pathlib import Path

from app.bootstrap.profile import administrator_url, service_secrets
from app.settings.resources import resource


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The language of the invented people's cases."""
    spoken = "fr" if os.environ.get("LC_ALL", os.environ.get("LANG", "")).startswith("fr") else "en"
    parser.add_argument("--language", choices=("en", "fr"), default=spoken)
    parser.add_argument("--call", action="store_true", help="a customer calls the demo that runs")
    parser.add_argument("--write", action="store_true", help="a customer writes to the demo that runs")
    parser.add_argument("--chat", action="store_true", help="a visitor chats with the demo that runs")
    parser.add_argument("--text", action="store_true", help="a customer sends an SMS to the demo that runs")
    parser.add_argument("--post", action="store_true", help="open the demo's post office, until it is stopped")
    parser.add_argument("--from", dest="caller", default="", metavar="NUMBER", help="another number that calls")
    parser.add_argument("--to", dest="dialled", default="", metavar="NUMBER", help="another number that is called")
    parser.add_argument("--story", type=Path, default=None, help="a story file of one's own")


def run(arguments: argparse.Namespace) -> int:
    """Prepare the database and make the demo organisation if there is none, or let its customer call."""
    if arguments.call:
        from app.bootstrap.demo_caller import demo_call, place

        call = demo_call(arguments.language, arguments.caller, arguments.dialled)
        return asyncio.run(place(arguments.profile, call, arguments.language))
    if arguments.post or arguments.write:
        from app.bootstrap import demo_post

        act = demo_post.serve if arguments.post else demo_post.write_letter
        return asyncio.run(act(arguments.profile, arguments.language, arguments.story))
    if arguments.chat:
        from app.bootstrap.demo_visitor import chat

        return asyncio.run(chat(arguments.profile, arguments.language, arguments.story))
    if arguments.text:
        from app.bootstrap.demo_texts import write_text

        return asyncio.run(write_text(arguments.profile, arguments.language, arguments.story))
    from app.bootstrap.demo_pages import settle_pages
    from app.store import database, demo
    from app.store.engine import access_of

    admin = access_of(administrator_url(arguments.profile))
    kept = service_secrets(arguments.profile)
    asyncio.run(database.initialise(admin, kept.get_or_make("hub")))
    if asyncio.run(demo.exists(admin)):
        asyncio.run(settle_pages(arguments.profile))
        print("The demo organisation is there.")
        return 0
    story = demo.read_story(arguments.story or resource("sample", "demo.toml"))
    # The passwords first: a sign-in that nobody knows the password of could not be repaired by a second run.
    passwords = {a["role_name"]: kept.get_or_make(f"agent.{a['role_name']}") for a in story["agents"]}
    made = asyncio.run(demo.make_demo(admin, story, arguments.language, passwords))
    asyncio.run(settle_pages(arguments.profile))
    print(f"The demo organisation is made: {', '.join(made.agents)}.")
    return 0
