"""Whom libraries built on requests believe: what this computer believes, not a list of their own."""

import ssl
from typing import Any

from requests import Session
from requests.adapters import HTTPAdapter


class TlsAdapter(HTTPAdapter):
    """One connection at a time, under this context."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self._tls = tls or ssl.create_default_context()
        super().__init__(pool_connections=1, pool_maxsize=1, pool_block=True)

    def init_poolmanager(self, *args: Any, **more: Any) -> None:
        super().init_poolmanager(*args, **more, ssl_context=self._tls)


def session(tls: ssl.SSLContext | None = None) -> Session:
    """Requests that neither a proxy nor a bundle of certificates meant for something else can lead astray."""
    made = Session()
    made.trust_env = False
    made.mount("https://", TlsAdapter(tls))
    return made
