"""What the hub pushes into Asterisk: an agent's phone, a trunk, and what to do while no hub is there.

Every push may be repeated: it replaces what was there. Asterisk keeps it over a restart (`sorcery.conf`).
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.switch.ari_http import AriError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.switch.ari import Ari

_SIP: Final = "res_pjsip"

RTP_TIMEOUT_S: Final = 10
"""After so long without sound a leg is ended: a killed phone must not keep its caller in silence."""


@dataclass(frozen=True, slots=True)
class AgentEndpoint:
    """An agent's phone as the switch knows it."""

    name: str
    """User name of the registration and name of the endpoint: `agent-…`."""
    password: str
    display_name: str = ""
    language: str = "fr"
    encrypted: bool = False
    """TLS and SRTP: for every phone that is not on the switch's own machine."""
    tries_ways: bool = False
    """ICE (RFC 8445): for phones that may stand behind another router."""

    def __repr__(self) -> str:
        """Without the password: this value ends up in logs."""
        return f"AgentEndpoint({self.name!r}, encrypted={self.encrypted})"


@dataclass(frozen=True, slots=True)
class Trunk:
    """A line to the outside, static by address or registered; digest where it has a password."""

    name: str
    host: str
    port: int = 5060
    user: str = ""
    password: str = ""
    registers: bool = False
    matches: tuple[str, ...] = ()
    """Addresses its calls come from; empty: `host`."""
    codecs: tuple[str, ...] = ("alaw", "ulaw", "g722")

    def __repr__(self) -> str:
        """Without the password: this value ends up in logs."""
        return f"Trunk({self.name!r} to {self.host}:{self.port})"


def is_here(host: str) -> bool:
    """Whether a host is this machine itself: only then its calls need no door to the outside."""
    return host == "localhost" or host.startswith("127.") or host == "::1"


def new_password() -> str:
    """A password for an agent's phone; nobody ever types it."""
    return secrets.token_urlsafe(24)


class Provisioning:
    """Pushes and removes objects through one ARI."""

    def __init__(self, ari: Ari) -> None:
        self._ari = ari

    async def push_agent(self, agent: AgentEndpoint) -> None:
        """Let an agent's phone register and call; about 5 ms."""
        await self._put(_SIP, "auth", agent.name, _auth(agent.name, agent.password))
        await self._put(
            _SIP,
            "aor",
            agent.name,
            [
                ("max_contacts", "1"),
                ("remove_existing", "yes"),
                ("minimum_expiration", "30"),
                ("default_expiration", "120"),
                ("maximum_expiration", "300"),
                ("qualify_frequency", "10"),
                ("qualify_timeout", "2.0"),
            ],
        )
        await self._put(_SIP, "endpoint", agent.name, _agent_endpoint(agent))

    async def remove_agent(self, name: str) -> bool:
        """Take an agent's phone off the switch; False when it was not there."""
        removed = [await self._ari.delete_object(_SIP, kind, name) for kind in ("endpoint", "aor", "auth")]
        return any(removed)

    async def has_agent(self, name: str) -> bool:
        """Whether an agent's phone may register."""
        return await self._ari.get_object(_SIP, "endpoint", name) is not None

    async def push_trunk(self, trunk: Trunk, *, asked_every_s: int = 15) -> None:
        """Open a line to the outside, registering with its provider where it has to."""
        server = f"sip:{trunk.host}:{trunk.port}"
        if trunk.password:
            await self._put(_SIP, "auth", trunk.name, _auth(trunk.user, trunk.password))
        contact = [("contact", server), ("qualify_frequency", str(asked_every_s))]
        await self._put(_SIP, "aor", trunk.name, contact)
        await self._put(_SIP, "endpoint", trunk.name, _trunk_endpoint(trunk))
        matches = ",".join(trunk.matches or (trunk.host,))
        await self._put(_SIP, "identify", trunk.name, [("endpoint", trunk.name), ("match", matches)])
        if trunk.registers:
            fields = [
                ("server_uri", server), ("client_uri", f"sip:{trunk.user}@{trunk.host}:{trunk.port}"),
                ("contact_user", trunk.user), ("outbound_auth", trunk.name),
                ("max_random_initial_delay", "1"),
                ("retry_interval", "5"), ("forbidden_retry_interval", "60"), ("max_retries", "1000000"),
                ("line", "yes"), ("endpoint", trunk.name),
            ]  # fmt: skip
            await self._put(_SIP, "registration", trunk.name, fields)

    async def remove_trunk(self, name: str) -> bool:
        """Close a line to the outside; False when it was not there."""
        kinds = ("registration", "identify", "endpoint", "aor", "auth")
        removed = [await self._ari.delete_object(_SIP, kind, name) for kind in kinds]
        return any(removed)

    async def ask_anew(self, trunk: Trunk) -> None:
        """Forget what was known of the other end of a line, and ask it within a second.

        Asterisk asks for the first time after a random part of its interval: a short one makes that soon.
        """
        await self._ari.delete_object(_SIP, "aor", trunk.name)
        await self.push_trunk(trunk, asked_every_s=1)

    async def is_reachable(self, name: str) -> bool:
        """Whether the other end of a line answers (SIP OPTIONS)."""
        return await self._ari.is_online(name)

    async def set_fallback(self, agents: Iterable[str]) -> None:
        """Whom to ring, all at once, while no hub is there; nobody means voicemail at once."""
        await self._ari.set_global("DB(guichet/fallback)", "&".join(f"PJSIP/{name}" for name in agents))

    async def set_emergency_trunk(self, name: str) -> None:
        """The line over which emergency numbers go out while no hub is there."""
        await self._ari.set_global("DB(guichet/emergency_trunk)", name)

    async def _put(self, module: str, kind: str, name: str, fields: list[tuple[str, str]]) -> None:
        try:
            await self._ari.put_object(module, kind, name, fields)
        except AriError as error:
            if error.status == 0:
                raise
            # A push over the remains of one that failed is refused until these are removed.
            await self._ari.delete_object(module, kind, name)
            await self._ari.put_object(module, kind, name, fields)


def _auth(user: str, password: str) -> list[tuple[str, str]]:
    return [("auth_type", "userpass"), ("username", user), ("password", password)]


def _endpoint(codecs: str) -> list[tuple[str, str]]:
    """What every endpoint of ours has; `disallow` comes before `allow`, REFER is refused (ARCHITECTURE)."""
    return [
        ("disallow", "all"),
        ("allow", codecs),
        ("allow_transfer", "no"),
        ("direct_media", "no"),
        ("rtp_symmetric", "yes"),
        ("force_rport", "yes"),
        ("rewrite_contact", "yes"),
        ("dtmf_mode", "rfc4733"),
        ("rtp_timeout", str(RTP_TIMEOUT_S)),
        ("rtp_timeout_hold", "300"),
        ("timers", "no"),
    ]


def _agent_endpoint(agent: AgentEndpoint) -> list[tuple[str, str]]:
    fields = [
        *_endpoint("opus,g722,ulaw,alaw"),
        ("context", "guichet-agent"),
        # There is no such context: what a phone sends as a text message is no call.
        ("message_context", "guichet-nobody"),
        ("auth", agent.name),
        ("aors", agent.name),
        ("language", agent.language),
        ("identify_by", "username"),
    ]
    if agent.display_name:
        # The agent's name as the others see it; the number is the endpoint's.
        fields.append(("callerid", f'"{agent.display_name.replace(chr(34), "")}" <{agent.name}>'))
    if agent.encrypted:
        fields += [("media_encryption", "sdes"), ("media_encryption_optimistic", "no")]
        fields.append(("transport", "transport-tls"))
    if agent.tries_ways:
        fields.append(("ice_support", "yes"))
    return fields


def _trunk_endpoint(trunk: Trunk) -> list[tuple[str, str]]:
    fields = [
        *_endpoint(",".join(trunk.codecs)),
        ("context", "guichet-trunk"),
        ("message_context", "guichet-texts"),
        ("transport", "transport-udp" if is_here(trunk.host) else "transport-outside"),
        ("aors", trunk.name),
        ("identify_by", "ip"),
        ("trust_id_inbound", "yes"),
        ("send_pai", "yes"),
    ]
    if trunk.password:
        fields.append(("outbound_auth", trunk.name))
    if trunk.user:
        fields.append(("from_user", trunk.user))
    return fields
