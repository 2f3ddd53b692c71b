"""Where the files that ship with the program lie, in a checkout and in an installation alike."""

from pathlib import Path


def resource(*parts: str) -> Path:
    """The path of a shipped file below `resources/`."""
    return Path(__file__).parents[2].joinpath("resources", *parts)
