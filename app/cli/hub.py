"""guichetctl hub: the headless service of an organisation, until Ctrl+C."""

import argparse
import asyncio
import signal


def add_arguments(_parser: argparse.ArgumentParser) -> None:
    """None of its own."""


def run(arguments: argparse.Namespace) -> int:
    """Serve until SIGINT or SIGTERM; ends its calls' workers in order."""
    from app.bootstrap.hub import run_hub
    from app.observe.log import set_up_logging
    from app.settings.paths import profile_paths

    set_up_logging("hub", profile_paths(arguments.profile).log)

    async def until_asked() -> None:
        serving = asyncio.create_task(run_hub(arguments.profile))
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, serving.cancel)
        try:
            await serving
        except asyncio.CancelledError:
            return

    asyncio.run(until_asked())
    return 0
