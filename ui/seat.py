"""The agent sits down with her headset: the devices of this computer, checked the first time."""

from dataclasses import replace

from app.desk.headset import Headset
from app.domain.phone import DeviceChoice, PhoneOptions, PhoneRefusedError
from app.services.phone import Phone
from ui.desk import Desk
from ui.runtime.window_state import WindowState
from ui.softphone.headset_dialog import HeadsetDialog


class Seat:
    """What this computer remembers of the headset, and the dialog that asks for it."""

    def __init__(self, desk: Desk, phone: Phone, kept: WindowState) -> None:
        self._desk, self._phone, self._kept = desk, phone, kept
        desk.commands.bind("call.headset", self.check)

    def take(self) -> None:
        """Use the remembered devices; where there are some and nobody has chosen yet, ask."""
        choice = self._kept.devices
        if choice is not None:
            self._desk.calls.live.work.start(self._use(choice), "devices")
        elif any(device.can_record for device in self._phone.snapshot.devices):
            self.check()

    def check(self) -> None:
        """Open the dialog."""
        window = self._desk.window
        if window.dialog_open():
            return
        presenter = Headset(self._phone, self._keep)
        dialog = HeadsetDialog(window, presenter)
        dialog.closed.connect(lambda: self._desk.calls.live.work.start(presenter.close(), "close headset"))
        dialog.open()
        presenter.begin()

    def _keep(self, choice: DeviceChoice, options: PhoneOptions) -> None:
        self._kept.devices = choice
        self._kept.auto_answer_s = options.auto_answer_s
        self._kept.echo_cancellation = options.echo_cancellation

    async def _use(self, choice: DeviceChoice) -> None:
        try:
            await self._phone.set_options(
                replace(
                    self._phone.snapshot.options,
                    auto_answer_s=self._kept.auto_answer_s,
                    echo_cancellation=self._kept.echo_cancellation,
                )
            )
            await self._phone.choose_devices(choice)
        except PhoneRefusedError:
            self.check()
