"""Public holidays of a country, or of a part of it, as the holidays library knows them."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache


@lru_cache(maxsize=512)
def public_holidays(country: str, subdivision: str, year: int, language: str = "en") -> Mapping[date, str]:
    """The days and their names; none for a country, or a part of one, that the library does not know."""
    # Late: the library is large, and a desk needs it on one page only.
    from holidays import country_holidays

    try:
        # A language that a country's names are not kept in gives the country's own.
        spoken = "fr" if language == "fr" else "en_US"
        return dict(country_holidays(country, subdiv=subdivision or None, years=year, language=spoken))
    except NotImplementedError:
        return {}


@lru_cache(maxsize=1)
def known_countries() -> Mapping[str, tuple[str, ...]]:
    """The codes of the countries (ISO 3166) with the codes of their parts that have holidays of their own."""
    from holidays import list_supported_countries

    return {code: tuple(parts) for code, parts in sorted(list_supported_countries().items()) if len(code) == 2}
