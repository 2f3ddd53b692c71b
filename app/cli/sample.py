"""guichetctl sample: an invented population, as large as one likes, for trying and measuring."""

import argparse
import asyncio

from app.bootstrap.profile import administrator_url
from app.settings.resources import resource


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How many of each."""
    parser.add_argument("--customers", type=int, default=1_000, metavar="N")
    parser.add_argument("--cases", type=int, default=2_000, metavar="N")
    parser.add_argument("--follow-ups", type=int, default=5_000, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="another seed makes another population")


def run(arguments: argparse.Namespace) -> int:
    """Add the population to the organisation of the profile's database."""
    from app.store.engine import access_of
    from app.store.sample import load_sample
    from app.store.sample_rows import Size

    size = Size(arguments.customers, arguments.cases, arguments.follow_ups)
    admin = access_of(administrator_url(arguments.profile))
    asyncio.run(load_sample(admin, size, resource("sample", "words.toml"), print, arguments.seed))
    return 0
