"""The headset: which devices, how loud they are, and whether a sentence comes back from the switch."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from app.desk.presenter import Presenter
from app.desk.wording import Sentence, desk
from app.domain.phone import (
    AudioCheck,
    AudioDevice,
    DeviceChoice,
    DeviceRole,
    DeviceUse,
    PhoneOptions,
    PhoneRefusedError,
)
from app.domain.phone_events import LevelsMeasured, PhoneEvent
from app.domain.refusals import QT_TRANSLATE_NOOP
from app.services.phone import Phone

ECHO = "echo"
CHECK_S = 5.0
AUTO_ANSWER_S = 2.0
SILENT_DB, LOUD_ENOUGH_DB = -96.0, -50.0
NO_DEVICE = QT_TRANSLATE_NOOP("Desk", "This device does not open. Choose another one.")
NO_CHECK = QT_TRANSLATE_NOOP("Desk", "The check could not be made now. Try again when no call is going on.")


@dataclass(frozen=True, slots=True)
class HeadsetState:
    """What the dialog shows; a check that runs has no result yet."""

    devices: tuple[AudioDevice, ...] = ()
    choice: DeviceChoice = field(default_factory=DeviceChoice)
    use: DeviceUse = field(default_factory=DeviceUse)
    microphone_db: float = SILENT_DB
    loudest_db: float = SILENT_DB
    played: bool = False
    checking: bool = False
    result: AudioCheck | None = None
    options: PhoneOptions = field(default_factory=PhoneOptions)
    error: Sentence | None = None

    @property
    def heard(self) -> bool:
        """Whether the microphone gave more than the noise of a room."""
        return self.loudest_db >= LOUD_ENOUGH_DB

    def offered(self, role: DeviceRole) -> tuple[AudioDevice, ...]:
        """The devices that can take a role."""
        records = role is DeviceRole.MICROPHONE
        return tuple(one for one in self.devices if (one.can_record if records else one.can_play))


class Headset(Presenter[HeadsetState]):
    """Listens to the phone as long as the dialog is open; `keep` remembers the devices by name."""

    def __init__(self, phone: Phone, keep: Callable[[DeviceChoice, PhoneOptions], None]) -> None:
        now = phone.snapshot
        super().__init__(HeadsetState(now.devices, now.choice, now.use, options=now.options))
        self._phone, self._keep = phone, keep
        self._unlisten = phone.listen(self._hear)

    def begin(self) -> None:
        """Measure the levels, and send a sentence round."""
        self.work.start(self._phone.watch_levels(watching=True))
        self.check()

    def choose(self, role: DeviceRole, name: str) -> None:
        """Use another device; it is remembered by its name, an empty one is the system's own choice."""
        choice = replace(self.state.choice, **{role.value: name})
        self.show(choice=choice, loudest_db=SILENT_DB if role is DeviceRole.MICROPHONE else self.state.loudest_db)
        self._keep(choice, self.state.options)
        self.work.latest("choose", self._choose(choice))

    def set_up(self, *, auto_answer: bool, echo_cancellation: bool) -> None:
        """Let calls be answered by themselves after a moment, and the echo of a loudspeaker be taken out."""
        options = replace(
            self.state.options,
            auto_answer_s=AUTO_ANSWER_S if auto_answer else None,
            echo_cancellation=echo_cancellation,
        )
        self.show(options=options)
        self._keep(self.state.choice, options)
        self.work.latest("options", self._set_options(options))

    def play(self, *, on_ringer: bool) -> None:
        """Let me hear the speaker or the ringer."""
        self.show(played=self.state.played or not on_ringer)
        self.work.latest("play", self._attempt_play(on_ringer=on_ringer))

    def check(self) -> None:
        """Speak to the switch's echo for five seconds."""
        self.work.latest("check", self._check())

    def done(self) -> None:
        """Keep what is used now, so that nobody is asked twice at this computer."""
        self._keep(self.state.choice, self.state.options)

    async def close(self) -> None:
        """Stop measuring."""
        self._unlisten()
        await super().close()
        try:
            await self._phone.watch_levels(watching=False)
        except PhoneRefusedError:  # the phone is gone with its desk
            return

    def _hear(self, event: PhoneEvent) -> None:
        if isinstance(event, LevelsMeasured):
            loudest = max(self.state.loudest_db, event.microphone_db)
            self.show(microphone_db=event.microphone_db, loudest_db=loudest)
        elif self._phone.snapshot.devices != self.state.devices or self._phone.snapshot.use != self.state.use:
            self.show(devices=self._phone.snapshot.devices, use=self._phone.snapshot.use)

    async def _choose(self, choice: DeviceChoice) -> None:
        try:
            self.show(use=await self._phone.choose_devices(choice), error=None)
        except PhoneRefusedError:
            self.show(error=desk(NO_DEVICE))

    async def _set_options(self, options: PhoneOptions) -> None:
        try:
            await self._phone.set_options(options)
        except PhoneRefusedError:
            self.show(error=desk(NO_DEVICE))

    async def _attempt_play(self, *, on_ringer: bool) -> None:
        try:
            await self._phone.play_sample(on_ringer=on_ringer)
        except PhoneRefusedError:
            self.show(error=desk(NO_DEVICE))

    async def _check(self) -> None:
        self.show(checking=True, result=None, error=None)
        try:
            self.show(checking=False, result=await self._phone.check_audio(ECHO, CHECK_S))
        except PhoneRefusedError:
            self.show(checking=False, error=desk(NO_CHECK))
