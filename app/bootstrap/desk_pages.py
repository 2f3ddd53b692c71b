"""Pages looked at from a desk: whether what Getting started shows is there for a browser."""

import asyncio
import urllib.error
import urllib.request

WITHIN_S = 8


class WebPagesThere:
    """Pages over HTTP, from this computer."""

    async def fault(self, url: str) -> str:
        """Ask for it once, in a thread of its own."""
        return await asyncio.to_thread(_fault, url)


def _fault(url: str) -> str:
    if not url.startswith(("https://", "http://")):
        return url
    try:
        with urllib.request.urlopen(url, timeout=WITHIN_S):  # noqa: S310 - looked at above
            return ""
    except urllib.error.HTTPError as error:
        return f"HTTP {error.code}"
    except (OSError, ValueError) as error:
        return str(getattr(error, "reason", error))[:200]
