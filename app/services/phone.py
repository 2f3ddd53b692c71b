"""The phone as the desk uses it: one port, implemented by the phone process's client and by a fake."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.domain.phone import (
        AudioCheck,
        DeviceChoice,
        DeviceUse,
        Header,
        PhoneOptions,
        PhoneSnapshot,
        RejectCause,
        SipCredentials,
    )
    from app.domain.phone_events import PhoneEvent

Listener: TypeAlias = "Callable[[PhoneEvent], None]"


class Phone(Protocol):
    """The SIP user agent of one desk.

    Every command returns once the engine has taken it, and raises `PhoneRefusedError` when it could not;
    what becomes of it arrives as events, in order, on the loop that owns the phone.
    """

    @property
    def snapshot(self) -> PhoneSnapshot:
        """What the phone was doing at the last event; cheap, kept up to date by the events."""
        ...

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` with every event from now on; the returned function stops that."""
        ...

    async def register(self, credentials: SipCredentials) -> None:
        """Register with the switch and stay registered, replacing an earlier registration."""
        ...

    async def unregister(self) -> None:
        """Take the phone off the switch; calls in progress go on."""
        ...

    async def dial(self, target: str, headers: tuple[Header, ...] = ()) -> str:
        """Call a number or a `sip:` address and return the call's key."""
        ...

    async def answer(self, key: str) -> None:
        """Take a ringing call; a call being talked to is held first."""
        ...

    async def reject(self, key: str, cause: RejectCause, reason: str = "") -> None:
        """Refuse a ringing call; `reason` travels in the SIP Reason header."""
        ...

    async def hang_up(self, key: str) -> None:
        """End a call in any state."""
        ...

    async def hold(self, key: str) -> None:
        """Stop sending to and hearing the other side; the switch plays music to it."""
        ...

    async def resume(self, key: str) -> None:
        """Take a held call back; another call being talked to is held first."""
        ...

    async def mute(self, key: str, *, muted: bool) -> None:
        """Send silence instead of the microphone, or stop doing so."""
        ...

    async def send_digits(self, key: str, digits: str) -> None:
        """Press keys (0-9, *, #, A-D) in a call that is talked to, as RFC 4733 events."""
        ...

    async def choose_devices(self, choice: DeviceChoice) -> DeviceUse:
        """Use these devices from now on, in the middle of a call too; returns what is really in use."""
        ...

    async def set_options(self, options: PhoneOptions) -> None:
        """Apply what the agent set for her phone."""
        ...

    async def watch_levels(self, *, watching: bool) -> None:
        """Start or stop `LevelsMeasured`."""
        ...

    async def play_sample(self, *, on_ringer: bool) -> None:
        """Play a short sound on the speaker, or on the ringer, for the agent to hear."""
        ...

    async def check_audio(self, target: str, seconds: float = 5.0) -> AudioCheck:
        """Talk to the switch's echo at `target` for so long and judge what came back."""
        ...
