"""The way out of a line of SIP MESSAGE at a hub that has no switch: what is written waits."""

from collections.abc import Mapping

from app.domain.deliveries import DeliveryState
from app.services.outbox import Outcome, Parcel


class NoSwitch:
    """Nothing leaves; it is tried again later, perhaps by a hub that has one."""

    async def send(self, parcel: Parcel) -> Mapping[str, Outcome]:
        """Say so for each of its recipients."""
        return dict.fromkeys(parcel.recipients, Outcome(DeliveryState.TEMPORARY, "there is no switch"))

    async def was_sent(self, external_id: str) -> bool | None:  # noqa: ARG002 - the port's
        """Nobody knows."""
        return None

    async def close(self) -> None:
        """There is nothing to close."""
