"""My own profile: the signature under the mails that I send as the agent whom the case is assigned to."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from app.desk.presenter import Presenter
from app.desk.wording import Sentence, of_refusal
from app.domain.agents import Agent
from app.domain.refusals import Refusal, Refused
from app.services.organisation import Administration

SIGNATURE_MOST = 4_000


@dataclass(frozen=True, slots=True)
class ProfileState:
    """My profile as it is stored, and the signature as it is typed."""

    me: Agent
    signature: str = ""
    saving: bool = False
    saved: bool = False
    error: Sentence | None = None


class Profile(Presenter[ProfileState]):
    """Changes what an agent may change of herself."""

    def __init__(self, administration: Administration, me: Agent, saved: Callable[[], None] = lambda: None) -> None:
        super().__init__(ProfileState(me, me.signature))
        self._administration, self._saved = administration, saved

    def sign(self, signature: str) -> None:
        """Keep what is typed."""
        self.show(signature=signature, error=None)

    def save(self) -> None:
        """Store it, or say why not."""
        length = len(self.state.signature)
        if length > SIGNATURE_MOST:
            refused = Refused(Refusal.TOO_LONG, "signature", length=length, most=SIGNATURE_MOST)
            self.show(error=of_refusal(refused))
        elif not self.state.saving:
            self.show(saving=True, error=None)
            self.work.start(self._save(), "save profile")

    async def _save(self) -> None:
        me = replace(self.state.me, signature=self.state.signature.strip())
        try:
            await self._administration.update_agent(me)
        except Refused as refused:
            self.show(saving=False, error=of_refusal(refused))
            return
        self.show(saving=False, saved=True)
        self._saved()
